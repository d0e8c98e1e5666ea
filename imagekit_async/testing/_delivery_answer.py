"""
What HTTP says about delivering bytes: only if they changed, only a part of them, or all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import attrs
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

# No size has more digits, and Python reads no number with thousands of them.
_RANGE = re.compile(r"bytes=(?!-$)([0-9]{0,18})-([0-9]{0,18})")


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


def answer(request: Headers, content: Content) -> Response:
    """
    The answer to a GET or HEAD for some content.

    Args:
        request: Headers of the request.
        content: What is asked for.
    """
    headers = {**content.headers, "etag": f'"{content.tag}"', "accept-ranges": "bytes"}
    if _is_known(headers["etag"], request.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    try:
        part = _part(request, headers["etag"], content.size)
    except _UnsatisfiableError:
        return Response(status_code=416, headers={"content-range": f"bytes */{content.size}"})
    if isinstance(content.body, Path):
        return _FileAnswer(content.body, headers, content.mime, part)
    if part is None:
        return Response(content.body, 200, headers, content.mime)
    headers["content-range"] = f"bytes {part.start}-{part.stop - 1}/{content.size}"
    return Response(content.body[part.start : part.stop], 206, headers, content.mime)


class _FileAnswer(FileResponse):
    def __init__(self, path: Path, headers: Mapping[str, str], mime: str, part: range | None) -> None:
        super().__init__(path, headers=headers, media_type=mime)
        self._part = part

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # What the conditions of the request come to is settled; only the part is left to say.
        wanted = [] if self._part is None else [(b"range", b"bytes=%d-%d" % (self._part.start, self._part.stop - 1))]
        await super().__call__({**scope, "headers": wanted}, receive, send)


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
