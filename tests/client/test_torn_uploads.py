"""
A source that changes while it is uploaded ends the call with an error, and its form never reaches the last boundary.
"""

from __future__ import annotations

import io
import mmap
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import anyio
import httpx
import pytest

from imagekit_async import AsyncImageKit
from imagekit_async.errors import UploadOutcomeUnknownError

pytestmark = pytest.mark.anyio

CHUNK = 256 * 1024
SMALL = b"small" * 800
LARGE = bytes(range(256)) * 2500
FILE = {"fileId": "f1", "name": "a.png", "type": "file"}


class Meddling(httpx.AsyncBaseTransport):
    """
    Reads bodies piece by piece, and acts once: when the first bytes of the file have come, or after the first response.
    """

    def __init__(self, act: Callable[[], object], *, between: bool = False) -> None:
        self._act: Callable[[], object] | None = act
        self._busy = between
        self.bodies: list[bytes] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """
        Read the body and respond; the first of two attempts is refused.
        """
        boundary = request.headers["Content-Type"].partition("boundary=")[2]
        self.bodies.append(b"")
        async for piece in request.stream:
            self.bodies[-1] += piece
            if not self._busy and b"filename=" in self.bodies[-1][: -len(piece)]:
                await self._meddle()
        assert self.bodies[-1].endswith(f"\r\n--{boundary}--\r\n".encode())
        if not self._busy:
            return httpx.Response(200, json=FILE)
        await self._meddle()
        self._busy = False
        return httpx.Response(429, headers={"Retry-After": "0"}, json={})

    async def _meddle(self) -> None:
        if self._act is not None:
            await anyio.to_thread.run_sync(self._act)
            self._act = None


async def check_refused(file: Any, act: Callable[[], object], message: str, *, between: bool = False) -> None:
    """The upload ends with the message, and the last body has no end."""
    transport = Meddling(act, between=between)
    async with AsyncImageKit("key", transport=transport) as client:
        with pytest.raises((ValueError, OSError, UploadOutcomeUnknownError)) as caught:
            await client.files.upload(file=file, file_name="a.png")

    assert message in str(caught.value.__cause__ or caught.value)
    assert [between, False] == [len(transport.bodies) == 2, transport.bodies[-1].endswith(b"--\r\n")]


async def check_sent(file: Any, act: Callable[[], object], content: bytes, *, between: bool = False) -> None:
    """The upload succeeds with exactly the content."""
    transport = Meddling(act, between=between)
    async with AsyncImageKit("key", transport=transport) as client:
        await client.files.upload(file=file, file_name="a.png")

    assert [True] * (1 + between) == [content in body for body in transport.bodies]


def other(content: bytes) -> bytes:
    """Different content of the same length."""
    return content[:-1] + bytes([content[-1] ^ 1])


def rewrite(path: Path) -> None:
    """Change the content in place, and set the time of its last change back."""
    before = os.stat(path)
    # The clock of the file system moves in steps of some milliseconds.
    while os.stat(path).st_ctime_ns == before.st_ctime_ns:
        with path.open("r+b") as file:
            file.write(other(path.read_bytes()))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replace(path: Path) -> None:
    """Put another file of the same size and time in its place."""
    before = os.stat(path)
    twin = path.with_name("twin")
    twin.write_bytes(other(path.read_bytes()))
    os.utime(twin, ns=(before.st_atime_ns, before.st_mtime_ns))
    os.replace(twin, path)


def relink(path: Path) -> None:
    """Let the name stand for another file of the same size and time."""
    before = os.stat(path)
    target = path.with_name("target")
    target.write_bytes(other(path.read_bytes()))
    os.utime(target, ns=(before.st_atime_ns, before.st_mtime_ns))
    path.unlink()
    path.symlink_to(target)


def make_fifo(path: Path) -> None:
    """Put a named pipe in its place, which to open would wait for a writer."""
    path.unlink()
    os.mkfifo(path)


@pytest.fixture(params=[SMALL, LARGE], ids=["small", "large"])
def content(request: pytest.FixtureRequest) -> bytes:
    """Content that is read at once, and in several pieces."""
    return bytes(request.param)


@pytest.fixture
def photo(tmp_path: Path, content: bytes) -> Path:
    """A file with the content."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("content", [LARGE], indirect=True)
@pytest.mark.parametrize("change", [rewrite, replace, relink, make_fifo])
async def test_a_path_that_changes_is_refused(photo: Path, content: bytes, change: Callable[[Path], None]) -> None:
    """A path that is rewritten, replaced or re-linked during the upload is noticed, even at equal size and time."""
    message = f"changed on disk during the upload, after {min(CHUNK, len(content))} of {len(content)} bytes"
    await check_refused(photo, lambda: change(photo), message)


@pytest.mark.parametrize("content", [LARGE], indirect=True)
async def test_a_path_that_vanishes_is_refused(photo: Path) -> None:
    """A path that is deleted during the upload ends it with the system's error."""
    await check_refused(photo, photo.unlink, "No such file")


async def test_a_small_path_is_sent_as_it_was(tmp_path: Path) -> None:
    """A small file is read at once, so whatever happens to it before its turn changes nothing."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(SMALL)
    bodies: list[bytes] = []

    class Late(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            """Delete the file, and only then read the body."""
            await anyio.Path(path).unlink()
            bodies.extend([piece async for piece in cast("httpx.AsyncByteStream", request.stream)])
            return httpx.Response(200, json=FILE)

    async with AsyncImageKit("key", transport=Late()) as client:
        await client.files.upload(file=path, file_name="a.png")

    assert [True] == [SMALL in body for body in bodies]


async def test_a_path_that_changes_between_attempts_is_refused(photo: Path) -> None:
    """The file of a retry is the file of the first attempt."""
    await check_refused(photo, lambda: rewrite(photo), "changed on disk during the upload, after 0 of", between=True)


@pytest.mark.parametrize("content", [LARGE], indirect=True)
@pytest.mark.parametrize("opener", ["open", "raw", "anyio", "temporary"])
async def test_an_open_file_that_changes_is_refused(photo: Path, content: bytes, opener: str) -> None:
    """A file on disk that is rewritten in place is noticed, whatever object reads it."""
    if opener == "anyio":
        async with await anyio.open_file(photo, "rb") as asynchronous:
            await check_refused(asynchronous, lambda: rewrite(photo), "file changed during the upload")
    elif opener == "temporary":
        with tempfile.NamedTemporaryFile() as temporary:
            temporary.write(content)
            temporary.seek(0)
            await check_refused(temporary, lambda: rewrite(Path(temporary.name)), "file changed during the upload")
    else:
        with photo.open("rb", buffering=0 if opener == "raw" else -1) as file:
            await check_refused(file, lambda: rewrite(photo), "file changed during the upload")


@pytest.mark.parametrize("change", [replace, Path.unlink, lambda path: os.link(path, path.with_name("link"))])
async def test_an_open_file_may_lose_its_name(photo: Path, content: bytes, change: Callable[[Path], None]) -> None:
    """An open file keeps its content when its path is replaced, deleted or linked."""
    with photo.open("rb") as file:
        await check_sent(file, lambda: change(photo), content)


async def test_a_file_that_others_read_is_refused(tmp_path: Path) -> None:
    """Two readers of one file would take bytes from each other."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(LARGE)
    with path.open("rb") as file:
        await check_refused(
            file, lambda: file.read(1), f"read or moved by other code during the upload, after {CHUNK} of"
        )


def flip(buffer: Any) -> Callable[[], None]:
    """Change the last byte of a buffer when called."""

    def act() -> None:
        with buffer.getbuffer() if isinstance(buffer, io.BytesIO) else memoryview(buffer) as view:
            view[-1] ^= 1

    return act


@pytest.mark.parametrize("kind", ["bytearray", "memoryview", "read-only view", "BytesIO", "mmap"])
async def test_a_buffer_that_changes_is_refused(tmp_path: Path, kind: str) -> None:
    """A buffer in memory that is written to during the upload is noticed before the form is complete."""
    data = bytearray(LARGE)
    backing = tmp_path / "photo.jpg"
    backing.write_bytes(LARGE)
    with backing.open("r+b") as file, mmap.mmap(file.fileno(), 0) as mapped:
        memory = io.BytesIO(LARGE)
        buffers: dict[str, tuple[Any, Any]] = {
            "bytearray": (data, data),
            "memoryview": (memoryview(data), data),
            "read-only view": (memoryview(data).toreadonly(), data),
            "BytesIO": (memory, memory),
            "mmap": (mapped, mapped),
        }
        source, buffer = buffers[kind]
        await check_refused(source, flip(buffer), "changed during the upload: its 640000 bytes known before")


@pytest.mark.parametrize("between", [False, True])
async def test_a_small_buffer(between: bool) -> None:
    """What fits into one chunk is sent as it was, but a retry does not send what has become of it."""
    data = bytearray(SMALL)
    if between:
        await check_refused(data, flip(data), "are not the same", between=True)
    else:
        await check_sent(data, flip(data), SMALL)


async def test_a_strided_view_is_copied() -> None:
    """A view that is not contiguous has to be copied, and cannot change then."""
    data = bytearray(LARGE)
    await check_sent(memoryview(data)[::2], flip(data), LARGE[::2])


class Rereadable:
    """
    An iterable that gives one content after the other, in pieces of varying length.
    """

    def __init__(self, *contents: bytes) -> None:
        self._contents = [*contents]

    def __iter__(self) -> Iterator[bytes]:
        content, cut = self._contents.pop(0), 5 * len(self._contents) + 4
        return iter([content[:cut], content[cut:]])


class Wrapped:
    """
    A file in memory that has only the methods of one.
    """

    def __init__(self, content: bytes) -> None:
        self.file = io.BytesIO(content)

    def read(self, size: int, /) -> bytes:
        """Read on."""
        return self.file.read(size)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Move."""
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        """Return the position."""
        return self.file.tell()


@pytest.mark.parametrize("changed", [other(LARGE), LARGE[:-1], LARGE + b"x", other(LARGE[:5000]) + LARGE[5000:]])
async def test_an_iterable_that_gives_other_bytes_is_not_retried_with_them(changed: bytes) -> None:
    """A second reading must give exactly what the first one gave."""
    await check_refused(Rereadable(LARGE, changed), int, "are not the same", between=True)


async def test_an_iterable_that_gives_the_same_bytes_is_retried() -> None:
    """A second reading in other pieces is the same file."""
    await check_sent(Rereadable(LARGE, LARGE), int, LARGE, between=True)


async def test_a_file_without_a_descriptor_is_compared_between_attempts() -> None:
    """A file that only its methods know is read again for a retry, and compared with the first reading."""
    file = Wrapped(LARGE)
    await check_sent(file, int, LARGE, between=True)
    file.file.seek(0)
    await check_refused(file, flip(file.file), "are not the same", between=True)


class Growing(Wrapped):
    """
    A file that is longer each time it has been read.
    """

    def read(self, size: int, /) -> bytes:
        """Read on, and append."""
        content = self.file.read(size)
        if content:
            position = self.file.tell()
            self.file.seek(0, io.SEEK_END)
            self.file.write(b"more")
            self.file.seek(position)
        return content


async def test_a_small_file_that_grows_is_refused() -> None:
    """A file is read until it has no more, even if all of its announced bytes fit into one piece."""
    await check_refused(Growing(b"0123456789"), int, "it gave 14 of 10 bytes")


async def test_a_spooled_file_stays_in_memory() -> None:
    """A temporary file is not moved to disk for the check, and compared between attempts."""
    with tempfile.SpooledTemporaryFile(max_size=2 * len(LARGE)) as file:
        file.write(LARGE)
        file.seek(0)
        memory: Any = file._file  # type: ignore[attr-defined]  # its state is not public
        await check_sent(file, int, LARGE, between=True)
        file.seek(0)
        await check_refused(file, flip(memory), "are not the same", between=True)

        assert file._file is memory  # type: ignore[attr-defined]
