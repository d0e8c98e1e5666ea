"""
Decide what a str passed as `file=` means: a URL or a file in text form, and never a guess.
"""

from __future__ import annotations

import re
from typing import Final

import attrs

from .._scalars import placed, unicode_text

# The longest path that Linux opens; other systems allow less.
_LONGEST_PATH_CHARS: Final = 4096
_BASE64: Final = re.compile("[A-Za-z0-9+/]+={0,2}")


@attrs.frozen
class TextSource:
    """
    Text that the API itself turns into a file: a URL to fetch, base64 or a data URI.
    """

    text: str = attrs.field(repr=False)


def text_source(value: str) -> TextSource:
    """
    Check text to upload.

    Base64 that ends with `=` or is longer than any path is accepted as it is. Other text in base64's alphabet might
    be a path, and is refused.

    Raises:
        ValueError: The text is empty, not valid Unicode, or neither an http(s) URL, nor a data URI, nor clearly base64.
    """
    try:
        text = unicode_text(value)
    except ValueError as error:
        raise placed(error, "file") from None
    scheme, _, rest = text[:9].partition("://")
    if not text.strip():
        raise ValueError("file is empty text")
    if rest and scheme.lower() in {"http", "https"}:
        return TextSource(text)
    if text[:5].lower() == "data:" and "," in text:
        if text.endswith(","):
            raise ValueError("file is an empty data URI")
        return TextSource(text)
    compact = text.replace("\r", "").replace("\n", "")
    if len(compact) % 4 or not _BASE64.fullmatch(compact):
        raise ValueError(
            "file must be an http(s) URL, base64 or a data URI when it is a str; "
            "pass a local file as pathlib.Path(...), and other text as bytes"
        )
    if len(text) <= _LONGEST_PATH_CHARS and not compact.endswith("="):
        raise ValueError(
            "file is a str that may be a path or base64; pass a local file as pathlib.Path(...), "
            "and base64 as a data URI or decoded by base64.b64decode(...)"
        )
    return TextSource(compact)
