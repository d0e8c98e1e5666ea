"""
Every httpx exception and every answer other than 2xx becomes one of ours, here and nowhere else.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

import httpx

from .._response import RateLimit
from ..errors import APIConnectionError, APIStatusError, APITimeoutError, status_error
from .retry import Failure, retry_after

if TYPE_CHECKING:
    from collections.abc import Mapping

# These fail before the first byte of a request is written.
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.ProxyError)
_MESSAGE_LENGTH = 200


def classify_exception(error: httpx.RequestError) -> Failure:
    """
    Tell whether the request can have reached the server.
    """
    return Failure.NOT_SENT if isinstance(error, _NOT_SENT) else Failure.UNKNOWN


def connection_error(error: httpx.RequestError, *, method: str, path: str, attempts: int) -> APIConnectionError:
    """
    Return our error for an httpx one; the caller raises it `from` the original.
    """
    kind = APITimeoutError if isinstance(error, httpx.TimeoutException) else APIConnectionError
    sent = classify_exception(error) is Failure.UNKNOWN
    what = "No answer came in time" if kind is APITimeoutError else "The connection failed"
    detail = str(error) or type(error).__name__
    return kind(f"{what}: {detail}", request_sent=sent, method=method, path=path, attempts=attempts)


def response_error(response: httpx.Response, *, method: str, path: str, attempts: int) -> APIStatusError:
    """
    Return our error for an answer other than 2xx, whatever its body looks like.
    """
    body = _parsed(response)
    message = cast("Mapping[str, Any]", body).get("message") if isinstance(body, dict) else None
    return status_error(response.status_code)(
        message if isinstance(message, str) and message else _summary(response, body),
        status_code=response.status_code,
        body=body,
        rate_limit=RateLimit.from_headers(response.headers),
        retry_after=retry_after(response.status_code, response.headers),
        request_id=response.headers.get("x-ik-requestid"),
        method=method,
        path=path,
        attempts=attempts,
    )


def body_text(response: httpx.Response) -> str:
    """
    Return the body as text. `Response.text` fails for a charset that is a codec but gives no text, such as `hex`.
    """
    return response.content.decode(errors="replace")


def _parsed(response: httpx.Response) -> Any:
    if not response.content:
        return None
    try:
        return json.loads(response.content)
    except (ValueError, RecursionError):
        return body_text(response)


def _summary(response: httpx.Response, body: Any) -> str:
    reason = response.reason_phrase or "no reason given"
    if body is None:
        return f"{reason} (empty body)"
    text = " ".join(body_text(response).split())
    return f"{reason}: {text[:_MESSAGE_LENGTH]}{'...' if len(text) > _MESSAGE_LENGTH else ''}"
