"""
Rate limits: windows, headers, and refusals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from imagekit_local import LocalImageKit

START = datetime(2030, 1, 1, tzinfo=UTC)
HEADERS = ("x-ratelimit-limit", "x-ratelimit-interval", "x-ratelimit-reset")
Limited = Callable[[str], LocalImageKit]


@pytest.fixture
def limited() -> Iterator[Limited]:
    """
    Make a server with a rate limit whose clock stands still.
    """
    with ExitStack() as stack:

        def made(rate_limit: str) -> LocalImageKit:
            server = LocalImageKit(rate_limit=rate_limit)
            stack.callback(server.stop)
            server.clock.set(START)
            return server

        yield made


async def call(server: LocalImageKit, method: str = "GET", path: str = "/v1/files") -> tuple[int, tuple[str, ...]]:
    """
    Return the status of a request, and the rate-limit headers of the response.
    """
    async with httpx.AsyncClient(transport=server.transport(), base_url=server.url) as client:
        response = await client.request(method, path, auth=(server.private_key, ""), json={})
    return response.status_code, tuple(response.headers.get(name, "") for name in HEADERS)


@pytest.mark.anyio
async def test_off(limited: Limited) -> None:
    """Without a limit, responses have no headers about one."""
    assert (200, ("", "", "")) == await call(limited("off"))


@pytest.mark.anyio
async def test_refusal(limited: Limited) -> None:
    """A request over the limit is refused with the time to wait, and served after it."""
    server = limited("2/1.5")
    served = [await call(server) for _ in range(2)]
    server.clock.advance(timedelta(seconds=1))
    refused = await call(server)
    server.clock.advance(timedelta(seconds=0.5))
    after = await call(server)

    assert [(200, ("2", "1500", "1500"))] * 2 == served
    assert (429, ("2", "1500", "500")) == refused
    assert (200, ("2", "1500", "1500")) == after


@pytest.mark.anyio
async def test_body(limited: Limited) -> None:
    """A refusal has a message and a request id, and nothing else."""
    server = limited("1/1")
    async with httpx.AsyncClient(transport=server.transport(), base_url=server.url) as client:
        client.auth = httpx.BasicAuth(server.private_key, "")
        await client.get("/v1/files")
        response = await client.get("/v1/files")

    assert {"message"} == response.json().keys()
    assert response.headers["x-ik-requestid"]


@pytest.mark.anyio
async def test_windows(limited: Limited) -> None:
    """The response describes the window with the least left, or the one that refuses for longest."""
    server = limited("4/1,5/60")
    first = await call(server)
    for _ in range(3):
        await call(server)
    burst = await call(server)
    server.clock.advance(timedelta(seconds=1))
    fifth = await call(server)
    refused = await call(server)

    assert (200, ("4", "1000", "1000")) == first
    assert (429, ("4", "1000", "1000")) == burst
    assert (200, ("5", "60000", "59000")) == fifth
    assert (429, ("5", "60000", "59000")) == refused


@pytest.mark.anyio
async def test_endpoints(limited: Limited) -> None:
    """Each endpoint counts on its own. Errors count; uploads and unauthenticated requests do not."""
    server = limited("1/1")
    file_id = "0" * 24
    statuses = [
        (await call(server, "GET", f"/v1/files/{file_id}/details"))[0],
        (await call(server, "GET", f"/v1/files/{'1' * 24}/details"))[0],
        (await call(server, "DELETE", f"/v1/files/{file_id}"))[0],
    ]
    uploads = [await call(server, "POST", "/api/v1/files/upload") for _ in range(2)]
    async with httpx.AsyncClient(transport=server.transport(), base_url=server.url) as client:
        anonymous = [(await client.get("/v1/folder")).status_code, (await client.get("/v1/files")).status_code]

    assert [404, 429, 404] == statuses
    assert [(400, ("", "", ""))] * 2 == uploads
    assert [405, 401] == anonymous


@pytest.mark.anyio
async def test_realistic(limited: Limited) -> None:
    """Realistic limits distinguish reads, writes and bulk calls."""
    server = limited("realistic")
    limits = [
        (await call(server, method, path))[1][0]
        for method, path in [
            ("GET", "/v1/files"),
            ("POST", "/v1/folder"),
            ("POST", "/v1/files/addTags"),
            ("POST", "/v1/customMetadataFields"),
        ]
    ]

    assert ["100", "20", "5", "5"] == limits


@pytest.mark.anyio
async def test_overwrites(limited: Limited) -> None:
    """With realistic limits, one file can be overwritten 20 times per minute; other files are not limited."""
    server = limited("realistic")

    async def upload(name: str = "a.txt") -> tuple[int, str | None]:
        data = {"fileName": name, "useUniqueFileName": "false"}
        async with httpx.AsyncClient(transport=server.transport(), base_url=server.url) as client:
            client.auth = httpx.BasicAuth(server.private_key, "")
            response = await client.post("/api/v1/files/upload", data=data, files={"file": b"text"})
        assert not set(HEADERS) & set(response.headers)
        return response.status_code, response.json().get("message")

    first = [await upload() for _ in range(21)]
    early, other = await upload(), await upload("b.txt")
    server.clock.advance(timedelta(seconds=60))
    late = await upload()

    assert [(200, None)] * 21 == first
    assert (400, "You have sent too many requests to update the file recently. Please try again later.") == early
    assert [(200, None), (200, None)] == [other, late]


@pytest.mark.anyio
async def test_clock_set_back(limited: Limited) -> None:
    """A window ends when the clock is set back to before it began, and when the server is reset."""
    server = limited("1/60")
    await call(server)
    server.clock.advance(timedelta(seconds=-1))
    back = await call(server)
    server._account.limiter.reset()

    assert [200, 200] == [back[0], (await call(server))[0]]


@pytest.mark.parametrize("text", ["", "fast", "0/1", "5", "5/0", "5/1,", "-1/1"])
def test_malformed(text: str) -> None:
    """A malformed limit is refused when the server is created."""
    with pytest.raises(ValueError, match="is not a rate limit"):
        LocalImageKit(rate_limit=text)
