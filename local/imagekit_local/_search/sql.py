"""
Translate clauses into SQL conditions. Text of a query becomes a parameter, never SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import attrs

from imagekit_local._search.binding import Bound
from imagekit_local._search.fields import CUSTOM_PREFIX
from imagekit_local._search.places import Area
from imagekit_local._store import Condition
from imagekit_local._store.indexing import to_column
from imagekit_local._values import canonical_path

# A column that is null, for folders or for files that are not images, makes any clause null: it does not hold.
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
# All of them: the type comes first in most indexes.
_ANY_TYPE = "type IN ('file', 'file-version', 'folder')"
# Folders can have these too, so a folder without a value does not match a clause, but matches its negation.
_OF_FOLDERS = {"createdBy", "name", "id", "createdAt", "updatedAt", "path"}
_MOMENTS = {"createdAt", "updatedAt"}
_LAST_CHARACTER = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


def row_condition(bound: Bound) -> Condition:
    """
    Return the condition for a clause that looks at one row of the table `asset` at a time.
    """
    if bound.operator == "HAS" or bound.field not in _COLUMNS:
        return _listed(bound, clause_lists(bound, "+"), "EXISTS ({} AND asset_key = asset.key)")
    # Without the sign, SQLite might read rows in the order of this column, and then sort them. But a single type has
    # its own indexes.
    is_type = bound.field == "type" and not bound.is_negated and len(bound.values) == 1
    return _column_test(bound, "" if is_type else "+")


def list_condition(bound: Bound) -> Condition:
    """
    Return the condition for a clause that collects the keys of all matching rows first.
    """
    # Some columns are in every index that pages use, and no index knows which files are not images.
    if bound.field in {"type", "createdAt"} or (bound.is_negated and bound.field in {"width", "height"}):
        return row_condition(bound)
    # Without the sign, SQLite would read the collected rows and sort them.
    return _listed(bound, [_common(clause_lists(bound))], "+key IN ({})")


def clause_lists(bound: Bound, sign: str = "") -> list[Condition]:
    """
    Return SELECTs of keys of assets. A clause without `NOT` holds for the keys that all of them find.

    Args:
        bound: The clause.
        sign: A plus sign if each is for the key of one asset, to keep SQLite from the index of times.
    """
    if bound.operator == "HAS":
        return [_word_rows(bound, index) for index in range(len(bound.words))]
    if bound.field in _COLUMNS:
        test = _column_test(attrs.evolve(bound, is_negated=False), sign)
        types = "TRUE" if bound.field in {"id", "path"} else _ANY_TYPE
        return [Condition(f"SELECT key AS asset_key FROM asset WHERE {types} AND ({test.sql})", test.parameters)]
    rows = _listed_rows(bound, sign)
    return [Condition(f"SELECT asset_key FROM {rows.sql}", rows.parameters)]


def relevance(clauses: Sequence[Bound]) -> Condition:
    """
    Return the relevance of a row: for each HAS clause, the share of the row's words that it asks for, summed up.
    """
    terms: list[str] = []
    parameters: list[object] = []
    for clause in clauses:
        tests = [_word_test(clause, index) for index in range(len(clause.words))]
        hit = " OR ".join(test.sql for test in tests)
        terms.append(f"coalesce((SELECT avg({hit}) FROM word WHERE asset_key = asset.key AND field = ?), 0)")
        parameters += [value for test in tests for value in test.parameters] + [clause.field]
    return Condition(" + ".join(terms), tuple(parameters))


def _column_values(bound: Bound) -> tuple[object, ...]:
    if bound.field == "format":
        return tuple(mime for value in bound.values for mime in _MIMES.get(str(value), ()))
    if bound.field == "path":
        return tuple(canonical_path(str(value)) for value in bound.values)
    return bound.values


def _common(lists: list[Condition]) -> Condition:
    """
    Return the intersection of SELECTs. Only keys of the first are looked up in the others.
    """
    *first, common = lists
    for keys in reversed(first):
        within = f"{keys.sql} AND +asset_key IN ({common.sql})"
        common = Condition(within, (*keys.parameters, *common.parameters))
    return common


def _listed(bound: Bound, lists: Sequence[Condition], test: str) -> Condition:
    condition = Condition.all_of(Condition(test.format(keys.sql), keys.parameters) for keys in lists)
    if not bound.is_negated:
        return condition
    absent = Condition(f"NOT ({condition.sql})", condition.parameters)
    if bound.field in _OF_FOLDERS or bound.field.startswith(CUSTOM_PREFIX):
        return absent
    return Condition(f"type <> 'folder' AND {absent.sql}", absent.parameters)


def _column_test(bound: Bound, sign: str) -> Condition:
    if bound.field == "path" and bound.operator == ":":
        return _below(str(bound.values[0]), sign)
    test = _test(sign + _COLUMNS[bound.field], bound, _column_values)
    return Condition(f"NOT ({test.sql})", test.parameters) if bound.is_negated else test


def _listed_rows(bound: Bound, sign: str) -> Condition:
    if bound.kind == "location":
        return _rows("place", cast("Area", bound.values[0]).condition())
    if bound.field == "tags":
        return _rows("tag", _test("name", bound, _values))
    test = _test(f"{sign}moment" if bound.kind == "date" else "value", bound, _values)
    return _rows("attribute", Condition(f"field = ? AND {test.sql}", (bound.field, *test.parameters)))


def _rows(table: str, condition: Condition) -> Condition:
    return Condition(f"{table} WHERE {condition.sql}", condition.parameters)


def _test(column: str, bound: Bound, read: Callable[[Bound], tuple[object, ...]]) -> Condition:
    if bound.field in _MOMENTS:
        test = _moment_test(column, bound.operator, cast("tuple[int, ...]", bound.values))
    else:
        test = _single_test(column, bound.operator, read(bound))
    return test if bound.also is None else Condition.all_of([test, _test(column, bound.also, read)])


def _values(bound: Bound) -> tuple[object, ...]:
    return tuple(map(to_column, bound.values)) if bound.kind != "date" else bound.values


def _single_test(column: str, operator: str, values: tuple[object, ...]) -> Condition:
    if operator == "EXISTS":
        # Always true, and lets SQLite read rows in the order in which the keys are collected.
        return Condition("asset_key > 0")
    if operator in {"=", "IN"}:
        marks = ", ".join("?" for _ in values)
        return Condition(f"{column} IN ({marks})", values)
    if operator == ":":
        return _prefix(column, str(values[0]))
    # SQLite sorts texts after all numbers, but a text is neither above nor below a number.
    numeric = " AND value < ''" if column == "value" else ""
    return Condition(f"{column} {operator} ?{numeric}", values)


def _moment_test(column: str, operator: str, moments: tuple[int, ...]) -> Condition:
    # Times are stored in microseconds to keep their order, but shown and compared in milliseconds.
    if operator == "IN":
        whole = tuple(moment // 1000 for moment in moments if moment % 1000 == 0)
        return Condition(f"{column} / 1000 IN ({', '.join('?' for _ in whole)})", whole)
    first, last = -(-moments[0] // 1000) * 1000, moments[0] // 1000 * 1000 + 999
    if operator == "=":
        return Condition(f"{column} BETWEEN ? AND ?", (first, last))
    return Condition(f"{column} {operator} ?", (first if operator in {"<", ">="} else last,))


def _prefix(column: str, prefix: str) -> Condition:
    """
    Return the range of texts that start with a text, which an index can look up.
    """
    stem = prefix.rstrip(chr(_LAST_CHARACTER))
    if not stem:
        # All texts from there on: flags are stored as blobs, which sort after texts.
        return Condition(f"{column} >= ? AND {column} < x''", (prefix,))
    code = ord(stem[-1]) + 1
    after = stem[:-1] + chr(_SURROGATES.stop if code in _SURROGATES else code)
    return Condition(f"{column} >= ? AND {column} < ?", (prefix, after))


def _below(path: str, sign: str) -> Condition:
    folder = canonical_path(path)
    within = _prefix(f"{sign}folder", folder.rstrip("/") + "/")
    return Condition(f"{sign}folder = ? OR ({within.sql})", (folder, *within.parameters))


def _word_test(bound: Bound, index: int) -> Condition:
    word = bound.words[index]
    return _prefix("word", word) if index == len(bound.words) - 1 else Condition("word = ?", (word,))


def _word_rows(bound: Bound, index: int) -> Condition:
    test = _word_test(bound, index)
    return Condition(f"SELECT asset_key FROM word WHERE field = ? AND {test.sql}", (bound.field, *test.parameters))
