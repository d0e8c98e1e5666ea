"""
How far a request got, and what that says about the attempt when it failed without a response.
"""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

import anyio
import attrs
import httpx

from .retry import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping


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
            # httpcore forgets the connection when the handshake is canceled.
            with anyio.CancelScope(shield=True):
                await self._connection.aclose()
        self.began = self.began or step == "send_request_headers.started"
        self.sent = self.sent or step == "send_request_body.complete"


def classify_exception(error: Exception, stage: Stage) -> Failure:
    """
    Return how an attempt failed, from what the transport raised and how far the request got.
    """
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return Failure.BAD_CERTIFICATE if _is_bad_certificate(error) else Failure.REFUSED_CONNECTION
    unsent = stage.traced and not stage.began
    if not isinstance(error, httpx.RequestError):
        return Failure.UNSENDABLE if unsent else Failure.FOREIGN_EXCEPTION
    if isinstance(error, httpx.PoolTimeout | httpx.ProxyError) or unsent:
        return Failure.NOTHING_SENT
    if isinstance(error, httpx.UnsupportedProtocol):
        return Failure.UNSENDABLE
    partly = not stage.sent if stage.traced else isinstance(error, httpx.WriteError | httpx.WriteTimeout)
    return Failure.PARTLY_SENT if partly else Failure.NO_RESPONSE


def _is_bad_certificate(error: BaseException | None) -> bool:
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    return error is not None
