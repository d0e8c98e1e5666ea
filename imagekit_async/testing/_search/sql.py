"""
Clauses as conditions over the store's tables. Texts of a query become parameters, never SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from imagekit_async.testing._search.binding import Bound
from imagekit_async.testing._search.fields import CUSTOM_PREFIX
from imagekit_async.testing._search.places import Area
from imagekit_async.testing._store import Condition
from imagekit_async.testing._store.indexing import to_column
from imagekit_async.testing._values import canonical_path

# What is null for folders, or for what is no picture, makes a clause null whatever it says: it does not hold.
_COLUMNS = {
    "name": "name",
    "type": "type",
    "id": "file_id",
    "createdAt": "created_at",
    "updatedAt": "updated_at",
    "width": "width",
    "height": "height",
    "size": "size",
    "format": "mime",
    "private": "is_private",
    "published": "is_published",
    "transparency": "CASE WHEN width IS NOT NULL THEN has_alpha END",
    "path": "folder",
}
_MIMES = {
    "jpg": ("image/jpeg",),
    "png": ("image/png",),
    "webp": ("image/webp",),
    "gif": ("image/gif",),
    "svg": ("image/svg+xml",),
    "avif": ("image/avif",),
    "ico": ("image/x-icon",),
    "mp4": ("video/mp4",),
    "webm": ("video/webm",),
    "mov": ("video/quicktime",),
    "swf": ("application/x-shockwave-flash",),
    "ts": ("video/mp2t",),
    "m3u8": ("application/vnd.apple.mpegurl",),
    "woff": ("font/woff",),
    "woff2": ("font/woff2",),
    "ttf": ("font/ttf",),
    "otf": ("font/otf",),
    "eot": ("application/vnd.ms-fontobject",),
    "js": ("application/javascript",),
    "css": ("text/css",),
    "txt": ("text/plain",),
    "pdf": ("application/pdf",),
}
_LAST_CHARACTER = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


def clause_condition(bound: Bound) -> Condition:
    """
    Which rows of the table `asset` a clause holds for.
    """
    if bound.operator == "HAS":
        return Condition.all_of(_word_rows(bound, index) for index in range(len(bound.words)))
    if bound.field not in _COLUMNS:
        return _listed(bound)
    if bound.field == "path" and bound.operator == ":":
        return _below(str(bound.values[0]))
    test = _test(_COLUMNS[bound.field], bound.operator, _column_values(bound))
    return Condition(f"NOT ({test.sql})", test.parameters) if bound.is_negated else test


def relevance(clauses: Sequence[Bound]) -> Condition:
    """
    How well a row suits the HAS clauses of a query: the sum over them of the share of its words that are asked for.
    """
    terms: list[str] = []
    parameters: list[object] = []
    for clause in clauses:
        tests = [_word_test(clause, index) for index in range(len(clause.words))]
        hit = " OR ".join(test.sql for test in tests)
        terms.append(f"coalesce((SELECT avg({hit}) FROM word WHERE asset_id = asset.id AND field = ?), 0)")
        parameters += [value for test in tests for value in test.parameters] + [clause.field]
    return Condition(" + ".join(terms), tuple(parameters))


def _column_values(bound: Bound) -> tuple[object, ...]:
    if bound.field == "format":
        return tuple(mime for value in bound.values for mime in _MIMES.get(str(value), ()))
    if bound.field == "path":
        return tuple(canonical_path(str(value)) for value in bound.values)
    return bound.values


def _listed(bound: Bound) -> Condition:
    rows = _listed_rows(bound)
    if not bound.is_negated:
        return Condition(f"id IN (SELECT asset_id FROM {rows.sql})", rows.parameters)
    # What most assets are found by is looked up asset by asset, since a page has few.
    absent = Condition(f"NOT EXISTS (SELECT 1 FROM {rows.sql} AND asset_id = asset.id)", rows.parameters)
    if bound.field == "createdBy" or bound.field.startswith(CUSTOM_PREFIX):
        return absent
    # Folders cannot have what the other fields tell of.
    return Condition(f"type <> 'folder' AND {absent.sql}", absent.parameters)


def _listed_rows(bound: Bound) -> Condition:
    if bound.kind == "location":
        return _rows("place", cast("Area", bound.values[0]).condition())
    if bound.field == "tags":
        return _rows("tag", _test("name", bound.operator, bound.values))
    if bound.kind == "date":
        test = _test("moment", bound.operator, bound.values)
    else:
        test = _test("value", bound.operator, tuple(map(to_column, bound.values)))
    return _rows("attribute", Condition(f"field = ? AND {test.sql}", (bound.field, *test.parameters)))


def _rows(table: str, condition: Condition) -> Condition:
    return Condition(f"{table} WHERE {condition.sql}", condition.parameters)


def _test(column: str, operator: str, values: tuple[object, ...]) -> Condition:
    if operator == "EXISTS":
        return Condition("TRUE")
    if operator in {"=", "IN"}:
        marks = ", ".join("?" for _ in values)
        return Condition(f"{column} IN ({marks})", values)
    if operator == ":":
        return _prefix(column, str(values[0]))
    # Texts come after all numbers, and are neither above nor below them.
    numeric = " AND value < ''" if column == "value" else ""
    return Condition(f"{column} {operator} ?{numeric}", values)


def _prefix(column: str, prefix: str) -> Condition:
    """
    What begins with a text, as a range that an index knows.
    """
    stem = prefix.rstrip(chr(_LAST_CHARACTER))
    if not stem:
        return Condition(f"{column} >= ?", (prefix,))
    code = ord(stem[-1]) + 1
    after = stem[:-1] + chr(_SURROGATES.stop if code in _SURROGATES else code)
    return Condition(f"{column} >= ? AND {column} < ?", (prefix, after))


def _below(path: str) -> Condition:
    folder = canonical_path(path)
    within = _prefix("folder", folder.rstrip("/") + "/")
    return Condition(f"folder = ? OR ({within.sql})", (folder, *within.parameters))


def _word_test(bound: Bound, index: int) -> Condition:
    word = bound.words[index]
    return _prefix("word", word) if index == len(bound.words) - 1 else Condition("word = ?", (word,))


def _word_rows(bound: Bound, index: int) -> Condition:
    test = _word_test(bound, index)
    return Condition(
        f"id IN (SELECT asset_id FROM word WHERE field = ? AND {test.sql})", (bound.field, *test.parameters)
    )
