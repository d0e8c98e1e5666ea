"""
A client costs nothing until it is used, can be closed any time, and says so when it is used afterwards.
"""

from __future__ import annotations

import subprocess
import sys

import anyio
import httpx
import pytest

from imagekit_async import (
    APIConnectionError,
    AsyncImageKit,
    ClientClosedError,
    ConfigurationError,
    WebhookHeaderError,
)
from imagekit_async._http.connections import Connections

CONSTRUCTION = """
import ssl
import sys

from imagekit_async import AsyncImageKit

AsyncImageKit("private")  # the first one loads modules
seen = []


class Context(ssl.SSLContext):
    def __new__(cls, *arguments, **options):
        seen.append("ssl.SSLContext")
        return super().__new__(cls, *arguments, **options)


def watch(event, arguments):
    is_import = event == "open" and str(arguments[0]).endswith((".py", ".pyc"))
    if event.startswith(("open", "socket", "subprocess")) and not is_import:
        seen.append((event, arguments))


ssl.SSLContext = Context
sys.addaudithook(watch)
client = AsyncImageKit("private")
client.files.versions
client.with_response.files
print(client, seen)
"""


class Transport(httpx.MockTransport):
    """A transport that counts how often it is closed."""

    def __init__(self) -> None:
        super().__init__(lambda _: httpx.Response(204))
        self.closed = 0

    async def aclose(self) -> None:
        """Count."""
        self.closed += 1


class Connecting(httpx.AsyncHTTPTransport):
    """A transport of the kind that holds sockets."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Respond without opening one."""
        return httpx.Response(204)


def test_construction_is_free():
    """Making a client opens no file or socket and loads no certificates."""
    # Python itself would write what it compiles, if this is the first time that the modules are imported.
    done = subprocess.run([sys.executable, "-B", "-c", CONSTRUCTION], capture_output=True, text=True, check=False)

    assert "" == done.stderr
    assert done.stdout.endswith("/upload.imagekit.io') []\n")


@pytest.mark.anyio
async def test_a_transport_is_closed_with_the_client():
    """The transport that was passed is closed once, after use as well as without it, however often the client is."""
    used, unused = Transport(), Transport()
    async with AsyncImageKit("private", transport=used) as client, AsyncImageKit("private", transport=unused) as idle:
        await client.files.delete("f1")
        await client.files.delete("f1")

        assert (False, 0, False, 0) == (client.is_closed, used.closed, idle.is_closed, unused.closed)
    for _ in range(2):
        await client.aclose()
        await idle.aclose()

    assert (True, 1, True, 1) == (client.is_closed, used.closed, idle.is_closed, unused.closed)


@pytest.mark.anyio
async def test_an_http_client_stays_open():
    """The http_client that was passed belongs to the caller, before and after use."""
    transport = Transport()
    async with httpx.AsyncClient(transport=transport) as http_client:
        async with AsyncImageKit("private", http_client=http_client) as client:
            await client.files.delete("f1")
        await AsyncImageKit("private", http_client=http_client).aclose()

        assert (False, 0) == (http_client.is_closed, transport.closed)
        assert 200 <= (await http_client.get("https://api.imagekit.io")).status_code
    assert 1 == transport.closed


@pytest.mark.anyio
async def test_an_http_client_keeps_its_own_settings(scripted):
    """Headers and hooks of the caller's http_client apply; its authentication and redirects do not."""
    seen = []
    replies = iter([httpx.Response(204), httpx.Response(302, headers={"Location": "https://evil.example"})])

    async def hook(request: httpx.Request) -> None:
        seen.append(request)

    async with httpx.AsyncClient(
        transport=httpx.MockTransport(lambda _: next(replies)),
        headers={"X-Mine": "1"},
        auth=("somebody", "else"),
        event_hooks={"request": [hook]},
        follow_redirects=True,
    ) as http_client:
        client = AsyncImageKit("private", http_client=http_client)
        await client.files.delete("f1")
        with pytest.raises(Exception, match=r"^302"):
            await client.files.delete("f1")

    assert ["1", "1"] == [request.headers["X-Mine"] for request in seen]
    assert ["Basic cHJpdmF0ZTo="] * 2 == [request.headers["Authorization"] for request in seen]


@pytest.mark.anyio
async def test_a_client_works_without_a_block():
    """A client is usable as soon as it is made, and closing it by hand is enough."""
    client = AsyncImageKit("private", transport=Transport())

    await client.files.delete("f1")
    await client.aclose()

    assert client.is_closed


@pytest.mark.anyio
async def test_a_closed_client_says_so():
    """Every use of a closed client raises an error that says why, before a source is read."""
    client = AsyncImageKit("private", transport=Transport())
    async with client:
        pass

    with pytest.raises(ClientClosedError, match=r"^This client is closed; create a new one$"):
        await client.files.delete("f1")
    with pytest.raises(ClientClosedError):
        await client.with_response.files.delete("f1")
    with pytest.raises(ClientClosedError):
        await client.request("GET", "/v1/new")
    with pytest.raises(ClientClosedError):
        await client.files.upload(file=object(), file_name="a.png")


@pytest.mark.anyio
async def test_an_error_in_the_block_closes_the_client():
    """The client is closed when its block ends with an error, which passes through."""
    client = AsyncImageKit("private", transport=Transport())

    with pytest.raises(ZeroDivisionError):
        async with client:
            raise ZeroDivisionError

    assert client.is_closed


def test_a_transport_without_connections_serves_every_loop(anyio_backend):
    """A transport that holds no sockets, such as a mock, works in one event loop after the other."""
    name, _ = anyio_backend
    transport = Transport()
    client = AsyncImageKit("private", transport=transport)

    anyio.run(client.files.delete, "f1", backend=name)
    anyio.run(client.files.delete, "f1", backend=name)
    anyio.run(client.aclose, backend=name)

    assert 1 == transport.closed


def test_given_connections_belong_to_one_loop(anyio_backend):
    """A caller's http_client or connecting transport is refused in a second event loop with advice, not with a hang."""
    name, _ = anyio_backend
    clients = [
        AsyncImageKit("private", http_client=httpx.AsyncClient(transport=Transport())),
        AsyncImageKit("private", transport=Connecting(verify=False)),
    ]

    for client in clients:
        anyio.run(client.files.delete, "f1", backend=name)
        with pytest.raises(
            ClientClosedError, match=r"belongs to another event loop; create one AsyncImageKit for each"
        ):
            anyio.run(client.files.delete, "f1", backend=name)


def test_what_needs_no_network_uses_the_clients_settings():
    """URLs are built with the client's endpoint, webhooks checked with its secret, without any event loop."""
    client = AsyncImageKit("private", url_endpoint="https://ik.example/demo", webhook_secret="whsec_c2VjcmV0")
    unset = AsyncImageKit("private")

    assert "https://ik.example/demo/a.jpg" == client.helper.build_url(src="/a.jpg")
    with pytest.raises(WebhookHeaderError):
        client.webhooks.unwrap(b"{}", {})
    with pytest.raises(ConfigurationError):
        unset.webhooks.unwrap(b"{}", {})


@pytest.mark.anyio
async def test_a_failure_leaves_an_http_client_open():
    """A call that fails on the caller's http_client closes nothing of it."""
    replies = iter([httpx.ReadError("cut"), httpx.Response(204)])

    def respond(_: httpx.Request) -> httpx.Response:
        reply = next(replies)
        if isinstance(reply, Exception):
            raise reply
        return reply

    async with httpx.AsyncClient(transport=httpx.MockTransport(respond)) as http_client:
        client = AsyncImageKit("private", http_client=http_client)
        with pytest.raises(APIConnectionError):
            await client.files.delete("f1", max_retries=0)
        await client.files.delete("f1")

        assert not http_client.is_closed


@pytest.mark.anyio
async def test_first_calls_share_what_they_set_up():
    """Calls that begin together, before anything is set up, load the certificates once and use the same connections."""
    connections = Connections(None, None, servers=["https://api.imagekit.io"], pacing=None, learned={})
    states = []

    async def first_call() -> None:
        states.append(await connections.state())

    async with anyio.create_task_group() as tasks:
        for _ in range(5):
            tasks.start_soon(first_call)
    await connections.aclose()

    assert 1 == len({id(state) for state in states})
