"""
Write search queries for `client.assets.list` as Python expressions, combined with `&`, `|` and `~`.

>>> from imagekit_async.search import Asset
>>> print((Asset.tags.in_(["autumn", "sale"]) | (Asset.width > 800)) & ~(Asset.type == "folder"))
(tags IN ["autumn", "sale"] OR width > 800) AND type NOT = "folder"
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Generic, NoReturn, TypeVar

from ._json import is_collection
from ._scalars import DATE_TIME
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
    A search query, to pass as `search_query`. Combine queries with `&` (and), `|` (or) and `~` (not).

    An asset that lacks a field matches neither a comparison of that field nor its negation: without a width it matches
    neither `Asset.width > 800` nor `~(Asset.width > 800)`.
    """

    _opposite: str | None
    _word: str
    _parts: tuple[Query, ...]

    def __new__(cls, text: str, opposite: str | None = None, word: str = "", parts: tuple[Query, ...] = ()) -> Self:
        """
        Make a query from text, which is not checked.

        Args:
            text: The query.
            opposite: Text of the negated clause; None if the language cannot express it.
            word: The word that joins the parts; empty for a single clause.
            parts: The queries that were joined.
        """
        self = super().__new__(cls, text)
        self._opposite, self._word, self._parts = opposite, word, parts
        return self

    def __and__(self, other: Query) -> Query:
        return self._join("AND", self, other)

    def __or__(self, other: Query) -> Query:
        return self._join("OR", self, other)

    def __invert__(self) -> Query:
        # The language negates single clauses only, so the negation moves inward.
        if self._word:
            return self._join("OR" if self._word == "AND" else "AND", *[~part for part in self._parts])
        if self._opposite is None:
            raise ValueError(f"{str(self)!r} cannot be negated: the search language has no operator for that")
        return Query(self._opposite, str(self))

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "A query has no truth value: combine queries with &, | and ~ instead of and, or and not, write two "
            "comparisons instead of a chained one, and field.in_([...]) instead of `field in [...]`"
        )

    @staticmethod
    def _join(word: str, *queries: Query) -> Query:
        parts: list[Query] = []
        for query in queries:
            if not isinstance(query, Query):  # pyright: ignore[reportUnnecessaryIsInstance] - checks untyped callers
                raise TypeError(f"A query can only be combined with another query, got {query!r}")
            parts.extend(query._parts if query._word == word else [query])
        text = f" {word} ".join(f"({part})" if part._word else part for part in parts)
        return Query(text, word=word, parts=tuple(parts))


def _literal(value: object) -> str:
    if isinstance(value, (Query, _Field)):
        raise TypeError("A field can only be compared with a value, not with a query or another field")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)) and is_number(value):
        return decimal_text(value)
    if isinstance(value, datetime):
        value = DATE_TIME.encode(value)
    elif isinstance(value, date):
        value = value.isoformat()
    if not isinstance(value, str):
        raise ValueError(f"A value must be text, a finite number, a boolean or a date, got {value!r}")
    quoted = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'


class _Field(Generic[_V]):
    __slots__ = ("_name", "_operators")

    def __init__(self, name: str, operators: str) -> None:
        self._name = name
        self._operators = operators.split(",")

    def __bool__(self) -> NoReturn:
        raise TypeError(
            f"{self._name} is a field, which has no truth value: compare it, or use exists() if it has that"
        )

    def _write(self, operator: str, operand: str = "") -> Query:
        if operator not in self._operators:
            raise ValueError(f"{self._name} does not support {operator}; it supports {', '.join(self._operators)}")
        opposite = _OPPOSITES.get(operator)
        tail = f" {operand}" if operand else ""
        negated = f"{self._name} {opposite}{tail}" if opposite in self._operators else None
        return Query(f"{self._name} {operator}{tail}", negated)

    def _list(self, operator: str, values: Iterable[_V]) -> Query:
        literals = [_literal(value) for value in values] if is_collection(values) else []
        if not literals:
            raise ValueError(f"{self._name} {operator} takes a list of at least one value, got {values!r}")
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
        if operand not in ("true", "false"):
            raise ValueError(f"{self._name} must be compared with True or False, got {operand}")
        other = "false" if operand == "true" else "true"
        value, opposite = (operand, other) if operator == "=" else (other, operand)
        return Query(f"{self._name} = {value}", f"{self._name} = {opposite}")


class _Listed(_Field[_V]):
    __slots__ = ()

    def in_(self, values: Iterable[_V]) -> Query:
        """
        Match assets that have one of the values.
        """
        return self._list("IN", values)

    def not_in(self, values: Iterable[_V]) -> Query:
        """
        Match assets that have none of the values.
        """
        return self._list("NOT IN", values)


class _Existing(_Field[_V]):
    __slots__ = ()

    def exists(self) -> Query:
        """
        Match assets that have any value. Negated with `~`, match those that have none.
        """
        return self._write("EXISTS")


class _Words(_Field[_V]):
    __slots__ = ()

    def has(self, words: str) -> Query:
        """
        Match text that contains all the words, in any order and any case. The last word may be a prefix.
        """
        return self._write("HAS", _literal(words))


class _Prefixed(_Field[_V]):
    __slots__ = ()

    def startswith(self, prefix: str) -> Query:
        """
        Match text that begins with the prefix. For a path: the folder and all its subfolders.
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

    def __eq__(self, value: object) -> NoReturn:
        raise TypeError(f"{self._name} is a list, which cannot be compared with ==: use in_([{value!r}])")

    def __ne__(self, value: object) -> NoReturn:
        raise TypeError(f"{self._name} is a list, which cannot be compared with !=: use not_in([{value!r}])")

    def __contains__(self, value: object) -> NoReturn:
        raise TypeError(f"{self._name} is a field, not a list: use in_([{value!r}])")


class CustomField(_Amount[_V], _Prefixed[_V], _Words[_V], _Existing[_V]):
    """
    A custom metadata field. Which operators the API accepts depends on the type of the field.

    Args:
        name: Name of the field, as in `custom_metadata`.
    """

    __slots__ = ()

    def __init__(self, name: str) -> None:
        super().__init__(_literal(f"customMetadata.{name}"), f"{_ORDERED},:,HAS,EXISTS,NOT EXISTS")


class Asset:
    """
    The fields of files and folders, each with the operators that the API accepts.

    Dates are dates, aware datetimes, or an age as text: `7d` is seven days ago (h, d, w, m for months, y). Sizes are
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
        Return the custom metadata field with this name.
        """
        return CustomField(name)
