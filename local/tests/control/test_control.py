"""
The server under a test's control: recorded requests, reset, seed, clock and ids, in Python and over HTTP.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest

import imagekit_local
from imagekit_local import Clock, LocalImageKit, counting_ids

pytestmark = pytest.mark.anyio


async def test_recorded_requests(server: LocalImageKit, client: httpx.AsyncClient, upload: Callable[..., Any]) -> None:
    """Requests are recorded in order with what a test asks for, and without secrets."""
    await upload("a.txt")
    await client.get("/v1/files", params={"limit": "5"}, headers={"x-mine": "1"})
    await client.head(f"/v1/files/{'0' * 24}/details")
    await client.get("/nowhere?ik-s=secret")
    first, second, third, fourth = server.requests

    assert ("POST", "/api/v1/files/upload", "files.upload", 200) == (
        first.method,
        first.path,
        first.operation,
        first.status,
    )
    assert first.body_bytes > 100
    assert ({"limit": "5"}, "1", "***") == (second.query, second.headers["x-mine"], second.headers["authorization"])
    assert ("assets.list", 0) == (second.operation, second.body_bytes)
    assert ("files.get", 404) == (third.operation, third.status)
    assert (None, {"ik-s": "***"}) == (fourth.operation, fourth.query)


@pytest.mark.parametrize(
    ("given", "recorded"),
    [
        ("https://a:hush@b.example/c.png?d=1", "https://***@b.example/c.png?d=1"),
        ("/c.png?ik-t=1&ik-s=hush&d=1", "/c.png?ik-t=1&ik-s=***&d=1"),
        ("/c.png%3Fik-s%3Dhush%2Bhush%26d=1", "/c.png%3Fik-s%3D***%26d=1"),
        ("https%253A%252F%252Fa%253Ahush%2540b.example", "https%253A%252F%252F***%2540b.example"),
        ("/c.png?token=hush", "/c.png?token=***"),
        ("/monkey/tr:w-3,h-4/c.png?key", "/monkey/tr:w-3,h-4/c.png?key"),
    ],
)
async def test_recorded_urls(server: LocalImageKit, client: httpx.AsyncClient, given: str, recorded: str) -> None:
    """Signatures, tokens and passwords in URLs of parameters and headers are not recorded; all else is."""
    await client.get("/v1/metadata", params={"url": given}, headers={"Referer": given})
    (request,) = server.requests

    assert (recorded, recorded) == (request.query["url"], request.headers["referer"])


@pytest.mark.parametrize(
    ("path", "recorded"),
    [
        ("/local/https://a:hush@b.example/c.png", "/local/https://***@b.example/c.png"),
        ("/local/https:/a:hush@b.example/c.png", "/local/https:/***@b.example/c.png"),
        ("/local/https%3A%2F%2Fb.example%2Fc.png%3Fsig%3Dhush", "/local/https://b.example/c.png?sig=***"),
        ("/local/tr:w-1:h-2/a@b.png", "/local/tr:w-1:h-2/a@b.png"),
    ],
)
async def test_recorded_paths(server: LocalImageKit, client: httpx.AsyncClient, path: str, recorded: str) -> None:
    """The URL of an original within a path is recorded without its secrets."""
    await client.get(path)
    (request,) = server.requests

    assert recorded == request.path


async def test_reset(server: LocalImageKit, client: httpx.AsyncClient, upload: Callable[..., Any]) -> None:
    """A reset forgets files, requests and faults, and lets the clock run."""
    await upload("a.txt")
    server.faults.add("status", times=None)
    server.clock.set(datetime(2040, 1, 1, tzinfo=UTC))
    server.reset()

    assert ([], [], 2030) == (server.requests, server.faults.all(), server.clock().year)
    assert [] == (await client.get("/v1/files")).json()


async def test_seed(server: LocalImageKit, client: httpx.AsyncClient, tmp_path: Path) -> None:
    """A folder is uploaded with all below it, in a fixed order and under its own names."""
    (tmp_path / "b" / "c").mkdir(parents=True)
    for name in ("z.txt", "b/a.txt", "b/c/a.txt"):
        (tmp_path / name).write_text(name)
    count = server.seed(tmp_path)
    files = (await client.get("/v1/files")).json()

    assert 3 == count
    assert ["/b/a.txt", "/b/c/a.txt", "/z.txt"] == [file["filePath"] for file in files]
    assert "b/c/a.txt" == (await client.get(files[1]["url"])).text


def test_bad_seed(server: LocalImageKit, tmp_path: Path) -> None:
    """What cannot be uploaded is said, and so is a folder that is none."""
    (tmp_path / "large.bin").write_bytes(bytes(10_001))

    with pytest.raises(RuntimeError, match="size exceeds limits"):
        server.seed(tmp_path)
    with pytest.raises(NotADirectoryError):
        server.seed(tmp_path / "none")


def test_clock() -> None:
    """A clock runs with its source, moves ahead, stands still when set, and runs again after a reset."""
    times = iter(datetime(2030, 1, day, tzinfo=UTC) for day in (1, 2, 3, 4))
    clock = Clock(lambda: next(times))
    first = clock()
    clock.advance(timedelta(days=10))
    ahead = clock()
    clock.set(datetime(2040, 1, 1, tzinfo=UTC))
    still = [clock(), clock()]
    clock.advance(timedelta(days=1))
    moved = clock()
    clock.reset()

    assert (1, 12, 2, 3) == (first.day, ahead.day, moved.day, clock().day)
    assert [datetime(2040, 1, 1, tzinfo=UTC)] * 2 == still
    with pytest.raises(ValueError, match="no time zone"):
        clock.set(datetime(2040, 1, 1))


def test_counting_ids() -> None:
    """Ids can be foreseen."""
    new_id = counting_ids()

    assert ["0" * 23 + "1", "0" * 23 + "2"] == [new_id(), new_id()]


def test_unknown_name() -> None:
    """A name that the package does not have is missed as ever."""
    with pytest.raises(AttributeError, match="has no attribute 'Remote'"):
        imagekit_local.Remote  # noqa: B018


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"kind": "garbage"}, "kind must be one of status, rate-limit, delay, slow-reader, disconnect-before, "),
        ({"kind": "status", "operation": "get"}, "operation must be one of accounts.origins.create, "),
        ({"kind": "status", "operation": ["get"]}, "operation must be one of accounts.origins.create, "),
        ({"kind": "status", "status": 199}, "status must be between 200 and 599, got 199"),
        ({"kind": "delay", "seconds": "1"}, "seconds must be a number of at least 0, got '1'"),
    ],
)
async def test_refused_faults(client: httpx.AsyncClient, body: dict[str, Any], message: str) -> None:
    """An unknown name gets a list of the known ones, and nothing about our classes."""
    response = await client.post("/_imagekit/faults", json=body)
    text = response.json()["message"]

    assert (400, message) == (response.status_code, text[: len(message)])
    assert "Attribute(" not in text


async def test_faults_over_http(server: LocalImageKit, client: httpx.AsyncClient) -> None:
    """Other languages add faults, see them fire, and clear them."""
    body = {"kind": "status", "operation": "assets.list", "status": 500}
    added = await client.post("/_imagekit/faults", json=body)
    status = (await client.get("/v1/files")).status_code
    (fault,) = (await client.get("/_imagekit/faults")).json()
    cleared = await client.delete("/_imagekit/faults")

    assert (201, 500, 204) == (added.status_code, status, cleared.status_code)
    assert added.json() | {"fired": 1} == fault
    assert [] == server.faults.all()


@pytest.mark.parametrize(
    "body", [{}, {"kind": "explode"}, {"kind": "status", "color": "red"}, {"kind": "status", "times": "1"}]
)
async def test_bad_fault_over_http(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    """A fault that makes no sense is refused with the reason."""
    response = await client.post("/_imagekit/faults", json=body)

    assert (400, True) == (response.status_code, bool(response.json()["message"]))


async def test_requests_over_http(server: LocalImageKit, client: httpx.AsyncClient) -> None:
    """Other languages read and clear the recorded requests, which their control is not among."""
    await client.get("/v1/files")
    (recorded,) = (await client.get("/_imagekit/requests")).json()
    await client.delete("/_imagekit/requests")

    assert ("GET", "assets.list", 200) == (recorded["method"], recorded["operation"], recorded["status"])
    assert [] == server.requests


async def test_reset_over_http(client: httpx.AsyncClient, upload: Callable[..., Any]) -> None:
    """Other languages put the server back to its first state."""
    await upload("a.txt")

    assert 204 == (await client.post("/_imagekit/reset")).status_code
    assert [] == (await client.get("/v1/files")).json()


END_OF_TIME = datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)


def test_ends_of_time() -> None:
    """A clock that is moved past the last or the first moment stands still there."""
    clock = Clock()
    seen = []
    for by in (timedelta(days=4_000_000), timedelta(days=-4_000_000), timedelta(days=-4_000_000)):
        clock.advance(by)
        seen.append(clock())
    clock.set(END_OF_TIME)
    clock.advance(timedelta(days=1))
    seen.append(clock())

    assert [9999, datetime.now(UTC).year, 1, 9999] == [moment.year for moment in seen]
    with pytest.raises(OverflowError):
        clock.set(END_OF_TIME.replace(tzinfo=timezone(-timedelta(hours=1))))


@pytest.mark.anyio
@pytest.mark.parametrize("moment", [END_OF_TIME, datetime(1, 1, 1, tzinfo=UTC)])
async def test_everything_at_the_ends_of_time(moment: datetime) -> None:
    """Everything works at the last moment and at the first: nothing adds to a time what it cannot hold."""
    server = LocalImageKit(rate_limit="realistic", job_delay_seconds=60, extension_delay_seconds=60)
    server.clock.set(moment)
    async with httpx.AsyncClient(transport=server.transport(), base_url=server.url) as client:
        client.auth = httpx.BasicAuth(server.private_key, "")
        webhook = {"endpoint": "http://127.0.0.1:1", "events": ["file.created", "folder.created"]}
        server.add_reachable("127.0.0.1:1")
        responses = [
            await client.post("/v1/accounts/webhooks", json=webhook),
            await client.post(
                "/api/v1/files/upload",
                data={"fileName": "a.txt", "folder": "f", "extensions": '[{"name": "ai-auto-description"}]'},
                files={"file": b"text"},
            ),
            await client.post("/v1/folder", json={"folderName": "g", "parentFolderPath": "/"}),
            await client.post("/v1/bulkJobs/copyFolder", json={"sourceFolderPath": "/f", "destinationPath": "/g"}),
            await client.post("/v1/files/purge", json={"url": f"{server.url_endpoint}/f/a.txt"}),
            await client.get("/v1/files", params={"searchQuery": 'createdAt > "7d" AND createdAt < "9999-12-31"'}),
            await client.get("/local/f/nothing.txt"),
        ]
        responses.append(await client.get(f"/v1/bulkJobs/{responses[3].json()['jobId']}"))
        responses.append(await client.get("/_imagekit/clock"))
        deliveries = [await server.deliver_webhooks() for _ in range(2)]
    server.stop()

    assert [] == [response.text for response in responses if response.status_code >= 500]
    assert 200 == responses[1].status_code
    assert deliveries[0]


async def test_clock_over_http(client: httpx.AsyncClient) -> None:
    """Other languages set and move the clock."""
    now = await client.post("/_imagekit/clock", json={"now": "2040-01-01T00:00:00Z"})
    later = await client.post("/_imagekit/clock", json={"advanceSeconds": 1.5})

    assert {"now": "2040-01-01T00:00:00.000Z"} == now.json()
    assert {"now": "2040-01-01T00:00:01.500Z"} == later.json() == (await client.get("/_imagekit/clock")).json()


@pytest.mark.parametrize(
    "body", [{}, {"advanceSeconds": "1"}, {"now": 5}, {"now": "2040-01-01T00:00:00"}, {"advanceSeconds": 1e99}]
)
async def test_bad_clock_over_http(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    """A time that is none is refused."""
    assert 400 == (await client.post("/_imagekit/clock", json=body)).status_code


async def test_control_takes_the_key(anonymous: httpx.AsyncClient) -> None:
    """The server cannot be controlled without the private key."""
    assert [401, 401] == [
        (await anonymous.post("/_imagekit/reset")).status_code,
        (await anonymous.get("/_imagekit/faults")).status_code,
    ]
