"""
An upload is a form that holds the documented fields and exactly the bytes of its source, whatever that is.
"""

from __future__ import annotations

import base64
import contextlib
import io
import json
import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiofiles
import anyio
import httpx
import pytest
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartParser

from imagekit_async import models

pytestmark = pytest.mark.anyio

DATA = bytes(range(256)) * 2100
FILE = {"fileId": "f1", "name": "a.png", "type": "file"}
BASE64 = base64.b64encode(DATA[:1000]).decode()


async def parsed(request: httpx.Request) -> tuple[dict[str, str], dict[str, tuple[str | None, str | None, bytes]]]:
    """The text fields and the file parts of the form that was sent."""

    async def pieces() -> AsyncIterator[bytes]:
        yield request.content

    stream = pieces()
    form = await MultiPartParser(Headers(dict(request.headers)), stream, max_part_size=2**21).parse()
    texts = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    files = {
        name: (value.filename, value.content_type, await value.read())
        for name, value in form.multi_items()
        if isinstance(value, UploadFile)
    }
    await form.close()
    return texts, files


@contextlib.asynccontextmanager
async def source(kind: str, path: Path) -> AsyncIterator[Any]:
    """A source of the kind, giving the content of the file."""
    simple: dict[str, Callable[[], Any]] = {
        "bytes": lambda: DATA,
        "bytearray": lambda: bytearray(DATA),
        "memoryview": lambda: memoryview(DATA),
        "BytesIO": lambda: io.BytesIO(DATA),
        "Path": lambda: path,
        "anyio.Path": lambda: anyio.Path(path),
        "UploadFile": lambda: UploadFile(
            io.BytesIO(DATA), filename="photo.jpg", headers=Headers({"content-type": "image/jpeg"})
        ),
        "list": lambda: [DATA[:9], DATA[9:]],
        "iterator": lambda: iter([DATA[:9], DATA[9:]]),
        "async generator": lambda: parts(),
        "(name, bytes)": lambda: ("photo.jpg", DATA),
        "(name, Path, mime)": lambda: ("photo.jpg", path, "image/jpeg"),
    }
    with contextlib.ExitStack() as stack:
        if kind == "open file":
            yield stack.enter_context(open(path, "rb"))
        elif kind in ("SpooledTemporaryFile", "spilled SpooledTemporaryFile"):
            limit = 10 if kind.startswith("spilled") else len(DATA)
            file = stack.enter_context(tempfile.SpooledTemporaryFile(max_size=limit))
            file.write(DATA)
            file.seek(0)
            yield file
        elif kind == "anyio file":
            async with await anyio.open_file(path, "rb") as file:
                yield file
        elif kind == "aiofiles":
            async with aiofiles.open(path, "rb") as file:
                yield file
        else:
            yield simple[kind]()


async def parts() -> AsyncIterator[bytes]:
    """The content in pieces of several sizes, empty ones among them."""
    for part in (DATA[:9], b"", DATA[9:]):
        yield part


async def check_source(scripted, photo: Path, kind: str, name: str, measured: bool) -> None:
    """The form holds the bytes and the name, and the headers state its length if it can be known."""
    client, script = scripted(httpx.Response(200, json=FILE))
    async with source(kind, photo) as file:
        uploaded = await client.files.upload(file=file, file_name="given.jpg")

    (request,) = script.requests
    texts, files = await parsed(request)
    assert ("f1", {"fileName": "given.jpg"}) == (uploaded.file_id, texts)
    assert {"file": (name, "image/jpeg", DATA)} == files
    length, encoding = (str(len(request.content)), None) if measured else (None, "chunked")
    assert (length, encoding) == (request.headers.get("Content-Length"), request.headers.get("Transfer-Encoding"))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A file on disk."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(DATA)
    return path


@pytest.mark.parametrize(
    ("kind", "name", "measured"),
    [
        ("bytes", "given.jpg", True),
        ("bytearray", "given.jpg", True),
        ("memoryview", "given.jpg", True),
        ("BytesIO", "given.jpg", True),
        ("Path", "photo.jpg", True),
        ("anyio.Path", "photo.jpg", True),
        ("open file", "photo.jpg", True),
        ("SpooledTemporaryFile", "given.jpg", True),
        ("spilled SpooledTemporaryFile", "given.jpg", True),
        ("anyio file", "photo.jpg", True),
        ("UploadFile", "photo.jpg", True),
        ("list", "given.jpg", True),
        ("iterator", "given.jpg", False),
        ("async generator", "given.jpg", False),
        ("(name, bytes)", "photo.jpg", True),
        ("(name, Path, mime)", "photo.jpg", True),
    ],
)
async def test_sources(scripted, photo, kind, name, measured):
    """Every kind of source arrives byte for byte, with its own name if it has one and its length if it can be known."""
    await check_source(scripted, photo, kind, name, measured)


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_aiofiles(scripted, photo):
    """Files of aiofiles, which knows asyncio only, arrive byte for byte."""
    await check_source(scripted, photo, "aiofiles", "photo.jpg", True)


@pytest.mark.parametrize(
    "text", ["https://example.com/a.jpg?x=ä", "HTTP://example.com", BASE64, f"data:image/png;base64,{BASE64}"]
)
async def test_texts(scripted, text):
    """A URL, base64 text and a data URI are sent as text for the API to turn into a file."""
    client, script = scripted(httpx.Response(200, json=FILE))

    await client.files.upload(file=text, file_name="a.jpg")

    (request,) = script.requests
    assert ({"fileName": "a.jpg", "file": text}, {}) == await parsed(request)
    assert str(len(request.content)) == request.headers["Content-Length"]


@pytest.mark.parametrize(
    ("call", "server_path"),
    [("files", "/api/v1/files/upload"), ("beta.v2.files", "/api/v2/files/upload")],
)
async def test_fields(scripted, call, server_path):
    """Fields are written as documented: booleans in lower case, lists joined by commas, objects as JSON."""
    client, script = scripted(httpx.Response(200, json=FILE))
    files = client
    for name in call.split("."):
        files = getattr(files, name)
    transformation = {"pre": "w-300", "post": [{"type": "abs", "value": "sr-240", "protocol": "hls"}]}

    await files.upload(
        file=b"abc",
        file_name="ä b.png",
        use_unique_file_name=False,
        folder="/x y",
        tags=["a", "ü"],
        is_private_file=True,
        is_published=True,
        custom_coordinates="1,2,3,4",
        response_fields=["tags", "metadata"],
        extensions=[
            models.RemoveBgExtension(name="remove-bg"),
            {"name": "google-auto-tagging", "maxTags": 5, "minConfidence": 95},
        ],
        webhook_url="https://example.com/hook",
        overwrite_file=True,
        overwrite_ai_tags=False,
        overwrite_tags=True,
        overwrite_custom_metadata=False,
        custom_metadata={"brand": "ä", "price": 5, "new": None, "list": [True]},
        transformation=transformation,
        checks='"file.size" < "1MB"',
        description='Line 1\r\n"Line 2"',
    )

    (request,) = script.requests
    texts, uploaded = await parsed(request)
    decoded = {name: json.loads(texts.pop(name)) for name in ("extensions", "customMetadata", "transformation")}
    assert ("upload.imagekit.io", server_path) == (request.url.host, request.url.path)
    assert {"file": ("ä b.png", "image/png", b"abc")} == uploaded
    assert {
        "fileName": "ä b.png",
        "useUniqueFileName": "false",
        "folder": "/x y",
        "tags": "a,ü",
        "isPrivateFile": "true",
        "isPublished": "true",
        "customCoordinates": "1,2,3,4",
        "responseFields": "tags,metadata",
        "webhookUrl": "https://example.com/hook",
        "overwriteFile": "true",
        "overwriteAITags": "false",
        "overwriteTags": "true",
        "overwriteCustomMetadata": "false",
        "checks": '"file.size" < "1MB"',
        "description": 'Line 1\r\n"Line 2"',
    } == texts
    assert {
        "extensions": [{"name": "remove-bg"}, {"name": "google-auto-tagging", "maxTags": 5, "minConfidence": 95}],
        "customMetadata": {"brand": "ä", "price": 5, "new": None, "list": [True]},
        "transformation": transformation,
    } == decoded


async def test_nothing_is_sent_unasked(scripted):
    """What was not given is not sent, so that the API's defaults hold."""
    client, script = scripted(httpx.Response(200, json=FILE))

    await client.files.upload(file=b"abc", file_name="a.png")

    assert {"fileName": "a.png"} == (await parsed(script.requests[0]))[0]


async def test_signed_uploads_carry_no_key(scripted):
    """With signature fields no Authorization header is sent, as the API refuses both at once."""
    client, script = scripted(httpx.Response(200, json=FILE), httpx.Response(200, json=FILE))

    await client.files.upload(
        file=b"abc", file_name="a.png", token="t", expire=1700000000, signature="s", public_key="p"
    )
    await client.files.upload(file=b"abc", file_name="a.png")

    signed, unsigned = script.requests
    texts, _ = await parsed(signed)
    assert {"fileName": "a.png", "token": "t", "expire": "1700000000", "signature": "s", "publicKey": "p"} == texts
    assert ["Authorization" in signed.headers, "Authorization" in unsigned.headers] == [False, True]


async def test_boundaries_are_random(scripted):
    """Two uploads never share a boundary, so that no file can be made to hold it."""
    client, script = scripted(httpx.Response(200, json=FILE), httpx.Response(200, json=FILE))

    for _ in range(2):
        await client.files.upload(file=b"abc", file_name="a.png")

    assert 2 == len({request.headers["Content-Type"] for request in script.requests})


@pytest.mark.parametrize(
    ("file", "error", "text"),
    [
        ("photo.jpg", ValueError, r"pass a local file as pathlib\.Path"),
        ("/etc/passwd", ValueError, r"pass a local file as pathlib\.Path"),
        ("", ValueError, "is empty"),
        (b"", ValueError, "is empty"),
        (io.BytesIO(), ValueError, "is empty"),
        ([], ValueError, "is empty"),
        (("a.png", b""), ValueError, "is empty"),
        (io.StringIO("text"), TypeError, '"rb" mode'),
        (map(str, range(9)), TypeError, "instead of bytes"),
        (("a.png", "text"), TypeError, "must not be a str"),
        (("a.png", b"x", "a\nb"), ValueError, "MIME type"),
        (Path("/nowhere/photo.jpg"), FileNotFoundError, "photo.jpg"),
        (Path("/"), IsADirectoryError, "/"),
        (None, TypeError, "^file must be bytes, .*, got NoneType"),
        (5, TypeError, "^file must be bytes, .*, got int"),
    ],
)
async def test_refusals(scripted, file, error, text):
    """What cannot be uploaded is refused with advice before anything is sent."""
    client, _ = scripted()

    with pytest.raises(error, match=text):
        await client.files.upload(file=file, file_name="a.png")


async def test_closed_files_are_refused(scripted, photo):
    """A closed file is refused before anything is sent."""
    client, _ = scripted()
    with photo.open("rb") as file:
        pass

    with pytest.raises(ValueError, match="closed"):
        await client.files.upload(file=file, file_name="a.png")


async def test_text_files_are_refused(scripted, photo):
    """A file opened as text is refused before anything is sent."""
    client, _ = scripted()

    with photo.open(encoding="latin-1") as file, pytest.raises(TypeError, match='"rb" mode'):
        await client.files.upload(file=file, file_name="a.png")
