"""
An asynchronous Python SDK for the ImageKit.io API; start with `AsyncImageKit`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ._version import __version__

if TYPE_CHECKING:
    from ._client import AsyncImageKit
    from ._generated.types import UNSET, Unset
    from ._response import ApiResponse, RateLimit
    from ._uploads.sources import FileInput
    from .errors import (
        APIConnectionError,
        APIError,
        APIResponseValidationError,
        APIStatusError,
        APITimeoutError,
        AuthenticationError,
        BadRequestError,
        ClientClosedError,
        ConfigurationError,
        ConflictError,
        ImageKitError,
        InternalServerError,
        LockedError,
        NotFoundError,
        PermissionDeniedError,
        RateLimitError,
        UnprocessableEntityError,
        UploadOutcomeUnknownError,
    )

__all__ = [
    "UNSET",
    "APIConnectionError",
    "APIError",
    "APIResponseValidationError",
    "APIStatusError",
    "APITimeoutError",
    "ApiResponse",
    "AsyncImageKit",
    "AuthenticationError",
    "BadRequestError",
    "ClientClosedError",
    "ConfigurationError",
    "ConflictError",
    "FileInput",
    "ImageKitError",
    "InternalServerError",
    "LockedError",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimit",
    "RateLimitError",
    "UnprocessableEntityError",
    "Unset",
    "UploadOutcomeUnknownError",
    "__version__",
]

_MODULES = {
    "UNSET": "._generated.types",
    "ApiResponse": "._response",
    "AsyncImageKit": "._client",
    "FileInput": "._uploads.sources",
    "RateLimit": "._response",
    "Unset": "._generated.types",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_MODULES.get(name, ".errors"), __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "errors", "models"]
