"""
Read one chunk after another from what callers pass: buffers, iterables, and streams that cannot go back.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Generator, Iterable, Iterator
from contextlib import suppress
from typing import Any, Final, TypeAlias, cast

import attrs
from anyio.lowlevel import checkpoint

from .apart import Apart
from .threads import Steps, Turns, in_thread

# Read in one go, and sent in one write.
SMALL_BYTES: Final = 64 * 1024
CHUNK_BYTES: Final = 256 * 1024
_LARGEST_PIECE_BYTES: Final = 1024 * 1024

# Returns the next bytes at each call, and b"" at the end.
Pull: TypeAlias = Callable[[], Awaitable[bytes]]


def piece_bytes(length: int) -> int:
    """
    Return the size of the pieces of a file: a few large ones cost less, while small ones keep an upload smooth.
    """
    return min(max(CHUNK_BYTES, length // 8), _LARGEST_PIECE_BYTES)


def pull_held(chunks: Iterator[bytes]) -> Pull:
    """
    Pull bytes that are in memory already.
    """

    started = False

    async def pull() -> bytes:
        nonlocal started
        chunk = next(chunks, b"")
        # The end needs no turn of the event loop, nor does content of one chunk.
        if started and chunk:
            await checkpoint()
        started = True
        return chunk

    return pull


@attrs.define(eq=False)
class ThreadPull:
    """
    Pulls from a generator in a worker thread, which is left behind if the caller is canceled.
    """

    _pieces: Generator[bytes]
    _closed: bool = attrs.field(default=False, init=False)

    async def __call__(self) -> bytes:
        return await in_thread(self._next)

    def _next(self) -> bytes:
        piece = next(self._pieces, b"")
        if self._closed:
            self._pieces.close()
        return piece

    def close(self) -> None:
        """
        Release what the generator keeps open, now or when the thread that runs it is done.
        """
        self._closed = True
        # It is executing; `_next` closes it.
        with suppress(ValueError):
            self._pieces.close()


def pull_sync(iterable: Iterable[object]) -> Pull:
    """
    Pull from an iterable in a worker thread.
    """

    def pieces() -> Generator[bytes]:
        yield from filter(None, map(as_bytes, iterable))

    return ThreadPull(pieces())


@attrs.define(eq=False)
class AsyncPull:
    """
    Pulls from an async iterable in a task of its own, which is left behind if the caller is canceled.
    """

    _iterable: AsyncIterable[object]
    _apart: Apart = attrs.field(factory=Apart, init=False)
    _iterator: AsyncIterator[object] | None = attrs.field(default=None, init=False)

    async def __call__(self) -> bytes:
        try:
            chunk = await self._apart.run(self._next)
        except BaseException:
            self.close()
            raise
        if not chunk:
            self.close()
        return chunk

    async def _next(self) -> bytes:
        if self._iterator is None:
            self._iterator = aiter(self._iterable)
        async for chunk in self._iterator:
            if data := as_bytes(chunk):
                return data
        return b""

    def close(self) -> None:
        """
        End the task.
        """
        self._apart.close()


@attrs.define(eq=False)
class ReadAhead:
    """
    Pulls what was read already, and then the rest.
    """

    _first: bytes
    _rest: Pull

    async def __call__(self) -> bytes:
        first, self._first = self._first, b""
        return first or await self._rest()

    def close(self) -> None:
        """
        Release what the rest keeps open.
        """
        close(self._rest)


def close(pull: Pull) -> None:
    """
    Release what a pull keeps open; it cannot go on.
    """
    if isinstance(pull, ThreadPull | AsyncPull | ReadAhead):
        pull.close()


def pull_stream(read: Callable[[int], object], turns: Turns) -> Pull:
    """
    Pull from an object that can only read on.
    """

    async def pull() -> bytes:
        return as_bytes(await turns.take(reading()))

    def reading() -> Steps[Any]:
        chunk = yield read, CHUNK_BYTES
        return chunk

    return pull


def as_bytes(chunk: object) -> bytes:
    """
    Return the chunk as bytes.

    Raises:
        TypeError: It is of another type.
    """
    if isinstance(chunk, (bytes, bytearray, memoryview)):
        return bytes(cast("bytes", chunk))
    raise not_bytes(chunk)


def not_bytes(chunk: object) -> TypeError:
    """
    Return the error for a chunk that is not bytes.
    """
    return TypeError(f'file must contain bytes, got {type(chunk).__name__} instead of bytes; open files in "rb" mode')
