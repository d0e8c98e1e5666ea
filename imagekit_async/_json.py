"""
JSON values: how they are told apart, what a kind of them is, and the kinds for times.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeGuard


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """
    Whether a JSON value is an object.
    """
    return isinstance(value, dict)


def is_mapping(value: object) -> TypeGuard[Mapping[str, Any]]:
    """
    Whether an argument is a mapping.
    """
    return isinstance(value, Mapping)


def is_collection(value: object) -> TypeGuard[Iterable[Any]]:
    """
    Whether an argument stands for a JSON array: anything to iterate over but strings, bytes and mappings.
    """
    return isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)


class Kind(Protocol):
    """
    How one type of value is read from JSON and written to it.
    """

    def decode(self, raw: Any) -> Any:
        """
        Read a JSON value; None when it is null, absent or not of this type.
        """
        ...

    def encode(self, value: Any) -> Any:
        """
        Write a value as JSON, accepting what the type annotations accept.
        """
        ...


class DateTime:
    """
    RFC 3339 date-times, always aware: a value without an offset is UTC.
    """

    def decode(self, raw: Any) -> datetime.datetime | None:
        """
        Return an aware datetime, or None when the text is no date-time.
        """
        try:
            # As the API writes them, and a third of the time of what follows.
            if raw[-5:-4] == "." and raw[-1] == "Z":
                return datetime.datetime.fromisoformat(raw[:-1] + "+00:00")
            # Python 3.10 knows neither the suffix Z nor fractions of other lengths than 3 and 6 digits.
            text = re.sub(r"\.(\d+)", lambda match: f".{match[1]:0<6.6}", raw)
            value = datetime.datetime.fromisoformat(text[:-1] + "+00:00" if text[-1:] in ("Z", "z") else text)
        except (KeyError, TypeError, ValueError):
            # An object raises KeyError from Python 3.12 on, where slices can be keys.
            return None
        return value if value.tzinfo is not None else value.replace(tzinfo=datetime.UTC)

    def encode(self, value: datetime.datetime | str) -> str:
        """
        Return UTC text with milliseconds and `Z`; a string is sent as it is.
        """
        if isinstance(value, str):
            return value
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; pass an aware datetime, e.g. with tzinfo=timezone.utc")
        utc = value.astimezone(datetime.UTC)
        return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Date:
    """
    Calendar days, `YYYY-MM-DD`.
    """

    def decode(self, raw: Any) -> datetime.date | None:
        """
        Return a date, or None when the text is no date.
        """
        try:
            return datetime.date.fromisoformat(raw)
        except (TypeError, ValueError):
            return None

    def encode(self, value: datetime.date | str) -> str:
        """
        Return `YYYY-MM-DD`; a string is sent as it is, and of a datetime its day.
        """
        if isinstance(value, datetime.datetime):
            value = value.date()
        return value if isinstance(value, str) else value.isoformat()


DATE_TIME: Kind = DateTime()
DATE: Kind = Date()
