"""
Values of metadata that JSON can hold, bounded in size.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, cast

from PIL.TiffImagePlugin import IFDRational

_MAX_LENGTH = 2000
_MAX_ITEMS = 250


def text(value: bytes) -> str:
    """
    Return text decoded as UTF-8, or else as Latin-1.
    """
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def plain(value: Any) -> Any:
    """
    Return a text without NULs and of at most 2,000 characters, a finite number, or a list of at most 250 of these.

    Return None for anything else, such as a fraction with a zero denominator or a longer list.
    """
    if isinstance(value, str):
        return value.replace("\x00", "").strip()[:_MAX_LENGTH]
    # Pillow before 12.3 raises ZeroDivisionError for the float of such a fraction.
    if isinstance(value, IFDRational) and value.denominator == 0:
        return None
    if isinstance(value, IFDRational | float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, list | tuple):
        items = cast("Sequence[object]", value)
        listed = [plain(item) for item in items] if len(items) <= _MAX_ITEMS else [None]
        return None if None in listed else listed
    return value if isinstance(value, int) and abs(value) < 2**64 else None
