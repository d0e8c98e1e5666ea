"""
The limits of schemas, for arguments and for models that requests hold.
"""

from __future__ import annotations

import re
from typing import Any

from .document import Document, walk
from .naming import class_name
from .reading import operations

_KEYWORDS = (
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    *("minLength", "maxLength", "pattern", "minItems", "maxItems"),
)


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
    if "pattern" in shared and first.get("format") == "password":
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


def classes_of_requests(document: Document) -> set[str]:
    """
    Return the names of the classes that arguments may hold.
    """
    seen: set[str] = set()
    waiting: list[Any] = [
        node
        for _, _, operation in operations(document.data)
        for node in (operation.get("requestBody"), *operation.get("parameters", ()))
    ]
    while waiting:
        new = {node["$ref"] for node in walk(waiting.pop()) if "$ref" in node} - seen
        seen |= new
        waiting += map(document.target, new)
    return {class_name(reference.rpartition("/")[2]) for reference in seen}
