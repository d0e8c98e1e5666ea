"""
Upload sources: each accepted input gives exactly its bytes, each refused one says why before anything is sent.
"""

from __future__ import annotations

import base64
import contextlib
import enum
import io
import mmap
import os
import tempfile
import threading
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import aiofiles
import anyio
import pytest
from blockbuster import blockbuster_ctx
from starlette.datastructures import Headers, UploadFile

from imagekit_async._uploads.files import FileState
from imagekit_async._uploads.readers import CHUNK_BYTES
from imagekit_async._uploads.sources import ByteSource, FileInput, TextSource, open_source

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator

pytestmark = pytest.mark.anyio

DATA = bytes(range(256)) * (CHUNK_BYTES // 100)
PARTS = [DATA[:1], b"", DATA[1:70_000], DATA[70_000:]]


class _Reiterable:
    """An iterable that starts again each time."""

    def __iter__(self) -> Iterator[bytes]:
        return iter(PARTS)


class _AsyncParts:
    """An async iterator that is not a generator, so that it need not be closed."""

    def __init__(self) -> None:
        self._parts = iter(PARTS)

    def __aiter__(self) -> _AsyncParts:
        return self

    async def __anext__(self) -> bytes:
        for part in self._parts:
            return part
        raise StopAsyncIteration


class _AsyncReiterable:
    """An async iterable that starts again each time."""

    def __aiter__(self) -> _AsyncParts:
        return _AsyncParts()


class _HalfRead:
    """An iterable that looks replayable but goes on where it stopped."""

    def __init__(self) -> None:
        self._iterator = iter(PARTS)

    def __iter__(self) -> Iterator[bytes]:
        return self._iterator


class _ReadOnly:
    """A stream with `read` and nothing else."""

    def __init__(self, data: bytes = DATA) -> None:
        self._file = io.BytesIO(data)

    def read(self, size: int, /) -> bytes:
        return self._file.read(size)


class _AsyncReadOnly(_ReadOnly):
    """A stream whose plain `read` returns an awaitable."""

    def read(self, size: int, /) -> Awaitable[bytes]:  # type: ignore[override]  # as streams wrapped by decorators do
        return self._read(super().read(size))

    async def _read(self, data: bytes) -> bytes:
        return data


class _NonBlocking:
    """A raw stream that has nothing to give at the moment."""

    def read(self, size: int, /) -> Any:
        return None


class _Suspicious(io.BytesIO):
    """A seekable file whose `seekable` says otherwise."""

    def seekable(self) -> bool:
        return False


async def _generated() -> AsyncIterator[bytes]:
    for part in PARTS:
        yield part


@contextlib.contextmanager
def _spooled(data: bytes) -> Generator[tempfile.SpooledTemporaryFile[bytes], None, None]:
    with tempfile.SpooledTemporaryFile(max_size=10) as file:
        file.write(data)
        file.seek(0)
        yield file


@contextlib.contextmanager
def _form_upload(filename: str | None = "in/form.png", mime: str = "image/png") -> Generator[UploadFile, None, None]:
    with _spooled(DATA) as file:
        yield UploadFile(cast("Any", file), filename=filename, headers=Headers({"content-type": mime}))


async def _byte_source(file: FileInput) -> ByteSource:
    source = await open_source(file)
    assert isinstance(source, ByteSource)
    return source


async def _content(source: ByteSource) -> bytes:
    return b"".join([chunk async for chunk in source.chunks()])


def is_open(path: Path) -> bool:
    """Whether this process has a descriptor of the file."""
    wanted = os.stat(path)
    for descriptor in os.listdir("/dev/fd"):
        with contextlib.suppress(OSError):
            if os.path.samestat(wanted, os.fstat(int(descriptor))):
                return True
    return False


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A file of several chunks."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(DATA)
    return path


@pytest.fixture
def pipe() -> Iterator[tuple[io.BufferedReader, int]]:
    """The reading end of a pipe, and the descriptor of its writing end, to be closed by the test."""
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb") as file:
        yield file, writer


REPLAYABLE: dict[str, Callable[[Path], FileInput]] = {
    "bytes": lambda _: DATA,
    "bytearray": lambda _: bytearray(DATA),
    "memoryview": lambda _: memoryview(DATA),
    "strided memoryview": lambda _: memoryview(bytes(2 * len(DATA)))[::2],
    "path": lambda path: path,
    "anyio path": lambda path: anyio.Path(path),
    "BytesIO": lambda _: io.BytesIO(DATA),
    "list": lambda _: PARTS,
    "list of views": lambda _: cast("Any", [memoryview(DATA)]),
    "iterable": lambda _: _Reiterable(),
    "async iterable": lambda _: _AsyncReiterable(),
}
ONCE: dict[str, Callable[[], FileInput]] = {
    "generator": lambda: (part for part in PARTS),
    "async generator": _generated,
    "async iterator": _AsyncParts,
    "stream": _ReadOnly,
    "stream that returns awaitables": _AsyncReadOnly,
    "unseekable file": lambda: _Suspicious(DATA),
}


@pytest.mark.parametrize("kind", REPLAYABLE)
async def test_replayable_inputs_give_identical_bytes_each_time(kind: str, photo: Path) -> None:
    """What can be read again gives the same bytes in full, also after an attempt that was cut off."""
    source = await _byte_source(REPLAYABLE[kind](photo))
    expected = bytes(len(DATA)) if kind == "strided memoryview" else DATA

    first = await _content(source)
    interrupted = await anext(source.chunks())
    second = await _content(source)

    assert source.replayable
    assert source.length in (len(DATA), None)
    assert expected == first == second
    assert expected.startswith(interrupted)


@pytest.mark.parametrize("kind", ONCE)
async def test_one_shot_inputs_are_read_once(kind: str) -> None:
    """A stream gives all its bytes, and refuses to pretend that it can do so again."""
    source = await _byte_source(ONCE[kind]())

    first = await _content(source)

    assert (None, False) == (source.length, source.replayable)
    assert DATA == first
    with pytest.raises(ValueError, match="read already"):
        source.chunks()


@pytest.mark.parametrize("kind", ["bytes", "bytearray", "memoryview", "path", "BytesIO"])
async def test_no_chunk_is_larger_than_the_limit(kind: str, photo: Path) -> None:
    """Data of known length goes out in bounded pieces, so that one can cancel between them."""
    source = await _byte_source(REPLAYABLE[kind](photo))

    sizes = [len(chunk) async for chunk in source.chunks()]

    assert CHUNK_BYTES == max(sizes)
    assert len(DATA) == source.length == sum(sizes)


@pytest.mark.parametrize("kind", ["bytes", "path", "file"])
async def test_pieces_grow_with_the_file(kind: str, tmp_path: Path) -> None:
    """A large file goes out in pieces of 1 MiB, which cost less each byte and still fit into memory."""
    data = bytes(11 * 1024 * 1024)
    path = tmp_path / "video.mp4"
    path.write_bytes(data)
    with path.open("rb") as file:
        source = await _byte_source({"bytes": data, "path": path, "file": file}[kind])
        sizes = [len(chunk) async for chunk in source.chunks()]

    assert [1024 * 1024] * 11 == sizes


async def test_a_path_names_the_source(photo: Path) -> None:
    """The basename of a path is what the server sees as filename."""
    source = await _byte_source(photo)

    assert ("photo.jpg", None) == (source.name, source.mime)


async def test_a_file_object_names_the_source_and_stays_open(photo: Path) -> None:
    """A caller's file keeps its owner: read, named after, never closed."""
    with photo.open("rb") as file:
        source = await _byte_source(file)
        data = await _content(source)

        assert not file.closed
    assert ("photo.jpg", len(DATA), True, DATA) == (source.name, source.length, source.replayable, data)


async def test_a_numeric_name_is_no_filename(photo: Path) -> None:
    """A file opened by descriptor has a number for a name, which is of no use to the server."""
    with os.fdopen(os.open(photo, os.O_RDONLY), "rb") as file:
        source = await _byte_source(file)

    assert source.name is None


async def test_a_file_is_sent_from_its_current_position(photo: Path) -> None:
    """What was read before the upload is not sent, in no attempt."""
    with photo.open("rb") as file:
        file.seek(1000)
        source = await _byte_source(file)
        first, second = await _content(source), await _content(source)

    assert len(DATA) - 1000 == source.length
    assert DATA[1000:] == first == second


async def test_anyio_files(photo: Path) -> None:
    """Files of anyio are awaited, measured, replayed and left open."""
    async with await anyio.open_file(photo, "rb") as file:
        source = await _byte_source(file)
        first, second = await _content(source), await _content(source)

        assert not file.wrapped.closed
    assert ("photo.jpg", len(DATA), True) == (source.name, source.length, source.replayable)
    assert DATA == first == second


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_aiofiles(photo: Path) -> None:
    """Files of aiofiles are awaited, measured, replayed and left open."""
    async with aiofiles.open(photo, "rb") as file:
        source = await _byte_source(file)
        first, second = await _content(source), await _content(source)

        assert not file.closed
    assert ("photo.jpg", len(DATA), True) == (source.name, source.length, source.replayable)
    assert DATA == first == second


@pytest.mark.parametrize("size", [5, len(DATA)])
async def test_spooled_files(size: int) -> None:
    """A spooled file is read wherever it lives, in memory or on disk."""
    with _spooled(DATA[:size]) as file:
        source = await _byte_source(file)
        first, second = await _content(source), await _content(source)

    assert (None, size, True) == (source.name, source.length, source.replayable)
    assert DATA[:size] == first == second


async def test_temporary_files() -> None:
    """A wrapper around a file counts as the file that it is."""
    with tempfile.NamedTemporaryFile(suffix=".gif") as file:
        file.write(DATA)
        file.seek(0)
        source = await _byte_source(file)
        data = await _content(source)

        assert os.path.basename(file.name) == source.name
    assert DATA == data


async def test_memory_maps(photo: Path) -> None:
    """A map seeks without returning the position, which is enough."""
    with photo.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        source = await _byte_source(mapped)
        data = await _content(source)

    assert len(DATA) == source.length
    assert DATA == data


async def test_form_uploads() -> None:
    """An upload that a Starlette app received can be passed on as it is, from its current position, again and again."""
    with _form_upload() as upload:
        await upload.read(10)
        source = await _byte_source(upload)
        first, second = await _content(source), await _content(source)

    assert ("form.png", "image/png") == (source.name, source.mime)
    assert (len(DATA) - 10, True) == (source.length, source.replayable)
    assert DATA[10:] == first == second


async def test_a_type_that_cannot_be_sent_is_left_out_of_a_form_upload() -> None:
    """A type from a form cannot break the upload or inject a header."""
    with _form_upload(filename=None, mime="image/png\r\nX-Evil: 1") as upload:
        source = await _byte_source(upload)

    assert (None, None) == (source.name, source.mime)


async def test_pipes(pipe: tuple[io.BufferedReader, int]) -> None:
    """A pipe has no length and no way back, but all its bytes arrive."""
    reader, writer = pipe

    def write() -> None:
        """Fill the pipe, waiting for its reader."""
        with os.fdopen(writer, "wb") as file:
            file.write(DATA)

    thread = threading.Thread(target=write)
    thread.start()
    source = await _byte_source(reader)
    data = await _content(source)
    await anyio.to_thread.run_sync(thread.join)

    assert (None, False) == (source.length, source.replayable)
    assert DATA == data


async def test_raw_pipes(pipe: tuple[io.BufferedReader, int]) -> None:
    """An unbuffered stream gives what it has, until its end."""
    reader, writer = pipe
    os.write(writer, b"abc")
    os.close(writer)
    source = await _byte_source(reader.raw)

    assert b"abc" == await _content(source)


async def test_a_tuple_names_its_content(photo: Path) -> None:
    """Name and type in a tuple win over those of the content; a missing type leaves the content's."""
    with _form_upload() as upload:
        files: list[FileInput] = [
            ("a.png", photo),
            ("a.png", photo, "image/webp"),
            ("a.png", photo, None),
            ("a.png", [b"x"]),
            ("a.png", upload),
        ]
        named = [await _byte_source(file) for file in files]
    data = await _content(named[0])

    assert ["a.png"] * 5 == [source.name for source in named]
    assert [None, "image/webp", None, None, "image/png"] == [source.mime for source in named]
    assert DATA == data


@pytest.mark.parametrize(
    "text",
    [
        "http://example.com/a b.jpg",
        "HTTPS://example.com/ü.jpg",
        "https://e",
        "data:image/png;base64,AAAA",
        "DATA:,x",
        base64.b64encode(DATA).decode(),
        base64.b64encode(b"1").decode(),
    ],
)
async def test_text_is_passed_through(text: str) -> None:
    """URLs, base64 and data URIs are the server's to read."""
    source = await open_source(text)

    assert TextSource(text) == source


async def test_line_breaks_in_base64_are_dropped() -> None:
    """Base64 wrapped for mail is the same base64."""
    source = await open_source(base64.encodebytes(DATA).decode())

    assert TextSource(base64.b64encode(DATA).decode()) == source


@pytest.mark.parametrize(
    "text", ["photo.jpg", "/tmp/x", "images/cat", "a b c d", "ftp://example.com/a", "http://", "a===", "data:x"]
)
async def test_text_that_looks_like_a_path_is_refused(text: str) -> None:
    """A path given as str would be uploaded as the text of the path; the error says what to pass."""
    with pytest.raises(ValueError, match=r"pathlib\.Path"):
        await open_source(text)


@pytest.mark.parametrize(
    "text", ["/tmp/tmpk3v9q1zx", "cats/dog", "photos12", "a" * 4096, base64.b64encode(DATA[:3072]).decode(), "ab\ncd"]
)
async def test_text_that_may_be_a_path_or_base64_is_refused(text: str) -> None:
    """Where text could be either, nothing is guessed, whether a file of that name exists or not."""
    with pytest.raises(ValueError, match=r"may be a path or base64; pass .*pathlib\.Path.*data URI.*b64decode"):
        await open_source(text)


@pytest.mark.parametrize("size", [1, 2, 1000, 3075, 30_000])
async def test_base64_that_cannot_be_a_path_is_accepted(size: int) -> None:
    """Base64 with padding, or longer than any path, is clear enough."""
    text = base64.b64encode(DATA[:size]).decode()

    assert TextSource(text) == await open_source(text)


async def test_an_enum_of_urls() -> None:
    """An enum member stands for its value."""

    class Place(str, enum.Enum):  # noqa: UP042 - as many programs have it
        HERE = "https://example.com/a.jpg"

    source = await open_source(Place.HERE)

    assert isinstance(source, TextSource)
    assert (str, "https://example.com/a.jpg") == (type(source.text), source.text)


async def test_text_that_is_not_unicode_is_refused() -> None:
    """Half a surrogate pair cannot be sent."""
    with pytest.raises(ValueError, match=r"^file must be valid Unicode"):
        await open_source("https://example.com/\ud800")


async def test_an_empty_file_is_named(tmp_path: Path) -> None:
    """The error for an empty file says which one it is."""
    path = tmp_path / "empty.jpg"
    await anyio.Path(path).touch()

    with pytest.raises(ValueError, match=r"^file is empty: '.*empty\.jpg'$"):
        await open_source(path)
    with (
        open(path, "rb") as file,
        pytest.raises(ValueError, match=r"^file is empty: 'empty\.jpg' from its current pos"),
    ):
        await open_source(file)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ((Path("a.png"), b"x"), r"^file\[0\] must be a name as a str, got PosixPath; pass path\.name$"),
        ((b"a.png", b"x"), r"^file\[0\] must be a name as a str, got bytes; pass chunks of bytes as a list"),
        ((b"a.png", b"x", b"image/png"), r"^file\[0\] must be a name as a str, got bytes"),
        ((b"a", b"b", b"c", b"d"), r"^file\[0\] must be a name as a str, got bytes"),
        ((None, b"x"), r"^file\[0\] must be a name as a str, got NoneType"),
        (("a.png", (b"b.png", b"x")), r"^file\[1\] must not be a tuple; .*chunks of bytes as a list$"),
    ],
)
async def test_a_tuple_is_a_name_and_its_content(file: Any, message: str) -> None:
    """Other HTTP clients take a name as bytes or None, so a tuple of bytes is not guessed to be chunks."""
    with pytest.raises(TypeError, match=message):
        await open_source(file)


EMPTY: dict[str, Callable[[Path], FileInput]] = {
    "text": lambda _: "",
    "white space": lambda _: " \n",
    "data URI": lambda _: "data:image/png;base64,",
    "bytes": lambda _: b"",
    "bytearray": lambda _: bytearray(),
    "memoryview": lambda _: memoryview(b""),
    "path": lambda path: path / "empty",
    "file": lambda _: io.BytesIO(),
    "stream": lambda _: _ReadOnly(b""),
    "list": lambda _: [],
    "tuple": lambda _: (),
    "empty chunks": lambda _: [b""],
    "generator": lambda _: (part for part in [b""]),
    "async iterable": lambda _: _empty_generator(),
    "named": lambda _: ("a.png", b""),
}


async def _empty_generator() -> AsyncIterator[bytes]:
    yield b""


async def test_a_pass_is_read_once() -> None:
    """What reads on after the end of an async iterable gets an error, because nothing runs that could respond."""
    chunks = (await _byte_source(_generated())).chunks()
    async for _ in chunks:
        pass

    with pytest.raises(RuntimeError, match="read to its end"):
        await anext(chunks)


@pytest.mark.parametrize("kind", EMPTY)
async def test_empty_inputs_are_refused(kind: str, tmp_path: Path) -> None:
    """An empty upload is a mistake on this side, known before anything is sent."""
    await anyio.Path(tmp_path / "empty").touch()

    with pytest.raises(ValueError, match="empty"):
        await open_source(EMPTY[kind](tmp_path))


@pytest.mark.parametrize("position", [len(DATA), len(DATA) + 1])
async def test_a_file_read_to_its_end_is_refused(position: int) -> None:
    """A file that was just written or read stands at its end; the error says where."""
    file = io.BytesIO(DATA)
    file.seek(position)

    with pytest.raises(ValueError, match=f"position on, which is byte {position}"):
        await open_source(file)


async def test_text_mode_is_refused(photo: Path) -> None:
    """A file in text mode would be decoded; the error says how to open it."""
    with photo.open(encoding="latin-1") as file, pytest.raises(TypeError, match='"rb"'):
        await open_source(cast("Any", file))
    async with await anyio.open_file(photo, encoding="latin-1") as async_file:
        with pytest.raises(TypeError, match='"rb"'):
            await open_source(cast("Any", async_file))


async def test_text_mode_is_refused_without_reading(pipe: tuple[io.BufferedReader, int]) -> None:
    """A text stream that cannot go back is recognised before it decodes anything."""
    reader, writer = pipe
    os.write(writer, b"\xff")
    os.close(writer)
    with io.TextIOWrapper(reader, encoding="utf-8") as text, pytest.raises(TypeError, match='"rb"'):
        await open_source(cast("Any", text))


async def test_closed_files_are_refused(photo: Path) -> None:
    """A closed file is known to fail before a request begins."""
    with photo.open("rb") as file:
        pass

    with pytest.raises(ValueError, match="closed"):
        await open_source(file)


async def test_unusable_paths_are_refused(tmp_path: Path) -> None:
    """The system's own errors say why a path cannot be read; what could block for ever is not opened."""
    os.mkfifo(tmp_path / "fifo")

    with pytest.raises(FileNotFoundError):
        await open_source(tmp_path / "missing.jpg")
    with pytest.raises(IsADirectoryError):
        await open_source(tmp_path)
    with pytest.raises(ValueError, match="regular file"):
        await open_source(tmp_path / "fifo")
    with pytest.raises(ValueError, match=r"^file must be a path without null characters, got '.*a\\x00b'$"):
        await open_source(tmp_path / "a\0b")


@pytest.mark.parametrize("field", ["st_dev", "st_ino", "st_size", "st_mtime_ns", "st_ctime_ns"])
def test_what_tells_files_apart(field: str) -> None:
    """Another file system, number, size or time alone is another file or content, whatever else is equal."""
    fields = {"st_dev": 1, "st_ino": 2, "st_size": 3, "st_mtime_ns": 4, "st_ctime_ns": 5, "st_nlink": 1}
    before = FileState.of(cast("os.stat_result", SimpleNamespace(**fields)))
    after = FileState.of(cast("os.stat_result", SimpleNamespace(**{**fields, field: 9})))

    assert [False, False] == [before == after, before.has_content_of(after)]


@pytest.mark.parametrize(
    "file",
    [
        None,
        5,
        object(),
        ("a.png",),
        ("a.png", b"x", "image/png", {}),
        ("a.png", b"x", 5),
        ("a.png", "text"),
        ("a.png", None),
    ],
)
async def test_other_types_are_refused(file: Any) -> None:
    """An unaccepted input is named as such."""
    with pytest.raises(TypeError, match=r"^file(\[1\])? must"):
        await open_source(file)


@pytest.mark.parametrize(
    "file",
    [["text"], [None, b"x"], range(3), {"a": b"x"}, _NonBlocking(), ("a.png", ["b.png", b"x"])],
)
async def test_chunks_that_are_not_bytes_are_refused(file: Any) -> None:
    """Text and numbers are not turned into bytes by guessing."""
    with pytest.raises(TypeError, match="instead of bytes"):
        await open_source(file)


async def test_a_chunk_that_is_not_bytes_ends_the_upload() -> None:
    """What shows up late fails late, but never as a shortened file."""
    source = await _byte_source(cast("Any", iter([b"a", "b"])))

    with pytest.raises(TypeError, match="str instead of bytes"):
        await _content(source)


@pytest.mark.parametrize("mime", ["image/png\r\nX-Evil: 1", "bïld/png"])
async def test_types_that_break_a_header_are_refused(mime: str) -> None:
    """A type cannot smuggle a header into the form."""
    with pytest.raises(ValueError, match="MIME"):
        await open_source(("a.png", b"x", mime))


@pytest.mark.parametrize("size", [3, 12])
async def test_a_file_that_changes_its_length_ends_the_upload(size: int) -> None:
    """The announced length is kept or the upload fails; no body is cut or padded."""
    file = io.BytesIO(bytes(10))
    source = await _byte_source(file)
    file.truncate(3)
    file.seek(0)
    file.write(bytes(size))

    with pytest.raises(ValueError, match=f"{size} of 10 bytes"):
        await _content(source)


@pytest.mark.parametrize("size", [0, 3, 12])
async def test_a_bytearray_that_changes_its_length_ends_the_upload(size: int) -> None:
    """The caller's buffer is not copied, hence checked."""
    data = bytearray(10)
    source = await _byte_source(data)
    data[:] = bytes(size)

    with pytest.raises(ValueError, match=f"{size} of 10 bytes"):
        await _content(source)


@pytest.mark.parametrize("size", [3, len(DATA), len(DATA) + 1])
async def test_a_path_that_changes_ends_the_upload(size: int, photo: Path) -> None:
    """Two states of a file are never mixed in one upload, even if their lengths agree."""
    source = await _byte_source(photo)
    chunks = source.chunks()
    first = await anext(chunks)
    await anyio.Path(photo).write_bytes(bytes(size))
    await anyio.to_thread.run_sync(partial(os.utime, photo, ns=(0, 0)))

    with pytest.raises(ValueError, match=f"changed on disk during the upload, after {len(first)} of {len(DATA)} bytes"):
        await anext(chunks)


async def test_an_iterable_that_goes_on_instead_of_starting_anew_is_not_replayed() -> None:
    """A half-read iterable must not be taken for the whole file on the second attempt."""
    source = await _byte_source(_HalfRead())
    await anext(source.chunks())

    with pytest.raises(ValueError, match="not the same"):
        await _content(source)


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_disk_is_read_in_threads_only(photo: Path) -> None:
    """No input makes the event loop wait for the disk."""
    generator = (photo.read_bytes() for _ in range(2))
    with photo.open("rb") as file, _spooled(DATA) as spool:
        reading: list[FileInput] = [photo, file, spool, generator, base64.b64encode(b"1").decode()]
        with blockbuster_ctx():
            for item in reading:
                source = await open_source(item)
                if isinstance(source, ByteSource):
                    await _content(source)


async def test_cancelling_leaves_no_path_open(photo: Path) -> None:
    """A path stays open from its first piece to its last, or until the upload ends early."""
    chunks = (await _byte_source(photo)).chunks()
    with anyio.CancelScope() as scope:
        async for _ in chunks:
            assert is_open(photo)
            scope.cancel()
    chunks.close()

    assert scope.cancelled_caught
    assert not is_open(photo)


@pytest.mark.parametrize("kind", ["bytes", "list", "path", "BytesIO"])
async def test_every_chunk_can_be_cancelled(kind: str, photo: Path) -> None:
    """A large upload from memory can be given up as any other."""
    source = await _byte_source(REPLAYABLE[kind](photo))
    received = 0
    with anyio.CancelScope() as scope:
        async for _ in source.chunks():
            received += 1
            scope.cancel()

    assert scope.cancelled_caught
    assert 1 == received


async def test_the_search_for_open_files_finds_them(photo: Path) -> None:
    """The test above can fail."""
    with photo.open("rb"):
        assert is_open(photo)


async def test_a_silent_pipe_can_be_given_up(pipe: tuple[io.BufferedReader, int]) -> None:
    """Waiting for a stream that gives nothing ends when the caller cancels."""
    reader, writer = pipe
    scope = anyio.CancelScope()

    async def give_up() -> None:
        await anyio.wait_all_tasks_blocked()
        scope.cancel()

    async with anyio.create_task_group() as group:
        with scope:
            group.start_soon(give_up)
            await open_source(reader)
    os.close(writer)

    assert scope.cancelled_caught


async def test_secrets_in_text_do_not_show() -> None:
    """A signed URL stays out of logs."""
    source = await open_source("https://example.com/a.jpg?signature=hush")

    assert "hush" not in repr(source)
