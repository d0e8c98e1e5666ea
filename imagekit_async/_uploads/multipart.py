"""
Frame text fields and one file as multipart/form-data, streaming the file.

Pure: reads nothing and awaits nothing until the body is sent. The wire format is that of httpx, byte for byte; to let
httpx write it takes a request that is never sent, a twelfth of the time of a small upload.
"""

from __future__ import annotations

import mimetypes
import os
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Final

import attrs
import httpx

from .progress import Reporter
from .readers import SMALL_BYTES
from .sources import ByteSource, bytes_source
from .text import TextSource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .chunks import Chunks
    from .progress import ProgressCallback

# As browsers escape names (HTML Standard, section 4.10.22.8), and httpx a few more characters.
_ESCAPES: Final = {ord('"'): "%22", ord("\\"): "\\\\"} | {code: f"%{code:02X}" for code in range(32) if code != 0x1B}


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
        return FormStream(self._head, self._source.chunks(), self._tail, Reporter(progress, self._source.length))

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
    _progress: Reporter
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
        source, disposition = bytes_source(source.text.encode()), ""
    else:
        # A name need not be valid text on disk, but must be on the wire.
        name = (source.name or default_name).encode(errors="replace").decode()
        mime = source.mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        disposition = f'; filename="{name.translate(_ESCAPES)}"\r\nContent-Type: {mime}'
    boundary = os.urandom(16).hex()
    between = f'--{boundary}\r\nContent-Disposition: form-data; name="'
    parts = [f'{name.translate(_ESCAPES)}"\r\n\r\n{value}' for name, value in fields]
    parts.append(f'{file_field.translate(_ESCAPES)}"{disposition}\r\n\r\n')
    head = (between + f"\r\n{between}".join(parts)).encode()
    tail = f"\r\n--{boundary}--\r\n".encode()
    length = None if source.length is None else len(head) + source.length + len(tail)
    return MultipartBody(f"multipart/form-data; boundary={boundary}", length, head, source, tail)
