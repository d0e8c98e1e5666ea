"""
The time of a local ImageKit: that of its source, until a test moves or stops it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

FIRST, LAST = (moment.replace(tzinfo=UTC) for moment in (datetime.min, datetime.max))


def utc_now() -> datetime:
    """
    Return the present time, in UTC.
    """
    return datetime.now(UTC)


def shifted(moment: datetime, by: timedelta) -> datetime:
    """
    Return the moment some time after another, or the first or last one that a datetime can be.
    """
    return moment + min(max(by, FIRST - moment), LAST - moment)


class Clock:
    """
    A clock that can be moved, within the years 1 to 9999. Calling it returns the time.

    Args:
        source: Returns the time that everything else is relative to, aware of its zone.
    """

    def __init__(self, source: Callable[[], datetime] = utc_now) -> None:
        self._source = source
        self._ahead = timedelta()
        self._stopped_at: datetime | None = None

    def __call__(self) -> datetime:
        """
        Return the time now, aware of its zone.
        """
        return shifted(self._source(), self._ahead) if self._stopped_at is None else self._stopped_at

    def advance(self, by: timedelta) -> None:
        """
        Move ahead, or back if negative; a clock that stands still moves by just as much.
        """
        if self._stopped_at is None:
            self._ahead += by
        else:
            self._stopped_at = shifted(self._stopped_at, by)

    def set(self, moment: datetime) -> None:
        """
        Stand still at a moment, until `advance` moves it or `reset` lets it run again.

        Raises:
            ValueError: The moment has no time zone.
            OverflowError: It lies in another year than 1 to 9999 in UTC.
        """
        if moment.tzinfo is None:
            raise ValueError(f"{moment!r} has no time zone; pass an aware datetime, e.g. with tzinfo=timezone.utc")
        self._stopped_at = moment.astimezone(UTC)

    def reset(self) -> None:
        """
        Run again with the source.
        """
        self._ahead = timedelta()
        self._stopped_at = None
