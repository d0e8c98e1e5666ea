"""
The client over the transports of `integrations`, against a server on a real socket: what it sends, how faults show, and
that nothing is sent twice unasked.
"""

from __future__ import annotations

import asyncio
import gzip
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import aiohttp
import anyio
import httpx
import pytest
import trustme
from packaging.version import Version

from imagekit_async import (
    APIConnectionError,
    APITimeoutError,
    AsyncImageKit,
    BadRequestError,
    ConfigurationError,
    NotFoundError,
    UploadOutcomeUnknownError,
)
from imagekit_async.integrations.aiohttp import AiohttpTransport
from imagekit_async.integrations.httpx2 import Httpx2Transport

DATA = bytes(range(256)) * 4000
MORE_THAN_BUFFERS_HOLD = bytes(32 * 1024 * 1024)

HOUR = 3600.0

Reply = Callable[["Connection"], Awaitable[None]]


class Connection:
    """
    The server's end of a connection.
    """

    def __init__(self, server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.server, self.reader, self.writer = server, reader, writer
        self.head = b""
        self.body = b""

    async def read_body(self) -> None:
        """
        Read the body of the request, of known length or in chunks.
        """
        lower = self.head.lower()
        if b"transfer-encoding: chunked" in lower:
            while size := int(await self.reader.readline(), 16):
                self.body += await self.reader.readexactly(size)
                await self.reader.readline()
            await self.reader.readline()
        elif b"content-length: " in lower:
            self.body = await self.reader.readexactly(int(lower.partition(b"content-length: ")[2].split()[0]))

    async def write(self, data: bytes) -> None:
        """
        Send bytes.
        """
        self.writer.write(data)
        await self.writer.drain()


class Server:
    """
    Plays replies in the order of the requests, whatever connection they come on; `{}` once there are no more.
    """

    def __init__(self) -> None:
        self.url = ""
        self.replies: list[Reply] = []
        self.requests: list[Connection] = []
        self.connections = 0
        self.silences = 0
        self.finished = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """
        Serve a connection.
        """
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        try:
            while not writer.is_closing():
                request = Connection(self, reader, writer)
                request.head = await reader.readuntil(b"\r\n\r\n")
                self.requests.append(request)
                await (self.replies.pop(0) if self.replies else ok())(request)
        except (OSError, ValueError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            self._tasks.discard(task)

    async def stop(self) -> None:
        """
        Drop the connections.
        """
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def ok(body: bytes = b"{}", status: str = "200 OK", headers: str = "") -> Reply:
    """
    Read the request and respond.
    """

    async def reply(connection: Connection) -> None:
        await connection.read_body()
        await connection.write(f"HTTP/1.1 {status}\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body)

    return reply


def closing(data: bytes = b"") -> Reply:
    """
    Read the request, send some bytes and hang up.
    """

    async def reply(connection: Connection) -> None:
        await connection.read_body()
        await connection.write(data)
        connection.writer.close()

    return reply


def silent(*, reading: bool = True) -> Reply:
    """
    Never respond, until the client hangs up.
    """

    async def reply(connection: Connection) -> None:
        if reading:
            await connection.read_body()
        connection.server.silences += 1
        await connection.server.finished.wait()

    return reply


class _Loop(asyncio.SelectorEventLoop):
    """
    An event loop whose clock can be put forward, so that no test depends on how fast the machine is.
    """

    ahead = 0.0

    def time(self) -> float:
        """
        Return the time in seconds.
        """
        return time.monotonic() + self.ahead


def let_an_hour_pass() -> None:
    """
    Put the clock of the running event loop forward.
    """
    loop = asyncio.get_running_loop()
    assert isinstance(loop, _Loop)
    loop.ahead += HOUR


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, Any]]:
    """aiohttp works on asyncio only; the clock is that of this module."""
    return "asyncio", {"loop_factory": _Loop}


async def listening(server: Server, **options: Any) -> AsyncIterator[Server]:
    """
    Run a server.
    """
    async with await asyncio.start_server(server.connected, "127.0.0.1", 0, limit=1 << 16, **options) as listener:
        server.url = f"http{'s' * bool(options)}://localhost:{listener.sockets[0].getsockname()[1]}"
        yield server
        server.finished.set()
        await server.stop()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """A server on a free port."""
    async for server in listening(Server()):
        yield server


@pytest.fixture(params=[AiohttpTransport, Httpx2Transport])
def transport(request: pytest.FixtureRequest) -> httpx.AsyncBaseTransport:
    """Each transport of an integration."""
    return request.param()


@pytest.fixture
async def client(server: Server, transport: httpx.AsyncBaseTransport) -> AsyncIterator[AsyncImageKit]:
    """A client that reaches the server through the transport and does not retry."""
    async with AsyncImageKit("private", base_url=server.url, transport=transport, max_retries=0) as client:
        yield client


async def passing_time(server: Server, call: Awaitable[Any]) -> Any:
    """
    Make a call without a response, and let time pass once it got that far.
    """
    silences = server.silences

    async def watch() -> None:
        while server.silences == silences:
            await asyncio.sleep(0)
        await anyio.wait_all_tasks_blocked()
        let_an_hour_pass()

    watching = asyncio.create_task(watch())
    try:
        return await call
    finally:
        await watching


async def works(client: AsyncImageKit) -> bool:
    """
    Whether the next call on a client gets its response.
    """
    return (await client.request("GET", "/v1/next")).value == {}


@pytest.mark.anyio
async def test_requests_arrive_as_they_are(client, server):
    """Method, encoded path, query and headers are those of the request, and no header is added."""
    await client.request("GET", "/v1/a%2Fb", query={"q": "c/d é"}, extra_headers={"X-More": "1"})

    (request,) = server.requests
    lines = request.head.decode().split("\r\n")
    assert "GET /v1/a%2Fb?q=c%2Fd+%C3%A9 HTTP/1.1" == lines[0].replace("c/d", "c%2Fd").replace("%20", "+")
    assert ["accept", "accept-encoding", "authorization", "host", "user-agent", "x-more"] == sorted(
        line.partition(":")[0].lower() for line in lines[1:] if line
    )


@pytest.mark.anyio
async def test_connections_are_reused(client, server):
    """Calls one after the other share a connection."""
    for _ in range(3):
        await client.request("GET", "/v1/x")

    assert 1 == server.connections


@pytest.mark.anyio
async def test_first_calls_may_be_simultaneous(server, transport):
    """Calls that start together share a pool, which the client closes."""
    client = AsyncImageKit("private", base_url=server.url, transport=transport, pacing=None)
    async with client, anyio.create_task_group() as tasks:
        for _ in range(5):
            tasks.start_soon(client.request, "GET", "/v1/x")

    assert (5, True) == (len(server.requests), server.connections <= 5)


@pytest.mark.anyio
@pytest.mark.parametrize("measured", [True, False])
async def test_uploads_arrive(client, server, measured):
    """A file arrives complete, announced by its length or in chunks."""
    told: list[int] = []

    def progress(sent: int, total: int | None) -> None:
        told.append(sent)

    file = DATA if measured else iter([DATA[:9], DATA[9:]])
    await client.files.upload(file=file, file_name="a.png", progress=progress)

    (request,) = server.requests
    assert DATA in request.body
    assert measured == (b"content-length" in request.head.lower())
    assert len(DATA) == told[-1]


@pytest.mark.anyio
async def test_a_path_is_streamed(client, server, tmp_path):
    """A file on disk arrives complete."""
    (tmp_path / "a.png").write_bytes(DATA)
    await client.files.upload(file=tmp_path / "a.png", file_name="a.png")

    assert DATA in server.requests[0].body


@pytest.mark.anyio
async def test_json_arrives(client, server):
    """A JSON body arrives with its length and type."""
    await client.request("PUT", "/v1/x", json={"a": 1})

    (request,) = server.requests
    assert b'{"a":1}' == request.body
    assert b"content-type: application/json" in request.head.lower()


@pytest.mark.anyio
async def test_compressed_responses(client, server):
    """A response that the server compressed is read."""
    server.replies = [ok(gzip.compress(b'{"a": 1}'), headers="Content-Encoding: gzip\r\n")]

    assert {"a": 1} == (await client.request("GET", "/v1/x")).value


@pytest.mark.anyio
async def test_errors_of_the_api(client, server):
    """A response other than 2xx becomes the error of its status, with the request id and the reason."""
    server.replies = [ok(b"", "404 Nothing Here", "x-ik-requestid: id\r\n")]
    with pytest.raises(NotFoundError, match="Nothing Here") as caught:
        await client.files.get("a")

    assert "id" == caught.value.request_id


@pytest.mark.anyio
async def test_retries(server, transport):
    """What fails is tried again by the client's rules, on a working connection."""
    server.replies = [closing(), ok(b"", "503 Busy", "Retry-After: 0\r\n"), ok(b'{"name": "a"}')]
    async with AsyncImageKit("private", base_url=server.url, transport=transport) as client:
        file = await client.files.get("a")

    assert ("a", 3) == (file.name, len(server.requests))


@pytest.mark.anyio
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_nothing_is_repeated_unasked(client, server, method):
    """Without retries a request is sent once, even on a connection that served before."""
    await works(client)
    server.replies = [closing()]
    with pytest.raises(APIConnectionError) as caught:
        await client.request(method, "/v1/x")

    assert (True, 2) == (caught.value.request_sent, len(server.requests))
    assert await works(client)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n",
        b"220 mail.example ESMTP\r\n\r\n",
    ],
    ids=["nothing", "half a head", "short body", "half a chunk", "no chunk", "no HTTP"],
)
async def test_broken_responses(client, server, reply):
    """A response that is cut off or is not HTTP leaves open what happened, shows no query, and the next call works."""
    server.replies = [closing(reply), closing(reply)]
    with pytest.raises(APIConnectionError) as caught:
        await client.files.metadata.get_from_url(url="https://ik.example/a.png?ik-s=hush")
    with pytest.raises(UploadOutcomeUnknownError):
        await client.files.upload(file=DATA, file_name="a.png")

    assert (True, 2) == (caught.value.request_sent, len(server.requests))
    assert "hush" not in str(caught.value)
    assert await works(client)


@pytest.mark.anyio
async def test_a_refused_connection_is_not_sent(client, server, transport):
    """If no server listens, not even an upload may have succeeded."""
    client = AsyncImageKit("private", base_url="http://127.0.0.1:9", transport=transport, max_retries=0)
    async with client:
        with pytest.raises(APIConnectionError) as caught:
            await client.files.upload(file=DATA, file_name="a.png")

    assert (APIConnectionError, False) == (type(caught.value), caught.value.request_sent)


@pytest.mark.anyio
@pytest.mark.parametrize("timeout", [HOUR, httpx.Timeout(None, read=HOUR)], ids=["whole", "read"])
async def test_a_response_that_does_not_come(client, server, timeout):
    """A request that gets no response in time ends as a timeout, an upload with unknown outcome."""
    await works(client)
    server.replies = [silent(), silent()]
    with pytest.raises(APITimeoutError) as caught:
        await passing_time(server, client.request("GET", "/v1/x", timeout=timeout))
    with pytest.raises(UploadOutcomeUnknownError) as unknown:
        await passing_time(server, client.files.upload(file=DATA, file_name="a.png", timeout=timeout))

    assert caught.value.request_sent
    assert unknown.value.timed_out
    assert await works(client)


@pytest.mark.skipif(
    Version(aiohttp.__version__) < Version("3.14.5"),
    reason="older releases of aiohttp leave the exception of a blocked write to the event loop",
)
@pytest.mark.anyio
async def test_a_server_that_takes_nothing(client, server):
    """An upload ends when the connection takes no more of it for as long as a write may last."""
    await works(client)
    server.replies = [silent(reading=False)]
    with pytest.raises(UploadOutcomeUnknownError) as caught:
        await passing_time(
            server,
            client.files.upload(
                file=MORE_THAN_BUFFERS_HOLD, file_name="a.png", timeout=httpx.Timeout(None, write=HOUR)
            ),
        )

    assert isinstance(caught.value.__cause__, httpx.WriteTimeout)
    assert caught.value.timed_out
    assert await works(client)


@pytest.mark.anyio
async def test_a_slow_source_is_no_time_out(client, server):
    """The time that the caller's source takes is not the connection's."""

    async def source() -> AsyncIterator[bytes]:
        yield DATA
        let_an_hour_pass()
        # Timers that are due go off meanwhile.
        for _ in range(3):
            await asyncio.sleep(0)
        yield DATA

    await client.files.upload(file=source(), file_name="a.png", timeout=httpx.Timeout(None, write=HOUR))

    assert DATA + DATA in server.requests[0].body


@pytest.mark.anyio
@pytest.mark.parametrize("transport", [AiohttpTransport], indirect=True)
async def test_an_early_response(client, server):
    """A response that comes while the file is being sent counts, and the next call works; httpx2 does not look."""

    async def refuse(connection: Connection) -> None:
        await connection.write(b'HTTP/1.1 400 Bad\r\nContent-Length: 18\r\n\r\n{"message": "big"}')
        await connection.server.finished.wait()

    server.replies = [refuse]
    with pytest.raises(BadRequestError, match="big"):
        await client.files.upload(file=MORE_THAN_BUFFERS_HOLD, file_name="a.png")

    assert await works(client)


@pytest.mark.anyio
async def test_a_source_that_fails(client, server):
    """What the caller's source raises ends the upload as it is."""

    def source() -> Iterator[bytes]:
        yield DATA
        raise ZeroDivisionError("in the source")

    with pytest.raises(ZeroDivisionError, match="in the source"):
        await client.files.upload(file=source(), file_name="a.png")

    assert await works(client)


@pytest.mark.anyio
@pytest.mark.parametrize("upload", [True, False])
async def test_cancellation(client, server, upload):
    """A canceled call loses no connection, whether it was sending or waiting."""
    server.replies = [silent(reading=not upload)]
    async with anyio.create_task_group() as tasks:
        if upload:
            tasks.start_soon(lambda: client.files.upload(file=MORE_THAN_BUFFERS_HOLD, file_name="a.png"))
        else:
            tasks.start_soon(client.request, "GET", "/v1/x")
        while not server.requests:
            await asyncio.sleep(0)
        tasks.cancel_scope.cancel()
    async with anyio.create_task_group() as tasks:
        for _ in range(100):
            tasks.start_soon(client.request, "GET", "/v1/x")

    assert 101 == len(server.requests)


@pytest.mark.anyio
async def test_stages_over_aiohttp(server):
    """The `trace` extension hears how far a request got: its head before the first byte, its body after the last."""
    events: list[str] = []

    async def trace(event: str, _: object) -> None:
        events.append(event)

    async with httpx.AsyncClient(transport=AiohttpTransport()) as http_client:
        await http_client.post(server.url, content=b"body", extensions={"trace": trace})
        with_body = list(events)
        await http_client.post(server.url, extensions={"trace": trace})

    assert [
        "connection.started",
        "http11.send_request_headers.started",
        "http11.send_request_body.complete",
        "http11.receive_response_headers.complete",
    ] == with_body
    assert ["http11.send_request_headers.started", "http11.receive_response_headers.complete"] == events[4:]


@pytest.mark.anyio
async def test_interim_responses_do_not_extend_an_upload(server, transport):
    """An upload whose server sends 1xx responses without end fails as one without a response."""

    async def flood(connection: Connection) -> None:
        await connection.read_body()
        while True:
            await connection.write(b"HTTP/1.1 102 Processing\r\n\r\n" * 10)
            await asyncio.sleep(0)

    server.replies.append(flood)
    async with AsyncImageKit("private", base_url=server.url, transport=transport) as client:
        with pytest.raises(UploadOutcomeUnknownError) as caught:
            await client.files.upload(file=b"abc", file_name="a.png", timeout=httpx.Timeout(5, read=0.2))

    assert caught.value.timed_out


@pytest.mark.anyio
async def test_other_protocols_are_refused(transport):
    """A URL that is not HTTP is refused as httpx refuses it."""
    async with httpx.AsyncClient(transport=transport) as http_client:
        with pytest.raises(httpx.UnsupportedProtocol):
            await http_client.get("ftp://localhost/a")


@pytest.mark.anyio
async def test_certificates(monkeypatch, tmp_path, transport):
    """A certificate that is not trusted fails the call before it is sent, without retry; SSL_CERT_FILE adds trust."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    async for server in listening(Server(), ssl=context):
        async with AsyncImageKit("private", base_url=server.url, transport=transport) as client:
            with pytest.raises(APIConnectionError) as caught:
                await client.files.get("a")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        async with AsyncImageKit("private", base_url=server.url, transport=transport) as client:
            trusted = await works(client)

        assert (False, 1, True) == (caught.value.request_sent, caught.value.attempts, trusted)


@pytest.mark.anyio
async def test_proxies_of_the_environment(server, monkeypatch, transport):
    """Requests go through the proxy that the environment names."""
    monkeypatch.setenv("HTTP_PROXY", server.url)
    async with AsyncImageKit("private", base_url="http://api.example", transport=transport) as client:
        await works(client)

    assert server.requests[0].head.startswith(b"GET http://api.example/v1/next HTTP/1.1")


@pytest.mark.anyio
async def test_closing(transport):
    """A transport may be closed twice, and unused."""
    await transport.aclose()
    await transport.aclose()


def test_one_pool_for_each_event_loop(transport):
    """A transport that was closed in one event loop serves another."""
    counts: list[int] = []

    async def use() -> None:
        async for server in listening(Server()):
            async with httpx.AsyncClient(transport=transport) as http_client:
                await http_client.get(server.url)
            counts.append(len(server.requests))

    anyio.run(use)
    anyio.run(use)

    assert [1, 1] == counts


def test_trio_is_refused():
    """On trio the first call says that this transport does not work there."""

    async def use() -> None:
        async with AsyncImageKit("private", transport=AiohttpTransport()) as client:
            await client.files.get("a")

    with pytest.raises(ConfigurationError, match="asyncio only"):
        anyio.run(use, backend="trio")
