"""
An httpx transport that sends through aiohttp, for asyncio only; needs the extra `aiohttp`.

It raises the same exceptions as httpx's own transport, because they decide what may be retried.
"""

from __future__ import annotations

import math
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import TYPE_CHECKING, cast

import anyio
import attrs
import httpx

from .._http.environment import PROXY, proxy_for, proxy_name, ssl_context
from .._http.loops import PerLoop, current_loop
from ..errors import ConfigurationError

try:
    import aiohttp
    from yarl import URL
except ModuleNotFoundError as _error:
    _hint = "AiohttpTransport needs the extra `aiohttp`: pip install 'imagekit-async[aiohttp]'"
    raise ModuleNotFoundError(f"{_error}; {_hint}", name=_error.name) from _error
except OSError as _error:  # pragma: no cover - runs in a process that a test starts
    raise ConfigurationError(f"cannot import aiohttp, which reads SSLKEYLOGFILE: {_error}") from _error

if TYPE_CHECKING:
    import ssl

    from .._http.loops import Loop

__all__ = ["AiohttpTransport"]


@attrs.frozen
class _Route:
    context: ssl.SSLContext | bool
    proxy: URL | None = attrs.field(repr=False)
    proxy_name: str | None


@attrs.frozen
class _Session:
    connector: aiohttp.TCPConnector
    client: aiohttp.ClientSession
    routes: dict[tuple[str, bytes], _Route] = attrs.field(factory=dict[tuple[str, bytes], _Route])


class AiohttpTransport(httpx.AsyncBaseTransport):
    """
    Send requests through aiohttp, which takes less time for each than httpx's own transport.

    Use it as `AsyncImageKit(transport=AiohttpTransport())`, on asyncio. Certificates and proxies come from the
    environment, as for httpx, except that SOCKS proxies are not supported. It keeps one pool of connections for each
    event loop, as many as there are requests in flight, and closes them with the client or when the event loop ends.
    """

    def __init__(self) -> None:
        self._sessions = PerLoop[_Session](_close, _abandon)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """
        Send a request and return the response as soon as its head has arrived.

        Raises:
            ConfigurationError: The running event loop is not asyncio's, or an environment variable for certificates or
                proxies is unusable.
            httpx.TransportError: There was no response. The subclasses are those that httpx's transport raises.
        """
        loop = await current_loop()
        session = self._sessions.get(loop) or self._sessions.setdefault(loop, _new_session())
        server = request.url.scheme, request.url.netloc
        if server not in session.routes:
            # One at a time: thousands of first calls would each load the certificates.
            async with loop.lock:
                session.routes[server] = session.routes.get(server) or await _route(request.url)
        route = session.routes[server]
        request.extensions[PROXY] = route.proxy_name
        trace = request.extensions.get("trace")
        if "Transfer-Encoding" in request.headers or request.headers.get("Content-Length", "0") != "0":
            if trace is not None:
                await trace("connection.started", {})
            return await _Body(request).send(session.client, route)
        if trace is not None:
            # Without a body nothing shows when the head is sent.
            await trace("http11.send_request_headers.started", {})
        return await _send(session.client, route, request, None)

    async def aclose(self) -> None:
        """
        Close the connections of the running event loop, and those of event loops that were closed.
        """
        await self._sessions.close(await current_loop())


def _new_session() -> _Session:
    try:
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=5)
    except RuntimeError as error:
        raise ConfigurationError("AiohttpTransport works on asyncio only; leave it out on trio") from error
    client = aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
        middlewares=[_send_once],
    )
    return _Session(connector, client)


async def _route(url: httpx.URL) -> _Route:
    # aiohttp would look for proxies in a thread for each request.
    proxy = proxy_for(url)
    if proxy is not None and proxy.url.scheme != "http":
        raise ConfigurationError(f"AiohttpTransport supports only http proxies, not {proxy_name(url, proxy)}")
    context = await ssl_context() if url.scheme == "https" else True
    if proxy is None:
        return _Route(context, None, None)
    user, password = proxy.auth or (None, None)
    return _Route(context, URL(str(proxy.url)).with_user(user).with_password(password), proxy_name(url, proxy))


async def _close(session: _Session) -> None:
    await session.client.close()


def _abandon(loop: Loop, session: _Session) -> None:
    # aiohttp's own way to close needs the event loop as well.
    pools = session.connector._conns  # pyright: ignore[reportPrivateUsage] - has no public name
    protocols = [protocol for pool in pools.values() for protocol, _ in pool]
    transports = [protocol.transport for protocol in protocols if protocol.transport is not None]
    for transport in transports:
        with suppress(RuntimeError):  # it is marked as closed before it wants to call the closed loop
            transport.abort()
    loop.abandon(transport.get_extra_info("socket") for transport in transports)
    pools.clear()
    session.client.detach()


class _Body(AsyncIterator[bytes]):
    """
    The body of a request in flight: records how far it got, and gives up when the connection takes no more of it.
    """

    def __init__(self, request: httpx.Request) -> None:
        timeouts = request.extensions.get("timeout", {})
        self._request = request
        self._stalled: float = timeouts.get("write") or math.inf
        self._silent: float = timeouts.get("read") or math.inf
        self._trace = request.extensions.get("trace")
        self._chunks = aiter(cast("httpx.AsyncByteStream", request.stream))
        self._scope = anyio.CancelScope()
        self._began = False
        self._error: Exception | None = None

    async def send(self, session: aiohttp.ClientSession, route: _Route) -> httpx.Response:
        """
        Send the request and return the response.

        Raises:
            httpx.TransportError: There was no response.
            Exception: Whatever reading the body raised.
        """
        try:
            with self._scope:
                return await _send(session, route, self._request, self)
        except httpx.TransportError:
            # Of an error in the source of the body, aiohttp reports only that it could not send.
            if self._error is not None:
                raise self._error from None
            raise
        raise httpx.WriteTimeout("the connection took no more of the request", request=self._request)

    async def __anext__(self) -> bytes:
        # Time that the source takes does not count.
        self._scope.deadline = math.inf
        if not self._began:
            self._began = True
            await self._report("http11.send_request_headers.started")
        try:
            chunk = await anext(self._chunks)
        except StopAsyncIteration:
            await self._report("http11.send_request_body.complete")
            # aiohttp counts the time to the response only once the connection has taken everything.
            self._scope.deadline = anyio.current_time() + self._stalled + self._silent
            raise
        except Exception as error:
            self._error = error
            raise
        self._scope.deadline = anyio.current_time() + self._stalled
        return chunk

    async def _report(self, event: str) -> None:
        if self._trace is not None:
            await self._trace(event, {})


class _ResponseBody(httpx.AsyncByteStream):
    """
    The body of a response.
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


async def _send(
    session: aiohttp.ClientSession, route: _Route, request: httpx.Request, body: _Body | None
) -> httpx.Response:
    timeouts = request.extensions.get("timeout", {})
    try:
        response = await session.request(
            request.method,
            URL(str(request.url), encoded=True),
            # aiohttp itself divides a body without a length into chunks.
            headers=[header for header in request.headers.multi_items() if header[0] != "transfer-encoding"],
            data=body,
            allow_redirects=False,
            ssl=route.context,
            proxy=route.proxy,
            timeout=aiohttp.ClientTimeout(connect=timeouts.get("connect"), sock_read=timeouts.get("read")),
        )
    except aiohttp.ClientError as error:
        # Only the URL is checked before the request reaches `_send_once`.
        raise httpx.UnsupportedProtocol(str(error)) from error
    if "trace" in request.extensions:
        await request.extensions["trace"]("http11.receive_response_headers.complete", {})
    extensions = {"http_version": b"HTTP/1.1", "reason_phrase": (response.reason or "").encode()}
    return httpx.Response(
        response.status, headers=response.raw_headers, stream=_ResponseBody(response), extensions=extensions
    )


async def _send_once(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    # aiohttp retries a request by itself after errors of its own; it does not know these.
    try:
        return await handler(request)
    except (aiohttp.ClientError, OSError) as error:
        raise _transport_error(error) from error


def _transport_error(error: Exception) -> httpx.TransportError:
    kind = next((kind for known, kind in _ERRORS.items() if isinstance(error, known)), httpx.NetworkError)
    # The whole text of an error about a response contains the URL with its query.
    text = error.message if isinstance(error, aiohttp.ClientResponseError) else str(error)
    return kind(text or type(error).__name__)


# The first that fits counts. An error that is not raised while connecting may follow a request that has run.
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
