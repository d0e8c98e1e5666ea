"""
The default connections, over real sockets: opened when needed, shared within an event loop, never across two.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import anyio
import httpcore
import httpx
import pytest

from imagekit_async import APIConnectionError, AsyncImageKit, ClientClosedError

DATA = bytes(range(256)) * 4000


class Server(ThreadingHTTPServer):
    """A server that remembers what it was sent."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.bodies: list[bytes] = []
        self.peers: set[object] = set()
        self.left = threading.Event()

    def shutdown_request(self, request: Any) -> None:
        """Close a connection, and say so."""
        super().shutdown_request(request)
        self.left.set()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Responds to everything with an empty JSON object, on connections that stay open until asked otherwise."""

    protocol_version = "HTTP/1.1"
    timeout = 10
    server: Server

    def do_GET(self) -> None:
        """Respond."""
        self.server.peers.add(self.client_address)
        self.send_response(200)
        self.send_header("Content-Length", "2")
        if self.path == "/once":
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b"{}")
        # After announcing that the connection stays open.
        self.close_connection = self.close_connection or self.path == "/leave"

    def do_POST(self) -> None:
        """Take the body, of known length or in chunks, and respond."""
        length = self.headers.get("Content-Length")
        self.server.bodies.append(self.rfile.read(int(length)) if length else b"".join(self.chunks()))
        self.do_GET()

    def chunks(self) -> Iterator[bytes]:
        """Read a chunked body."""
        while size := int(self.rfile.readline(), 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def server() -> Iterator[Server]:
    """A server in a thread of its own."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.anyio
async def test_connections_are_reused(server):
    """Calls one after the other share a connection."""
    async with AsyncImageKit("private", base_url=server.url) as client:
        for _ in range(3):
            await client.request("GET", "/v1/new")

    assert 1 == len(server.peers)


@pytest.mark.anyio
async def test_later_calls_take_no_locks(server, monkeypatch):
    """A connection that serves one call at a time takes no locks, unless httpcore no longer has them where it had."""
    async with AsyncImageKit("private", base_url=server.url) as client:
        await client.request("GET", "/v1/new")
        taken: list[object] = []
        monkeypatch.setattr(httpcore._synchronization.AsyncLock, "__aenter__", taken.append)
        await client.request("GET", "/v1/new")

    assert [] == taken


@pytest.mark.anyio
async def test_a_connection_that_the_server_closed_is_replaced(server):
    """A server may close an idle connection at any time; the next call opens another one instead of failing."""
    async with AsyncImageKit("private", base_url=server.url, max_retries=0) as client:
        await client.request("GET", "/leave")
        await anyio.to_thread.run_sync(server.left.wait)
        await client.request("GET", "/v1/new")

    assert 2 == len(server.peers)


@pytest.mark.anyio
async def test_first_calls_may_be_simultaneous(server):
    """Calls that start together, before there is any connection, end up in one pool that the client closes."""
    client = AsyncImageKit("private", base_url=server.url)

    async with client, anyio.create_task_group() as tasks:
        for _ in range(5):
            tasks.start_soon(client.request, "GET", "/v1/new")

    assert 1 <= len(server.peers) <= 5


@pytest.mark.anyio
@pytest.mark.parametrize("measured", [True, False])
async def test_uploads_arrive(server, measured):
    """The server reads the form with the exact bytes, announced by length or sent in chunks."""
    async with AsyncImageKit("private", base_url=server.url) as client:
        await client.files.upload(file=DATA if measured else iter([DATA[:9], DATA[9:]]), file_name="a.png")

    (body,) = server.bodies
    assert DATA in body


@pytest.mark.anyio
async def test_a_refused_connection_is_not_sent(server):
    """If no server listens, the error says that the request was not sent."""
    url = server.url
    # Until the server's thread no longer waits for connections, the system accepts them.
    server.shutdown()
    server.socket.close()

    async with AsyncImageKit("private", base_url=url, max_retries=0) as client:
        with pytest.raises(APIConnectionError) as caught:
            await client.request("GET", "/v1/new")

    assert caught.value.request_sent is False


@pytest.mark.anyio
async def test_closing_during_the_first_call(server):
    """A client closed while its first call still prepares the connection reads no source and sends nothing."""
    client = AsyncImageKit("private", base_url=server.url.replace("http", "https"))
    refused: list[bool] = []

    async def call() -> None:
        with pytest.raises(ClientClosedError):
            await client.files.upload(file=object(), file_name="a.png")
        refused.append(True)

    # With no worker thread left, the call waits where it would load the certificates.
    limiter = anyio.to_thread.current_default_thread_limiter()
    tokens, limiter.total_tokens = limiter.total_tokens, 1
    async with anyio.create_task_group() as tasks, limiter:
        tasks.start_soon(call)
        await anyio.wait_all_tasks_blocked()
        await client.aclose()
    limiter.total_tokens = tokens

    assert ([True], set()) == (refused, server.peers)


def test_one_loop_after_the_other(server, anyio_backend):
    """A client with default connections serves several event loops one after the other."""
    client = AsyncImageKit("private", base_url=server.url)

    for _ in range(3):
        anyio.run(client.request, "GET", "/once", backend=anyio_backend)
    anyio.run(client.aclose, backend=anyio_backend)

    assert 3 == len(server.peers)
    assert client.is_closed


def test_loops_in_threads(server, anyio_backend):
    """A client with default connections serves event loops in several threads at the same time."""
    client = AsyncImageKit("private", base_url=server.url)
    barrier = threading.Barrier(3)
    values: list[object] = []

    async def use() -> None:
        for _ in range(3):
            await anyio.to_thread.run_sync(barrier.wait)
            values.append((await client.request("GET", "/once")).value)

    threads = [threading.Thread(target=anyio.run, args=(use,), kwargs={"backend": anyio_backend}) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [{}] * 9 == values


def test_a_given_http_client_in_a_second_loop(server, anyio_backend):
    """A caller's http_client is refused at once in a second event loop, and works on in the first."""
    http_client = httpx.AsyncClient()
    client = AsyncImageKit("private", base_url=server.url, http_client=http_client)

    async def use() -> None:
        await client.request("GET", "/v1/new")
        await anyio.to_thread.run_sync(elsewhere)
        await client.request("GET", "/v1/new")
        await http_client.aclose()

    def elsewhere() -> None:
        with pytest.raises(ClientClosedError, match="belongs to another event loop"):
            anyio.run(client.request, "GET", "/v1/new", backend=anyio_backend)

    anyio.run(use, backend=anyio_backend)

    assert 1 == len(server.peers)
