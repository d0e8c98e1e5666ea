"""
The httpx clients of an event loop: the last used goes first, and what is not needed is closed.
"""

from __future__ import annotations

from functools import partial

import httpx
import pytest

from imagekit_async._http.connections import Clients

pytestmark = pytest.mark.anyio

# Without certificates, which older versions of httpx look for in each client.
make_client = partial(httpx.AsyncClient, verify=False)


async def test_the_last_used_goes_first():
    """A client serves one request at a time, and the one that was used last serves the next."""
    clients = Clients(make_client)
    first, second = await clients.take(), await clients.take()
    clients.give_back(second)
    clients.give_back(first)

    assert first is not second
    assert [first, second] == [await clients.take(), await clients.take()]
    await clients.aclose()


async def test_unused_clients_are_closed():
    """A client that was not used for a while is closed before the next request, which gets another one."""
    clients = Clients(make_client, idle_seconds=0)
    stale = await clients.take()
    clients.give_back(stale)
    fresh = await clients.take()

    assert [True, False] == [stale.is_closed, fresh.is_closed]
    await clients.aclose()


async def test_closing_closes_all():
    """Closing reaches the clients in use as well as the unused ones."""
    clients = Clients(make_client)
    unused, used = await clients.take(), await clients.take()
    clients.give_back(unused)
    await clients.aclose()

    assert [True, True] == [unused.is_closed, used.is_closed]


async def test_a_shared_client_serves_all():
    """A client that the caller brought serves all requests, however long it was unused."""
    async with httpx.AsyncClient() as shared:
        clients = Clients(make_client, shared, idle_seconds=0)
        clients.give_back(await clients.take())

        assert [shared, shared] == [await clients.take(), await clients.take()]


async def test_cookies_are_not_kept(scripted):
    """What one response sets as a cookie is not sent with the next request."""
    client, script = scripted(httpx.Response(200, json={}, headers={"Set-Cookie": "a=b"}), httpx.Response(200, json={}))
    await client.files.get("a")
    await client.files.get("a")

    assert [None, None] == [request.headers.get("cookie") for request in script.requests]
