"""
An upload reports its progress, seldom enough to cost nothing, and finishes whatever the listener does.
"""

from __future__ import annotations

from itertools import pairwise

import anyio
import httpx
import pytest

from imagekit_async import AsyncImageKit

pytestmark = pytest.mark.anyio

PIECE = bytes(1000)


class SlowReader(httpx.AsyncBaseTransport):
    """Takes so many seconds for each piece of the body; fails a number of times after some pieces."""

    def __init__(self, seconds: float = 0.0, *, failures: int = 0) -> None:
        self.seconds = seconds
        self.failures_left = failures
        self.bodies: list[bytes] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Read the body slowly."""
        body = b""
        async for piece in request.stream:
            body += piece
            await anyio.sleep(self.seconds)
            if self.failures_left and len(body) > 3 * len(PIECE):
                self.failures_left -= 1
                raise httpx.ConnectError("refused after all")
        self.bodies.append(body)
        return httpx.Response(200, json={"fileId": "f1"})


class Listener:
    """Notes what is reported, and when."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int | None]] = []
        self.times: list[float] = []

    def __call__(self, sent: int, total: int | None) -> None:
        """Note it."""
        self.told.append((sent, total))
        self.times.append(anyio.current_time())


async def upload(transport: SlowReader, file: object, progress: object) -> None:
    """Upload the file."""
    async with AsyncImageKit("private", transport=transport) as client:
        await client.files.upload(file=file, file_name="a.bin", progress=progress)


async def test_first_and_last_are_told():
    """The first and the last bytes are reported, and that is all when the upload is quick."""
    listener = Listener()

    await upload(SlowReader(), [PIECE] * 50, listener)

    assert [(1000, 50_000), (50_000, 50_000)] == listener.told


async def test_a_small_file_is_told_once():
    """A file that is sent in one piece is reported once."""
    listener = Listener()

    await upload(SlowReader(), b"abc", listener)

    assert [(3, 3)] == listener.told


@pytest.mark.parametrize("seconds", [0.01, 0.03, 1.0])
async def test_at_most_ten_times_a_second(seconds):
    """In between, the bytes sent so far are reported, never twice within a tenth of a second but for the last."""
    listener = Listener()

    await upload(SlowReader(seconds), [PIECE] * 100, listener)

    gaps = [later - earlier for earlier, later in pairwise(listener.times[:-1])]
    counts = [sent for sent, _ in listener.told]
    assert all(gap >= 0.0999 for gap in gaps)
    assert sorted(set(counts)) == counts
    assert {100_000} == {total for _, total in listener.told}
    assert len(counts) >= min(100, 100 * seconds / 0.14)


async def test_an_unknown_total():
    """Where the length is not known beforehand the total is None, and in the end it is what was sent."""
    listener = Listener()

    await upload(SlowReader(0.2), iter([PIECE] * 5), listener)

    assert [*[(1000 * number, None) for number in range(1, 6)], (5000, 5000)] == listener.told


async def test_text_is_told_as_well():
    """A URL or base64 text counts as its bytes on the wire."""
    listener = Listener()

    await upload(SlowReader(), "https://example.com/a.jpg", listener)

    assert [(25, 25)] == listener.told


async def test_a_listener_that_fails_changes_nothing(caplog):
    """What the callback raises is logged once, it is not called again, and the upload completes."""
    transport = SlowReader(1.0)
    calls = []

    def fail(sent: int, total: int | None) -> None:
        calls.append(sent)
        raise ZeroDivisionError("mine")

    await upload(transport, [PIECE] * 5, fail)

    assert (1, [1000]) == (len(transport.bodies), calls)
    (record,) = caplog.records
    assert "progress callback" in record.getMessage()
    assert ZeroDivisionError is record.exc_info[0]


async def test_an_async_listener_is_reported(caplog):
    """A callback that is async would never run: that is logged once, and the upload completes."""
    transport = SlowReader(1.0)

    async def tell(sent: int, total: int | None) -> None:
        raise AssertionError

    await upload(transport, [PIECE] * 5, tell)

    assert 1 == len(transport.bodies)
    (record,) = caplog.records
    assert TypeError is record.exc_info[0]


async def test_a_retry_starts_from_zero():
    """A retry is reported from its first byte on."""
    listener = Listener()
    transport = SlowReader(0.2, failures=1)

    await upload(transport, [PIECE] * 5, listener)

    assert [1000, 2000, 3000, 1000, 2000, 3000, 4000, 5000] == [sent for sent, _ in listener.told]
    assert 1 == len(transport.bodies)


async def test_without_a_listener():
    """A callback is optional."""
    transport = SlowReader()

    await upload(transport, iter([PIECE]), None)

    assert 1 == len(transport.bodies)
