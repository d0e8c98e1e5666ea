"""
Keep what a session needs in each event loop: httpx clients, slots for requests in flight, and the pacer.
"""

from __future__ import annotations

from collections import deque
from functools import partial
from time import monotonic
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar, cast

import anyio
import attrs
import httpx

from ..errors import ClientClosedError
from .environment import PROXY, proxy_for, proxy_name, ssl_context, unused_ssl_context
from .loops import Loop, PerLoop, current_loop
from .pacer import Pacer, Pacing

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Collection, Mapping

    import httpcore

    from .._response import RateLimit


class _NoCookies(httpx.Cookies):
    def extract_cookies(self, response: httpx.Response) -> None:
        pass


class _Client(httpx.AsyncClient):
    if not TYPE_CHECKING:  # pragma: no branch
        # The API uses no cookies, and looking for them in each response takes a twentieth of the time of a call.
        cookies = _NoCookies()

    # Servers that are reached through a proxy, and how messages name it.
    proxies: Mapping[bytes, str] = MappingProxyType({})
    network_stream: Any = None

    async def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        if self.proxies:
            request.extensions[PROXY] = self.proxies.get(request.url.netloc)
        response = await super().send(request, **options)
        self.network_stream = response.extensions.get("network_stream")
        return response


class _NoLock:
    async def __aenter__(self) -> None:
        pass

    async def __aexit__(self, *error: object) -> None:
        pass


_NO_LOCK: Final = _NoLock()


class _Unpooled:
    """
    Stands in for httpcore's pool, where requests come one at a time: keeps at most one connection to a server.

    The pool looks at its connections and its queue several times for each request, a tenth of the time of a call.
    Another tenth goes to the three locks of a connection, each of which takes a turn of the event loop.
    """

    def __init__(self, pool: httpcore.AsyncConnectionPool) -> None:
        self._pool = pool
        self._connections: dict[tuple[bytes, bytes, int], httpcore.AsyncConnectionInterface] = {}

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        origin = request.url.origin
        server = (origin.scheme, origin.host, origin.port)
        connection = self._connections.get(server)
        if connection is not None and connection.has_expired():
            await self._close(server)
        if connection is None or connection.is_closed():
            connection = self._connections[server] = self._pool.create_connection(origin)
        response = await connection.handle_async_request(request)
        # Names of httpcore's own, which may change: then its locks stay.
        for holder, lock in ((connection, "_request_lock"), (getattr(connection, "_connection", None), "_state_lock")):
            if hasattr(holder, lock):
                setattr(holder, lock, _NO_LOCK)
        return response

    async def aclose(self) -> None:
        for server in list(self._connections):
            await self._close(server)

    async def _close(self, server: tuple[bytes, bytes, int]) -> None:
        with anyio.CancelScope(shield=True):
            await self._connections.pop(server).aclose()


class Sender(Protocol):
    """
    A client or transport, with connections of its own.

    If it has an attribute `network_stream`, that is the connection of its last response.
    """

    async def aclose(self) -> None:
        """
        Close its connections.
        """


S = TypeVar("S", bound=Sender)


class Clients(Generic[S]):
    """
    The clients of one event loop: one for each request in flight, so that none has more than one connection to a
    server.

    httpx's own pool looks at all its connections for each request. Taking the client that was used last costs the same
    however many there are.

    Args:
        make: Makes one more.
        shared: Sends all requests instead and is never closed here; None for one client each.
        idle_seconds: How long an unused client is kept.
    """

    def __init__(
        self,
        make: Callable[[], S],
        shared: S | None = None,
        *,
        idle_seconds: float = 5.0,
    ) -> None:
        self._make = make
        self._shared = shared
        self._idle_seconds = idle_seconds
        self._all = set[S]()
        self._idle: deque[tuple[float, S]] = deque()

    async def take(self) -> S:
        """
        Return a client to send one request with, and close one that has been unused for a while.
        """
        if self._shared is not None:
            return self._shared
        if self._idle and monotonic() - self._idle[0][0] >= self._idle_seconds:
            _, stale = self._idle.popleft()
            self._all.discard(stale)
            await stale.aclose()
        if self._idle:
            return self._idle.pop()[1]
        self._all.add(client := self._make())
        return client

    def give_back(self, client: S) -> None:
        """
        Make a client available again after its request is over.
        """
        if client is not self._shared:
            self._idle.append((monotonic(), client))

    async def discard(self, client: S) -> None:
        """
        Close a client whose request failed or was canceled: httpx may have lost track of its connection.
        """
        if client is not self._shared:
            self._all.discard(client)
            with anyio.CancelScope(shield=True):
                await client.aclose()

    async def aclose(self) -> None:
        """
        Close all clients, including those in use.
        """
        self._idle.clear()
        while self._all:
            await self._all.pop().aclose()

    def abandon(self, loop: Loop) -> None:
        """
        Close the sockets of all clients, whose event loop was closed.
        """
        streams = [getattr(client, "network_stream", None) for client in self._all]
        loop.abandon(stream.get_extra_info("socket") for stream in streams if stream is not None)


@attrs.frozen(eq=False, repr=False)
class LoopState:
    """
    What belongs to one event loop.

    Attributes:
        clients: Send the requests.
        slots: As many as there may be requests in flight; httpx's own queue gets slow when thousands wait in it.
        pacer: Hands out turns; None if pacing is off.
    """

    clients: Clients[httpx.AsyncClient]
    slots: anyio.Semaphore
    pacer: Pacer | None


class Connections:
    """
    Hand out the state of the running event loop, made when it is first needed and released when that loop ends.

    Args:
        transport: The caller's transport; closed with this object.
        http_client: The caller's client; never closed here.
        servers: Base URLs that requests go to.
        pacing: How to pace; None for not at all, with the default number of requests in flight.
        learned: Where the pacers keep the limits they learned, by endpoint.
    """

    def __init__(
        self,
        transport: httpx.AsyncBaseTransport | None,
        http_client: httpx.AsyncClient | None,
        *,
        servers: Collection[str],
        pacing: Pacing | None,
        learned: dict[str, tuple[RateLimit, ...]],
    ) -> None:
        self._transport = transport
        self._http_client = http_client
        self._servers = [httpx.URL(server) for server in dict.fromkeys(servers)]
        self._pacing = pacing
        self._learned = learned
        self._states = PerLoop[LoopState](_closed, _abandoned)
        self._closed = False
        self._used = False

    @property
    def closed(self) -> bool:
        """
        True once `aclose` was called.
        """
        return self._closed

    async def state(self) -> LoopState:
        """
        Return the state of the running event loop.

        Raises:
            ClientClosedError: This object was closed, or has connections that belong to another event loop.
            ConfigurationError: An environment variable for certificates or proxies is unusable.
        """
        self.check_open()
        loop = await current_loop()
        return self._states.get(loop) or await self._new_state(loop)

    async def aclose(self) -> None:
        """
        Close the connections of the running event loop and of closed ones; the caller's http_client stays open.
        """
        closed, self._closed = self._closed, True
        await self._states.close(await current_loop())
        if self._transport is not None and not closed:
            await self._transport.aclose()

    def check_open(self) -> None:
        """
        Refuse to go on after `aclose`.

        Raises:
            ClientClosedError: This object was closed.
        """
        if self._closed:
            raise ClientClosedError("This client is closed; create a new one")

    def _check_loop(self) -> None:
        bound = self._http_client is not None or isinstance(self._transport, httpx.AsyncHTTPTransport)
        if self._used and bound:
            raise ClientClosedError(
                "The http_client or transport given to this client belongs to another event loop; "
                "create one AsyncImageKit for each event loop and one ImageKit for each process, or leave both out"
            )
        self._used = True

    async def _new_state(self, loop: Loop) -> LoopState:
        # One at a time: thousands of first calls would each load the certificates.
        async with loop.lock:
            state = self._states.get(loop)
            if state is None:
                self._check_loop()
                clients = await self._new_clients()
                pacer = None if self._pacing is None else Pacer(self._pacing, self._learned)
                slots = anyio.Semaphore((self._pacing or Pacing()).max_concurrency)
                state = self._states.setdefault(loop, LoopState(clients, slots, pacer))
            self.check_open()
            return state

    async def _new_clients(self) -> Clients[httpx.AsyncClient]:
        if self._http_client is not None:
            return Clients(httpx.AsyncClient, self._http_client)
        if self._transport is not None:
            return Clients(httpx.AsyncClient, _Client(transport=self._transport))
        routes = {url: proxy_for(url) for url in self._servers}
        urls = [*routes, *(proxy.url for proxy in routes.values() if proxy is not None)]
        context = await ssl_context() if any(url.scheme == "https" for url in urls) else unused_ssl_context()
        return Clients(partial(_routed_client, routes, context))


def _routed_client(routes: Mapping[httpx.URL, httpx.Proxy | None], context: ssl.SSLContext) -> httpx.AsyncClient:
    proxies = {url: proxy for url, proxy in routes.items() if proxy is not None}

    def connect(proxy: httpx.Proxy | None = None) -> httpx.AsyncHTTPTransport:
        transport: Any = httpx.AsyncHTTPTransport(verify=context, trust_env=False, proxy=proxy)
        transport._pool = _Unpooled(transport._pool)
        return cast("httpx.AsyncHTTPTransport", transport)

    client = _Client(
        transport=connect(),
        mounts={f"{url.scheme}://{url.netloc.decode()}": connect(proxy=proxy) for url, proxy in proxies.items()},
        trust_env=False,
    )
    client.proxies = {url.netloc: proxy_name(url, proxy) for url, proxy in proxies.items()}
    return client


async def _closed(state: LoopState) -> None:
    if state.pacer is not None:
        state.pacer.wake_all()
    await state.clients.aclose()


def _abandoned(loop: Loop, state: LoopState) -> None:
    state.clients.abandon(loop)
