"""
Reads the body of a success as what the API documents.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .._model import PLAIN, MapOf
from ..errors import APIResponseValidationError
from .exceptions import body_text

if TYPE_CHECKING:
    import httpx

    from .._json import Kind
    from .call import Call


def decode(call: Call[Any], response: httpx.Response, attempts: int) -> Any:
    """
    Return the value of a 2xx answer.

    Raises:
        APIResponseValidationError: The body is empty, no JSON, or not of the documented type.
    """
    operation = call.operation
    kind = operation.responses.get(response.status_code, next(iter(operation.responses.values())))
    if kind is None or response.status_code == 204:
        return None
    value, problem = _value(kind, response.content)
    if problem is None:
        return value
    raise APIResponseValidationError(
        f"{response.status_code} with a body that is {problem}",
        status_code=response.status_code,
        body=body_text(response),
        request_id=response.headers.get("x-ik-requestid"),
        method=operation.method,
        path=call.path,
        attempts=attempts,
    )


def _value(kind: Kind, content: bytes) -> tuple[Any, str | None]:
    if not content:
        # Free-form objects may be left out altogether (folder creation does); a model may not.
        return ({}, None) if isinstance(kind, MapOf) else (None, None if kind is PLAIN else "empty")
    try:
        raw = json.loads(content)
    except (ValueError, RecursionError):
        return None, "no JSON"
    value = kind.decode(raw)
    return value, "not of the documented type" if value is None and kind is not PLAIN else None
