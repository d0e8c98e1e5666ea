"""
An httpx transport that sends through httpx2, on asyncio and trio; needs the extra `httpx2`.

It raises the exceptions of httpx in place of those of httpx2, because they decide what may be retried. httpcore2 traces
how far a request got under the same names as httpcore.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator
from contextlib import aclosing, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import attrs
import httpx

from .._http.connections import Clients
from .._http.environment import PROXY, proxy_for, proxy_name, ssl_context, unused_ssl_context
from .._http.loops import PerLoop, current_loop
from ..errors import ClientClosedError

try:
    import httpx2
except ModuleNotFoundError as _error:
    _hint = "Httpx2Transport needs the extra `httpx2`: pip install 'imagekit-async[httpx2]'"
    raise ModuleNotFoundError(f"{_error}; {_hint}", name=_error.name) from _error

if TYPE_CHECKING:
    from .._http.loops import Loop

__all__ = ["Httpx2Transport"]


class _Connection(httpx2.AsyncHTTPTransport):
    """
    Sends one request at a time, so that there is at most one connection.
    """

    network_stream: Any = None

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        response = await super().handle_async_request(request)
        self.network_stream = response.extensions["network_stream"]
        return response


@attrs.frozen
class _Route:
    connections: Clients[_Connection]
    proxy_name: str | None


_Routes: TypeAlias = dict[tuple[str, bytes], _Route]


class Httpx2Transport(httpx.AsyncBaseTransport):
    """
    Send requests through httpx2.

    Use it as `AsyncImageKit(transport=Httpx2Transport())`. Without a sender, certificates are those that httpx2 trusts,
    proxies come from the environment, and there is one pool of connections for each event loop, with as many
    connections as there are requests in flight. The pool is closed with the client or when the event loop ends.

    Args:
        sender: An httpx2 client or transport to send through instead, in one event loop only. The headers, query
            parameters, cookies and event hooks of a client apply; its `auth` and `follow_redirects` do not. A client
            stays open when the `AsyncImageKit` client closes; a transport is closed with it.

    Raises:
        TypeError: The sender is neither a client nor a transport of httpx2, or not an async one.
    """

    def __init__(self, sender: httpx2.AsyncClient | httpx2.AsyncBaseTransport | None = None) -> None:
        self._sender = _checked(sender)
        self._loop: Loop | None = None
        self._routes = PerLoop[_Routes](_close, _abandon)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """
        Send a request and return the response as soon as its head has arrived.

        Raises:
            ClientClosedError: The sender is closed, or belongs to another event loop.
            ConfigurationError: An environment variable for certificates or proxies is unusable.
            httpx.RequestError: There was no response. The subclasses are those that httpx raises.
        """
        loop = await current_loop()
        if self._sender is not None:
            self._check(self._sender, loop)
            response = await _send(self._sender, request)
            return _response(response, _ResponseBody(response))
        routes = self._routes.get(loop) or self._routes.setdefault(loop, {})
        server = request.url.scheme, request.url.netloc
        if server not in routes:
            # One at a time: thousands of first calls would each load the certificates.
            async with loop.lock:
                routes[server] = routes.get(server) or await _route(request.url)
        route = routes[server]
        request.extensions[PROXY] = route.proxy_name
        connection = await route.connections.take()
        try:
            response = await _send(connection, request)
        except BaseException:
            await route.connections.discard(connection)
            raise
        return _response(response, _OwnResponseBody(response, route.connections, connection))

    async def aclose(self) -> None:
        """
        Close the connections of the running event loop, and those of event loops that were closed.
        """
        if isinstance(self._sender, httpx2.AsyncBaseTransport):
            await self._sender.aclose()
        await self._routes.close(await current_loop())

    def _check(self, sender: httpx2.AsyncClient | httpx2.AsyncBaseTransport, loop: Loop) -> None:
        self._loop = self._loop or loop
        if self._loop is not loop and isinstance(sender, httpx2.AsyncClient | httpx2.AsyncHTTPTransport):
            raise ClientClosedError(
                "The sender given to Httpx2Transport belongs to another event loop; "
                "create one AsyncImageKit for each event loop and one ImageKit for each process, or leave it out"
            )
        if isinstance(sender, httpx2.AsyncClient) and sender.is_closed:
            raise ClientClosedError("The httpx2.AsyncClient given to Httpx2Transport is closed")


def _checked(sender: Any) -> httpx2.AsyncClient | httpx2.AsyncBaseTransport | None:
    if sender is None or isinstance(sender, httpx2.AsyncClient | httpx2.AsyncBaseTransport):
        return sender
    # Clients and transports of httpx have the same names.
    got = f"{type(sender).__module__.partition('.')[0]}.{type(sender).__name__}"
    raise TypeError(f"sender must be an httpx2.AsyncClient or an httpx2.AsyncBaseTransport, got {got}")


async def _route(url: httpx.URL) -> _Route:
    proxy = proxy_for(url)
    secure = url.scheme == "https" or (proxy is not None and proxy.url.scheme == "https")
    context = await ssl_context(httpx2.create_ssl_context) if secure else unused_ssl_context()
    if proxy is None:
        return _Route(Clients(partial(_Connection, verify=context)), None)
    # httpcore2 would load certificates for a proxy by itself, on the event loop.
    proxy_context = context if proxy.url.scheme == "https" else None
    through = httpx2.Proxy(str(proxy.url), auth=proxy.auth, ssl_context=proxy_context)
    return _Route(Clients(partial(_Connection, verify=context, proxy=through)), proxy_name(url, proxy))


async def _close(routes: _Routes) -> None:
    while routes:
        await routes.popitem()[1].connections.aclose()


def _abandon(loop: Loop, routes: _Routes) -> None:
    for route in routes.values():
        route.connections.abandon(loop)


@attrs.frozen
class _RequestBody(httpx2.AsyncByteStream):
    stream: httpx.AsyncByteStream

    def __aiter__(self) -> AsyncIterator[bytes]:
        return aiter(self.stream)


@attrs.frozen
class _ResponseBody(httpx.AsyncByteStream):
    response: httpx2.Response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _errors_of_httpx():
            async with aclosing(self.response.aiter_raw()) as pieces:
                async for piece in pieces:
                    yield piece

    async def aclose(self) -> None:
        with _errors_of_httpx():
            await self.response.aclose()


@attrs.frozen
class _OwnResponseBody(_ResponseBody):
    connections: Clients[_Connection]
    connection: _Connection

    async def aclose(self) -> None:
        try:
            await super().aclose()
        except BaseException:
            await self.connections.discard(self.connection)
            raise
        self.connections.give_back(self.connection)


async def _send(sender: httpx2.AsyncClient | httpx2.AsyncBaseTransport, request: httpx.Request) -> httpx2.Response:
    method, url, headers = request.method, str(request.url), request.headers.raw
    body = _RequestBody(cast("httpx.AsyncByteStream", request.stream))
    with _errors_of_httpx():
        if not isinstance(sender, httpx2.AsyncClient):
            sent = httpx2.Request(method, url, headers=headers, stream=body, extensions=request.extensions)
            return await sender.handle_async_request(sent)
        sent = sender.build_request(method, url, headers=headers, extensions=request.extensions)
        sent.stream = body
        return await sender.send(sent, auth=None, follow_redirects=False, stream=True)


def _response(response: httpx2.Response, body: httpx.AsyncByteStream) -> httpx.Response:
    status, headers, extensions = response.status_code, response.headers.raw, response.extensions
    if not response.is_stream_consumed:
        return httpx.Response(status, headers=headers, stream=body, extensions=extensions)
    # An event hook or a mock transport has read it, and httpx2 has decoded it.
    plain = [field for field in headers if field[0].lower() not in _OF_THE_ENCODED_BODY]
    return httpx.Response(status, headers=plain, content=response.content, extensions=extensions)


@contextmanager
def _errors_of_httpx() -> Generator[None, None, None]:
    try:
        yield
    except httpx2.RequestError as error:
        kind = next(_ERRORS[known] for known in type(error).__mro__ if known in _ERRORS)
        raise kind(str(error)) from error


_OF_THE_ENCODED_BODY = {b"content-encoding", b"content-length", b"transfer-encoding"}

_ERRORS: dict[type, type[httpx.RequestError]] = {
    httpx2.RequestError: httpx.RequestError,
    httpx2.DecodingError: httpx.DecodingError,
    httpx2.TooManyRedirects: httpx.TooManyRedirects,
    httpx2.TransportError: httpx.TransportError,
    httpx2.ProxyError: httpx.ProxyError,
    httpx2.UnsupportedProtocol: httpx.UnsupportedProtocol,
    httpx2.TimeoutException: httpx.TimeoutException,
    httpx2.ConnectTimeout: httpx.ConnectTimeout,
    httpx2.ReadTimeout: httpx.ReadTimeout,
    httpx2.WriteTimeout: httpx.WriteTimeout,
    httpx2.PoolTimeout: httpx.PoolTimeout,
    httpx2.NetworkError: httpx.NetworkError,
    httpx2.ConnectError: httpx.ConnectError,
    httpx2.ReadError: httpx.ReadError,
    httpx2.WriteError: httpx.WriteError,
    httpx2.CloseError: httpx.CloseError,
    httpx2.ProtocolError: httpx.ProtocolError,
    httpx2.LocalProtocolError: httpx.LocalProtocolError,
    httpx2.RemoteProtocolError: httpx.RemoteProtocolError,
}
