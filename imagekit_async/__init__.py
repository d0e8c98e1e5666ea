"""
A Python SDK for the ImageKit.io API: start with `AsyncImageKit`, or with `ImageKit` in code that cannot await.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ._generated.fingerprint import __api_version__
from ._version import __version__

if TYPE_CHECKING:
    from ._client import AsyncImageKit
    from ._http.events import CallRecord, RequestEvent, ResponseEvent, RetryEvent
    from ._http.hooks import Hooks, capture_calls
    from ._http.pacer import Pacing
    from ._http.rate_limit_store import RateLimitStore, RateLimitWait
    from ._response import ApiResponse, RateLimit
    from ._sync import ImageKit
    from ._unset import UNSET, Unset
    from ._uploads.progress import ProgressCallback
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
        DeadlineExceededError,
        ExpiredSignatureError,
        ImageKitError,
        InternalServerError,
        InvalidSignatureError,
        JobFailedError,
        LockedError,
        MissingFieldError,
        NotFoundError,
        PermissionDeniedError,
        RateLimitError,
        RateLimitStoreError,
        TransferError,
        UnprocessableEntityError,
        UploadOutcomeUnknownError,
        UploadServerError,
        WaitTimeoutError,
        WebhookHeaderError,
        WebhookPayloadError,
        WebhookSignatureError,
        WebhookTimestampError,
        WebhookTooNewError,
        WebhookTooOldError,
        WebhookVerificationError,
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
    "CallRecord",
    "ClientClosedError",
    "ConfigurationError",
    "ConflictError",
    "DeadlineExceededError",
    "ExpiredSignatureError",
    "FileInput",
    "Hooks",
    "ImageKit",
    "ImageKitError",
    "InternalServerError",
    "InvalidSignatureError",
    "JobFailedError",
    "LockedError",
    "MissingFieldError",
    "NotFoundError",
    "Pacing",
    "PermissionDeniedError",
    "ProgressCallback",
    "RateLimit",
    "RateLimitError",
    "RateLimitStore",
    "RateLimitStoreError",
    "RateLimitWait",
    "RequestEvent",
    "ResponseEvent",
    "RetryEvent",
    "TransferError",
    "UnprocessableEntityError",
    "Unset",
    "UploadOutcomeUnknownError",
    "UploadServerError",
    "WaitTimeoutError",
    "WebhookHeaderError",
    "WebhookPayloadError",
    "WebhookSignatureError",
    "WebhookTimestampError",
    "WebhookTooNewError",
    "WebhookTooOldError",
    "WebhookVerificationError",
    "__api_version__",
    "__version__",
    "capture_calls",
]

_MODULES = {
    "UNSET": "._unset",
    "ApiResponse": "._response",
    "AsyncImageKit": "._client",
    "CallRecord": "._http.events",
    "FileInput": "._uploads.sources",
    "Hooks": "._http.hooks",
    "ImageKit": "._sync",
    "Pacing": "._http.pacer",
    "ProgressCallback": "._uploads.progress",
    "RateLimit": "._response",
    "RateLimitStore": "._http.rate_limit_store",
    "RateLimitWait": "._http.rate_limit_store",
    "RequestEvent": "._http.events",
    "ResponseEvent": "._http.events",
    "RetryEvent": "._http.events",
    "Unset": "._unset",
    "capture_calls": "._http.hooks",
}


def __getattr__(name: str) -> Any:
    if name not in __all__ and name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_MODULES.get(name, ".errors"), __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "errors", "models", "search", "transfer", "urls", "webhooks"]
