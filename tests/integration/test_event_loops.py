"""
A client that outlives event loops keeps nothing of those that ended: no socket, no loop, and no warning about either.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import socket
import ssl
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import anyio.lowlevel
import httpx
import pytest
import trustme
import uvloop
from asgiref.sync import async_to_sync

from imagekit_async import AsyncImageKit
from imagekit_async.integrations.aiohttp import AiohttpTransport
from imagekit_async.integrations.httpx2 import Httpx2Transport

RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


class Server:
    """Responds to each request on connections that stay open until the client closes them."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=100)
        self._context = context
        self._scheme = "http" if context is None else "https"
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"{self._scheme}://127.0.0.1:{self._listener.getsockname()[1]}"

    def close(self) -> None:
        """Stop accepting connections."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        try:
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()
        except OSError:
            pass

    def _serve(self, connection: socket.socket) -> None:
        try:
            if self._context is not None:
                connection = self._context.wrap_socket(connection, server_side=True)
            while connection.recv(65536):
                connection.sendall(RESPONSE)
        except OSError:
            pass
        finally:
            connection.close()


@pytest.fixture
def server() -> Iterator[Server]:
    """A server without TLS."""
    server = Server()
    yield server
    server.close()


@pytest.fixture
def secure_server(tmp_path, monkeypatch) -> Iterator[Server]:
    """A server whose certificate the environment names."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server = Server(context)
    yield server
    server.close()


def client_sockets(server: Server) -> int:
    """How many sockets of this process are connected to the server."""
    port = int(server.url.rpartition(":")[2])
    connected = set()
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        columns = line.split()
        if int(columns[2].rpartition(":")[2], 16) == port:
            connected.add(f"socket:[{columns[9]}]")
    count = 0
    for entry in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            count += str(entry.readlink()) in connected
    return count


def call(client: AsyncImageKit, loops: list[weakref.ref[Any]]) -> Callable[[], Any]:
    """A function that makes a call and notes the event loop that it runs in."""

    async def get() -> None:
        loops.append(weakref.ref(anyio.lowlevel.current_token().native_token))
        await client.request("GET", "/v1/new")

    return get


def run_and_close(function: Callable[[], Any]) -> None:
    """Run a function in a loop that is closed at once, without being shut down."""
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(function())
    finally:
        loop.close()


def run_in_thread(function: Callable[[], Any]) -> None:
    """Run a function in an event loop of another thread, as `async_to_sync` does."""
    thread = threading.Thread(target=asyncio.run, args=(function(),))
    thread.start()
    thread.join()


def run_with_uvloop(function: Callable[[], Any]) -> None:
    """Run a function in a loop of uvloop."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(function())


RUNNERS = {
    "asyncio.run": lambda function: asyncio.run(function()),
    "async_to_sync": lambda function: async_to_sync(function)(),
    "uvloop": run_with_uvloop,
    "anyio.run": anyio.run,
    "trio": lambda function: anyio.run(function, backend="trio"),
    "loop.close": run_and_close,
    "thread": run_in_thread,
}
TRANSPORTS = {"httpx": lambda: None, "aiohttp": AiohttpTransport, "httpx2": Httpx2Transport}
WAYS = [
    (transport, runner) for transport in TRANSPORTS for runner in RUNNERS if (transport, runner) != ("aiohttp", "trio")
]

OFTEN = [("httpx", "asyncio.run"), ("httpx", "trio"), ("aiohttp", "asyncio.run"), ("httpx2", "asyncio.run")]


@pytest.mark.parametrize(
    ("transport", "runner", "count"),
    [(*way, 1000 if way in OFTEN else 20) for way in WAYS],
)
def test_loops_that_end_leave_nothing(server, transport, runner, count):
    """After many event loops, one client holds at most the last one with its socket, and none once closed."""
    client = AsyncImageKit("private", base_url=server.url, transport=TRANSPORTS[transport]())
    loops: list[weakref.ref[Any]] = []
    counts = []
    for number in range(count):
        RUNNERS[runner](call(client, loops))
        if not number % (count // 10):
            counts.append(client_sockets(server))
    anyio.run(client.aclose)
    gc.collect()

    assert count == len(loops)
    assert (True, 0) == (max(counts) <= 1, client_sockets(server))
    assert [] == [loop for loop in loops if loop() is not None]


@pytest.mark.parametrize(("transport", "runner"), WAYS)
def test_tls_connections_end_with_their_loop(secure_server, transport, runner):
    """The same holds for connections with TLS."""
    client = AsyncImageKit("private", base_url=secure_server.url, transport=TRANSPORTS[transport]())
    loops: list[weakref.ref[Any]] = []
    for _ in range(5):
        RUNNERS[runner](call(client, loops))
    anyio.run(client.aclose)
    gc.collect()

    assert 0 == client_sockets(secure_server)
    assert [] == [loop for loop in loops if loop() is not None]


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_a_loop_that_is_dropped_is_garbage(server, transport):
    """A loop that was stopped and forgotten, and never closed, goes away with its socket at the next call elsewhere."""
    client = AsyncImageKit("private", base_url=server.url, transport=TRANSPORTS[transport]())
    loops: list[weakref.ref[Any]] = []
    for _ in range(5):
        asyncio.new_event_loop().run_until_complete(call(client, loops)())
    gc.collect()
    left = [loop for loop in loops if loop() is not None]
    anyio.run(client.aclose)
    gc.collect()

    assert (loops[-1:], 0) == (left, client_sockets(server))
    assert [None] * 5 == [loop() for loop in loops]


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_loop_may_stop_and_run_again(server, transport):
    """A loop that stops between calls, while other loops make calls too, keeps its connection."""
    client = AsyncImageKit("private", base_url=server.url, transport=TRANSPORTS[transport]())
    loops: list[weakref.ref[Any]] = []
    with asyncio.Runner() as runner:
        for _ in range(3):
            runner.run(call(client, loops)())
            asyncio.run(call(client, loops)())
        gc.collect()
        kept = client_sockets(server)

    assert (1, 0) == (kept, client_sockets(server))


@pytest.mark.parametrize("close", [True, False])
@pytest.mark.parametrize("runner", RUNNERS)
def test_clients_that_live_in_one_loop_keep_none(runner, close):
    """A loop goes away as well if its clients were closed in it, or left alone without a connection."""
    loops: list[weakref.ref[Any]] = []

    async def use() -> None:
        client = AsyncImageKit("private", transport=httpx.MockTransport(lambda _: httpx.Response(200, json={})))
        await call(client, loops)()
        if close:
            await client.aclose()

    for _ in range(3):
        RUNNERS[runner](use)
    gc.collect()

    assert [None] * 3 == [loop() for loop in loops]
