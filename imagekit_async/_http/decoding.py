"""
Decode the body of a 2xx response as what the API documents.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from .._json import MapOf
from .._model import PLAIN
from .call import Media
from .error_bodies import body_text
from .reading import UnreadableBodyError

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from .._json import Kind
    from .call import Call

# The largest page has 1,000 assets, so there is room for 500 values in each. An empty object takes 3 bytes in a body
# and hundreds in memory.
_MOST_VALUES: Final = 500_000
_LARGE_BYTES: Final = 256 * 1024
_LONGEST_NUMBER: Final = 310
_ZEROS: Final = bytes.maketrans(b"123456789", b"0" * 9)
_TEXT: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)


def decode(call: Call[Any], response: httpx.Response) -> Any:
    """
    Return the value of a 2xx response, or None if the operation returns nothing.

    Raises:
        UnreadableBodyError: The body is empty, not JSON, or not of the documented type.
    """
    kinds = call.operation.responses
    kind = kinds.get(response.status_code, next(iter(kinds.values())))
    if kind is None:
        return None
    if isinstance(kind, Media):
        return response.text if kind is Media.TEXT else response.content
    # Whatever follows a 204 is not its content (RFC 9110, section 15.3.5).
    value, problem = _value(kind, b"" if response.status_code == 204 else response.content)
    if problem is None:
        return value
    raise UnreadableBodyError(problem, response, body_text(response))


def loads(content: bytes) -> Any:
    """
    Return what `json.loads` returns, in half the time if msgspec is installed (the extra `speed`). In a body of more
    than 256 KiB, no number may have more than 310 digits.

    Raises:
        ValueError: The content is not JSON, or a number is too long.
        RecursionError: It is nested too deeply.
    """
    if len(content) > _LARGE_BYTES and _has_long_number(content):
        # Reading a number of thousands of digits takes long; digits in text do not matter.
        return json.loads(content, parse_int=_integer)
    try:
        return _fast_loads()(content)
    # msgspec rejects some of what the standard library reads, such as NaN, a byte order mark and half a surrogate pair.
    except Exception:
        return json.loads(content)


@cache
def _fast_loads() -> Callable[[bytes], Any]:
    try:
        from msgspec.json import decode
    except ModuleNotFoundError:
        return json.loads
    return decode


def _value(kind: Kind, content: bytes) -> tuple[Any, str | None]:
    if not content:
        # The API leaves out an empty free-form object (folder creation), but never a model.
        return ({}, None) if isinstance(kind, MapOf) else (None, None if kind is PLAIN else "empty")
    if _has_too_many_values(content):
        return None, f"of more than {_MOST_VALUES:,} JSON values"
    try:
        raw = loads(content)
    except (ValueError, RecursionError):
        return None, "not valid JSON"
    value = kind.decode(raw)
    return value, "not of the documented type" if value is None and kind is not PLAIN else None


def _has_too_many_values(content: bytes) -> bool:
    # Each takes two bytes with its comma. Commas in text count only for a first look, which is all that nearly every
    # body takes.
    return (
        len(content) > 2 * _MOST_VALUES
        and content.count(b",") >= _MOST_VALUES
        and _TEXT.sub(b"", content).count(b",") >= _MOST_VALUES
    )


def _has_long_number(content: bytes) -> bool:
    # More than 310 digits in a row are 10 in a row of every 31st byte, which are looked at in no time.
    return b"0" * 10 in content[::31].translate(_ZEROS) and b"0" * (_LONGEST_NUMBER + 1) in content.translate(_ZEROS)


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError("a number is too long")
    return int(digits)
