"""
The bytes of an upload, brought to disk whatever form they come in.

Only base64 text is held in memory, as it arrives in a text field; the form's parser bounds it.
"""

from __future__ import annotations

import base64
import re
import shutil
from contextlib import aclosing
from pathlib import Path
from typing import BinaryIO

import anyio
import anyio.to_thread
import httpx
from starlette.datastructures import UploadFile

from imagekit_local._account import Settings
from imagekit_local._errors import ApiError
from imagekit_local._reachability import client, is_reachable

_WEB_URL = re.compile("https?://", re.IGNORECASE)
_DATA_URI = re.compile("data:", re.IGNORECASE)
_COPY_BYTES = 1024 * 1024
_INVALID_FILE = "Your request contains invalid file parameter."


async def write_source(settings: Settings, source: UploadFile | str, path: Path) -> int:
    """
    Bring the bytes of a `file` field to a path.

    Args:
        settings: Size limits and the time that an origin has to answer.
        source: A file part, or the text of a text part: URL, data URI or base64.
        path: Where to write; nothing is there yet.

    Returns:
        The number of bytes.

    Raises:
        ApiError: 400, no bytes can be had, or more of them than any file may have.
    """
    if isinstance(source, UploadFile):
        return await anyio.to_thread.run_sync(_copy, source.file, path)
    if _WEB_URL.match(source):
        return await _fetch(settings, source, path)
    return await anyio.to_thread.run_sync(_decode, source, path)


def too_large() -> ApiError:
    """
    The error for a file above the limit of its type.
    """
    return ApiError(400, f"{_INVALID_FILE} The file size exceeds limits.")


def _copy(source: BinaryIO, path: Path) -> int:
    with path.open("wb") as target:
        shutil.copyfileobj(source, target, _COPY_BYTES)
        return target.tell()


def _decode(text: str, path: Path) -> int:
    if _DATA_URI.match(text):
        head, _, text = text.partition(",")
        if not head.lower().endswith(";base64"):
            raise ApiError(400, _INVALID_FILE)
    digits = "".join(text.split()).rstrip("=")
    try:
        return path.write_bytes(base64.b64decode(digits + "=" * (-len(digits) % 4), validate=True))
    except ValueError:
        raise ApiError(400, _INVALID_FILE) from None


async def _fetch(settings: Settings, url: str, path: Path) -> int:
    try:
        if not is_reachable(url, settings.allowed_hosts):
            raise ApiError(400, f"{_INVALID_FILE} The local ImageKit fetches from loopback and allowed hosts only.")
        async with client(settings.fetch_timeout_seconds) as http:
            with anyio.fail_after(settings.fetch_timeout_seconds):
                response = await http.send(http.build_request("GET", url), stream=True)
            async with aclosing(response):
                response.raise_for_status()
                return await _receive(response, path, settings.largest_bytes)
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError):
        raise ApiError(400, _INVALID_FILE) from None


async def _receive(response: httpx.Response, path: Path, limit: int) -> int:
    size = 0
    async with await anyio.open_file(path, "wb") as target:
        # Leaving the loop early would abandon the generators within httpx; a cancelled read ends them.
        with anyio.CancelScope() as reading:
            async for chunk in response.aiter_bytes():
                size += len(chunk)
                if size > limit:
                    reading.cancel()
                else:
                    await target.write(chunk)
    if size > limit:
        raise too_large()
    return size
