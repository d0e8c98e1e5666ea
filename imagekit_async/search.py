"""
Write search queries for `client.assets.list`: fields with the operators they know, combined by `&`, `|` and `~`.

>>> from imagekit_async.search import Asset
>>> print((Asset.tags.in_(["autumn", "sale"]) | (Asset.width > 800)) & ~(Asset.type == "folder"))
(tags IN ["autumn", "sale"] OR width > 800) AND type NOT = "folder"
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Generic, NoReturn, TypeVar

from ._json import DATE_TIME
from .urls._kinds import decimal_text, is_number

if TYPE_CHECKING:
    from typing import Self

__all__ = ["Asset", "CustomField", "Query"]

_V = TypeVar("_V")
_PAIRS = (("=", "NOT ="), ("<", ">="), (">", "<="), ("IN", "NOT IN"), ("EXISTS", "NOT EXISTS"))
_OPPOSITES = dict(_PAIRS) | {opposite: operator for operator, opposite in _PAIRS}
_EQUAL = "=,IN,NOT =,NOT IN"
_ORDERED = f"{_EQUAL},<,<=,>,>="


class Query(str):
    """
    A search query: text to pass as `search_query`. Combine queries by `&` (and), `|` (or) and `~` (not).

    An asset without a width matches neither `Asset.width > 800` nor `~(Asset.width > 800)`; so it is for every field.
    """

    _opposite: str | None
    _word: str
    _parts: tuple[Query, ...]

    def __new__(cls, text: str, opposite: str | None = None, word: str = "", parts: tuple[Query, ...] = ()) -> Self:
        """
        Make a query of text that the caller vouches for.

        Args:
            text: The query.
            opposite: A clause that says the contrary; None if there is none.
            word: What joins the parts; empty for a single clause.
            parts: The queries it is joined from.
        """
        self = super().__new__(cls, text)
        self._opposite, self._word, self._parts = opposite, word, parts
        return self

    def __and__(self, other: Query) -> Query:
        return self._join("AND", self, other)

    def __or__(self, other: Query) -> Query:
        return self._join("OR", self, other)

    def __invert__(self) -> Query:
        # The language can negate single clauses only, so that the negation moves inwards.
        if self._word:
            return self._join("OR" if self._word == "AND" else "AND", *[~part for part in self._parts])
        if self._opposite is None:
            raise ValueError(f"{str(self)!r} cannot be negated: the search language has no operator for it")
        return Query(self._opposite, str(self))

    def __bool__(self) -> NoReturn:
        raise TypeError("A query is neither true nor false: combine queries by &, | and ~, not by and, or, not")

    @staticmethod
    def _join(word: str, *queries: Query) -> Query:
        parts: list[Query] = []
        for query in queries:
            if not isinstance(query, Query):  # pyright: ignore[reportUnnecessaryIsInstance] - checks untyped callers
                raise TypeError(f"A query can be combined with queries only, not with {query!r}")
            parts.extend(query._parts if query._word == word else [query])
        text = f" {word} ".join(f"({part})" if part._word else part for part in parts)
        return Query(text, word=word, parts=tuple(parts))


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)) and is_number(value):
        return decimal_text(value)
    if isinstance(value, datetime):
        value = DATE_TIME.encode(value)
    elif isinstance(value, date):
        value = value.isoformat()
    if not isinstance(value, str):
        raise ValueError(f"A query holds text, finite numbers, booleans and dates, not {value!r}")
    quoted = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'


class _Field(Generic[_V]):
    __slots__ = ("_name", "_operators")

    def __init__(self, name: str, operators: str) -> None:
        self._name = name
        self._operators = operators.split(",")

    def _write(self, operator: str, operand: str = "") -> Query:
        if operator not in self._operators:
            raise ValueError(f"{self._name} cannot be searched by {operator}, only by {', '.join(self._operators)}")
        opposite = _OPPOSITES.get(operator)
        tail = f" {operand}" if operand else ""
        negated = f"{self._name} {opposite}{tail}" if opposite in self._operators else None
        return Query(f"{self._name} {operator}{tail}", negated)

    def _list(self, operator: str, values: Iterable[_V]) -> Query:
        literals = [] if isinstance(values, str) else [_literal(value) for value in values]
        if not literals:
            raise ValueError(f"{self._name} {operator} takes a list with something in it, not {values!r}")
        return self._write(operator, f"[{', '.join(literals)}]")


class _Equal(_Field[_V]):
    __slots__ = ()

    def __eq__(self, value: _V) -> Query:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride] - writes a query
        return self._write("=", _literal(value))

    def __ne__(self, value: _V) -> Query:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride] - writes a query
        return self._write("NOT =", _literal(value))


class _Flag(_Equal[bool]):
    __slots__ = ()

    def _write(self, operator: str, operand: str = "") -> Query:
        other = "false" if operand == "true" else "true"
        value, opposite = (operand, other) if operator == "=" else (other, operand)
        return Query(f"{self._name} = {value}", f"{self._name} = {opposite}")


class _Listed(_Field[_V]):
    __slots__ = ()

    def in_(self, values: Iterable[_V]) -> Query:
        """
        Match what has one of the values.
        """
        return self._list("IN", values)

    def not_in(self, values: Iterable[_V]) -> Query:
        """
        Match what has none of the values.
        """
        return self._list("NOT IN", values)


class _Existing(_Field[_V]):
    __slots__ = ()

    def exists(self) -> Query:
        """
        Match what has any value; `~` of it what has none.
        """
        return self._write("EXISTS")


class _Words(_Field[_V]):
    __slots__ = ()

    def has(self, words: str) -> Query:
        """
        Match what contains all the words, in any order and any case, the last of them perhaps cut short.
        """
        return self._write("HAS", _literal(words))


class _Prefixed(_Field[_V]):
    __slots__ = ()

    def startswith(self, prefix: str) -> Query:
        """
        Match what begins with the text; of a path, the folder with all its subfolders.
        """
        return self._write(":", _literal(prefix))


class _Ordered(_Field[_V]):
    __slots__ = ()

    def __lt__(self, value: _V) -> Query:
        return self._write("<", _literal(value))

    def __le__(self, value: _V) -> Query:
        return self._write("<=", _literal(value))

    def __gt__(self, value: _V) -> Query:
        return self._write(">", _literal(value))

    def __ge__(self, value: _V) -> Query:
        return self._write(">=", _literal(value))


class _Choice(_Equal[_V], _Listed[_V]):
    __slots__ = ()


class _Amount(_Equal[_V], _Listed[_V], _Ordered[_V]):
    __slots__ = ()


class _Path(_Choice[_V], _Prefixed[_V]):
    __slots__ = ()


class _Name(_Path[_V], _Words[_V]):
    __slots__ = ()


class _Tags(_Listed[_V], _Existing[_V], _Words[_V]):
    __slots__ = ()


class CustomField(_Amount[_V], _Prefixed[_V], _Words[_V], _Existing[_V]):
    """
    A custom metadata field; which operators the API accepts depends on the type of the field.

    Args:
        name: Name of the field.
    """

    __slots__ = ()

    def __init__(self, name: str) -> None:
        super().__init__(_literal(f"customMetadata.{name}"), f"{_ORDERED},:,HAS,EXISTS,NOT EXISTS")


class Asset:
    """
    The fields of files and folders. Each knows the operators that the API accepts for it.

    Dates are dates, aware datetimes, or text such as `7d` (h, d, w, m for months, y), which is that long ago. Sizes are
    bytes, or text such as `2mb`.
    """

    name: Final = _Name[str]("name", f"{_EQUAL},:,HAS")
    path: Final = _Path[str]("path", f"{_EQUAL},:")
    tags: Final = _Tags[str]("tags", "IN,NOT IN,HAS,EXISTS,NOT EXISTS")
    type: Final = _Choice[str]("type", _EQUAL)
    id: Final = _Choice[str]("id", _EQUAL)
    created_at: Final = _Amount["date | str"]("createdAt", _ORDERED)
    updated_at: Final = _Amount["date | str"]("updatedAt", _ORDERED)
    created_by: Final = _Choice[str]("createdBy", _EQUAL)
    width: Final = _Amount[float]("width", _ORDERED)
    height: Final = _Amount[float]("height", _ORDERED)
    size: Final = _Amount["float | str"]("size", _ORDERED)
    format: Final = _Choice[str]("format", "=,IN")
    private: Final = _Flag("private", "=")
    published: Final = _Flag("published", "=")
    transparency: Final = _Flag("transparency", "=")
    keywords: Final = _Tags[str]('"embeddedMetadata.Keywords"', "IN,NOT IN,EXISTS,NOT EXISTS")
    date_time_original: Final = _Amount["date | str"]('"embeddedMetadata.DateTimeOriginal"', _ORDERED)
    location_taken: Final = _Equal[str]('"embeddedMetadata.LocationTaken"', "=")

    @staticmethod
    def custom(name: str) -> CustomField[str | float | bool | date]:
        """
        Return the custom metadata field of this name.
        """
        return CustomField(name)
