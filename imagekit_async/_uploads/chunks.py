"""
Check what a source gives: no more and no less than announced, and in each pass the same.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from zlib import crc32

import attrs

from .readers import Pull, close


@attrs.define
class Content:
    """
    The content of a source, as far as it is known.

    Attributes:
        count: Bytes known, from the start.
        checksum: Their CRC-32.
        complete: Whether they are all.
    """

    count: int = 0
    checksum: int = 0
    complete: bool = False

    def extended(self, data: bytes | memoryview) -> Content:
        """
        Return the content with more bytes at its end.
        """
        return Content(self.count + len(data), crc32(data, self.checksum))


@attrs.define(eq=False)
class Chunks(AsyncIterator[bytes]):
    """
    One pass over a source; a class, because trio warns about an async generator that is dropped half-way.

    Attributes:
        length: Bytes that the source announced; None if unknown.
        content: What earlier passes gave, to compare with and to extend; None for a source that needs no comparison.
    """

    _pull: Pull
    _length: int | None
    _content: Content | None
    _given: Content = attrs.field(factory=Content, init=False)

    async def __anext__(self) -> bytes:
        chunk = await self._pull()
        count = self._given.count + len(chunk)
        if self._length is not None and (count > self._length or (not chunk and count < self._length)):
            raise ValueError(f"file changed during the upload: it gave {count} of {self._length} bytes")
        if self._content is None:
            self._given.count = count
        else:
            self._compare(chunk, self._content)
        if not chunk:
            raise StopAsyncIteration
        return chunk

    def close(self) -> None:
        """
        Release what the pass keeps open; it cannot go on.
        """
        close(self._pull)

    def _compare(self, chunk: bytes, known: Content) -> None:
        again = max(0, known.count - self._given.count)
        view = memoryview(chunk)
        self._given = self._given.extended(view[:again])
        too_short = not chunk and self._given.count < known.count
        too_long = known.complete and len(chunk) > again
        differs = self._given.count == known.count and self._given.checksum != known.checksum
        if too_short or too_long or differs:
            raise ValueError(f"file changed during the upload: its {known.count} bytes known before are not the same")
        self._given = self._given.extended(view[again:])
        if self._given.count > known.count:
            known.count, known.checksum = self._given.count, self._given.checksum
        known.complete = known.complete or not chunk
