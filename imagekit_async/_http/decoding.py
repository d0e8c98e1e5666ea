"""
Decode the body of a 2xx response as what the API documents.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from .._json import MapOf
from .._model import PLAIN
from .call import Media
from .error_bodies import body_error, body_text

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from .._json import Kind
    from .call import Call


def decode(call: Call[Any], response: httpx.Response, attempts: int) -> Any:
    """
    Return the value of a 2xx response, or None if the operation returns nothing.

    Raises:
        APIResponseValidationError: The body is empty, not JSON, or not of the documented type.
    """
    operation = call.operation
    kind = operation.responses.get(response.status_code, next(iter(operation.responses.values())))
    if kind is None:
        return None
    if isinstance(kind, Media):
        return response.text if kind is Media.TEXT else response.content
    # Whatever follows a 204 is not its content (RFC 9110, section 15.3.5).
    value, problem = _value(kind, b"" if response.status_code == 204 else response.content)
    if problem is None:
        return value
    raise body_error(
        response, problem, method=operation.method, path=call.path, attempts=attempts, body=body_text(response)
    )


def loads(content: bytes) -> Any:
    """
    Return what `json.loads` returns, in half the time if msgspec is installed (the extra `speed`).

    Raises:
        ValueError: The content is not JSON.
        RecursionError: It is nested too deeply.
    """
    try:
        return _fast_loads()(content)
    # msgspec rejects some of what the standard library reads, such as NaN, a byte order mark and half a surrogate pair.
    except Exception:
        return json.loads(content)


@cache
def _fast_loads() -> Callable[[bytes], Any]:
    try:
        from msgspec.json import decode
    except ModuleNotFoundError:
        return json.loads
    return decode


def _value(kind: Kind, content: bytes) -> tuple[Any, str | None]:
    if not content:
        # The API leaves out an empty free-form object (folder creation), but never a model.
        return ({}, None) if isinstance(kind, MapOf) else (None, None if kind is PLAIN else "empty")
    try:
        raw = loads(content)
    except (ValueError, RecursionError):
        return None, "not valid JSON"
    value = kind.decode(raw)
    return value, "not of the documented type" if value is None and kind is not PLAIN else None
