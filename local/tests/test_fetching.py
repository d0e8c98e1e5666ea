"""
Fetching the file of an upload by URL from an origin that means harm.
"""

from __future__ import annotations

import gzip
import socket
import threading
import zlib
from collections.abc import Callable, Iterator

import anyio
import httpx
import pytest

from imagekit_local import LocalImageKit

# Before anyio 4.16, a file that opens as its task is canceled is left to the garbage collector.
pytestmark = [pytest.mark.anyio, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
INVALID_FILE = "Your request contains invalid file parameter."
TOO_LARGE = f"{INVALID_FILE} The file size exceeds limits."
Reply = Callable[..., str]


@pytest.fixture
def respond() -> Iterator[Reply]:
    """
    Serve one response, given as head lines and pieces of a body, and return the address to fetch it from.
    """
    listeners: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def responded(*head: str, body: Iterator[bytes], status: str = "200 OK", host: str = "127.0.0.1") -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(4096)
                try:
                    connection.sendall("\r\n".join([f"HTTP/1.1 {status}", *head, "", ""]).encode())
                    for piece in body:
                        connection.sendall(piece)
                except OSError:
                    pass

        threads.append(threading.Thread(target=serve, daemon=True))
        threads[-1].start()
        return f"http://{host}:{listener.getsockname()[1]}/file"

    yield responded
    for listener, thread in zip(listeners, threads, strict=True):
        # A thread without a connection waits for it.
        socket.create_connection(listener.getsockname()).close()
        thread.join()
        listener.close()


async def uploaded(server: LocalImageKit, client: httpx.AsyncClient, url: str) -> httpx.Response:
    """
    Upload from a URL whose address is listed.
    """
    server.add_reachable(url)
    form = {"file": (None, url), "fileName": (None, "a.txt")}
    return await client.post("/api/v1/files/upload", files=form)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("", b"text" * 2000),
        ("identity", b"text" * 2000),
        ("gzip", gzip.compress(b"text" * 2000, mtime=0)),
        ("X-GZIP", gzip.compress(b"text" * 2000, mtime=0)),
        ("deflate", zlib.compress(b"text" * 2000)),
    ],
)
async def test_encoded(
    server: LocalImageKit, client: httpx.AsyncClient, respond: Reply, encoding: str, body: bytes
) -> None:
    """A body with one content encoding is stored decoded, in whatever pieces it comes."""
    pieces = (body[start : start + 7] for start in range(0, len(body), 7))
    head = [f"content-encoding: {encoding}"] if encoding else []
    response = await uploaded(server, client, respond(*head, body=pieces))
    stored = await client.get(response.json()["url"])

    assert b"text" * 2000 == stored.content


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip, gzip", gzip.compress(gzip.compress(b"text", mtime=0), mtime=0)),
        ("gzip\r\ncontent-encoding: gzip", gzip.compress(gzip.compress(b"text", mtime=0), mtime=0)),
        ("br", b"text"),
        ("gzip", b"text"),
        ("gzip", gzip.compress(b"text", mtime=0)[:-1]),
        ("gzip", gzip.compress(b"text", mtime=0) + b"rest"),
        ("gzip", b""),
    ],
)
async def test_badly_encoded(
    server: LocalImageKit, client: httpx.AsyncClient, respond: Reply, encoding: str, body: bytes
) -> None:
    """Encodings in encodings, unknown encodings, and data that is broken or goes on are refused."""
    response = await uploaded(server, client, respond(f"content-encoding: {encoding}", body=iter([body])))

    assert (400, INVALID_FILE) == (response.status_code, response.json()["message"])


async def test_bytes_after_the_end(server: LocalImageKit, client: httpx.AsyncClient, respond: Reply) -> None:
    """Data that goes on in later pieces is refused at the first of them."""
    received = threading.Event()

    def pieces() -> Iterator[bytes]:
        yield gzip.compress(b"text")
        while not received.is_set():
            yield bytes(65_536)

    response = await uploaded(server, client, respond("content-encoding: gzip", body=pieces()))
    received.set()

    assert (400, INVALID_FILE) == (response.status_code, response.json()["message"])


async def test_bomb(server: LocalImageKit, client: httpx.AsyncClient, respond: Reply) -> None:
    """A kilobyte that decodes to a gigabyte is refused once it is larger than any file may be."""
    compressor = zlib.compressobj(wbits=31)
    block = bytes(1024 * 1024)
    bomb = b"".join([*(compressor.compress(block) for _ in range(1024)), compressor.flush()])
    response = await uploaded(server, client, respond("content-encoding: gzip", body=iter([bomb])))

    assert (400, TOO_LARGE) == (response.status_code, response.json()["message"])


async def test_endless_body(server: LocalImageKit, client: httpx.AsyncClient, respond: Reply) -> None:
    """A body without end is refused once it is larger than any file may be."""
    response = await uploaded(server, client, respond(body=iter(lambda: bytes(65_536), None)))

    assert (400, TOO_LARGE) == (response.status_code, response.json()["message"])


async def test_dripping_body(respond: Reply) -> None:
    """A body that drips in for ever ends with the time that the whole fetch may take."""
    over = threading.Event()

    def drops() -> Iterator[bytes]:
        while not over.wait(0.01):
            yield b"."

    server = LocalImageKit(fetch_timeout_seconds=0.3)
    async with httpx.AsyncClient(transport=server.transport(), base_url=server.url) as client:
        client.auth = httpx.BasicAuth(server.private_key, "")
        response = await uploaded(server, client, respond(body=drops()))
    over.set()
    server.stop()

    assert (400, INVALID_FILE) == (response.status_code, response.json()["message"])


async def test_slow_decoding(respond: Reply, monkeypatch: pytest.MonkeyPatch) -> None:
    """A piece that decodes to many steps ends with the time that the whole fetch may take, not after its last step."""
    write = anyio.AsyncFile.write
    steps: list[int] = []

    async def written_slowly(file: anyio.AsyncFile[bytes], piece: bytes) -> int:
        steps.append(len(piece))
        await anyio.sleep(0.4)
        return await write(file, piece)

    monkeypatch.setattr(anyio.AsyncFile, "write", written_slowly)
    server = LocalImageKit(fetch_timeout_seconds=0.3)
    async with httpx.AsyncClient(transport=server.transport(), base_url=server.url) as client:
        client.auth = httpx.BasicAuth(server.private_key, "")
        body = iter([gzip.compress(bytes(1_000_000))])
        response = await uploaded(server, client, respond("content-encoding: gzip", body=body))
    server.stop()

    assert (400, INVALID_FILE) == (response.status_code, response.json()["message"])
    assert 1 == len(steps)


async def test_redirect(server: LocalImageKit, client: httpx.AsyncClient, respond: Reply) -> None:
    """A redirect is not followed, not even to a listed address."""
    inner = respond(body=iter([b"secret"]))
    server.add_reachable(inner)
    outer = respond(f"location: {inner}", "content-length: 0", status="302 Found", body=iter([]))
    response = await uploaded(server, client, outer)

    assert (400, INVALID_FILE) == (response.status_code, response.json()["message"])


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "0.0.0.0", "::ffff:127.0.0.1"])
async def test_rebound_name(
    server: LocalImageKit, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """A listed name that resolves to loopback is refused unless that address is listed, too."""

    async def resolved(host: str, port: int, **options: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr("anyio.getaddrinfo", resolved)
    response = await uploaded(server, client, "http://cdn.example:9/file")

    assert 400 == response.status_code
    assert "listed addresses only" in response.json()["message"]


async def test_name_that_changes(
    server: LocalImageKit, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, respond: Reply
) -> None:
    """A name is resolved once: the address that was checked is the one that is connected to."""
    lookups: list[str] = []
    url = respond(body=iter([b"text"]), host="cdn.example")
    port = int(url.split(":")[2].split("/")[0])

    async def resolved(host: str, port: int, **options: object) -> list[object]:
        lookups.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1" if len(lookups) == 1 else "192.0.2.1", port))]

    monkeypatch.setattr("anyio.getaddrinfo", resolved)
    server.add_reachable(f"127.0.0.1:{port}")
    response = await uploaded(server, client, url)

    assert (200, ["cdn.example"]) == (response.status_code, lookups)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "127.0.0.1:http", "127.0.0.1:70000", ":80", "", "ftp://127.0.0.1", "/tmp", "[::1:80"]
)
def test_bad_address(address: str) -> None:
    """What names no host or no port is refused at construction."""
    with pytest.raises(ValueError, match=r"reachable must contain addresses such as '127\.0\.0\.1:9000', got "):
        LocalImageKit(reachable=[address])
