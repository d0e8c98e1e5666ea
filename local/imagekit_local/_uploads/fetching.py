"""
The file of an upload by URL, fetched within bounds whatever its origin sends.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path

import anyio
import httpx

from imagekit_local._account import Settings
from imagekit_local._errors import ApiError, file_too_large, invalid_file
from imagekit_local._reachability import UnreachableError

_STEP_BYTES = 64 * 1024
# What makes zlib recognize the header of gzip and of zlib.
_GZIP_OR_ZLIB = 47


async def fetch(settings: Settings, url: str, path: Path) -> int:
    """
    Write the body of a URL to a path.

    Args:
        settings: Where requests may go, how long the whole fetch may take, and the largest decoded size.
        url: The URL. Redirects are not followed.
        path: Where to write.

    Returns:
        The number of bytes, decoded.

    Raises:
        ApiError: 400, the URL must not or cannot be fetched in time, or its file is too large.
    """
    try:
        async with settings.reach.client(settings.fetch_timeout_seconds) as http:
            with anyio.fail_after(settings.fetch_timeout_seconds):
                request = http.build_request("GET", url, headers={"accept-encoding": "gzip, deflate"})
                response = await http.send(request, stream=True)
                async with aclosing(response):
                    response.raise_for_status()
                    return await _receive(response, path, settings.largest_bytes)
    except UnreachableError as error:
        raise invalid_file(str(error)) from None
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, UnicodeError, zlib.error):
        raise invalid_file() from None


async def _receive(response: httpx.Response, path: Path, limit: int) -> int:
    decoder = _Decoder(response.headers.get("content-encoding", ""))
    deadline = anyio.current_effective_deadline()
    size = 0
    failure: Exception | None = None
    async with await anyio.open_file(path, "wb") as target:
        # Leaving the loop early would abandon the generators within httpx; a canceled read ends them.
        with anyio.CancelScope() as reading:
            async for chunk in response.aiter_raw():
                try:
                    for piece in decoder.decode(chunk):
                        size += len(piece)
                        if size > limit:
                            raise file_too_large()
                        await _write(target, piece, deadline)
                except (ApiError, OSError, zlib.error) as error:
                    failure = error
                    reading.cancel()
    if failure is not None:
        raise failure
    decoder.close()
    return size


async def _write(target: anyio.AsyncFile[bytes], piece: bytes, deadline: float) -> None:
    if anyio.current_time() >= deadline:
        raise TimeoutError
    # Only reads are canceled, which ends the generators that a canceled write would abandon.
    with anyio.CancelScope(shield=True):
        await target.write(piece)


class _Decoder:
    """
    Undoes one content encoding in bounded steps; several on top of one another are refused.
    """

    def __init__(self, encoding: str) -> None:
        name = encoding.strip().lower()
        if name not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise zlib.error(f"unsupported content encoding {encoding!r}")
        self._zlib = None if name in {"", "identity"} else zlib.decompressobj(_GZIP_OR_ZLIB)

    def decode(self, chunk: bytes) -> Iterator[bytes]:
        if self._zlib is None:
            yield chunk
            return
        if self._zlib.eof:
            raise zlib.error("bytes after the end of the compressed data")
        piece = bytes(_STEP_BYTES)
        # A step that is not full leaves nothing behind.
        while len(piece) == _STEP_BYTES:
            piece = self._zlib.decompress(chunk, _STEP_BYTES)
            chunk = self._zlib.unconsumed_tail
            yield piece

    def close(self) -> None:
        if self._zlib is not None and (self._zlib.unused_data or not self._zlib.eof):
            raise zlib.error("the compressed data does not end where the body does")
