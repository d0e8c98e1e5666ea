"""
Whatever ends a call after an attempt that may have been executed is recognized over every transport, on real sockets.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import httpx
import httpx2
import pytest

from imagekit_async import AsyncImageKit, ClientClosedError, Hooks, ImageKitError, UploadOutcomeUnknownError
from imagekit_async.integrations.aiohttp import AiohttpTransport
from imagekit_async.integrations.httpx2 import Httpx2Transport

pytestmark = pytest.mark.anyio

RESPONSE = b"HTTP/1.1 %d Something\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>"
PATIENT = httpx.Timeout(60)


def lost(peer):
    """Read the request and hang up."""
    peer.request()


def partly_sent(peer):
    """Break off within the request."""
    peer.head()
    peer.reset()


def cut_body(peer):
    """Hang up within the body of the response."""
    peer.request()
    peer.send(RESPONSE[:-3] % 200)


def silent(peer):
    """Read the request and never respond."""
    peer.request()
    peer.await_hang_up()


def responding(status: int):
    """Respond with a status and a body that is not JSON."""

    def respond(peer):
        peer.request()
        peer.send(RESPONSE % status)

    return respond


UNCERTAIN = {
    "response lost": lost,
    "partly sent": partly_sent,
    "body cut": cut_body,
    "read timeout": silent,
    "503": responding(503),
    "504": responding(504),
    "broken body": responding(200),
}
TRANSPORTS: dict[str, Callable[[], dict[str, Any]]] = {
    "httpx": dict,
    "caller's transport": lambda: {"transport": httpx.AsyncHTTPTransport()},
    "http_client": lambda: {"http_client": httpx.AsyncClient(timeout=PATIENT)},
    "aiohttp": lambda: {"transport": AiohttpTransport()},
    "httpx2": lambda: {"transport": Httpx2Transport()},
    "caller's httpx2": lambda: {"transport": Httpx2Transport(httpx2.AsyncHTTPTransport())},
}


@pytest.fixture(params=[pytest.param(value, id=key) for key, value in TRANSPORTS.items()])
def over(request, anyio_backend) -> Callable[[], dict[str, Any]]:
    """What makes a client use the transport; aiohttp works on asyncio only, so trio gets httpx's again."""
    on_trio = anyio_backend[0] == "trio" and request.param is TRANSPORTS["aiohttp"]
    return TRANSPORTS["httpx"] if on_trio else request.param


@pytest.fixture(params=[pytest.param(value, id=key) for key, value in UNCERTAIN.items()])
def uncertain(request):
    """What the server does with the first attempt."""
    return request.param


async def upload(client: AsyncImageKit, file: object) -> None:
    """Upload over a fixed name, which is retried."""
    await client.files.upload(
        file=file, file_name="a.bin", use_unique_file_name=False, timeout=httpx.Timeout(60, read=8), deadline=3600
    )


async def outcome(server, over, uncertain, file: object, last: Callable[[Any], None], hooks: Hooks) -> BaseException:
    """What an upload raises whose first attempt is uncertain and whose second the server treats as instructed."""
    server.play(uncertain, last)
    brought = over()
    client = AsyncImageKit("private", base_url=f"http://{server.address}", max_retries=1, hooks=hooks, **brought)
    try:
        await upload(client, file)
    except ImageKitError as error:
        return error
    finally:
        await client.aclose()
        if "http_client" in brought:
            await brought["http_client"].aclose()
    raise AssertionError("the upload succeeded")


def large(path: Path) -> Path:
    """More than the buffers of a connection hold, so that a request can be cut off within it."""
    with path.open("wb") as file:
        file.truncate(4 << 20)
    return path


async def test_a_file_that_is_gone(server, over, uncertain, tmp_path):
    """A file deleted before the retry leaves the upload of unknown outcome."""
    path = large(tmp_path / "a.bin")

    error = await outcome(server, over, uncertain, path, lost, Hooks(on_retry=lambda event: path.unlink()))

    assert UploadOutcomeUnknownError is type(error)
    assert isinstance(error.__cause__, FileNotFoundError)


async def test_a_file_that_was_changed(server, over, uncertain, tmp_path):
    """A file changed before the retry leaves the upload of unknown outcome."""
    path = large(tmp_path / "a.bin")
    change = partial(path.write_bytes, b"other")

    error = await outcome(server, over, uncertain, path, lost, Hooks(on_retry=lambda event: change()))

    assert UploadOutcomeUnknownError is type(error)
    assert isinstance(error.__cause__, ValueError)


async def test_a_refused_retry(server, over, uncertain, tmp_path):
    """A refusal of the retry leaves the upload of unknown outcome."""
    error = await outcome(server, over, uncertain, large(tmp_path / "a.bin"), responding(403), Hooks())

    assert UploadOutcomeUnknownError is type(error)
    assert 403 == error.__cause__.status_code


async def test_a_client_closed_before_the_retry(server, over, uncertain, tmp_path):
    """Closing the client before the retry leaves the upload of unknown outcome."""
    waiting = anyio.Event()
    server.play(uncertain, lost)
    brought = over()
    client = AsyncImageKit(
        "private",
        base_url=f"http://{server.address}",
        max_retries=1,
        hooks=Hooks(on_retry=lambda event: waiting.set()),
        **brought,
    )

    async def close() -> None:
        await waiting.wait()
        await client.aclose()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(close)
        with pytest.raises(UploadOutcomeUnknownError) as caught:
            await upload(client, large(tmp_path / "a.bin"))
    if "http_client" in brought:
        await brought["http_client"].aclose()

    assert isinstance(caught.value.__cause__, ClientClosedError)
