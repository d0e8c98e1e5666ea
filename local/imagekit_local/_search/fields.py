"""
The fields of search queries, with their operators and kinds of values.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from imagekit_local._search.values import FieldKind

EQUALITY = frozenset({"=", "NOT =", "IN", "NOT IN"})
ORDERED = EQUALITY | {"<", "<=", ">", ">="}
MEMBERSHIP = frozenset({"IN", "NOT IN"})
TEXT = EQUALITY | {":"}
EXISTENCE = frozenset({"EXISTS", "NOT EXISTS"})
ONLY_EQUAL = frozenset({"="})
CUSTOM_PREFIX = "customMetadata."


@attrs.frozen
class Field:
    """
    The operators and the kind of values of a field.
    """

    kind: FieldKind
    operators: frozenset[str]


FIELDS = {
    "name": Field("text", TEXT | {"HAS"}),
    "tags": Field("text", MEMBERSHIP | EXISTENCE | {"HAS"}),
    "type": Field("type", EQUALITY),
    "id": Field("text", EQUALITY),
    "createdAt": Field("date", ORDERED),
    "updatedAt": Field("date", ORDERED),
    "width": Field("number", ORDERED),
    "height": Field("number", ORDERED),
    "size": Field("size", ORDERED),
    "format": Field("text", frozenset({"=", "IN"})),
    "private": Field("flag", ONLY_EQUAL),
    "published": Field("flag", ONLY_EQUAL),
    "transparency": Field("flag", ONLY_EQUAL),
    "createdBy": Field("text", EQUALITY),
    "path": Field("text", TEXT),
    "embeddedMetadata.Keywords": Field("text", MEMBERSHIP | EXISTENCE),
    "embeddedMetadata.DateTimeOriginal": Field("date", ORDERED),
    "embeddedMetadata.LocationTaken": Field("location", ONLY_EQUAL),
}
_CUSTOM_FIELDS = {
    "Text": Field("text", TEXT | EXISTENCE | {"HAS"}),
    "Textarea": Field("text", TEXT | EXISTENCE | {"HAS"}),
    "Number": Field("number", ORDERED | EXISTENCE),
    "Date": Field("date", ORDERED | EXISTENCE),
    "Boolean": Field("flag", ONLY_EQUAL | EXISTENCE),
    "SingleSelect": Field("option", ORDERED | EXISTENCE | {":"}),
    "MultiSelect": Field("option", MEMBERSHIP | EXISTENCE),
}


def search_fields(schemas: Mapping[str, Mapping[str, Any]]) -> dict[str, Field]:
    """
    Return all fields that can be searched.

    Args:
        schemas: The schemas of the custom metadata fields by name.
    """
    return FIELDS | {CUSTOM_PREFIX + name: _CUSTOM_FIELDS[schema["type"]] for name, schema in schemas.items()}
