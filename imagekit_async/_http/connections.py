"""
The httpx client behind a session: made when it is first needed, one for each event loop, closed once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import anyio
import httpx
from anyio.lowlevel import RunVar

from ..errors import ClientClosedError

if TYPE_CHECKING:
    from collections.abc import MutableMapping

# The API's clients are few and busy: keep every connection that was opened, and let calls queue for a free one.
_LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=100)


class _Loop:
    """
    Stands for one running event loop and dies with it.
    """


_current_loop: RunVar[_Loop] = RunVar("imagekit_async")


class Connections:
    """
    Hands out the `httpx.AsyncClient` to use in the running event loop.

    Args:
        transport: The caller's transport; closed with this object.
        http_client: The caller's client; never closed here.
    """

    def __init__(self, transport: httpx.AsyncBaseTransport | None, http_client: httpx.AsyncClient | None) -> None:
        self._transport = transport
        self._http_client = http_client
        self._clients: MutableMapping[_Loop, httpx.AsyncClient] = WeakKeyDictionary()
        self._closed = False
        self._used = False

    @property
    def closed(self) -> bool:
        """
        True once `aclose` was called.
        """
        return self._closed

    async def client(self) -> httpx.AsyncClient:
        """
        Return the client for the running event loop.

        Raises:
            ClientClosedError: This object was closed, or was given connections that belong to another event loop.
        """
        self._check_open()
        loop = _current_loop.get(None)
        if loop is None:
            _current_loop.set(loop := _Loop())
        client = self._clients.get(loop)
        if client is None:
            self._check_loop()
            client = await self._new_client()
            self._check_open()
            # Another task may have been faster while the certificates were loaded.
            client = self._clients.setdefault(loop, client)
        return client

    async def aclose(self) -> None:
        """
        Close the connections of the running event loop; what the caller brought as http_client stays open.
        """
        closed, self._closed = self._closed, True
        loop = _current_loop.get(None)
        client = None if loop is None else self._clients.pop(loop, None)
        if self._http_client is not None:
            return
        if client is not None:
            await client.aclose()
        elif self._transport is not None and not closed:
            await self._transport.aclose()

    def _check_open(self) -> None:
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

    async def _new_client(self) -> httpx.AsyncClient:
        if self._http_client is not None:
            return self._http_client
        if self._transport is not None:
            return httpx.AsyncClient(transport=self._transport)
        context = await anyio.to_thread.run_sync(httpx.create_ssl_context)
        return httpx.AsyncClient(verify=context, limits=_LIMITS)
