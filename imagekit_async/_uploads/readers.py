"""
Read one chunk after another from what callers pass: buffers, iterables, and streams that cannot go back.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, Awaitable, Callable, Iterable, Iterator
from typing import Any, Final, TypeAlias, cast

from anyio.lowlevel import checkpoint

from .threads import Steps, Turns, in_thread

CHUNK_BYTES: Final = 256 * 1024

# Returns the next bytes at each call, and b"" at the end.
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
    Pull from an iterable in a worker thread, which is left behind if the caller is canceled.
    """
    chunks: Iterator[bytes] | None = None

    def following() -> bytes:
        nonlocal chunks
        if chunks is None:
            chunks = filter(None, map(as_bytes, iterable))
        return next(chunks, b"")

    async def pull() -> bytes:
        return await in_thread(following)

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


def pull_stream(handle: Any, turns: Turns) -> Pull:
    """
    Pull from an object that can only read on.
    """

    async def pull() -> bytes:
        return as_bytes(await turns.take(reading()))

    def reading() -> Steps[Any]:
        chunk = yield handle.read, CHUNK_BYTES
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
