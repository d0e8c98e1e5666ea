"""
The bytes of an upload, written to disk whatever form they come in.

Only base64 text is held in memory, because it arrives in a text field; the form's parser bounds it.
"""

from __future__ import annotations

import base64
import re
import shutil
from pathlib import Path
from typing import BinaryIO

import anyio.to_thread
from starlette.datastructures import UploadFile

from imagekit_local._account import Settings
from imagekit_local._errors import invalid_file
from imagekit_local._uploads.fetching import fetch

_WEB_URL = re.compile("https?://", re.IGNORECASE)
_DATA_URI = re.compile("data:", re.IGNORECASE)
_COPY_BYTES = 1024 * 1024


async def write_source(settings: Settings, source: UploadFile | str, path: Path) -> int:
    """
    Write the bytes of a `file` field to a path.

    Args:
        settings: Size limits, and the bounds of a fetch.
        source: A file part, or the text of a text part: URL, data URI or base64.
        path: Where to write; nothing is there yet.

    Returns:
        The number of bytes.

    Raises:
        ApiError: 400, there are no usable bytes, or more than any file may have.
    """
    if isinstance(source, UploadFile):
        return await anyio.to_thread.run_sync(_copy, source.file, path)
    if _WEB_URL.match(source):
        return await fetch(settings, source, path)
    return await anyio.to_thread.run_sync(_decode, source, path)


def _copy(source: BinaryIO, path: Path) -> int:
    with path.open("wb") as target:
        shutil.copyfileobj(source, target, _COPY_BYTES)
        return target.tell()


def _decode(text: str, path: Path) -> int:
    if _DATA_URI.match(text):
        head, _, text = text.partition(",")
        if not head.lower().endswith(";base64"):
            raise invalid_file()
    digits = "".join(text.split()).rstrip("=")
    try:
        return path.write_bytes(base64.b64decode(digits + "=" * (-len(digits) % 4), validate=True))
    except ValueError:
        raise invalid_file() from None
