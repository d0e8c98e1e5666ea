"""
Bind clauses to the known fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import attrs

from imagekit_local._search.fields import Field
from imagekit_local._search.syntax import Clause, Operand, QueryError
from imagekit_local._search.values import EXPECTED, FieldKind, Value, read_value
from imagekit_local._store.indexing import words

_MAX_WORDS = 10
_ORDER = {"<", "<=", ">", ">="}


@attrs.frozen
class Bound:
    """
    A valid clause: its operator without `NOT`, and its values converted to the kind of the field.

    `also` is a second clause about the same field, which has at most one value: both must hold.
    """

    field: str
    kind: FieldKind
    operator: str
    is_negated: bool
    values: tuple[Value, ...]
    also: Bound | None = None

    @property
    def words(self) -> list[str]:
        """
        The words of a value of HAS.
        """
        return words(str(self.values[0]))


def merged(clauses: Iterable[Bound]) -> list[Bound]:
    """
    Return clauses that must all hold, with the two ends of a range merged into one clause.
    """
    kept: list[Bound] = []
    ranges: dict[str, Bound] = {}
    for clause in clauses:
        if clause.operator in _ORDER:
            ranges[clause.field] = attrs.evolve(clause, also=ranges.get(clause.field))
        else:
            kept.append(clause)
    return [*kept, *ranges.values()]


def bind(clause: Clause, fields: Mapping[str, Field], now: datetime) -> Bound:
    """
    Return a clause with its values converted.

    Raises:
        QueryError: The field is unknown, or does not accept the operator or a value.
    """
    name = clause.field.text
    field = fields.get(name)
    if field is None:
        raise QueryError(f"unknown field {name} at position {clause.field.position}")
    if clause.operator not in field.operators:
        raise QueryError(f"{name} field cannot be used with {clause.operator} at position {clause.operator_position}")
    values = tuple(_value(name, _kind(field, clause.operator), operand, now) for operand in clause.operands)
    bound = Bound(
        field=name,
        kind=field.kind,
        operator=clause.operator.removeprefix("NOT "),
        is_negated=clause.operator.startswith("NOT "),
        values=values,
    )
    if bound.operator == "HAS" and not 1 <= len(bound.words) <= _MAX_WORDS:
        position = clause.operands[0].position
        raise QueryError(f"{name} field must have 1 to {_MAX_WORDS} words to look for at position {position}")
    return bound


def _kind(field: Field, operator: str) -> FieldKind:
    if field.kind == "option" and operator in _ORDER:
        return "number"
    return "text" if field.kind == "option" and operator == ":" else field.kind


def _value(name: str, kind: FieldKind, operand: Operand, now: datetime) -> Value:
    value = read_value(kind, operand, now)
    if value is not None:
        return value
    if kind == "date":
        raise QueryError(f"{name} field must have a valid date value. Make sure the value is enclosed within quotes")
    raise QueryError(f"{name} field must have {EXPECTED[kind]} at position {operand.position}")
