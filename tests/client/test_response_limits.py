"""
No response can take more memory than the limit, or the event loop for long, whatever its encoding and status.
"""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator

import anyio
import anyio.lowlevel
import httpx
import pytest

from imagekit_async import (
    APIResponseValidationError,
    APITimeoutError,
    AsyncImageKit,
    DeadlineExceededError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
)

pytestmark = pytest.mark.anyio

MIB = 1024 * 1024
BOMB = gzip.compress(bytes(64 * MIB))
NESTED = gzip.compress(gzip.compress(BOMB))


class Endless(AsyncIterator[bytes], httpx.AsyncByteStream):
    """A body without an end."""

    def __init__(self, piece: bytes = b" " * 65536) -> None:
        self.piece = piece
        self.pieces = 0
        self.closed = False

    async def __anext__(self) -> bytes:
        """Return the next piece."""
        await anyio.lowlevel.checkpoint()
        self.pieces += 1
        return self.piece

    async def aclose(self) -> None:
        """Note it."""
        self.closed = True


class Pieces(AsyncIterator[bytes], httpx.AsyncByteStream):
    """A body in pieces."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = iter(pieces)

    async def __anext__(self) -> bytes:
        """Return the next piece."""
        for piece in self._pieces:
            return piece
        raise StopAsyncIteration


def encoded(body: bytes, coding: str = "gzip", status: int = 200) -> httpx.Response:
    """A response with an encoded body that was not read yet."""
    return httpx.Response(status, stream=Pieces(body), headers={"Content-Encoding": coding})


@pytest.mark.parametrize(
    "body", [BOMB, gzip.compress(BOMB), NESTED], ids=["gzip", "gzip in gzip", "gzip in gzip in gzip"]
)
@pytest.mark.parametrize("status", [200, 503])
async def test_a_compressed_bomb_takes_little_memory(scripted, body, status):
    """A body that decodes to more than the limit costs no more memory than the limit and a few steps."""
    coding = "gzip" if body is BOMB else "gzip, gzip"
    client, _ = scripted(encoded(body, coding, status), max_response_bytes=MIB, max_retries=0)
    tracemalloc.start()
    with pytest.raises(Exception, match=f"^{status}"):
        await client.files.get("f1")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 8 * MIB


async def test_the_limit_is_named(scripted):
    """The error for a body over the limit states the limit and the setting, and the response is closed."""
    body = Endless()
    client, _ = scripted(httpx.Response(200, stream=body), max_response_bytes=100_000, max_retries=0)
    message = r"^200 with a body that is larger than max_response_bytes=100000 \(raise this setting of the client"

    with pytest.raises(APIResponseValidationError, match=message) as caught:
        await client.files.get("f1")

    assert (200, "", 2, True) == (caught.value.status_code, caught.value.body, body.pieces, body.closed)


@pytest.mark.parametrize("piece", [b"\x00\x00\x00\xff\xff" * 10_000, zlib.compress(b"{}")])
async def test_what_decodes_to_nothing_counts_as_received(scripted, piece):
    """An endless body of empty blocks, or one that goes on after the end of its data, ends at the limit as well."""
    body = Endless(piece)
    client, _ = scripted(
        httpx.Response(200, stream=body, headers={"Content-Encoding": "deflate"}), max_response_bytes=999, max_retries=0
    )

    with pytest.raises(APIResponseValidationError, match="larger than max_response_bytes"):
        await client.files.get("f1")


async def test_a_body_of_the_limit_is_accepted(scripted):
    """The limit itself is still accepted, plain and encoded."""
    body = b'{"name": "a"}'.ljust(1000)
    replies = (
        httpx.Response(200, content=body),
        encoded(gzip.compress(body)),
        httpx.Response(200, content=body + b" "),
    )
    client, _ = scripted(*replies, max_response_bytes=1000, max_retries=0)

    assert ["a", "a"] == [(await client.files.get("f1")).name for _ in range(2)]
    with pytest.raises(APIResponseValidationError, match="max_response_bytes=1000"):
        await client.files.get("f1")


@pytest.mark.parametrize("limit", [256 * 1024, MIB])
async def test_a_limit_of_whole_steps(scripted, limit):
    """A limit that the end of a step reaches exactly is accepted, and one byte more is too large, not cut off."""
    body = b'{"name": "a"}'.ljust(limit)
    replies = encoded(gzip.compress(body)), encoded(gzip.compress(body + b" "))
    client, _ = scripted(*replies, max_response_bytes=limit, max_retries=0)

    assert "a" == (await client.files.get("f1")).name
    with pytest.raises(APIResponseValidationError, match=f"larger than max_response_bytes={limit}"):
        await client.files.get("f1")


async def test_the_default_has_room_for_the_largest_page(scripted):
    """A page of 1,000 assets with 32 KiB each is read by default."""
    page = b'{"name": "a"}'.ljust(32 * 1024 - 1)
    client, _ = scripted(encoded(gzip.compress(b"[" + b",".join([page] * 1000) + b"]", 1)))

    assert 1000 == len(await client.assets.list())


# On trio, httpx leaves its generators to the garbage collector when nothing below them can be canceled.
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_a_transport_that_never_waits_is_bounded_too(scripted):
    """An endless body of a transport that never waits for anything ends at the limit as well."""

    class Busy(Endless):
        async def __anext__(self) -> bytes:
            return self.piece

    body = Busy()
    client, _ = scripted(httpx.Response(200, stream=body), max_response_bytes=1000, max_retries=0)

    with pytest.raises(APIResponseValidationError, match="max_response_bytes=1000"):
        await client.files.get("f1")

    assert body.closed


@pytest.mark.parametrize("coding", ["gzip, gzip", "br"])
async def test_other_encodings_are_refused(scripted, coding):
    """A response in two codings, or in one that was not asked for, is refused unread."""
    body = Endless()
    client, script = scripted(httpx.Response(200, stream=body, headers={"Content-Encoding": coding}), max_retries=0)

    with pytest.raises(APIResponseValidationError, match=f"200 with a body that is encoded as '{coding}'"):
        await client.files.get("f1")

    assert "gzip, deflate" == script.requests[0].headers["Accept-Encoding"]
    assert (0, True) == (body.pieces, body.closed)


async def test_an_error_keeps_its_status(scripted):
    """An error response with an endless or undecodable body still raises the error of its status and headers."""
    endless, broken = Endless(), encoded(b"not gzip", status=429)
    broken.headers["Retry-After"] = "7"
    client, _ = scripted(httpx.Response(403, stream=endless), broken, max_response_bytes=100_000, max_retries=0)

    with pytest.raises(PermissionDeniedError) as refused:
        await client.files.get("f1")
    with pytest.raises(RateLimitError) as limited:
        await client.files.get("f1")

    assert (100_000, True) == (len(refused.value.body), endless.closed)
    assert (7, None) == (limited.value.retry_after.total_seconds(), limited.value.body)


async def test_other_tasks_run_during_a_long_body(scripted):
    """Decoding gives other tasks a turn between steps, so that none of them waits for all of it."""
    client, _ = scripted(encoded(BOMB), max_response_bytes=64 * MIB, max_retries=0)
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await anyio.lowlevel.checkpoint()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(count)
        with pytest.raises(APIResponseValidationError, match="not valid JSON"):
            await client.files.get("f1")
        tasks.cancel_scope.cancel()

    assert turns >= 250


@pytest.mark.parametrize(
    ("limits", "error"), [({"deadline": 5}, DeadlineExceededError), ({"timeout": 5}, APITimeoutError)]
)
async def test_time_limits_end_a_slow_endless_body(scripted, limits, error):
    """A body that never ends, and never stalls either, ends with the timeout and the deadline."""

    class Slow(Endless):
        async def __anext__(self) -> bytes:
            await anyio.sleep(1)
            return await super().__anext__()

    body = Slow(b" ")
    client, _ = scripted(httpx.Response(200, stream=body), max_retries=0)

    with pytest.raises(error):
        await client.files.get("f1", **limits)

    assert body.closed


async def test_an_http_client_is_bounded_too():
    """The limit applies to responses that come through the caller's http_client."""
    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=Endless()))
    async with httpx.AsyncClient(transport=transport) as http_client:
        client = AsyncImageKit("private", http_client=http_client, max_response_bytes=MIB, max_retries=0)
        with pytest.raises(APIResponseValidationError, match="max_response_bytes=1048576"):
            await client.files.get("f1")


@pytest.mark.parametrize("piece", [b"{}", b"[]", b"1", b'""'], ids=str)
async def test_a_body_of_very_many_values_is_refused(scripted, piece):
    """A few bytes of JSON can take a hundred times as much memory once decoded, so their number is limited too."""
    body = b"[" + b",".join([piece] * 500_001) + b"]"
    client, _ = scripted(httpx.Response(200, content=body))

    with pytest.raises(APIResponseValidationError, match="more than 500,000 JSON values"):
        await client.assets.list(max_retries=0)


async def test_text_with_many_commas_is_accepted(scripted):
    """Commas inside of text are not values."""
    text = "," * 1_500_000
    client, _ = scripted(httpx.Response(200, json={"fileId": "f1", "description": text}))

    assert text == (await client.files.get("f1")).description


async def test_very_long_numbers_in_a_large_body_are_refused(scripted):
    """Reading an int takes time that grows with the square of its digits."""
    body = b"[" + b",".join([b"9" * 400] * 1000) + b"]"
    client, _ = scripted(httpx.Response(200, content=body), httpx.Response(200, content=b"[" + b"9" * 300 + b"]"))

    with pytest.raises(APIResponseValidationError, match="not valid JSON"):
        await client.request("GET", "/v1/x", max_retries=0)
    assert [int("9" * 300)] == (await client.request("GET", "/v1/x")).value


async def test_large_bodies_keep_their_numbers(scripted):
    """Whole numbers of a usual length come as they are, in large bodies too."""
    sizes = [7, -(2**63)] * 20_000
    client, _ = scripted(httpx.Response(200, json=sizes))

    assert sizes == (await client.request("GET", "/v1/x")).value


async def test_digits_in_text_are_no_number(scripted):
    """A large body with long runs of digits in text is read like any other."""
    value = [7, "9" * 400] * 1000
    client, _ = scripted(httpx.Response(200, json=value))

    assert value == (await client.request("GET", "/v1/x")).value


async def test_the_body_of_an_error_is_cut_off(scripted):
    """Of an error's body at most 1 MiB is read, however large the body of a success may be."""
    body = Endless()
    client, _ = scripted(httpx.Response(404, stream=body))

    with pytest.raises(NotFoundError):
        await client.files.get("f1")

    assert (17, True) == (body.pieces, body.closed)


async def test_no_content_for_a_model_is_an_error(scripted):
    """204 is an error for an operation that returns something, and fine for one that returns nothing."""
    client, _ = scripted(*(httpx.Response(204) for _ in range(4)), max_retries=0)

    assert await client.files.delete("f1") is None
    for call in (client.files.get("f1"), client.assets.list(), client.files.upload(file=b"a", file_name="a")):
        with pytest.raises(APIResponseValidationError, match=r"^204 with a body that is empty"):
            await call
