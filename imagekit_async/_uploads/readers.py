"""
Read one chunk after another from what callers hand over: disk files, file objects, iterables.

Disk and callers' blocking objects are touched in worker threads only. A pull function holds no file of ours open
between two calls, so dropping one leaks nothing.
"""

from __future__ import annotations

import errno
import inspect
import os
import stat
from collections.abc import AsyncIterable, Awaitable, Callable, Iterable, Iterator
from typing import Any, Final, TypeAlias, cast

import attrs
from anyio import to_thread
from anyio.lowlevel import checkpoint

CHUNK_BYTES: Final = 256 * 1024

# Gives the next bytes at each call, and b"" at the end.
Pull: TypeAlias = Callable[[], Awaitable[bytes]]


def pull_held(chunks: Iterator[bytes]) -> Pull:
    """
    Pull bytes that are in memory already.
    """

    async def pull() -> bytes:
        await checkpoint()
        return next(chunks, b"")

    return pull


def pull_sync(iterable: Iterable[object]) -> Pull:
    """
    Pull from an iterable in a worker thread, which is left behind if the caller is cancelled.
    """
    chunks = filter(None, map(as_bytes, iterable))

    async def pull() -> bytes:
        return await to_thread.run_sync(next, chunks, b"", abandon_on_cancel=True)

    return pull


def pull_async(iterable: AsyncIterable[object]) -> Pull:
    """
    Pull from an async iterable.
    """
    iterator = aiter(iterable)

    async def pull() -> bytes:
        async for chunk in iterator:
            if data := as_bytes(chunk):
                return data
        return b""

    return pull


@attrs.frozen
class DiskFile:
    """
    A file as it was when the upload began, opened anew for each chunk, so that no cancellation can leave it open.
    """

    path: str
    size: int
    modified_ns: int

    @classmethod
    def inspect(cls, path: os.PathLike[str]) -> DiskFile:
        """
        Check that `path` is a readable regular file, and remember its state; blocks.
        """
        resolved = os.path.abspath(os.fsdecode(path))
        mode = os.stat(resolved).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), resolved)
        # Opening a named pipe would wait for its writer, out of reach of a cancellation.
        if not stat.S_ISREG(mode):
            raise ValueError("A path to upload must be of a regular file; open anything else and pass the file object.")
        with open(resolved, "rb") as file:
            status = os.fstat(file.fileno())
        return cls(resolved, status.st_size, status.st_mtime_ns)

    def pull(self) -> Pull:
        """
        Pull from the start of the file, as long as its state is the remembered one.
        """
        offset = 0

        async def pull() -> bytes:
            nonlocal offset
            chunk = await to_thread.run_sync(self._read, offset)
            offset += len(chunk)
            return chunk

        return pull

    def _read(self, offset: int) -> bytes:
        with open(self.path, "rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            if (status.st_size, status.st_mtime_ns) != (self.size, self.modified_ns):
                raise ValueError(f"The file to upload changed on disk: {offset} of {self.size} bytes were read before.")
            file.seek(offset)
            return file.read(CHUNK_BYTES)


async def position_of(handle: Any) -> int | None:
    """
    Tell where a file stands, in bytes; None if it cannot go back there.
    """
    # SpooledTemporaryFile can seek, but only says so from Python 3.11 on.
    seekable = getattr(handle, "seekable", None)
    if not (hasattr(handle, "seek") and hasattr(handle, "tell")) or (seekable and not await _call(seekable)):
        return None
    return cast("int", await _call(handle.tell))


async def remaining_bytes(handle: Any, position: int) -> int:
    """
    Count the bytes from `position` to the end, and go back there.
    """
    # Reading nothing shows whether the file is in text mode.
    as_bytes(await _call(handle.read, 0))
    await _call(handle.seek, 0, os.SEEK_END)
    length = cast("int", await _call(handle.tell)) - position
    await _call(handle.seek, position)
    return length


def pull_file(handle: Any, position: int | None) -> Pull:
    """
    Pull from `position` of a file, or from a stream that has none.
    """
    rewound = position is None

    async def pull() -> bytes:
        nonlocal rewound
        if not rewound:
            await _call(handle.seek, position)
            rewound = True
        # A pipe may never give another byte; the disk always answers, and its file is free once the thread is done.
        return as_bytes(await _call(handle.read, CHUNK_BYTES, abandon=position is None))

    return pull


async def _call(method: Callable[..., Any], *args: object, abandon: bool = False) -> object:
    """
    Call a method that may be sync or async, and block only a worker thread if it is sync.
    """
    if inspect.iscoroutinefunction(method):
        return await method(*args)
    # Boxed, as trio refuses a coroutine for a thread's result.
    (result,) = await to_thread.run_sync(lambda: (method(*args),), abandon_on_cancel=abandon)
    return await result if inspect.isawaitable(result) else result


def as_bytes(chunk: object) -> bytes:
    """
    Give the chunk as bytes, or raise TypeError for anything else.
    """
    if isinstance(chunk, (bytes, bytearray, memoryview)):
        return bytes(cast("bytes", chunk))
    raise not_bytes(chunk)


def not_bytes(chunk: object) -> TypeError:
    """
    The error for a chunk that is not bytes.
    """
    return TypeError(f'The upload source gave {type(chunk).__name__} instead of bytes; open files in "rb" mode.')
