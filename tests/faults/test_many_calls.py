"""
Thousands of calls at once on one client.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import anyio
import pytest

from imagekit_async import AsyncImageKit

CONNECTIONS = 100
BODY = b'{"name": "a"}'
RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(BODY), BODY)


class Counter(asyncio.Protocol):
    """
    Responds to everything, and counts requests and connections.
    """

    requests = 0
    open = 0
    most = 0

    def connection_made(self, transport):
        """Count the connection."""
        self._transport = transport
        Counter.open += 1
        Counter.most = max(Counter.most, Counter.open)

    def data_received(self, data):
        """Respond; a request without a body comes in one piece."""
        Counter.requests += data.count(b"\r\n\r\n")
        self._transport.write(RESPONSE * data.count(b"\r\n\r\n"))

    def connection_lost(self, exc):
        """Count the connection no more."""
        Counter.open -= 1


@pytest.fixture
def anyio_backend(request):
    """Run on both event loops, with real time."""
    return request.param


@pytest.fixture
def url() -> Iterator[str]:
    """A server in a thread of its own."""
    Counter.requests = Counter.open = Counter.most = 0
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(Counter, "127.0.0.1", 0, backlog=1000))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    server.close()
    loop.run_until_complete(server.wait_closed())
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()


@pytest.mark.anyio
@pytest.mark.parametrize(("anyio_backend", "calls"), [("asyncio", 5_000), ("trio", 1_000)], indirect=["anyio_backend"])
async def test_thousands_of_calls(url, monkeypatch, calls):
    """Calls that start at once on a new client with defaults queue for its connections, and all succeed."""
    # With the usual certificates, which take long to load.
    monkeypatch.delenv("SSL_CERT_FILE")
    values: list[object] = []

    async def call(number: int) -> None:
        values.append((await client.request("GET", f"/v1/things/{number}")).value)

    async with AsyncImageKit("private", base_url=url) as client, anyio.create_task_group() as tasks:
        for number in range(calls):
            tasks.start_soon(call, number)

    assert [{"name": "a"}] * calls == values
    assert calls == Counter.requests
    assert Counter.most <= CONNECTIONS
