"""
Turn whatever a caller passes as `file=` into text to send as it is, or into an async source of bytes.

Everything that can be checked is checked before the first byte is sent. What only shows while reading ends the upload
with an error instead of a wrong body.
"""

from __future__ import annotations

import mimetypes
import os
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Callable,
    Generator,
    Iterable,
    Iterator,
)
from functools import partial
from typing import Any, Final, Protocol, TypeAlias, cast
from zlib import crc32

import attrs

from .._scalars import placed, wrong_type
from .chunks import Chunks, Content
from .files import DiskFile, OpenFile
from .handles import Handle
from .readers import (
    CHUNK_BYTES,
    AsyncPull,
    Pull,
    ReadAhead,
    as_bytes,
    piece_bytes,
    pull_held,
    pull_stream,
    pull_sync,
)
from .text import TextSource, text_source
from .threads import Turns, in_thread

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
        Return up to `size` bytes; b"" at the end.
        """
        ...


class AsyncBinaryFile(Protocol):
    """
    Any object that reads bytes when awaited, such as a file of anyio, aiofiles or Starlette.
    """

    def read(self, size: int, /) -> Awaitable[bytes]:
        """
        Return up to `size` bytes; b"" at the end.
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
"""
What `file=` takes: bytes, a path, a binary file, an iterable of bytes, a URL, base64, or `(name, content[, mime])`.
"""


@attrs.define(eq=False)
class ByteSource:
    """
    Bytes to upload, and what is known of them before the first is read.

    Attributes:
        name: File name; None if the source has none.
        mime: MIME type; None if the source has none.
        length: Bytes; None if unknown.
        replayable: Whether `chunks` may be called more than once.
    """

    name: str | None
    mime: str | None
    length: int | None
    replayable: bool
    _start: Callable[[], Pull] = attrs.field(repr=False)
    # What each pass has to give; None if the content cannot change, or if the reader notices.
    _content: Content | None = attrs.field(default=None, repr=False)
    _unresumed: list[ReadAhead] = attrs.field(factory=list[ReadAhead], repr=False)
    _started: bool = attrs.field(default=False, init=False, repr=False)

    def chunks(self) -> Chunks:
        """
        Read the source from its start.

        Returns:
            The bytes in order; an iterator that may be dropped at any point, and closed before.

        Raises:
            ValueError: The source can be read only once, and was.
                While iterating: it turned out shorter or longer than `length`, or changed since it was first read.
            TypeError: While iterating: the source gave something other than bytes.
        """
        if self._started and not self.replayable:
            raise ValueError("file was read already and cannot be read again from its start")
        self._started = True
        return Chunks(self._start(), self.length, self._content)

    def close(self) -> None:
        """
        Release what was opened for a first pass that never began.
        """
        for pull in self._unresumed:
            pull.close()


async def open_source(file: FileInput) -> TextSource | ByteSource:
    """
    Recognize and check an upload before anything is sent.

    Args:
        file: Bytes, a path, a binary file (sync or async), an iterable of bytes (sync or async), a tuple
            `(name, content)` or `(name, content, mime)`, or as str an http(s) URL, a data URI or base64 that cannot be
            mistaken for a path. A file is read from its current position, returns to it for a retry, and is never
            closed. A path is open only while it is sent.

    Returns:
        Text to send as it is, or a source of bytes. Bytes, paths, seekable files, and iterables that are not iterators
        can be replayed.

    Raises:
        TypeError: Not one of the accepted types, a file in text mode, or an iterable of something other than bytes.
        ValueError: Empty or closed, a str that may be a local path, a path to something other than a file,
            or a MIME type that cannot be sent in a header.
        OSError: The path cannot be read; FileNotFoundError or IsADirectoryError if that is why.
    """
    if isinstance(file, str):
        return text_source(file)
    if isinstance(file, tuple) and file:
        source = await _named_source(file)
    else:
        source = await _byte_source(file)
    if not mimetypes.inited:
        # The first guess of a type reads the system's tables from disk; httpx guesses on the event loop.
        await in_thread(mimetypes.init)
    return source


def bytes_source(data: bytes | bytearray | memoryview, content: Content | None = None) -> ByteSource:
    """
    Return a nameless source of bytes that are in memory already; of those that can change, with what they should be.
    """

    def slices() -> Iterator[bytes]:
        view = memoryview(data).cast("B")
        size = piece_bytes(len(view))
        return (bytes(view[start : start + size]) for start in range(0, len(view), size))

    return _held_source(slices, memoryview(data).nbytes, content)


async def _mutable_source(data: bytearray | memoryview) -> ByteSource:
    view = memoryview(data)
    if not view.c_contiguous:
        return bytes_source(view.tobytes())
    # The upload may take long, and other code may write to the buffer in the meantime.
    checksum = crc32(view) if view.nbytes <= CHUNK_BYTES else await in_thread(partial(crc32, view))
    return bytes_source(data, Content(view.nbytes, checksum, complete=True))


async def _named_source(file: tuple[Any, ...]) -> ByteSource:
    match file:
        case (str() as name, content):
            mime = None
        case (str() as name, content, None | str() as mime):
            pass
        case (str(), *_):
            raise TypeError("file must be (name, content) or (name, content, mime) when it is a tuple")
        case _:
            kind = type(cast("object", file[0])).__name__
            advice = "path.name" if hasattr(file[0], "__fspath__") else "chunks of bytes as a list, list(file)"
            raise TypeError(f"file[0] must be a name as a str, got {kind}; pass {advice}")
    if isinstance(content, (str, tuple)):
        raise TypeError(
            f"file[1] must not be a {'str' if isinstance(content, str) else 'tuple'}; "
            "pass text as bytes, a local file as pathlib.Path(...), chunks of bytes as a list"
        )
    if mime and not _fits_header(mime):
        raise ValueError("file[2] must be a MIME type of printable ASCII text")
    source = await _byte_source(content)
    return attrs.evolve(source, name=name, mime=mime or source.mime)


async def _byte_source(file: Any) -> ByteSource:
    if isinstance(file, bytes):
        return bytes_source(file)
    if isinstance(file, (bytearray, memoryview)):
        return await _mutable_source(cast("bytearray | memoryview", file))
    if isinstance(file, os.PathLike):
        return await _path_source(cast("os.PathLike[str]", file))
    if isinstance(file, (list, tuple)):
        parts = [as_bytes(part) for part in cast("list[object]", file)]
        return _held_source(lambda: filter(None, parts), sum(map(len, parts)))
    if not isinstance(file, (Generator, AsyncGenerator)) and (handle := await Handle.of(file)) is not None:
        return await _file_source(handle)
    if isinstance(file, AsyncIterable):
        asynchronous = partial(AsyncPull, cast("AsyncIterable[object]", file))
        return await _unmeasured_source(asynchronous, replayable=not isinstance(file, AsyncIterator))
    if isinstance(file, Iterable):
        threaded = partial(pull_sync, cast("Iterable[object]", file))
        return await _unmeasured_source(threaded, replayable=not isinstance(file, Iterator))
    raise placed(wrong_type(_ACCEPTED, file), "file")


def _held_source(slices: Callable[[], Iterator[bytes]], length: int, content: Content | None = None) -> ByteSource:
    if not length:
        raise _empty("it has no bytes")
    return ByteSource(None, None, length, True, lambda: pull_held(slices()), content)


async def _unmeasured_source(start: Callable[[], Pull], *, replayable: bool) -> ByteSource:
    # The first chunk is read here, so that an empty source is refused before a request begins.
    opened = start()
    first = await opened()
    if not first:
        raise _empty("it gave no bytes")
    unresumed = [ReadAhead(first, opened)]

    def resume() -> Pull:
        return unresumed.pop() if unresumed else start()

    # An iterable may hand out one exhausted or half-read iterator again and again.
    return ByteSource(None, None, None, replayable, resume, Content() if replayable else None, unresumed)


async def _path_source(path: os.PathLike[str]) -> ByteSource:
    file = await in_thread(partial(DiskFile.inspect, path))
    if not file.state.size:
        raise _empty(repr(file.path))
    return ByteSource(os.path.basename(file.path), None, file.state.size, True, file.pull)


async def _file_source(handle: Handle) -> ByteSource:
    turns = Turns(handle.asynchronous)
    opened = await OpenFile.inspect(handle, turns)
    if opened is None:
        source = await _unmeasured_source(partial(pull_stream, handle.read, turns), replayable=False)
    else:
        if opened.length <= 0:
            raise _empty(f"{handle.name!r} from its current position on, which is byte {opened.start}")
        source = _open_source(opened)
    # A type that cannot be sent is often dictated by another client, and never trusted by the API: not worth failing.
    mime = handle.mime if handle.mime and _fits_header(handle.mime) else None
    return attrs.evolve(source, name=handle.name, mime=mime)


def _open_source(file: OpenFile) -> ByteSource:
    content = (
        None
        if file.state
        else Content()
        if file.checksum is None
        else Content(file.length, file.checksum, complete=True)
    )
    return ByteSource(None, None, file.length, True, file.pull, content)


def _empty(what: str) -> ValueError:
    return ValueError(f"file is empty: {what}")


def _fits_header(mime: str) -> bool:
    return mime.isascii() and mime.isprintable()
