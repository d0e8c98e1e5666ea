"""
Connections that the application can break: over a socket with uvicorn, and in process.

ASGI has no way to do so; both add one to the extensions of the scope. Over a socket, clients that do not finish a
request in time are refused.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from typing import Any

import anyio
import h11
import httpx
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

_EXTENSION = "imagekit.disconnect"
# Close at once without sending what is buffered: the peer sees a reset.
_NO_LINGER = struct.pack("ii", 1, 0)


async def disconnect(scope: Scope, *, gently: bool = False) -> None:
    """
    Break the connection of a request. The application must not touch the request afterwards.

    Args:
        scope: Scope of the request.
        gently: Whether to deliver what was sent so far and close, instead of resetting the connection.
    """
    await scope["extensions"][_EXTENSION](gently=gently)


class BreakableProtocol(H11Protocol):
    """
    uvicorn's HTTP/1.1 protocol, with a connection that the application can break.

    The head of a request must arrive within uvicorn's keep-alive timeout, and no pause within its body may be longer.
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._lost = asyncio.Event()
        self._inner_app: Any = self.app
        self.app = self._serve
        self._head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """
        Start to wait for the first request.
        """
        super().connection_made(transport)
        self._time_head()

    def data_received(self, data: bytes) -> None:
        """
        Read more of the request.
        """
        super().data_received(data)
        self._time_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """
        Note the end of the connection.
        """
        super().connection_lost(exc)
        self._lost.set()
        self._stop_timer()

    def _time_head(self) -> None:
        if self.conn.their_state is not h11.IDLE:
            self._stop_timer()
        elif self._head_timer is None:
            self._head_timer = self.loop.call_later(self.timeout_keep_alive, self._refuse_head)

    def _stop_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _refuse_head(self) -> None:
        self.send_400_response("The request did not arrive in time.")

    async def _serve(self, scope: Any, receive: Any, send: Any) -> None:
        is_read = False

        async def receive_in_time() -> Message:
            nonlocal is_read
            # After the body, the next thing to receive is the end of the connection, which has no deadline.
            timeout = None if is_read else self.timeout_keep_alive
            message: Message = {"type": "http.disconnect"}
            with anyio.move_on_after(timeout):
                message = await receive()
            is_read = not message.get("more_body", False)
            return message

        await self._inner_app({**scope, "extensions": {_EXTENSION: self._disconnect}}, receive_in_time, send)

    async def _disconnect(self, *, gently: bool) -> None:
        if gently:
            self.transport.close()
        else:
            connection: socket.socket = self.transport.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
            self.transport.abort()
        # Without knowing of the end, uvicorn would complain about a missing response.
        await self._lost.wait()


class InProcessTransport(httpx.AsyncBaseTransport):
    """
    Passes requests to an application, which can break the connection as it can a socket.

    Args:
        app: The application that responds.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """
        Return the response of the application.

        Raises:
            httpx.ReadError: The application broke the connection.
        """
        exchange = _Exchange(self._app)
        transport = httpx.ASGITransport(exchange.serve, raise_app_exceptions=False)
        response = await transport.handle_async_request(request)
        if exchange.broken is None:
            return response
        if not exchange.broken.gently:
            raise httpx.ReadError("the connection was reset", request=request)
        stream = _BrokenStream(await response.aread(), request)
        return httpx.Response(response.status_code, headers=response.headers, stream=stream)


class _BrokenError(Exception):
    def __init__(self, *, gently: bool) -> None:
        super().__init__(gently)
        self.gently = gently


class _Exchange:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.broken: _BrokenError | None = None

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app({**scope, "extensions": {_EXTENSION: self._disconnect}}, receive, send)

    async def _disconnect(self, *, gently: bool) -> None:
        self.broken = _BrokenError(gently=gently)
        raise self.broken


class _BrokenStream(httpx.AsyncByteStream):
    def __init__(self, body: bytes, request: httpx.Request) -> None:
        self._body = body
        self._request = request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._body
        raise httpx.RemoteProtocolError("the connection ended within the body", request=self._request)
