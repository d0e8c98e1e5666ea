"""
Any form survives the wire: the same fields, the same bytes, nothing more and nothing less.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio
import httpx
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartParser

from imagekit_async._uploads.multipart import encode_multipart
from imagekit_async._uploads.sources import FileInput, open_source

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

Fields = list[tuple[str, str]]

# Pieces that a careless parser or framer takes for structure.
HOSTILE = [
    b"--",
    b"+++",
    b"\r\n",
    b"\r\n--",
    b"--\r\n",
    b"\r",
    b"\n",
    b"\x00",
    b"Content-Disposition: form-data; name=",
]
pieces = st.one_of(st.binary(max_size=300), st.sampled_from(HOSTILE))
# Characters which a quoted header value cannot hold are escaped on the wire, see the unit tests.
names = st.text(st.characters(exclude_characters='"', exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30)
fields = st.lists(st.tuples(names, st.text(max_size=200)), max_size=5)


async def round_trip(form: Fields, file: FileInput) -> tuple[Fields, list[bytes], int | None, int]:
    """Frame and parse a form; give its text fields, its files, and the announced and actual length."""
    body = encode_multipart(form, "file", await open_source(file), default_name="x.bin")
    actual = 0

    async def counted() -> AsyncGenerator[bytes, None]:
        """The body, counted."""
        nonlocal actual
        async for piece in body.stream():
            actual += len(piece)
            yield piece

    received = await MultiPartParser(Headers({"content-type": body.content_type}), counted()).parse()
    texts = [(name, value) for name, value in received.multi_items() if isinstance(value, str)]
    files = [await value.read() for value in received.values() if isinstance(value, UploadFile)]
    await received.close()
    return texts, files, body.content_length, actual


@given(fields, st.lists(pieces, min_size=1, max_size=8).map(b"".join).filter(len))
def test_bytes_and_fields_survive(form: Fields, data: bytes) -> None:
    """Whatever a file contains, the form holds it and its fields unchanged, at the announced length."""
    texts, files, announced, actual = anyio.run(round_trip, form, data)

    assert form == texts
    assert [data] == files
    assert announced == actual


@given(fields, st.lists(pieces, min_size=1, max_size=8).filter(any))
def test_any_split_of_the_bytes_survives(form: Fields, chunks: list[bytes]) -> None:
    """How a stream cuts its bytes into chunks leaves no trace in the form."""
    texts, files, announced, _ = anyio.run(round_trip, form, iter(chunks))

    assert form == texts
    assert [b"".join(chunks)] == files
    assert announced is None


@given(st.lists(st.tuples(st.text(min_size=1), st.text()), max_size=5), st.text(min_size=1), st.none() | st.just("a/b"))
def test_the_form_is_that_of_httpx(form: Fields, name: str, mime: str | None) -> None:
    """Names, quotes and line breaks included, values and types are written byte for byte as httpx writes them."""

    async def written() -> tuple[str, bytes]:
        body = encode_multipart(form, "file", await open_source((name, b"data", mime)), default_name="x.bin")
        return body.content_type, b"".join([piece async for piece in body.stream()])

    content_type, wire = anyio.run(written)
    files = [*((field, (None, value)) for field, value in form), ("file", (name, b"data", mime))]
    expected = httpx.Request("POST", "http://x", files=files, headers={"Content-Type": content_type}).read()

    assert expected == wire
