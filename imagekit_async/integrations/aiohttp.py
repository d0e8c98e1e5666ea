"""
An httpx transport that sends through aiohttp, for asyncio only; needs the extra `aiohttp`.

It tells the faults of a connection apart as httpx's own transport does, since what may be retried depends on them.
"""

from __future__ import annotations

import math
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, cast
from urllib.request import getproxies
from weakref import WeakKeyDictionary

import anyio
import httpx

from .._http.connections import running_loop
from ..errors import ConfigurationError

try:
    import aiohttp
    from yarl import URL
except ModuleNotFoundError as _error:
    _hint = "AiohttpTransport needs the extra `aiohttp`: pip install 'imagekit-async[aiohttp]'"
    raise ModuleNotFoundError(f"{_error}; {_hint}", name=_error.name) from _error

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from .._http.connections import Loop

__all__ = ["AiohttpTransport"]


class AiohttpTransport(httpx.AsyncBaseTransport):
    """
    Sends requests through aiohttp, in less time for each than httpx's own transport takes.

    Use it as `AsyncImageKit(transport=AiohttpTransport())`, on asyncio. Certificates and proxies are those of the
    environment, as for httpx. It keeps one pool of connections for each event loop, as many as there are requests under
    way, and closes them with the client.
    """

    def __init__(self) -> None:
        self._sessions: MutableMapping[Loop, aiohttp.ClientSession] = WeakKeyDictionary()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """
        Send a request and return the answer as soon as its head is there.

        Raises:
            ConfigurationError: The running event loop is not asyncio's.
            httpx.TransportError: No answer came. The subclasses tell what is known, as those of httpx's transport do.
        """
        session = self._sessions.get(running_loop()) or await self._open()
        trace = request.extensions.get("trace")
        if "Transfer-Encoding" in request.headers or request.headers.get("Content-Length", "0") != "0":
            if trace is not None:
                await trace("connection.started", {})
            return await _Body(request).send(session)
        if trace is not None:
            # Without a body nothing shows when the head is sent.
            await trace("http11.send_request_headers.started", {})
        return await _send(session, request, None)

    async def aclose(self) -> None:
        """
        Close the connections of the running event loop.
        """
        session = self._sessions.pop(running_loop(), None)
        if session is not None:
            await session.close()

    async def _open(self) -> aiohttp.ClientSession:
        context = await anyio.to_thread.run_sync(httpx.create_ssl_context)
        # Looking for proxies costs aiohttp a thread for each request.
        proxies = await anyio.to_thread.run_sync(getproxies)
        session = self._sessions.get(running_loop())
        if session is not None:
            return session
        try:
            connector = aiohttp.TCPConnector(ssl=context, limit=0, keepalive_timeout=5)
        except RuntimeError as error:
            raise ConfigurationError("AiohttpTransport works on asyncio only; leave it out on trio") from error
        session = self._sessions[running_loop()] = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
            trust_env=bool(proxies),
            middlewares=[_send_once],
        )
        return session


class _Body(AsyncIterator[bytes]):
    """
    The body of a request on its way: notes how far it got, and gives up when the connection takes no more of it.
    """

    def __init__(self, request: httpx.Request) -> None:
        timeouts = request.extensions.get("timeout", {})
        self._request = request
        self._stalled: float = timeouts.get("write") or math.inf
        self._unanswered: float = timeouts.get("read") or math.inf
        self._trace = request.extensions.get("trace")
        self._chunks = aiter(cast("httpx.AsyncByteStream", request.stream))
        self._scope = anyio.CancelScope()
        self._began = False
        self._error: Exception | None = None

    async def send(self, session: aiohttp.ClientSession) -> httpx.Response:
        """
        Send the request and return the answer.

        Raises:
            httpx.TransportError: No answer came.
            Exception: Whatever reading the body raised.
        """
        try:
            with self._scope:
                return await _send(session, self._request, self)
        except httpx.TransportError:
            # Of an error in the source of the body, aiohttp tells only that it could not send.
            if self._error is not None:
                raise self._error from None
            raise
        raise httpx.WriteTimeout("the connection took no more of the request", request=self._request)

    async def __anext__(self) -> bytes:
        # Time that the source takes does not count.
        self._scope.deadline = math.inf
        if not self._began:
            self._began = True
            await self._tell("http11.send_request_headers.started")
        try:
            chunk = await anext(self._chunks)
        except StopAsyncIteration:
            await self._tell("http11.send_request_body.complete")
            # aiohttp counts the time to the answer only once the connection has taken everything.
            self._scope.deadline = anyio.current_time() + self._stalled + self._unanswered
            raise
        except Exception as error:
            self._error = error
            raise
        self._scope.deadline = anyio.current_time() + self._stalled
        return chunk

    async def _tell(self, event: str) -> None:
        if self._trace is not None:
            await self._trace(event, {})


class _Answer(httpx.AsyncByteStream):
    """
    The body of an answer.
    """

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            while chunk := await self._response.content.readany():
                yield chunk
        except aiohttp.ClientError as error:
            raise _transport_error(error) from error

    async def aclose(self) -> None:
        self._response.close()


async def _send(session: aiohttp.ClientSession, request: httpx.Request, body: _Body | None) -> httpx.Response:
    timeouts = request.extensions.get("timeout", {})
    try:
        response = await session.request(
            request.method,
            URL(str(request.url), encoded=True),
            # aiohttp itself divides into chunks what has no length.
            headers=[header for header in request.headers.multi_items() if header[0] != "transfer-encoding"],
            data=body,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(connect=timeouts.get("connect"), sock_read=timeouts.get("read")),
        )
    except aiohttp.ClientError as error:
        # Nothing but the URL is looked at before the request is handed to `_send_once`.
        raise httpx.UnsupportedProtocol(str(error)) from error
    extensions = {"http_version": b"HTTP/1.1", "reason_phrase": (response.reason or "").encode()}
    return httpx.Response(
        response.status, headers=response.raw_headers, stream=_Answer(response), extensions=extensions
    )


async def _send_once(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    # Raised as what aiohttp does not know, since it repeats requests by itself after errors of its own.
    try:
        return await handler(request)
    except (aiohttp.ClientError, OSError) as error:
        raise _transport_error(error) from error


def _transport_error(error: Exception) -> httpx.TransportError:
    kind = next((kind for known, kind in _ERRORS.items() if isinstance(error, known)), httpx.NetworkError)
    # The whole text of an error about an answer repeats the URL with its query.
    text = error.message if isinstance(error, aiohttp.ClientResponseError) else str(error)
    return kind(text or type(error).__name__)


# The first that fits counts. What is not raised while connecting may be raised after the request was executed.
_ERRORS: dict[type[aiohttp.ClientError], type[httpx.TransportError]] = {
    aiohttp.ConnectionTimeoutError: httpx.ConnectTimeout,
    aiohttp.ServerTimeoutError: httpx.ReadTimeout,
    aiohttp.ClientProxyConnectionError: httpx.ProxyError,
    aiohttp.ClientHttpProxyError: httpx.ProxyError,
    aiohttp.ClientConnectorError: httpx.ConnectError,
    aiohttp.ClientSSLError: httpx.ConnectError,
    aiohttp.ServerFingerprintMismatch: httpx.ConnectError,
    aiohttp.ServerDisconnectedError: httpx.RemoteProtocolError,
    aiohttp.ClientResponseError: httpx.RemoteProtocolError,
    aiohttp.ClientPayloadError: httpx.RemoteProtocolError,
}
