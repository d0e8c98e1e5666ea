"""
Dates as texts, and as the numbers that are stored and compared.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def parse_date(text: object) -> datetime | None:
    """
    The moment that an ISO 8601 text names, in UTC unless it says otherwise; None if it names none.
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
    Microseconds since 1970 in UTC.
    """
    return (moment - _EPOCH) // _MICROSECOND


def from_microseconds(microseconds: int) -> datetime:
    """
    The moment so many microseconds after the start of 1970 in UTC.
    """
    return _EPOCH + microseconds * _MICROSECOND
