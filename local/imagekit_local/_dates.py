"""
Dates as text, and as the numbers that are stored and compared.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def parse_date(text: object) -> datetime | None:
    """
    Return the time of an ISO 8601 text, in UTC unless it has an offset; None if it is not one.
    """
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def to_microseconds(moment: datetime) -> int:
    """
    Return the microseconds since 1970 in UTC.
    """
    return (moment - _EPOCH) // _MICROSECOND


def from_microseconds(microseconds: int) -> datetime:
    """
    Return the time of a number of microseconds since 1970 in UTC.
    """
    return _EPOCH + microseconds * _MICROSECOND
