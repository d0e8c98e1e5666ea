"""
The time as a local ImageKit sees it: that of its source, until a test moves or stops it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def utc_now() -> datetime:
    """
    The present time, in UTC.
    """
    return datetime.now(UTC)


class Clock:
    """
    A clock that can be moved. Calling it gives the time.

    Args:
        source: Tells the time that all else is relative to, aware of its zone.
    """

    def __init__(self, source: Callable[[], datetime] = utc_now) -> None:
        self._source = source
        self._ahead = timedelta()
        self._stopped_at: datetime | None = None

    def __call__(self) -> datetime:
        """
        The time now, aware of its zone.
        """
        return self._source() + self._ahead if self._stopped_at is None else self._stopped_at

    def advance(self, by: timedelta) -> None:
        """
        Move ahead, or back if negative; a clock that stands still moves by just as much.
        """
        if self._stopped_at is None:
            self._ahead += by
        else:
            self._stopped_at += by

    def set(self, moment: datetime) -> None:
        """
        Stand still at a moment, until `advance` moves it or `reset` lets it run again.

        Raises:
            ValueError: The moment has no time zone.
        """
        if moment.tzinfo is None:
            raise ValueError(f"{moment!r} has no time zone; pass an aware datetime, e.g. with tzinfo=timezone.utc")
        self._stopped_at = moment

    def reset(self) -> None:
        """
        Run again with the source.
        """
        self._ahead = timedelta()
        self._stopped_at = None
