"""
Multipart framing: what is sent is the form, the whole form and nothing but the form.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, cast

import httpx
import pytest
from blockbuster import blockbuster_ctx
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartParser

from imagekit_async._uploads.multipart import MultipartBody, encode_multipart
from imagekit_async._uploads.readers import CHUNK_BYTES
from imagekit_async._uploads.sources import ByteSource, FileInput, TextSource, open_source

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

pytestmark = pytest.mark.anyio

Part = tuple[str, str | None, str | None, bytes]
FIELDS = [("fileName", 'größe\r\n"x".png'), ("tags", "a,b"), ("tags", ""), ("token", "hush")]


async def _framed(file: FileInput, default_name: str = "default.png") -> MultipartBody:
    return encode_multipart(FIELDS, "file", await open_source(file), default_name=default_name)


async def _wire(body: MultipartBody) -> bytes:
    return b"".join([piece async for piece in body.stream()])


async def _parsed(body: MultipartBody) -> tuple[list[tuple[str, str]], list[Part]]:
    """The text fields and the file parts as a server sees them."""
    pieces = cast("AsyncGenerator[bytes, None]", body.stream())
    form = await MultiPartParser(Headers({"content-type": body.content_type}), pieces).parse()
    texts = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    files = [
        (name, value.filename, value.content_type, await value.read())
        for name, value in form.multi_items()
        if isinstance(value, UploadFile)
    ]
    await form.close()
    return texts, files


async def test_fields_come_first_and_unchanged() -> None:
    """Values survive as they are, quotes, line breaks and accents included, in the order given."""
    texts, _ = await _parsed(await _framed(b"abc"))

    assert FIELDS == texts


async def test_bytes_become_a_file_part() -> None:
    """Without name and type of its own, a file takes the default name and the type that it suggests."""
    _, files = await _parsed(await _framed(b"abc"))

    assert [("file", "default.png", "image/png", b"abc")] == files


@pytest.mark.parametrize(
    ("file", "name", "mime"),
    [
        (("a.webp", b"x", "image/gif"), "a.webp", "image/gif"),
        (("a.png", b"x"), "a.png", "image/png"),
        (("a.nonsense", b"x"), "a.nonsense", "application/octet-stream"),
        (("", b"x"), "default.png", "image/png"),
        (("ü 'ß\\.png", b"x"), "ü 'ß\\.png", "image/png"),
        (('a"b\n.png', b"x"), "a%22b%0A.png", "image/png"),
        (("a\udcff.png", b"x"), "a?.png", "image/png"),
    ],
)
async def test_names_and_types(file: FileInput, name: str, mime: str) -> None:
    """Names arrive, escaped as browsers do where a header needs it; a type not given follows from the name."""
    _, files = await _parsed(await _framed(file))

    assert [("file", name, mime, b"x")] == files


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_guessing_a_type_does_not_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's table of types is read in a thread, however early the first upload comes."""
    monkeypatch.setattr("mimetypes._db", None)
    monkeypatch.setattr("mimetypes.inited", False)
    with blockbuster_ctx():
        body = await _framed(b"abc", default_name="a.webp")
    _, files = await _parsed(body)

    assert [("file", "a.webp", "image/webp", b"abc")] == files


async def test_text_becomes_a_text_part() -> None:
    """A URL, base64 or data URI is one more field, so that the server does not store the text as a file."""
    text = "https://example.com/" + "ü" * CHUNK_BYTES
    body = await _framed(text)
    texts, files = await _parsed(body)
    sent = await _wire(body)

    assert [*FIELDS, ("file", text)] == texts
    assert [] == files
    assert body.replayable
    assert len(sent) == body.content_length


async def test_the_length_is_that_of_the_wire() -> None:
    """The announced length is exact, so that the body need not be chunked."""
    body = await _framed(io.BytesIO(bytes(3 * CHUNK_BYTES + 1)))

    assert len(await _wire(body)) == body.content_length


async def test_an_unknown_length_is_not_announced() -> None:
    """A generator is framed without a length and only once."""
    body = await _framed(part for part in [b"a", b"b"])
    sent = await _wire(body)

    assert (None, False) == (body.content_length, body.replayable)
    assert b"\r\n\r\nab\r\n--" in sent
    with pytest.raises(ValueError, match="read already"):
        body.stream()


async def test_each_stream_starts_anew() -> None:
    """A retry sends the same bytes, whether the attempt before was cut off or not."""
    body = await _framed(b"abc")
    interrupted = await anext(body.stream())
    first, second = await _wire(body), await _wire(body)

    assert first == second
    assert first.startswith(interrupted)


async def test_an_ended_stream_stays_ended() -> None:
    """Asking again after the end reads nothing more of the file."""
    stream = (await _framed(b"abc")).stream()
    async for _ in stream:
        pass

    assert await anext(stream, None) is None


async def test_a_form_of_a_changed_file_is_never_completed() -> None:
    """Without its end the server cannot take a shortened file for the whole."""
    file = io.BytesIO(bytes(CHUNK_BYTES))
    body = await _framed(file)
    file.truncate(3)
    stream = body.stream()
    head, start = await anext(stream), await anext(stream)

    assert head.endswith(b"\r\n\r\n")
    assert bytes(3) == start
    with pytest.raises(ValueError, match=f"3 of {CHUNK_BYTES} bytes"):
        await anext(stream)


async def test_a_request_that_is_cut_off_leaves_nothing_to_close() -> None:
    """httpx takes the stream as it is; dropping it half-way warns on no event loop."""
    body = await _framed(b"abc")

    async def cut_off(request: httpx.Request) -> httpx.Response:
        """A server that goes away after the first piece."""
        assert isinstance(request.stream, httpx.AsyncByteStream)
        async for _ in request.stream:
            raise httpx.WriteError("gone")
        return httpx.Response(200)

    async with httpx.AsyncClient(transport=httpx.MockTransport(cut_off)) as client:
        request = client.build_request("POST", "http://x")
        request.stream = body.stream()

        with pytest.raises(httpx.WriteError):
            await client.send(request)


async def test_boundaries_are_random() -> None:
    """A file that contains the boundary cannot be prepared."""
    bodies = [await _framed(b"abc") for _ in range(10)]

    assert 10 == len({body.content_type for body in bodies})


async def test_field_values_do_not_show() -> None:
    """Tokens in fields stay out of logs."""
    body = await _framed(b"abc")

    assert "hush" not in repr(body)


def test_framing_is_pure() -> None:
    """Framing itself needs no event loop and reads nothing of the file."""
    source = ByteSource("a.png", None, 3, True, pytest.fail)
    body = encode_multipart([], "file", source, default_name="x")

    assert body.replayable
    assert encode_multipart([], "file", TextSource("data:,x"), default_name="x").content_length is not None
