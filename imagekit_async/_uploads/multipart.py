"""
Frame text fields and one file as multipart/form-data, streaming the file.

Pure: reads nothing and awaits nothing until the body is sent. httpx writes the wire format, so that names are escaped
and the boundary is drawn in one well-tested place.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Final

import attrs
import httpx

from .progress import Progress
from .readers import SMALL_BYTES
from .sources import ByteSource, bytes_source
from .text import TextSource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .chunks import Chunks
    from .progress import ProgressCallback

# Parsed once; the request that frames a form is never sent.
_NOWHERE: Final = httpx.URL("http://form")


@attrs.frozen(eq=False)
class MultipartBody:
    """
    A form ready to be sent: its headers' values and a fresh stream of its bytes for each attempt.

    `content_type` names the boundary, `content_length` counts bytes and is None if the file's length is unknown.
    """

    content_type: str
    content_length: int | None
    _head: bytes = attrs.field(repr=False)
    _source: ByteSource = attrs.field(repr=False)
    _tail: bytes = attrs.field(repr=False)

    @property
    def replayable(self) -> bool:
        """
        Whether `stream` may be called again after a failed attempt.
        """
        return self._source.replayable

    def stream(self, progress: ProgressCallback | None = None) -> FormStream:
        """
        Start the form from its first byte.

        Args:
            progress: Called with the bytes of the file that were sent, and their total.

        Returns:
            The form in pieces.

        Raises:
            ValueError: The file can be read only once, and was.
                While iterating: the file turned out shorter or longer than announced, or changed.
        """
        return FormStream(self._head, self._source.chunks(), self._tail, Progress(progress, self._source.length))

    def close(self) -> None:
        """
        Release what the file keeps open for a stream that never began.
        """
        self._source.close()


@attrs.define(eq=False)
class FormStream(AsyncIterator[bytes], httpx.AsyncByteStream):
    """
    One pass over a form, to be iterated or set as `stream` of an `httpx.Request`; it may be dropped at any point.

    httpx wraps a plain iterator in an async generator, which trio wants closed when a request is cut off.

    Attributes:
        error: What reading the file raised. The form then has no end, so that no server takes it for a complete one.
    """

    _head: bytes
    _chunks: Chunks
    _tail: bytes
    _progress: Progress
    error: Exception | None = attrs.field(default=None, init=False)

    async def __anext__(self) -> bytes:
        piece, self._head = self._head, b""
        if not piece or self._is_small:
            try:
                piece += await self._content()
            except Exception as error:
                self.error = error
                raise
        if not piece:
            raise StopAsyncIteration
        return piece

    def close(self) -> None:
        """
        Release what the file keeps open; the stream cannot go on.
        """
        self._chunks.close()

    @property
    def _is_small(self) -> bool:
        total = self._progress.total
        return total is not None and total <= SMALL_BYTES

    async def _content(self) -> bytes:
        """
        Return the next bytes of the file, and with the last ones the end of the form.
        """
        tail, self._tail = self._tail, b""
        if not tail:
            return b""
        chunk = await anext(self._chunks, b"")
        if chunk:
            self._progress.add(len(chunk))
        # One write for all of a small form costs less than one for each part.
        if not chunk or (self._is_small and self._progress.complete and not await anext(self._chunks, b"")):
            self._progress.finish()
            return chunk + tail
        self._tail = tail
        return chunk


def encode_multipart(
    fields: Sequence[tuple[str, str]], file_field: str, source: TextSource | ByteSource, *, default_name: str
) -> MultipartBody:
    """
    Frame `fields` and then the file as multipart/form-data.

    Args:
        fields: Names and values of the text parts, in the order in which they are sent.
        file_field: Name of the last part, which carries the file.
        source: A ByteSource becomes a file part. A TextSource becomes one more text part.
        default_name: Filename of a file part whose source has none; must not be empty.

    Returns:
        The form. A file without a MIME type gets the one its name suggests, else `application/octet-stream`.
    """
    if isinstance(source, TextSource):
        source = bytes_source(source.text.encode())
        part: tuple[str | None, bytes, str | None] = (None, b"", None)
    else:
        # A name need not be valid text on disk, but must be on the wire.
        name = (source.name or default_name).encode(errors="replace").decode()
        part = (name, b"", source.mime)
    text_parts = [(name, (None, value)) for name, value in fields]
    form = httpx.Request("POST", _NOWHERE, files=[*text_parts, (file_field, part)])
    content_type = form.headers["Content-Type"]
    tail = f"\r\n--{content_type.partition('boundary=')[2]}--\r\n".encode()
    head = form.read().removesuffix(tail)
    length = None if source.length is None else len(head) + source.length + len(tail)
    return MultipartBody(content_type, length, head, source, tail)
