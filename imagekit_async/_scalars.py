"""
JSON scalars: how arguments become exactly one, and the kinds of text, numbers, booleans and times.

An encoder's error says what is wrong and begins with a verb ("must be a str, got int") or with a place in brackets;
`placed` puts the argument's name in front.
"""

from __future__ import annotations

import datetime
import math
import operator
from collections import UserString
from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

if TYPE_CHECKING:
    from numbers import Real

JsonScalar: TypeAlias = str | bool | int | float | None

# The largest numbers that a reader with 64-bit floats takes at all.
_LONGEST_INTEGER_BITS: Final = 1024


def placed(error: TypeError | ValueError, place: str) -> TypeError | ValueError:
    """
    Return an encoder's error with a name or a place in front.
    """
    message = str(error)
    kind = TypeError if isinstance(error, TypeError) else ValueError
    return kind(f"{place}{message}" if message.startswith("[") else f"{place} {message}")


def wrong_type(expected: str, value: Any) -> TypeError:
    """
    Return the error for an argument of a type that cannot be sent.
    """
    advice = ""
    if hasattr(value, "__fspath__"):
        advice = "; pass str(path)"
    elif isinstance(value, bytes | bytearray):
        advice = "; pass text, for example value.decode()"
    elif isinstance(value, UserString):
        advice = "; pass str(value)"
    return TypeError(f"must be {expected}, got {type(value).__name__}{advice}")


def scalar(value: object) -> JsonScalar:
    """
    Return the JSON scalar that has exactly the given value.

    Args:
        value: None, text, a number, a date, an aware datetime, a UUID, a numpy scalar, or an enum member with such a
            value.

    Raises:
        TypeError: The value is of another type.
        ValueError: The value cannot be written exactly: not finite, too long, not valid Unicode, or without a time
            zone.
    """
    match value:
        case Enum():
            return scalar(value.value)
        case str():
            return unicode_text(value)
        case bool() | None:
            return value
        case int():
            return _integer(operator.index(value))
        case float():
            return _finite(float(value))
        case datetime.datetime():
            return DATE_TIME.encode(value)
        case datetime.date():
            return DATE.encode(value)
        case _:
            return _rare_scalar(value)


def unicode_text(value: str) -> str:
    """
    Return the text as a plain str.

    Raises:
        ValueError: It holds half a surrogate pair, as a file name that is not valid UTF-8 does.
    """
    # `str()` would call a `__str__` of the subclass.
    value = str.__str__(value)
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise ValueError(
                f"must be valid Unicode, but has a lone surrogate at index {error.start}; "
                'for a file name, pass os.fsencode(name).decode(errors="replace")'
            ) from None
    return value


def _rare_scalar(value: Any) -> JsonScalar:
    # Imported when used, which is hardly ever.
    from decimal import Decimal
    from numbers import Real
    from uuid import UUID

    # numpy's scalars say what they hold; its times and durations are numbers only by their class.
    numpy_kind = getattr(getattr(value, "dtype", None), "kind", None)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Decimal):
        return _exact(value, float(value), Decimal)
    if numpy_kind == "b":
        return bool(value)
    if numpy_kind in (None, "i", "u") and hasattr(value, "__index__"):
        return _integer(operator.index(value))
    if isinstance(value, Real) and numpy_kind in (None, "f"):
        return _exact(value, _nearest(value), float)
    raise wrong_type("text, a number, a bool, a date, or a list or mapping of those", value)


def _integer(value: int) -> int:
    if value.bit_length() > _LONGEST_INTEGER_BITS:
        raise ValueError(f"must be a number of at most {_LONGEST_INTEGER_BITS} bits, got {value.bit_length()} bits")
    return value


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError(f"must be a finite number, got {value}")
    return value


def _nearest(value: Real) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _exact(value: Any, number: float, read: Callable[[str], object]) -> int | float:
    if read(repr(_finite(number))) != value:
        raise ValueError(f"must be a number that a float can hold, got {value}; pass a str or a float")
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


@attrs.frozen(eq=False, repr=False)
class Scalar:
    """
    JSON scalars of one type: read as they came, written only from values of that type.

    Attributes:
        name: The type, with its article, for error messages.
        types: Types of the JSON values.
    """

    name: str
    types: tuple[type, ...]

    def decode(self, raw: Any) -> Any:
        """
        Return the JSON value unchanged.
        """
        return raw

    def encode(self, value: Any) -> Any:
        """
        Return the value as exactly this JSON type.

        Raises:
            TypeError: It is of another type.
            ValueError: It cannot be written exactly.
        """
        while isinstance(value, Enum):
            value = value.value
        # Dates and UUIDs have a text too, but a text they are not.
        encoded = None if str in self.types and not isinstance(value, str) else _scalar_or_none(value)
        if type(encoded) not in self.types:
            raise wrong_type(self.name, value)
        return encoded


class Integer(Scalar):
    """
    JSON integers; servers in JavaScript may write 12 as 12.0.
    """

    def decode(self, raw: Any) -> Any:
        """
        Return a whole number as an int, and any other JSON value unchanged.
        """
        return int(raw) if isinstance(raw, float) and raw.is_integer() else raw


def _scalar_or_none(value: object) -> JsonScalar:
    try:
        return scalar(value)
    except TypeError:
        return None


_from_iso = datetime.datetime.fromisoformat


class DateTime:
    """
    RFC 3339 date-times, always aware: a value without an offset is UTC.
    """

    def decode(self, raw: Any) -> datetime.datetime | None:
        """
        Return an aware datetime, or None when the text is not a date-time.
        """
        try:
            # RFC 3339 allows a small `z`.
            value = _from_iso(raw.upper())
        except (AttributeError, ValueError):
            return None
        return value if value.tzinfo is not None else value.replace(tzinfo=datetime.UTC)

    def encode(self, value: Any) -> str:
        """
        Return UTC text with milliseconds and `Z`; a string is sent as it is.

        Raises:
            TypeError: The value is neither a datetime nor a string.
            ValueError: The datetime has no time zone.
        """
        while isinstance(value, Enum):
            value = value.value
        if isinstance(value, str):
            return unicode_text(value)
        if not isinstance(value, datetime.datetime):
            raise wrong_type("an aware datetime or a str", value)
        if value.utcoffset() is None:
            raise ValueError(f"must be an aware datetime, got {value!r}; pass a tzinfo, for example datetime.UTC")
        try:
            utc = value.astimezone(datetime.UTC)
        except OverflowError:
            raise ValueError(f"must be a datetime that exists in UTC, got {value!r}") from None
        return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Date:
    """
    Calendar days, `YYYY-MM-DD`.
    """

    def decode(self, raw: Any) -> datetime.date | None:
        """
        Return a date, or None when the text is not a date.
        """
        try:
            return datetime.date.fromisoformat(raw)
        except (TypeError, ValueError):
            return None

    def encode(self, value: Any) -> str:
        """
        Return `YYYY-MM-DD`, of a datetime its day; a string is sent as it is.

        Raises:
            TypeError: The value is neither a date nor a string.
        """
        while isinstance(value, Enum):
            value = value.value
        if isinstance(value, str):
            return unicode_text(value)
        if not isinstance(value, datetime.date):
            raise wrong_type("a date or a str", value)
        return f"{value.year:04}-{value.month:02}-{value.day:02}"


STRING: Final = Scalar("a str", (str,))
INTEGER: Final = Integer("an int", (int,))
NUMBER: Final = Scalar("a number", (int, float))
BOOLEAN: Final = Scalar("a bool", (bool,))
DATE_TIME: Final = DateTime()
DATE: Final = Date()
