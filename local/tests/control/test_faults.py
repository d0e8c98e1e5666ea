"""
Faults: that they happen to the right requests, over a socket and in process, and that they are counted.
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
    """A status is answered as often as was asked for, and nothing is stored meanwhile."""
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
    """A rate limit is answered with the headers of one."""
    server.faults.add("rate-limit", seconds=2.5, headers={"X-RateLimit-Limit": "7"})
    response = await client.get("/v1/files")

    assert (429, "7", "1000", "2500") == (
        response.status_code,
        *(response.headers[f"x-ratelimit-{name}"] for name in ("limit", "interval", "reset")),
    )
    assert {"message"} == response.json().keys()
    assert response.headers["x-ik-requestid"]


async def test_delay(server: LocalImageKit, client: httpx.AsyncClient) -> None:
    """A delay keeps the answer back for longer than the client waits."""
    fault = server.faults.add("delay", seconds=0.3)
    with anyio.move_on_after(0.05) as scope:
        await client.get("/v1/files")

    assert (True, 1) == (scope.cancelled_caught, fault.fired)


async def test_short_waits(server: LocalImageKit, client: httpx.AsyncClient) -> None:
    """After a delay, and with a slow reader, a request is served as ever."""
    server.faults.add("delay", seconds=0)
    server.faults.add("slow-reader", seconds=0)

    assert [200, 200] == [(await upload(client)).status_code for _ in range(2)]
    assert 2 == await stored(client)


async def test_disconnect_before(server: LocalImageKit, client: httpx.AsyncClient) -> None:
    """A connection that is reset before the request is served leaves nothing behind."""
    fault = server.faults.add("disconnect-before", method="post")
    with pytest.raises(httpx.ReadError):
        await upload(client)

    assert (1, 0) == (fault.fired, await stored(client))
    assert server.requests[0].status is None


async def test_disconnect_after(server: LocalImageKit, client: httpx.AsyncClient) -> None:
    """A connection that is reset afterwards leaves the change, and a client that does not know."""
    server.faults.add("disconnect-after")
    with pytest.raises(httpx.ReadError):
        await upload(client)

    assert 1 == await stored(client)


async def test_truncated_body(server: LocalImageKit, client: httpx.AsyncClient) -> None:
    """An answer that breaks off is an error of the protocol, and its change is kept."""
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
    """Where there is no body to break off, the answer is lost."""
    file_id = (await upload(client)).json()["fileId"]
    server.faults.add("truncated-body")
    with pytest.raises(httpx.ReadError):
        await client.delete(f"/v1/files/{file_id}")

    assert 0 == await stored(client)


async def test_garbage_body(server: LocalImageKit, client: httpx.AsyncClient) -> None:
    """Garbage has the status of a success, claims to be JSON and is none."""
    server.faults.add("garbage-body", path="/v1/*")
    response = await client.get("/v1/files")

    assert (200, "application/json") == (response.status_code, response.headers["content-type"])
    with pytest.raises(ValueError, match=r"."):
        json.loads(response.content)


async def test_choice(server: LocalImageKit, client: httpx.AsyncClient) -> None:
    """Only the first fault that fits a request happens to it; without end means without end."""
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
    """A fault that could never fire as meant is refused."""
    with pytest.raises((TypeError, ValueError)):
        Faults().add(**arguments)
