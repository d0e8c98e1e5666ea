"""
What a session keeps for each event loop: the httpx client, the slots for requests under way, and the pacer.
"""

from __future__ import annotations

from collections import deque
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import anyio
import attrs
import httpx
from anyio.lowlevel import RunVar

from ..errors import ClientClosedError
from .pacer import Pacer, Pacing

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, MutableMapping

    from .._response import RateLimit


class Loop:
    """
    Stands for one running event loop and dies with it.
    """

    def __init__(self) -> None:
        self.lock = anyio.Lock()


_current_loop: RunVar[Loop] = RunVar("imagekit_async")


def running_loop() -> Loop:
    """
    Return what stands for the running event loop; a weak key for what belongs to it.
    """
    loop = _current_loop.get(None)
    if loop is None:
        _current_loop.set(loop := Loop())
    return loop


class _NoCookies(httpx.Cookies):
    def extract_cookies(self, response: httpx.Response) -> None:
        pass


class _Client(httpx.AsyncClient):
    if not TYPE_CHECKING:  # pragma: no branch
        # The API uses no cookies, and looking for them in each answer takes a twentieth of the time of a call.
        cookies = _NoCookies()


class Clients:
    """
    The httpx clients of one event loop: one for each request under way, so that none has more than one connection to a
    server.

    For each request httpx's own pool looks at all its connections. Taking the client that was used last costs the same
    however many there are.

    Args:
        make: Makes one more.
        shared: Sends all requests instead; None for one client each.
        idle_seconds: How long an unused client is kept.
    """

    def __init__(
        self,
        make: Callable[[], httpx.AsyncClient],
        shared: httpx.AsyncClient | None = None,
        *,
        idle_seconds: float = 5.0,
    ) -> None:
        self._make = make
        self._shared = shared
        self._idle_seconds = idle_seconds
        self._all = {shared} if shared is not None else set[httpx.AsyncClient]()
        self._idle: deque[tuple[float, httpx.AsyncClient]] = deque()

    async def take(self) -> httpx.AsyncClient:
        """
        Return a client to send one request with, and close one that was not needed for a while.
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

    def give_back(self, client: httpx.AsyncClient) -> None:
        """
        Note that the request is over.
        """
        if client is not self._shared:
            self._idle.append((monotonic(), client))

    async def discard(self, client: httpx.AsyncClient) -> None:
        """
        Close a client whose request failed or was cancelled: httpx may have lost track of its connection.
        """
        if client is not self._shared:
            self._all.discard(client)
            with anyio.CancelScope(shield=True):
                await client.aclose()

    async def aclose(self) -> None:
        """
        Close all clients, those in use as well.
        """
        self._idle.clear()
        while self._all:
            await self._all.pop().aclose()


@attrs.frozen(eq=False)
class LoopState:
    """
    What belongs to one event loop.

    Attributes:
        clients: Send the requests.
        slots: As many as there may be requests under way; httpx's own queue gets slow when thousands wait in it.
        pacer: Hands out turns; None if pacing is off.
    """

    clients: Clients
    slots: anyio.Semaphore
    pacer: Pacer | None


class Connections:
    """
    Hands out the state of the running event loop, made when it is first needed.

    Args:
        transport: The caller's transport; closed with this object.
        http_client: The caller's client; never closed here.
        pacing: How to pace; None for not at all, with as many requests under way as by default.
        learnt: Where the pacers note the limits that they learnt, by endpoint.
    """

    def __init__(
        self,
        transport: httpx.AsyncBaseTransport | None,
        http_client: httpx.AsyncClient | None,
        *,
        pacing: Pacing | None,
        learnt: dict[str, tuple[RateLimit, ...]],
    ) -> None:
        self._transport = transport
        self._http_client = http_client
        self._pacing = pacing
        self._learnt = learnt
        self._states: MutableMapping[Loop, LoopState] = WeakKeyDictionary()
        self._context: ssl.SSLContext | None = None
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
            ClientClosedError: This object was closed, or was given connections that belong to another event loop.
        """
        self.check_open()
        loop = running_loop()
        state = self._states.get(loop)
        if state is None:
            self._check_loop()
            clients = await self._new_clients(loop)
            self.check_open()
            pacer = None if self._pacing is None else Pacer(self._pacing, self._learnt)
            slots = anyio.Semaphore((self._pacing or Pacing()).max_concurrency)
            # Another task may have been faster while the certificates were loaded.
            state = self._states.setdefault(loop, LoopState(clients, slots, pacer))
        return state

    async def aclose(self) -> None:
        """
        Close the connections of the running event loop; what the caller brought as http_client stays open.
        """
        closed, self._closed = self._closed, True
        state = self._states.pop(running_loop(), None)
        if state is not None and state.pacer is not None:
            state.pacer.wake_all()
        if self._http_client is not None:
            return
        if state is not None:
            await state.clients.aclose()
        elif self._transport is not None and not closed:
            await self._transport.aclose()

    def check_open(self) -> None:
        """
        Refuse to go on after `aclose`.

        Raises:
            ClientClosedError: This object was closed.
        """
        if self._closed:
            raise ClientClosedError("This AsyncImageKit client is closed; create a new one")

    def _check_loop(self) -> None:
        bound = self._http_client is not None or isinstance(self._transport, httpx.AsyncHTTPTransport)
        if self._used and bound:
            raise ClientClosedError(
                "The http_client or transport given to this AsyncImageKit client is in use by another event loop; "
                "create one client for each event loop, or leave both out"
            )
        self._used = True

    async def _new_clients(self, loop: Loop) -> Clients:
        if self._http_client is not None:
            return Clients(httpx.AsyncClient, self._http_client)
        if self._transport is not None:
            return Clients(httpx.AsyncClient, _Client(transport=self._transport))
        async with loop.lock:
            # One at a time: thousands of first calls would each load the certificates.
            context = self._context
            context = await anyio.to_thread.run_sync(httpx.create_ssl_context) if context is None else context
            self._context = context
        return Clients(partial(_Client, verify=context))
