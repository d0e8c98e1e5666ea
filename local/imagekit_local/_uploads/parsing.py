"""
Parse the multipart form of an upload as it arrives, within bounds.
"""

from __future__ import annotations

import codecs
from collections.abc import AsyncGenerator

from python_multipart.multipart import parse_options_header
from starlette.datastructures import Headers
from starlette.formparsers import MultiPartException, MultiPartParser

from imagekit_local._errors import invalid_value

_MAX_FILES = 10
_MAX_FIELDS = 100
_MAX_TEXT_BYTES = 1024 * 1024
_MAX_TEXTS_BYTES = 4 * _MAX_TEXT_BYTES
# Other encodings are slow to decode, raise unexpected errors, or yield surrogates.
_CHARSETS = {"ascii", "iso8859-1", "utf-8"}


class UploadParser(MultiPartParser):
    """
    Reads a form: files into temporary files, texts into memory.

    Args:
        headers: Headers of the request.
        stream: Its body.
        largest_bytes: Largest accepted size of a file. One more byte of a larger file is kept, to detect it.
    """

    def __init__(self, headers: Headers, stream: AsyncGenerator[bytes, None], largest_bytes: int) -> None:
        # Base64 is a third larger than its bytes. Twice the size leaves slightly too large files to the size check.
        room = 2 * largest_bytes + 1024
        super().__init__(headers, stream, max_files=_MAX_FILES, max_fields=_MAX_FIELDS, max_part_size=room)
        self._room_for_files = largest_bytes + 1
        self._room_for_base64 = room
        self._room_for_texts = _MAX_TEXTS_BYTES
        self._check_charset()

    def on_headers_finished(self) -> None:
        """
        Start a part. The type of a file without a name distinguishes it from base64.
        """
        part = self._current_part
        _, options = parse_options_header(part.content_disposition)
        types = [value for name, value in part.item_headers if name == b"content-type"]
        if options.get(b"name") == b"file" and types and not types[0].lower().startswith(b"text/"):
            part.content_disposition = b'form-data; name="file"; filename=""'
        super().on_headers_finished()

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        """
        Add a chunk to a part.

        Raises:
            ApiError: 400 if a text is too long.
            MultiPartException: All texts together are too long.
        """
        part, size = self._current_part, end - start
        if part.file is not None:
            end = min(end, start + self._room_for_files)
            self._room_for_files -= end - start
        elif part.field_name == "file":
            self._room_for_base64 -= size
        elif len(part.data) + size > _MAX_TEXT_BYTES:
            raise invalid_value(part.field_name)
        else:
            self._room_for_texts -= size
        if min(self._room_for_base64, self._room_for_texts) < 0:
            raise MultiPartException("the texts are too long")
        super().on_part_data(data, start, end)

    def _check_charset(self) -> None:
        _, options = parse_options_header(self.headers["content-type"])
        try:
            known = codecs.lookup(options.get(b"charset", b"utf-8").decode("latin-1")).name in _CHARSETS
        except (LookupError, ValueError):
            known = False
        if not known:
            raise MultiPartException("the charset is unknown")
