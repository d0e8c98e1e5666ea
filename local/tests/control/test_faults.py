"""
Faults disturb the right requests, over a socket and in process, and are counted.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import anyio
import httpx
import pytest

from imagekit_local import Faults, LocalImageKit

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["socket", "in process"])
def server(request: pytest.FixtureRequest) -> Iterator[LocalImageKit]:
    """
    A server on a socket, and one without.
    """
    server = LocalImageKit()
    if request.param == "socket":
        server.start()
    yield server
    server.stop()


@pytest.fixture
async def client(server: LocalImageKit, anyio_backend: str) -> AsyncIterator[httpx.AsyncClient]:
    """
    A client of the server.
    """
    transport = server.transport() if server.url == "http://imagekit.test" else None
    async with httpx.AsyncClient(
        transport=transport, base_url=server.url, auth=(server.private_key, ""), timeout=5
    ) as client:
        yield client


async def upload(client: httpx.AsyncClient) -> httpx.Response:
    """
    Upload a file.
    """
    return await client.post("/api/v1/files/upload", data={"fileName": "a.txt"}, files={"file": b"a" * 1000})


async def stored(client: httpx.AsyncClient) -> int:
    """
    How many files there are.
    """
    return len((await client.get("/v1/files")).json())


async def test_status(server: LocalImageKit, client: httpx.AsyncClient) -> None:
    """The server responds with the status as often as requested, and stores nothing."""
    fault = server.faults.add("status", operation="files.upload", times=2, status=502, headers={"x-why": "test"})
    refused = [await upload(client) for _ in range(2)]
    count = await stored(client)
    served = await upload(client)

    assert [(502, "test")] * 2 == [(response.status_code, response.headers["x-why"]) for response in refused]
    assert refused[0].json()["message"]
    assert (0, 200, 2, True) == (count, served.status_code, fault.fired, fault.is_spent)


async def test_body(server: LocalImageKit, client: httpx.AsyncClient) -> None:
    """The body of a status can be any text."""
    server.faults.add("status", status=504, body="<html>")

    assert (504, "<html>") == ((response := await client.get("/v1/files")).status_code, response.text)


async def test_rate_limit(server: LocalImageKit, client: httpx.AsyncClient) -> None:
    """The response has the headers of a rate limit."""
    server.faults.add("rate-limit", seconds=2.5, headers={"X-RateLimit-Limit": "7"})
    response = await client.get("/v1/files")

    assert (429, "7", "1000", "2500") == (
        response.status_code,
        *(response.headers[f"x-ratelimit-{name}"] for name in ("limit", "interval", "reset")),
    )
    assert {"message"} == response.json().keys()
    assert response.headers["x-ik-requestid"]


async def test_delay(server: LocalImageKit, client: httpx.AsyncClient) -> None:
    """A delay outlasts the timeout of the client."""
    fault = server.faults.add("delay", seconds=0.3)
    with anyio.move_on_after(0.05) as scope:
        await client.get("/v1/files")

    assert (True, 1) == (scope.cancelled_caught, fault.fired)


async def test_short_waits(server: LocalImageKit, client: httpx.AsyncClient) -> None:
    """After a delay, and with a slow reader, a request is served normally."""
    server.faults.add("delay", seconds=0)
    server.faults.add("slow-reader", seconds=0)

    assert [200, 200] == [(await upload(client)).status_code for _ in range(2)]
    assert 2 == await stored(client)


async def test_disconnect_before(server: LocalImageKit, client: httpx.AsyncClient) -> None:
    """A connection that is reset before the request is served changes nothing."""
    fault = server.faults.add("disconnect-before", method="post")
    with pytest.raises(httpx.ReadError):
        await upload(client)

    assert (1, 0) == (fault.fired, await stored(client))
    assert server.requests[0].status is None


async def test_disconnect_after(server: LocalImageKit, client: httpx.AsyncClient) -> None:
    """A connection that is reset afterwards keeps the change, and the client gets no response."""
    server.faults.add("disconnect-after")
    with pytest.raises(httpx.ReadError):
        await upload(client)

    assert 1 == await stored(client)


async def test_truncated_body(server: LocalImageKit, client: httpx.AsyncClient) -> None:
    """A truncated response is a protocol error, and the change is kept."""
    server.faults.add("truncated-body")
    received = b""
    with pytest.raises(httpx.RemoteProtocolError):  # noqa: PT012 - the status arrives, the body does not
        async with client.stream(
            "POST", "/api/v1/files/upload", data={"fileName": "a.txt"}, files={"file": b"a"}
        ) as response:
            assert 200 == response.status_code
            async for chunk in response.aiter_bytes():
                received += chunk

    assert received.startswith(b'{"fileId"')
    assert 1 == await stored(client)


async def test_truncated_nothing(server: LocalImageKit, client: httpx.AsyncClient) -> None:
    """Without a body to truncate, the response is lost."""
    file_id = (await upload(client)).json()["fileId"]
    server.faults.add("truncated-body")
    with pytest.raises(httpx.ReadError):
        await client.delete(f"/v1/files/{file_id}")

    assert 0 == await stored(client)


async def test_garbage_body(server: LocalImageKit, client: httpx.AsyncClient) -> None:
    """Garbage has a success status and the content type of JSON, but is not JSON."""
    server.faults.add("garbage-body", path="/v1/*")
    response = await client.get("/v1/files")

    assert (200, "application/json") == (response.status_code, response.headers["content-type"])
    with pytest.raises(ValueError, match=r"."):
        json.loads(response.content)


async def test_choice(server: LocalImageKit, client: httpx.AsyncClient) -> None:
    """Only the first fault that matches a request fires, and None as `times` means always."""
    other = server.faults.add("status", operation="files.delete", times=None)
    elsewhere = server.faults.add("status", path="/v2/*", times=None)
    first = server.faults.add("status", method="GET", times=None, status=500)
    second = server.faults.add("status", times=None)
    statuses = [(await client.get("/v1/files")).status_code for _ in range(3)]

    assert [500] * 3 == statuses
    assert [0, 0, 3, 0] == [fault.fired for fault in (other, elsewhere, first, second)]
    server.faults.clear()
    assert 200 == (await client.get("/v1/files")).status_code


@pytest.mark.parametrize(
    "arguments",
    [
        {"kind": "explode"},
        {"kind": "status", "operation": "files.burn"},
        {"kind": "status", "status": 700},
        {"kind": "delay", "seconds": -1},
        {"kind": "delay", "seconds": "1"},
        {"kind": "status", "times": 0},
        {"kind": "status", "times": 1.5},
        {"kind": "status", "headers": {"a": 1}},
        {"kind": "status", "path": 5},
    ],
)
async def test_malformed(arguments: dict[str, Any]) -> None:
    """An invalid fault is refused."""
    with pytest.raises((TypeError, ValueError)):
        Faults().add(**arguments)
