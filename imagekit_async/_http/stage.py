"""
How far a request got, and what that says about the attempt when it failed without a response.
"""

from __future__ import annotations

import math
import ssl
from typing import TYPE_CHECKING, Any

import anyio
import attrs
import httpx

from .retry import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping


@attrs.define(eq=False, repr=False)
class Stage:
    """
    How far a request got, as httpcore traces it (its `trace` extension).

    Attributes:
        traced: Whether the transport traces at all.
        began: Whether a part of the request may have been written.
        sent: Whether all of it was written.
        whole: Seconds for the attempt from start to end; None for no limit.
        read: Seconds from the end of the request to the start of the response, if the attempt as a whole has no limit;
            None for no limit. Responses like 102 (Processing) do not extend it, as they do the transport's timeout.
    """

    whole: float | None = None
    read: float | None = None
    traced: bool = False
    began: bool = False
    sent: bool = False
    _connection: Any = None
    _scope: anyio.CancelScope | None = None

    def in_time(self) -> anyio.CancelScope:
        """
        Return the scope to make the attempt in, which ends it in time.
        """
        self._scope = anyio.move_on_after(self.whole)
        return self._scope

    @property
    def too_late(self) -> str:
        """
        Why the scope ended the attempt.
        """
        if self.whole is None:
            return f"the response took more than {self.read:g} s to begin"
        return f"the attempt took more than {self.whole:g} s"

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
        if step == "send_request_body.complete":
            self.sent = True
            self._wait_for_response(self.read)
        elif step == "receive_response_headers.complete":
            self._wait_for_response(None)

    def _wait_for_response(self, seconds: float | None) -> None:
        if self.whole is None and self._scope is not None:
            self._scope.deadline = math.inf if seconds is None else anyio.current_time() + seconds


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
