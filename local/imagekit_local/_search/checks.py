"""
Upload checks: the language of searches, evaluated in Python for one file.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import attrs

from imagekit_local._custom_fields.values import is_option
from imagekit_local._dates import parse_date, to_microseconds
from imagekit_local._predicates import is_number
from imagekit_local._search.binding import Bound, bind
from imagekit_local._search.fields import EQUALITY, MEMBERSHIP, ONLY_EQUAL, ORDERED, TEXT, Field
from imagekit_local._search.syntax import Clause, Node, Operand, clauses, fold
from imagekit_local._store.indexing import words

_FLAG = Field("flag", frozenset({"=", "NOT ="}))
_NUMBER = Field("number", ORDERED - EQUALITY | ONLY_EQUAL)
_TEXT = Field("text", TEXT)
_FLAGS = (
    *("useUniqueFileName", "isPrivateFile", "isPublished"),
    *("overwriteFile", "overwriteAITags", "overwriteTags", "overwriteCustomMetadata"),
)
_FIELDS = {
    **{f"request.{name}": _TEXT for name in ("fileName", "folder", "customCoordinates", "webhookUrl")},
    **{f"request.{name}": _FLAG for name in _FLAGS},
    "request.tags": Field("text", MEMBERSHIP | {"HAS", "NOT HAS"}),
    "file.size": Field("size", _NUMBER.operators),
    "file.mime": _TEXT,
    **{f"mediaMetadata.{name}": _NUMBER for name in ("width", "height", "duration", "bitRate")},
    **{f"mediaMetadata.{name}": _TEXT for name in ("videoCodec", "audioCodec")},
}
_CUSTOM_PREFIX = "request.customMetadata."
_CUSTOM_FIELDS = {
    "Text": _TEXT,
    "Textarea": _TEXT,
    "Number": Field("number", ORDERED),
    "Date": Field("date", ORDERED),
    "Boolean": _FLAG,
    "SingleSelect": Field("option", ORDERED | {":"}),
    "MultiSelect": Field("option", MEMBERSHIP),
}
_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def holds(checks: Node, record: Mapping[str, Any], schemas: Mapping[str, Mapping[str, Any]], now: datetime) -> bool:
    """
    Return whether an upload meets its checks.

    Args:
        checks: The condition.
        record: Values of the upload by field name; absent or None means no value.
        schemas: The schemas of the custom metadata fields by name.
        now: The time that dates such as `7d` count back from.

    Raises:
        QueryError: A clause is invalid.
    """
    custom = {_CUSTOM_PREFIX + name: _CUSTOM_FIELDS[schema["type"]] for name, schema in schemas.items()}
    fields = _FIELDS | custom
    # All clauses are bound first, so that the file does not decide whether the checks are valid.
    bound = {clause: bind(_quoted(clause, fields), fields, now) for clause in clauses(checks)}
    return fold(checks, lambda clause: _is_met(bound[clause], record), _joined)


def folder_text(path: str) -> str:
    """
    Return a folder as checks name it: with a slash at its end instead of its start.
    """
    return path.strip("/") + "/"


def _quoted(clause: Clause, fields: Mapping[str, Field]) -> Clause:
    """
    Return a clause with quotes around texts and sizes with a unit, which are optional in checks.
    """
    field = fields.get(clause.field.text)
    if field is None or field.kind not in {"text", "size"}:
        return clause
    operands = tuple(
        attrs.evolve(operand, text=_text(clause, operand), quote='"')
        if field.kind == "text" or operand.text[-1:].isalpha()
        else operand
        for operand in clause.operands
    )
    return attrs.evolve(clause, operands=operands)


def _text(clause: Clause, operand: Operand) -> str:
    if clause.field.text != "request.folder":
        return operand.text
    return operand.text.lstrip("/") if clause.operator == ":" else folder_text(operand.text)


def _joined(joiner: str, parts: list[bool]) -> bool:
    return all(parts) if joiner == "AND" else any(parts)


def _is_met(clause: Bound, record: Mapping[str, Any]) -> bool:
    value = record.get(clause.field)
    values: list[Any] = list(value) if isinstance(value, list | tuple) else [] if value is None else [value]  # pyright: ignore[reportUnknownArgumentType]
    if clause.kind == "date":
        values = [to_microseconds(moment) for text in values if (moment := parse_date(text)) is not None]
    met = _has_words(clause, values) if clause.operator == "HAS" else any(_test(clause, value) for value in values)
    return met != clause.is_negated


def _test(clause: Bound, value: Any) -> bool:
    expected: Any = clause.values[0]
    if clause.operator == ":":
        return isinstance(value, str) and value.startswith(expected)
    if clause.operator in _ORDER:
        return is_number(value) and _ORDER[clause.operator](value, expected)
    return is_option(list(clause.values), value)


def _has_words(clause: Bound, values: list[Any]) -> bool:
    known = {word for value in values for word in words(value)}
    *whole, last = clause.words
    return known.issuperset(whole) and any(word.startswith(last) for word in known)
