"""
Requests that are cut off while they are sent: nothing is left behind, and nothing untrue is said of what was sent.
"""

from __future__ import annotations

import inspect

import httpx
import pytest

from imagekit_async import APIStatusError, AsyncImageKit, UploadOutcomeUnknownError


class Cutting(httpx.AsyncBaseTransport):
    """A transport that fails after the first piece of each request's body."""

    def __init__(self) -> None:
        self.streams: list[object] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Fail."""
        body = aiter(request.stream)
        self.streams.append(body)
        await anext(body, b"")
        raise httpx.WriteError("cut", request=request)


@pytest.mark.anyio
@pytest.mark.parametrize("body", [{}, {"json": {"a": 1}}])
async def test_a_body_cut_off_leaves_no_generator(body):
    """No async generator is left half-way in a body, as trio demands to close those; the body is still sent."""
    transport = Cutting()
    client = AsyncImageKit("private", transport=transport, max_retries=0)

    with pytest.raises(Exception, match="cut"):
        await client.request("PUT", "/v1/new", **body)

    assert [False] == [inspect.isasyncgen(stream) for stream in transport.streams]


@pytest.mark.anyio
@pytest.mark.parametrize(("refusal", "times"), [(400, 1), (403, 1), (423, 1), (429, 6)])
async def test_a_refusal_does_not_speak_for_earlier_attempts(scripted, refusal, times):
    """An upload that may have been stored by its first attempt is of unknown outcome, even if the last was refused."""
    client, _ = scripted(httpx.ReadError("cut"), *[httpx.Response(refusal)] * times, max_retries=1)

    with pytest.raises(UploadOutcomeUnknownError) as caught:
        await client.files.upload(file=b"data", file_name="a.bin", use_unique_file_name=False)

    assert isinstance(caught.value.__cause__, APIStatusError)
