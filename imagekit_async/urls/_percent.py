"""
Percent-encoding: what a URL may hold, and which spelling of a signed URL no HTTP client changes.

A signature covers the bytes of the request, but clients rewrite a URL before they send it. All of them encode what
RFC 3986 does not allow. yarl, which aiohttp uses, also decodes what need not be encoded, and writes hexadecimal digits
in upper case. Most clients remove `.` and `..` segments.
"""

from __future__ import annotations

import re
import string
from base64 import b64encode
from collections.abc import Callable
from functools import partial
from urllib.parse import quote, unquote, unquote_to_bytes

_UNRESERVED = f"{string.ascii_letters}{string.digits}-._~"
# What the parts of a URL may hold as it is.
SEGMENT = f"{_UNRESERVED}!$&'()*+,;=:@"
PATH = f"{SEGMENT}/"
QUERY = f"{PATH}?"
# What names and values of query parameters hold as they are.
PAIR = "!$()*,/:?@"

_OUTSIDE = {allowed: re.compile(f"[^{re.escape(allowed)}]") for allowed in (SEGMENT, PATH, QUERY)}
_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_TRANSFORMATION = re.compile(r"\Atr:[^/?]+|(?<=[?&]tr=)[^&]+")
_KEPT_PERCENT = re.compile("%(?=25|2C|3A)", re.IGNORECASE)
ENCODED_SEPARATOR = re.compile("%(?:2C|3A)", re.IGNORECASE)
_PLAIN_TEXT = re.compile("(?<=l-text,)i-([^,:]*%(?:2C|3A|27)[^,:]*)", re.IGNORECASE)


def valid(text: str, allowed: str) -> str:
    """
    Percent-encode every character that is not allowed, but nothing that is encoded already.
    """
    if not _OUTSIDE[allowed].search(text):
        return text
    return quote(_STRAY_PERCENT.sub("%25", text), safe=f"{allowed}%")


def _decoder(characters: str) -> Callable[[str], str]:
    codes = "|".join(f"{ord(character):02X}" for character in characters)

    def spelled(match: re.Match[str]) -> str:
        character = chr(int(match[0][1:], 16))
        return character if character in characters else match[0].upper()

    return partial(re.compile(f"%(?:(?i:{codes})|[a-f][0-9A-Fa-f]|[0-9A-F][a-f])").sub, spelled)


# What yarl decodes, found by trying every ASCII character.
_decoded_path = _decoder(SEGMENT.replace("+", ""))
_decoded_query = _decoder(re.sub("[&+;=']", "", QUERY))


def stable(below: str) -> str:
    """
    Return what follows the endpoint in a URL, spelled so that HTTP clients send it unchanged, or raise ValueError.
    """
    if ENCODED_SEPARATOR.search(below):
        below = _TRANSFORMATION.sub(lambda match: _without_encoded_separators(match[0]), below)
    path, mark, query = below.partition("?")
    path = _decoded_path(path)
    if not {".", ".."}.isdisjoint(path.split("/")):
        raise ValueError("src must not have '.' or '..' as a segment in a signed URL: HTTP clients remove them")
    # Browsers encode an apostrophe in a query, and yarl decodes it: no spelling suits both.
    query = _decoded_query(query).replace("'", "%27")
    return f"{path}{mark}{query}"


def readable(text: str) -> str:
    """
    Decode a value of a transformation if encoding it gives the text again; for `prompte-aGk%3D` it does not.

    An encoded percent sign stays, because a value may hold one.
    """
    decoded = unquote(text.replace("%25", "%2525"))
    return decoded if text in (valid(decoded, SEGMENT), valid(decoded, QUERY)) else text


def same(one: str, other: str) -> bool:
    """
    Return whether two transformations differ only in which characters are encoded, separators and `%` not counted.
    """
    return _bare(one) == _bare(other)


def _bare(steps: str) -> bytes:
    return unquote_to_bytes(_KEPT_PERCENT.sub("%25", valid(steps, QUERY)))


def _without_encoded_separators(steps: str) -> str:
    # Decoded, they would end the option. The text of a layer has another spelling; other values do not.
    steps = _PLAIN_TEXT.sub(lambda match: f"ie-{quote(b64encode(unquote(match[1]).encode()), safe='')}", steps)
    if ENCODED_SEPARATOR.search(steps):
        raise ValueError(
            "transformation must not have %2C or %3A in a signed URL, since some HTTP clients decode them: pass the "
            "content of a layer with encoding='auto', and a prompt as 'prompte-' and base64"
        )
    return steps
