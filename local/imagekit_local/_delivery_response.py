"""
Deliver bytes by the rules of HTTP: conditionally, in part, or as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import anyio
import attrs
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

# No size has more digits, and Python reads no number with thousands of them.
_RANGE = re.compile(r"bytes=(?!-$)([0-9]{0,18})-([0-9]{0,18})")
_CHUNK = 64 * 1024
# Types that run no script when a browser opens them as a page; Chromium opens no PDF in a sandbox.
_INERT = re.compile(r"(image|audio|video|font)/(?!.*xml).+|application/pdf", re.IGNORECASE)
# Without it, an uploaded page or SVG that is opened in a browser runs script on the server's own origin.
_SANDBOX = {"content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"}


@attrs.frozen
class Content:
    """
    What to deliver.

    Attributes:
        body: Its bytes, or the file that holds them.
        size: How many bytes there are.
        mime: Its type.
        tag: Its entity tag, without quotes.
        headers: What else is said of it.
    """

    body: bytes | Path
    size: int
    mime: str
    tag: str
    headers: Mapping[str, str]


class _UnsatisfiableError(Exception):
    pass


async def respond(request: Request, content: Content) -> Response:
    """
    Return the response to a GET or HEAD for some content.

    Args:
        request: The request.
        content: What is asked for.

    Raises:
        FileNotFoundError: The file that holds it is gone.
    """
    sandbox = {} if _INERT.fullmatch(content.mime) else _SANDBOX
    headers = {**content.headers, **sandbox, "etag": f'"{content.tag}"', "accept-ranges": "bytes"}
    if _is_known(headers["etag"], request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    try:
        asked = _part(request.headers, headers["etag"], content.size)
    except _UnsatisfiableError:
        return Response(status_code=416, headers={"content-range": f"bytes */{content.size}"})
    part = range(content.size) if asked is None else asked
    headers["content-length"] = str(len(part))
    if asked is not None:
        headers["content-range"] = f"bytes {part.start}-{part.stop - 1}/{content.size}"
    status = 200 if asked is None else 206
    if request.method == "HEAD":
        return Response(None, status, headers, content.mime)
    if isinstance(content.body, bytes):
        return Response(content.body[part.start : part.stop], status, headers, content.mime)
    # Opened before the response begins, because an open file can be read to its end even if it is deleted.
    return _FileResponse(await anyio.open_file(content.body, "rb"), part, status, headers, content.mime)


class _FileResponse(Response):
    def __init__(
        self, file: anyio.AsyncFile[bytes], part: range, status: int, headers: Mapping[str, str], mime: str
    ) -> None:
        super().__init__(None, status, headers, mime)
        self._file = file
        self._part = part

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._file as file:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            await file.seek(self._part.start)
            for start in range(0, len(self._part), _CHUNK):
                chunk = await file.read(min(_CHUNK, len(self._part) - start))
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body"})


def _is_known(tag: str, condition: str) -> bool:
    known = [each.strip().removeprefix("W/") for each in condition.split(",")]
    return "*" in known or tag in known


def _part(request: Headers, tag: str, size: int) -> range | None:
    """
    The part that is asked for; None for all of it: several parts, and what is not understood, are ignored.

    Raises:
        _UnsatisfiableError: Nothing of it exists.
    """
    match = _RANGE.fullmatch(request.get("range", ""))
    if match is None or request.get("if-range", tag) != tag:
        return None
    first, last = match.groups()
    if first and last and int(first) > int(last):
        return None
    if not first:
        part = range(max(size - int(last), 0), size)
    else:
        part = range(int(first), min(int(last) + 1, size) if last else size)
    if not part:
        raise _UnsatisfiableError
    return part
