"""
What is special about sending through httpx2: its errors, its traces, and clients and transports of the caller's.
"""

from __future__ import annotations

import asyncio
import gzip
from functools import partial
from typing import Any

import anyio
import anyio.lowlevel
import httpx
import httpx2
import pytest

from imagekit_async import (
    APIResponseValidationError,
    AsyncImageKit,
    ClientClosedError,
    Hooks,
    UploadOutcomeUnknownError,
)
from imagekit_async.integrations.httpx2 import Httpx2Transport

HEAD = b"HTTP/1.1 200 OK\r\n"
RESPONSE = HEAD + b"Content-Length: 2\r\n\r\n{}"
EXCEPTIONS = [kind for kind in vars(httpx2).values() if isinstance(kind, type) and issubclass(kind, Exception)]
# With the default of five seconds to connect, a machine that stands still for a moment would look like a fault.
PATIENT = 60
OF_A_REQUEST = [kind for kind in EXCEPTIONS if issubclass(kind, httpx2.RequestError)]


class Failing(httpx2.AsyncByteStream):
    """
    The body of a response that ends with an error.
    """

    def __init__(self, error: Exception) -> None:
        self._error = error

    async def __aiter__(self):
        """Raise the error after the first bytes."""
        yield b"{"
        raise self._error


def replying(peer):
    """Respond to every request, as long as the client wants."""
    while peer.request():
        peer.send(RESPONSE)


def client_of(server, sender: httpx2.AsyncClient | httpx2.AsyncBaseTransport, **options: Any) -> AsyncImageKit:
    """Make a client that sends through the sender and does not retry."""
    options = {"base_url": f"http://{server.address}", "max_retries": 0, "timeout": httpx.Timeout(PATIENT), **options}
    return AsyncImageKit("private", transport=Httpx2Transport(sender), **options)


def mocked(reply) -> Httpx2Transport:
    """Make a transport whose responses are played."""
    return Httpx2Transport(httpx2.MockTransport(reply))


def test_no_exception_is_forgotten():
    """Each exception of httpx2 has a class of the same name in httpx, but for those that no transport raises."""
    unknown = {kind.__name__ for kind in EXCEPTIONS if not hasattr(httpx, kind.__name__)}

    # Raised while reading the events of a response that is there already.
    assert unknown <= {"SSEError"}


@pytest.mark.anyio
@pytest.mark.parametrize("kind", [kind for kind in OF_A_REQUEST if hasattr(httpx, kind.__name__)])
async def test_errors_are_those_of_httpx(kind):
    """What a request of httpx2 ends with is raised as the class of httpx of the same name, with text and cause."""

    def fail(request: httpx2.Request) -> httpx2.Response:
        raise error

    error = kind("text")
    async with httpx.AsyncClient(transport=mocked(fail)) as client:
        with pytest.raises(httpx.RequestError) as caught:
            await client.get("http://h")

    assert (getattr(httpx, kind.__name__), "text") == (type(caught.value), str(caught.value))
    assert error is caught.value.__cause__


@pytest.mark.anyio
async def test_errors_of_a_later_release_are_the_nearest_of_httpx():
    """A class that httpx does not have becomes its nearest base class; in the body of a response as well."""
    kind = type("Http3Error", (httpx2.RemoteProtocolError,), {})

    async def fail(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, stream=Failing(kind("text")))

    async with httpx.AsyncClient(transport=mocked(fail)) as client:
        with pytest.raises(httpx.RemoteProtocolError, match=r"^text$"):
            await client.get("http://h")


@pytest.mark.anyio
@pytest.mark.parametrize("body", [b"", b"body"])
async def test_stages_are_those_of_httpx(server, body):
    """The `trace` extension gets the same steps in the same order as from httpx."""
    server.play(replying)
    stages: list[list[str]] = []

    async def trace(event: str, _: object) -> None:
        stages[-1].append(event)

    for transport in (httpx.AsyncHTTPTransport(), Httpx2Transport()):
        stages.append([])
        async with httpx.AsyncClient(transport=transport, timeout=PATIENT) as client:
            await client.post(f"http://{server.address}", content=body, extensions={"trace": trace})

    assert stages[0] == stages[1]
    assert "http11.send_request_body.complete" in stages[0]


@pytest.mark.anyio
async def test_bodies_arrive_undecoded(server):
    """The body of a response is passed on as it came, so that it can be decoded within bounds."""
    packed = gzip.compress(bytes(1 << 20))

    def respond(peer):
        peer.request()
        peer.send(HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed)

    server.play(respond)
    client = httpx.AsyncClient(transport=Httpx2Transport())
    async with client, client.stream("GET", f"http://{server.address}") as response:
        received = b"".join([piece async for piece in response.aiter_raw()])

    assert packed == received


@pytest.mark.anyio
async def test_decoded_bodies_are_bounded(server):
    """A small body that decodes to more than the limit is refused."""
    packed = gzip.compress(bytes(1 << 20))

    def respond(peer):
        peer.request()
        peer.send(HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed)

    server.play(respond)
    async with client_of(server, httpx2.AsyncHTTPTransport(), max_response_bytes=1 << 19) as client:
        with pytest.raises(APIResponseValidationError, match="larger than max_response_bytes"):
            await client.request("GET", "/v1/x")


@pytest.mark.anyio
async def test_responses_are_streamed(server):
    """A response is there when its head is, before the server sends the body."""

    def respond(peer):
        peer.request()
        peer.send(HEAD + b"Content-Length: 2\r\n\r\n")
        peer.recovered.wait()
        peer.send(b"{}")

    server.play(respond)
    client = httpx.AsyncClient(transport=Httpx2Transport(), timeout=None)
    async with client, client.stream("GET", f"http://{server.address}") as response:
        status = response.status_code
        server.recovered.set()
        body = await response.aread()

    assert (200, b"{}") == (status, body)


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"], indirect=True)
async def test_a_close_that_is_canceled(server):
    """A response whose closing is canceled leaves no connection behind, and the next request works."""

    def respond(peer):
        peer.request()
        peer.send(HEAD + b"Content-Length: 2\r\n\r\n")
        peer.await_hang_up()

    server.play(respond, replying)
    client = httpx.AsyncClient(transport=Httpx2Transport())
    response = await client.send(client.build_request("GET", f"http://{server.address}"), stream=True)
    closing = asyncio.create_task(response.aclose())
    await asyncio.sleep(0)
    closing.cancel()
    await asyncio.wait([closing])
    settled = await anyio.to_thread.run_sync(server.settles_at, 0)
    after = await client.get(f"http://{server.address}")
    await client.aclose()

    assert (True, True, b"{}") == (closing.cancelled(), settled, after.content)


@pytest.mark.anyio
async def test_sources_are_read_as_the_connection_takes_them(server):
    """An upload reads no more of its source than the connection takes."""
    read = 0

    async def source():
        nonlocal read
        for _ in range(1024):
            await anyio.lowlevel.checkpoint()
            read += 1
            yield bytes(1 << 16)

    server.play(lambda peer: (peer.head(), peer.ignore()))
    async with client_of(server, httpx2.AsyncHTTPTransport()) as client:
        with pytest.raises(UploadOutcomeUnknownError):
            await client.files.upload(file=source(), file_name="a", timeout=httpx.Timeout(None, write=2))
        server.recovered.set()

    assert 0 < read < 1024


@pytest.mark.anyio
async def test_proxies_over_tls(server, certificates, monkeypatch):
    """A proxy that is reached over TLS gets the request."""
    lines: list[bytes] = []
    monkeypatch.setenv("HTTP_PROXY", f"https://{server.address}")
    server.tls = certificates.trusted
    server.play(lambda peer: (lines.append(peer.request().partition(b"\r\n")[0]), peer.send(RESPONSE)))

    async with AsyncImageKit("private", base_url="http://api.example", transport=Httpx2Transport()) as client:
        await client.request("GET", "/v1/x")

    assert [b"GET http://api.example/v1/x HTTP/1.1"] == lines


@pytest.mark.anyio
async def test_the_defaults_of_a_client(server):
    """The headers of the caller's client are sent, but not its credentials, and it follows no redirects."""
    heads: list[bytes] = []

    def redirect(peer):
        heads.append(peer.request())
        peer.send(b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")

    server.play(redirect)
    options: dict[str, Any] = {"headers": {"X-Tenant": "a"}, "auth": ("user", "hush"), "follow_redirects": True}
    async with httpx2.AsyncClient(**options) as sender, client_of(server, sender) as client:
        with pytest.raises(Exception, match="Found"):
            await client.request("GET", "/v1/x")

    (head,) = heads
    assert b"\r\nX-Tenant: a\r\n" in head
    assert httpx.BasicAuth("private", "")._auth_header.encode() in head


@pytest.mark.anyio
@pytest.mark.parametrize("encoded", [True, False])
async def test_hooks_of_a_client_may_read_the_response(server, encoded):
    """A response that an event hook has read, and so decoded, is read by the client as well."""
    body = gzip.compress(b'{"a": 1}') if encoded else b'{"a": 1}'
    coding = b"Content-Encoding: gzip\r\n" if encoded else b""
    read: list[bytes] = []

    async def look(response: httpx2.Response) -> None:
        read.append(await response.aread())

    server.play(
        lambda peer: (peer.request(), peer.send(HEAD + coding + b"Content-Length: %d\r\n\r\n" % len(body) + body))
    )
    async with httpx2.AsyncClient(event_hooks={"response": [look]}) as sender, client_of(server, sender) as client:
        response = await client.request("GET", "/v1/x")

    assert ([b'{"a": 1}'], {"a": 1}) == (read, response.value)


@pytest.mark.anyio
async def test_a_client_stays_open(server):
    """Closing the client leaves the caller's httpx2 client open, and closes a transport."""
    server.play(replying)
    sender = httpx2.AsyncClient(timeout=PATIENT)
    async with client_of(server, sender) as client:
        await client.request("GET", "/v1/x")
    response = await sender.get(f"http://{server.address}")
    await sender.aclose()
    async with client_of(server, httpx2.AsyncHTTPTransport()) as client:
        await client.request("GET", "/v1/x")
    settled = await anyio.to_thread.run_sync(server.settles_at, 0)

    assert (200, True) == (response.status_code, settled)


@pytest.mark.anyio
async def test_a_closed_client(server):
    """A closed httpx2 client is named before anything is sent; not even an upload is in doubt."""
    sender = httpx2.AsyncClient()
    await sender.aclose()
    retries: list[object] = []

    async with client_of(server, sender, hooks=Hooks(on_retry=retries.append), max_retries=2) as client:
        with pytest.raises(ClientClosedError, match="given to Httpx2Transport is closed"):
            await client.files.upload(file=b"a", file_name="a")

    assert [] == retries


@pytest.mark.parametrize("make", [httpx2.AsyncClient, httpx2.AsyncHTTPTransport])
@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_sender_belongs_to_one_event_loop(server, make, backend):
    """A client or transport that was used in one event loop is refused in another one, before anything is sent."""
    server.play(replying)
    sender = make()
    transport = Httpx2Transport(sender)

    async def use() -> None:
        async with AsyncImageKit("private", base_url=f"http://{server.address}", transport=transport) as client:
            await client.request("GET", "/v1/x")
        await sender.aclose()

    async def use_again() -> None:
        client = AsyncImageKit("private", base_url=f"http://{server.address}", transport=transport)
        await client.files.upload(file=b"a", file_name="a")

    anyio.run(use, backend=backend)
    with pytest.raises(ClientClosedError, match="belongs to another event loop"):
        anyio.run(use_again, backend=backend)

    assert 1 == server.accepted


def test_a_mock_belongs_to_no_event_loop():
    """A transport without connections works in one event loop after another."""
    client = AsyncImageKit("private", transport=mocked(lambda request: httpx2.Response(200, json={"a": 1})))
    values = [anyio.run(partial(client.request, "GET", "/v1/x")).value for _ in range(2)]

    assert [{"a": 1}, {"a": 1}] == values


@pytest.mark.parametrize("sender", [httpx.AsyncClient(), httpx2.Client(), httpx2.AsyncClient, "http://h"])
def test_other_senders_are_refused(sender):
    """What is not an async client or transport of httpx2 is refused by name and type."""
    with pytest.raises(
        TypeError, match=r"^sender must be an httpx2.AsyncClient or .*, got (httpx|httpx2|builtins)\.\w+$"
    ):
        Httpx2Transport(sender)
