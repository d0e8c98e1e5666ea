"""
Read the values of clauses according to the kind of their field.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Literal, TypeAlias

from imagekit_local._dates import parse_date, to_microseconds
from imagekit_local._search.places import Area, parse_area
from imagekit_local._search.syntax import Operand

FieldKind: TypeAlias = Literal["text", "type", "date", "number", "size", "flag", "option", "location"]
Value: TypeAlias = "str | int | float | bool | Area"
_SQL_MAX = 2**63 - 1
_TYPES = ("file", "file-version", "folder")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]+)?", re.IGNORECASE)
_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?) *(b|kb|mb|gb)", re.IGNORECASE)
_SIZE_UNITS = {"b": 1, "kb": 1024, "mb": 1024**2, "gb": 1024**3}
_AGE = re.compile(r"([0-9]{1,18})([hdwmy])")
_HOUR = 3600 * 1_000_000
_AGE_UNITS = {"h": _HOUR, "d": 24 * _HOUR, "w": 7 * 24 * _HOUR, "m": 30 * 24 * _HOUR, "y": 365 * 24 * _HOUR}
_FLAGS = {"true": True, "false": False}


def read_value(kind: FieldKind, operand: Operand, now: datetime) -> Value | None:
    """
    Return the value of an operand, or None if it does not fit the kind.

    Args:
        kind: Kind of the field. Dates are returned as microseconds since 1970, sizes in bytes.
        operand: The operand as written.
        now: The time that dates such as `7d` count back from.
    """
    return _READERS[kind](operand, now)


EXPECTED: dict[FieldKind, str] = {
    "text": "a value in quotes",
    "type": 'one of "file", "file-version" and "folder"',
    "number": "a number",
    "size": 'a number of bytes, or a size in quotes such as "10kb"',
    "flag": "true or false, without quotes",
    "option": "a value in quotes, a number, true or false",
    "location": 'a circle "lat,long 5km", a box "lat,long|lat,long" or a polygon of four such points',
}


def _text(operand: Operand, now: datetime) -> str | None:
    return operand.text if operand.quote else None


def _type(operand: Operand, now: datetime) -> str | None:
    return operand.text if operand.quote and operand.text in _TYPES else None


def _number(operand: Operand, now: datetime) -> int | float | None:
    if operand.quote or _NUMBER.fullmatch(operand.text) is None:
        return None
    number = float(operand.text)
    # SQLite has no larger integers, and a float has enough digits.
    return int(operand.text) if operand.text.lstrip("+-").isdigit() and abs(number) < _SQL_MAX else number


def _size(operand: Operand, now: datetime) -> int | float | None:
    match = _SIZE.fullmatch(operand.text) if operand.quote else None
    if match is None:
        return _number(operand, now)
    return float(match[1]) * _SIZE_UNITS[match[2].lower()]


def _date(operand: Operand, now: datetime) -> int | None:
    if not operand.quote:
        return None
    age = _AGE.fullmatch(operand.text)
    if age is not None:
        return max(to_microseconds(now) - int(age[1]) * _AGE_UNITS[age[2]], -_SQL_MAX)
    moment = parse_date(operand.text)
    return None if moment is None else to_microseconds(moment)


def _flag(operand: Operand, now: datetime) -> bool | None:
    return None if operand.quote else _FLAGS.get(operand.text.lower())


def _option(operand: Operand, now: datetime) -> str | float | bool | None:
    if operand.quote:
        return operand.text
    flag = _flag(operand, now)
    return _number(operand, now) if flag is None else flag


def _location(operand: Operand, now: datetime) -> Area | None:
    return parse_area(operand.text) if operand.quote else None


_READERS: dict[FieldKind, Callable[[Operand, datetime], Value | None]] = {
    "text": _text,
    "type": _type,
    "date": _date,
    "number": _number,
    "size": _size,
    "flag": _flag,
    "option": _option,
    "location": _location,
}
