"""
Index tables beside `asset` that searches look up: words, values of metadata and places.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, cast

import attrs

from imagekit_local._dates import parse_date, to_microseconds
from imagekit_local._predicates import is_scalar
from imagekit_local._store.database import Database

_POINT = re.compile(r"\s*([+-]?[0-9]+(?:\.[0-9]+)?)\s*,\s*([+-]?[0-9]+(?:\.[0-9]+)?)\s*")
_EXIF_DATE = re.compile(r"([0-9]{4}):([0-9]{2}):([0-9]{2}) ")
_MAX_LATITUDE = 90
_MAX_LONGITUDE = 180
# The columns of `asset` whose content is indexed.
INDEXED = frozenset({"name", "tags", "ai_tags", "custom_metadata", "embedded"})
_SQL_INTEGERS = range(-(2**63), 2**63)


@attrs.frozen
class Point:
    """
    A place on the globe, in degrees.
    """

    latitude: float
    longitude: float


def parse_point(text: object) -> Point | None:
    """
    Return the place that a text `latitude,longitude` names, or None.
    """
    match = _POINT.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        return None
    point = Point(float(match[1]), float(match[2]))
    return point if abs(point.latitude) <= _MAX_LATITUDE and abs(point.longitude) <= _MAX_LONGITUDE else None


def unit_vector(point: Point) -> tuple[float, float, float]:
    """
    Return the vector from the center of a globe of radius 1 to a place.
    """
    latitude, longitude = math.radians(point.latitude), math.radians(point.longitude)
    return math.cos(latitude) * math.cos(longitude), math.cos(latitude) * math.sin(longitude), math.sin(latitude)


def words(text: str) -> list[str]:
    """
    Return the case-folded words of a text, which blanks, punctuation, symbols and underscores separate.
    """
    # Case folding comes last because it turns some letters into two characters, one of which would end the word.
    spaced = "".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in text)
    return spaced.casefold().split()


def to_column(value: Any) -> Any:
    """
    Return a value of metadata as it is stored and compared.
    """
    # As a number, true would equal 1.
    if isinstance(value, bool):
        return b"true" if value else b"false"
    return float(value) if isinstance(value, int) and value not in _SQL_INTEGERS else value


def index_asset(database: Database, row: Mapping[str, Any]) -> None:
    """
    Update the index tables from the row of an asset. Needs a transaction.
    """
    key = database.execute("SELECT key FROM asset WHERE id = ?", (row["id"],)).fetchone()[0]
    for table in ("tag", "word", "attribute", "place"):
        database.execute(f"DELETE FROM {table} WHERE asset_key = ?", (key,))
    tags = {(name, False) for name in _json(row, "tags", [])} | {(name, True) for name in _ai_tag_names(row)}
    for tag in tags:
        database.execute("INSERT INTO tag (asset_key, name, is_ai) VALUES (?, ?, ?)", (key, *tag))
    for word in set(_words(row)):
        database.execute("INSERT INTO word (asset_key, field, word) VALUES (?, ?, ?)", (key, *word))
    for attribute in set(_attributes(row)):
        database.execute("INSERT INTO attribute VALUES (?, ?, ?, ?)", (key, *attribute))
    point = parse_point(_json(row, "embedded", {}).get("LocationTaken"))
    if point is not None:
        database.execute(
            "INSERT INTO place (asset_key, latitude, longitude, x, y, z) VALUES (?, ?, ?, ?, ?, ?)",
            (key, point.latitude, point.longitude, *unit_vector(point)),
        )


def index_all(database: Database) -> None:
    """
    Update the index tables for all assets. Needs a transaction.
    """
    for row in database.rows("SELECT * FROM asset"):
        index_asset(database, dict(row))


def _words(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    texts = {"name": [row["name"]], "tags": [*_json(row, "tags", []), *_ai_tag_names(row)]}
    for field, value in _custom_metadata(row):
        texts[field] = [value] if isinstance(value, str) else []
    for field, listed in texts.items():
        for text in listed:
            for word in words(text):
                yield field, word


def _attributes(row: Mapping[str, Any]) -> Iterator[tuple[str, Any, int | None]]:
    embedded = _json(row, "embedded", {})
    for field, value in _custom_metadata(row):
        yield from _values(field, value)
    if "Keywords" in embedded:
        yield from _values("embeddedMetadata.Keywords", embedded["Keywords"])
    taken = embedded.get("DateTimeOriginal")
    if isinstance(taken, str):
        yield from _values("embeddedMetadata.DateTimeOriginal", _EXIF_DATE.sub(r"\1-\2-\3 ", taken))


def _values(field: str, value: Any) -> Iterator[tuple[str, Any, int | None]]:
    parts = cast("list[object]", value) if isinstance(value, list) else [value]
    for part in filter(is_scalar, parts):
        moment = parse_date(part)
        yield field, to_column(part), None if moment is None else to_microseconds(moment)


def _custom_metadata(row: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(f"customMetadata.{name}", value) for name, value in _json(row, "custom_metadata", {}).items()]


def _ai_tag_names(row: Mapping[str, Any]) -> list[str]:
    return [str(tag["name"]) for tag in _json(row, "ai_tags", [])]


def _json(row: Mapping[str, Any], column: str, default: Any) -> Any:
    text = row.get(column)
    return default if text is None else json.loads(text)
