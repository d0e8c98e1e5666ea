"""
The limits of schemas, for arguments and for models that requests hold.
"""

from __future__ import annotations

import re
from typing import Any

from .document import Document

_KEYWORDS = (
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    *("minLength", "maxLength", "pattern", "minItems", "maxItems"),
)
_LITERAL_CHARS = 60


class _Pattern(str):
    """
    A pattern, written in parts that fit into a line.
    """

    def __repr__(self) -> str:
        starts = range(0, len(self), _LITERAL_CHARS)
        return " ".join(repr(str(self[start : start + _LITERAL_CHARS])) for start in starts)


def limits(document: Document, *schemas: Any) -> dict[str, Any]:
    """
    Return the limits that all of the schemas share; whether a pattern limits a password is one of them.
    """
    first, *others = [document.resolve(schema) for schema in schemas]
    shared = {
        key: first[key]
        for key in _KEYWORDS
        if key in first and _is_readable(first[key]) and all(other.get(key) == first[key] for other in others)
    }
    if pattern := shared.get("pattern"):
        shared["pattern"] = _Pattern(pattern)
        if first.get("format") == "password":
            shared["format"] = "password"
    items = [each["items"] for each in (first, *others) if "items" in each]
    if len(items) > len(others) and (of_items := limits(document, *items)):
        shared["items"] = of_items
    return shared


def _is_readable(limit: object) -> bool:
    try:
        # In OpenAPI 3.0, an exclusive limit is a bool beside the limit.
        return not isinstance(limit, bool) and bool(re.compile(str(limit)))
    except re.error:
        return False
