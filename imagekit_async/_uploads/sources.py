"""
Turn whatever a caller passes as `file=` into text to send as it is, or into an async source of bytes.

Everything that can be checked is checked before the first byte leaves, and what can only be seen while reading ends
the upload with an error instead of a wrong body.
"""

from __future__ import annotations

import io
import mimetypes
import os
import re
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable, Iterator
from functools import partial
from typing import Any, Final, Protocol, TypeAlias, cast, runtime_checkable

import attrs
from anyio import to_thread

from .readers import (
    CHUNK_BYTES,
    DiskFile,
    Pull,
    as_bytes,
    not_bytes,
    position_of,
    pull_async,
    pull_file,
    pull_held,
    pull_sync,
    remaining_bytes,
)

_LONGEST_PATH_CHARS: Final = 4096
_BASE64: Final = re.compile("[A-Za-z0-9+/]+={0,2}")
_ACCEPTED: Final = (
    "bytes, a path, a binary file, an iterable of bytes, (name, content), (name, content, mime), or a str with a URL, "
    "base64 or a data URI"
)


class BinaryFile(Protocol):
    """
    Any object that reads bytes, such as `open(path, "rb")`, `io.BytesIO` or a temporary file.
    """

    def read(self, size: int, /) -> bytes:
        """
        Give up to `size` bytes; b"" at the end.
        """
        ...


class AsyncBinaryFile(Protocol):
    """
    Any object that reads bytes when awaited, as those of anyio, aiofiles and Starlette do.
    """

    def read(self, size: int, /) -> Awaitable[bytes]:
        """
        Give up to `size` bytes; b"" at the end.
        """
        ...


_Content: TypeAlias = (
    bytes
    | bytearray
    | memoryview
    | os.PathLike[str]
    | BinaryFile
    | AsyncBinaryFile
    | Iterable[bytes]
    | AsyncIterable[bytes]
)
FileInput: TypeAlias = str | _Content | tuple[str, _Content] | tuple[str, _Content, str | None]


@runtime_checkable
class _FormUpload(Protocol):
    """
    Starlette's UploadFile: it cannot tell its position, but the file it wraps can.
    """

    file: Any
    filename: str | None
    content_type: str | None


@attrs.frozen
class TextSource:
    """
    Text that the API itself turns into a file: a URL to fetch, base64 or a data URI.
    """

    text: str = attrs.field(repr=False)


@attrs.define(eq=False)
class ByteSource:
    """
    Bytes to upload, and what is known of them before the first is read.

    `length` counts bytes and is None if unknown; `replayable` says whether `chunks` may be called more than once.
    """

    name: str | None
    mime: str | None
    length: int | None
    replayable: bool
    _start: Callable[[], Pull] = attrs.field(repr=False)
    _started: bool = attrs.field(default=False, init=False, repr=False)

    def chunks(self) -> AsyncIterator[bytes]:
        """
        Read the source from its start.

        Returns:
            The bytes in order; an iterator that may be dropped at any point, since it holds nothing open.

        Raises:
            ValueError: The source can be read only once, and was.
                While iterating: it turned out shorter or longer than `length`, or differs from the first time.
            TypeError: While iterating: the source gave something other than bytes.
        """
        if self._started and not self.replayable:
            raise ValueError("This upload source was read already and cannot be read again from its start.")
        self._started = True
        return _Chunks(self._start(), self.length)


@attrs.define(eq=False)
class _Chunks(AsyncIterator[bytes]):
    # A class, since an async generator that is dropped half-way must be closed by somebody; trio warns when it is not.
    _pull: Pull
    _length: int | None
    _sent: int = 0

    async def __anext__(self) -> bytes:
        chunk = await self._pull()
        self._sent += len(chunk)
        if self._length is not None and (self._sent > self._length or (not chunk and self._sent < self._length)):
            raise ValueError(
                f"The upload source changed while being read: it gave {self._sent} of {self._length} bytes."
            )
        if not chunk:
            raise StopAsyncIteration
        return chunk


async def open_source(file: FileInput) -> TextSource | ByteSource:
    """
    Recognise and check an upload before anything is sent.

    Args:
        file: Bytes, a path, a binary file (sync or async), an iterable of bytes (sync or async), a tuple
            `(name, content)` or `(name, content, mime)`, or as str an http(s) URL, base64 text or a data URI.
            A file is read from its current position, returns to it for a replay, and is never closed.
            A path is opened only while a chunk is read.

    Returns:
        Text to send as it is, or a source of bytes. Bytes, paths, seekable files, and iterables that are not iterators
        can be replayed.

    Raises:
        TypeError: Not one of the accepted types, a file in text mode, or an iterable of something other than bytes.
        ValueError: Empty or closed, a str that looks like a local path, a path to something other than a file,
            or a MIME type that cannot stand in a header.
        OSError: The path cannot be read; FileNotFoundError or IsADirectoryError where that is why.
    """
    if isinstance(file, str):
        return await to_thread.run_sync(_text_source, file)
    if isinstance(file, tuple) and file and isinstance(file[0], str):
        source = await _named_source(file)
    else:
        source = await _byte_source(file)
    # The first guess of a type reads the system's tables from disk; httpx guesses on the event loop.
    await to_thread.run_sync(mimetypes.guess_type, "")
    return source


def bytes_source(data: bytes | bytearray | memoryview) -> ByteSource:
    """
    Give a nameless source of bytes that are in memory already.
    """

    def slices() -> Iterator[bytes]:
        view = memoryview(data)
        view = (view if view.c_contiguous else memoryview(view.tobytes())).cast("B")
        return (bytes(view[start : start + CHUNK_BYTES]) for start in range(0, len(view), CHUNK_BYTES))

    return _held_source(slices, memoryview(data).nbytes)


def _text_source(text: str) -> TextSource:
    scheme, _, rest = text[:9].partition("://")
    if not text.strip():
        raise _empty("text")
    if rest and scheme.lower() in {"http", "https"}:
        return TextSource(text)
    if text[:5].lower() == "data:" and "," in text:
        if text.endswith(","):
            raise _empty("data URI")
        return TextSource(text)
    compact = text.replace("\r", "").replace("\n", "")
    is_base64 = len(compact) % 4 == 0 and _BASE64.fullmatch(compact)
    if not is_base64 or (len(text) < _LONGEST_PATH_CHARS and os.path.exists(text)):
        raise ValueError(
            "A str to upload must be an http(s) URL, base64 text or a data URI; pass a local file as pathlib.Path(...)."
        )
    return TextSource(compact)


async def _named_source(file: tuple[Any, ...]) -> ByteSource:
    match file:
        case (str() as name, content):
            mime = None
        case (str() as name, content, None | str() as mime):
            pass
        case _:
            raise TypeError("A tuple to upload must be (name, content) or (name, content, mime).")
    if isinstance(content, str):
        raise TypeError(
            "The content in a tuple to upload must not be a str; pass text as bytes, a file as pathlib.Path(...)."
        )
    if mime and not _fits_header(mime):
        raise ValueError("A MIME type must be printable ASCII text.")
    source = await _byte_source(content)
    return attrs.evolve(source, name=name, mime=mime or source.mime)


async def _byte_source(file: Any) -> ByteSource:
    if isinstance(file, (bytes, bytearray, memoryview)):
        return bytes_source(cast("bytes", file))
    if isinstance(file, os.PathLike):
        return await _path_source(cast("os.PathLike[str]", file))
    if hasattr(file, "read"):
        return await _file_source(file)
    if isinstance(file, (list, tuple)):
        parts = [as_bytes(part) for part in cast("list[object]", file)]
        return _held_source(lambda: filter(None, parts), sum(map(len, parts)))
    if isinstance(file, AsyncIterable):
        pull = partial(pull_async, cast("AsyncIterable[object]", file))
        return await _unmeasured_source(pull, replayable=not isinstance(file, AsyncIterator))
    if isinstance(file, Iterable):
        pull = partial(pull_sync, cast("Iterable[object]", file))
        return await _unmeasured_source(pull, replayable=not isinstance(file, Iterator))
    raise TypeError(f"Cannot upload {type(file).__name__}; pass {_ACCEPTED}.")


def _held_source(slices: Callable[[], Iterator[bytes]], length: int) -> ByteSource:
    if not length:
        raise _empty("bytes")
    return ByteSource(None, None, length, True, lambda: pull_held(slices()))


async def _unmeasured_source(start: Callable[[], Pull], *, replayable: bool) -> ByteSource:
    # The first chunk is read here, so that an empty source is refused before a request begins.
    opened = start()
    first = await opened()
    if not first:
        raise _empty("source")
    unresumed = [opened]

    def resume() -> Pull:
        peeked = bool(unresumed)
        pull = unresumed.pop() if peeked else start()
        pending = [first]

        async def step() -> bytes:
            if not pending:
                return await pull()
            # An iterable may hand out one exhausted or half-read iterator again and again.
            if not peeked and await pull() != first:
                raise ValueError("The upload source gave other bytes when it was read again.")
            return pending.pop()

        return step

    return ByteSource(None, None, None, replayable, resume)


async def _path_source(path: os.PathLike[str]) -> ByteSource:
    file = await to_thread.run_sync(DiskFile.inspect, path)
    if not file.size:
        raise _empty("file")
    return ByteSource(os.path.basename(file.path), None, file.size, True, file.pull)


async def _file_source(file: Any) -> ByteSource:
    handle = file.file if isinstance(file, _FormUpload) and not hasattr(file, "tell") else file
    if isinstance(handle, io.TextIOBase):
        raise not_bytes("")
    if getattr(handle, "closed", False) is True:
        raise ValueError("The file to upload is closed.")
    position = await position_of(handle)
    start = partial(pull_file, handle, position)
    if position is None:
        source = await _unmeasured_source(start, replayable=False)
    else:
        length = await remaining_bytes(handle, position)
        if length <= 0:
            raise ValueError(f"The file to upload is empty from its current position on, which is byte {position}.")
        source = ByteSource(None, None, length, True, start)
    name = getattr(file, "filename", None) or getattr(file, "name", None)
    mime = getattr(file, "content_type", None)
    return attrs.evolve(
        source,
        name=os.path.basename(name) if isinstance(name, str) else None,
        # Often dictated by whoever sent the file, and never trusted by the API: not worth failing for.
        mime=mime if isinstance(mime, str) and _fits_header(mime) else None,
    )


def _empty(kind: str) -> ValueError:
    return ValueError(f"The {kind} to upload is empty.")


def _fits_header(mime: str) -> bool:
    return mime.isascii() and mime.isprintable()
