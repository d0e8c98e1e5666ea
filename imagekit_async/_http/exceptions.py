"""
Every httpx exception and every answer other than 2xx becomes one of ours, here and nowhere else.
"""

from __future__ import annotations

import json
import re
import ssl
from typing import TYPE_CHECKING, Any

import anyio
import attrs
import httpx

from .._response import RateLimit
from ..errors import (
    APIConnectionError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    status_error,
    text_in,
)
from .environment import PROXY
from .retry import Failure, retry_after

if TYPE_CHECKING:
    from collections.abc import Mapping

_MESSAGE_LENGTH = 200
_REFUSED_KEY = re.compile("authenticat|api key", re.IGNORECASE)


@attrs.define
class Stage:
    """
    How far a request got, as httpcore traces it (its `trace` extension).

    Attributes:
        traced: Whether the transport traces at all.
        began: Whether a part of the request may have been written.
        sent: Whether all of it was written.
    """

    traced: bool = False
    began: bool = False
    sent: bool = False
    _connection: Any = None

    @property
    def maybe_sent(self) -> bool:
        """
        Whether a part of the request may have reached the server.
        """
        return self.began or not self.traced

    async def __call__(self, event: str, info: Mapping[str, Any]) -> None:
        self.traced = True
        step = event.partition(".")[2]
        if step == "connect_tcp.complete":
            self._connection = info.get("return_value")
        elif step == "start_tls.failed" and self._connection is not None:
            # httpcore forgets the connection when the handshake is cancelled.
            with anyio.CancelScope(shield=True):
                await self._connection.aclose()
        self.began = self.began or step == "send_request_headers.started"
        self.sent = self.sent or step == "send_request_body.complete"


def classify_exception(error: httpx.RequestError, stage: Stage) -> Failure:
    """
    Tell how an attempt failed from what was raised and from how far the request got.
    """
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return Failure.BAD_CERTIFICATE if _is_bad_certificate(error) else Failure.REFUSED_CONNECTION
    if isinstance(error, httpx.PoolTimeout | httpx.ProxyError) or (stage.traced and not stage.began):
        return Failure.NOTHING_SENT
    if isinstance(error, httpx.UnsupportedProtocol):
        return Failure.FINAL_STATUS
    partly = not stage.sent if stage.traced else isinstance(error, httpx.WriteError | httpx.WriteTimeout)
    return Failure.PARTLY_SENT if partly else Failure.NO_ANSWER


def _is_bad_certificate(error: BaseException | None) -> bool:
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    return error is not None


def connection_error(
    error: httpx.RequestError, failure: Failure, *, request: httpx.Request, path: str, attempts: int
) -> APIConnectionError:
    """
    Return our error for an httpx one; the caller raises it `from` the original.
    """
    kind = APITimeoutError if isinstance(error, httpx.TimeoutException) else APIConnectionError
    what = "No response in time from" if kind is APITimeoutError else "Connection failed to"
    detail = str(error) or type(error).__name__
    return kind(
        f"{what} {_route(request)}: {detail}",
        request_sent=failure.maybe_executed,
        method=request.method,
        path=path,
        attempts=attempts,
    )


def _route(request: httpx.Request) -> str:
    url, proxy = request.url, request.extensions.get(PROXY)
    port = url.port or (443 if url.scheme == "https" else 80)
    host = f"[{url.host}]" if ":" in url.host else url.host
    return f"{host}:{port}{f' through proxy {proxy}' if proxy else ''}"


def response_error(response: httpx.Response, *, method: str, path: str, attempts: int) -> APIStatusError:
    """
    Return our error for an answer other than 2xx, whatever its body looks like.
    """
    body = _parsed(response)
    message = text_in(body, "message") or _summary(response, body)
    if response.status_code == 403 and _REFUSED_KEY.search(message):
        message = f"{message.rstrip('.')}; check private_key (environment variable IMAGEKIT_PRIVATE_KEY)"
    return status_error(response.status_code)(
        message,
        status_code=response.status_code,
        body=body,
        rate_limit=RateLimit.from_headers(response.headers),
        retry_after=retry_after(response.status_code, response.headers),
        request_id=response.headers.get("x-ik-requestid"),
        method=method,
        path=path,
        attempts=attempts,
    )


def body_error(
    response: httpx.Response, problem: str, *, method: str, path: str, attempts: int, body: str = ""
) -> APIResponseValidationError:
    """
    Return our error for a 2xx response whose body is of no use.

    Args:
        response: The response.
        problem: What is wrong with the body; follows "with a body that is".
        method: HTTP method of the call.
        path: Path of the call.
        attempts: Attempts so far.
        body: The body as text, as far as it was read.
    """
    return APIResponseValidationError(
        f"{response.status_code} with a body that is {problem}",
        status_code=response.status_code,
        body=body,
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
