"""
How many requests an endpoint may receive and when the next one may be sent: plain state over values, with no clock and
no waiting.

A request takes one slot of each window of its endpoint when it is sent, and frees it one interval after its response
came. The server counted the request somewhere in between, so no window of the server, fixed or sliding, can exceed its
limit, whatever the latency. Only durations are used, never the server's clock; a hundredth on top of each interval
covers clocks that run at different speeds. `integrations/redis.lua` follows the same rules.
"""

from __future__ import annotations

import math
from bisect import bisect_right, insort
from datetime import timedelta
from typing import TYPE_CHECKING

import attrs

from .._response import RateLimit

if TYPE_CHECKING:
    from collections.abc import Iterable

MARGIN = 1.01
LARGEST_LIMIT = 100_000
# ImageKit reports one to three windows for an endpoint. An interval that differs in each response, such as the time
# that is left of a window, must not add windows forever.
LEARNED_WINDOWS = 8
_LEASE_SECONDS = 120.0
_HISTORY_CELL_SECONDS = 1
_HISTORY_CELLS = 900
_LARGEST_TRIAL = 1 << 16
_DEFAULT_WAIT = timedelta(seconds=1)
_LONGEST_WAIT = timedelta(minutes=15)


def shared_wait(asked: timedelta | None) -> timedelta:
    """
    Return how long all callers of an endpoint wait after a refusal; never zero, which would bring the next refusal.

    Args:
        asked: The wait that the server asked for; None if it did not.
    """
    return asked or _DEFAULT_WAIT


def is_too_long(held_back: float) -> bool:
    """
    Return whether the callers of an endpoint raise instead of waiting until they may send again.

    Args:
        held_back: Seconds for which a refusal or a full window holds them back. The longest window that ImageKit is
            known to count in is 15 minutes; a monthly quota, or a header that means something else, must not stop a
            program.
    """
    return held_back > _LONGEST_WAIT.total_seconds()


def window_of(reported: RateLimit | None) -> tuple[int, float] | None:
    """
    Return limit and interval in seconds of the window that a response reported, or None if there is nothing to learn.
    """
    if reported is None or not reported.limit or not reported.interval or reported.limit > LARGEST_LIMIT:
        # A slot is kept for each request of a window; no real limit needs more of them.
        return None
    return reported.limit, reported.interval.total_seconds()


@attrs.define(eq=False, repr=False)
class Window:
    """
    One window of an endpoint's limit.

    Attributes:
        limit: Requests that may be counted in one interval.
        interval: Length in seconds.
        taken: When the slots of completed requests become free again, ascending.
        reported: When the server last reported the window; infinite for a budget that the caller set, which is never
            forgotten and waited for however long that takes.
    """

    limit: int
    interval: float
    taken: list[float] = attrs.field(factory=list[float])
    reported: float = math.inf

    @property
    def never_waited_for(self) -> bool:
        """
        True if calls raise when the window is full.
        """
        return self.reported < math.inf and is_too_long(self.interval)

    def forget(self, now: float) -> None:
        """
        Drop the slots that are free again.
        """
        del self.taken[: bisect_right(self.taken, now)]

    def wait(self, now: float, in_flight: int, ahead: int) -> float | None:
        """
        Return the seconds until a request with `ahead` others before it may be sent; None if responses must come first.
        """
        index = len(self.taken) + in_flight + ahead - self.limit
        if index < 0:
            return 0.0
        return self.taken[index] - now if index < len(self.taken) else None

    def estimate(self, now: float, in_flight: int, ahead: int) -> float:
        """
        Return the least seconds that a request with `ahead` others before it has to wait.
        """
        rounds, place = divmod(ahead, self.limit)
        wait = self.wait(now, in_flight, place)
        # Each slot becomes free again at best one interval after it was taken.
        return self.interval * MARGIN * rounds + (self.interval * MARGIN if wait is None else wait)


@attrs.define(eq=False, repr=False)
class Bucket:
    """
    The state of one endpoint. All times are in seconds, by one clock of the caller's choice.

    Attributes:
        windows: The windows known so far, by interval.
        limits: The same as values to show; a new tuple whenever a window changes.
        leases: When each request in flight was sent, by its number.
        blocked_until: No request may be sent before this time.
        trial: How many requests may be in flight while no limit is known; it grows with each response that reports
            none.
    """

    windows: dict[float, Window] = attrs.field(factory=dict[float, Window])
    limits: tuple[RateLimit, ...] = ()
    leases: dict[int, float] = attrs.field(factory=dict[int, float])
    blocked_until: float = 0.0
    trial: int = 1
    _history: dict[int, tuple[int, float]] = attrs.field(factory=dict[int, tuple[int, float]], init=False)
    _next_lease: int = attrs.field(default=0, init=False)

    @classmethod
    def of(cls, budgets: Iterable[tuple[int, timedelta]]) -> Bucket:
        """
        Start with limits that are known: pairs of requests and interval, of which the lowest counts.
        """
        bucket = cls()
        for limit, interval in sorted(budgets, reverse=True):
            bucket.add(Window(limit, interval.total_seconds()))
        return bucket

    def add(self, window: Window) -> None:
        """
        Add a window, or replace the one of the same interval.
        """
        self.windows[window.interval] = window
        self._note_limits()

    def acquire(self, now: float) -> int | None:
        """
        Take a slot of each window.

        Returns:
            The number to pass to `complete`; None if the request has to wait for `delay`.
        """
        if self.delay(now) != 0:
            return None
        self._next_lease += 1
        self.leases[self._next_lease] = now
        return self._next_lease

    def delay(self, now: float) -> float | None:
        """
        Return the seconds until the next request may be sent; None if a response must come first.
        """
        self._expire(now)
        if self.blocked_until > now:
            return self.blocked_until - now
        if not self.windows:
            return 0.0 if len(self.leases) < self.trial else None
        delay = 0.0
        for window in self.windows.values():
            wait = window.wait(now, len(self.leases), 0)
            if wait is None:
                return None
            delay = max(delay, wait)
        return delay

    def held_back(self, now: float) -> float:
        """
        Return the seconds for which no request may be sent, because one was refused or a learned window that is too
        long to wait for is full.
        """
        held_back = max(self.blocked_until - now, 0.0)
        for window in self.windows.values():
            if window.never_waited_for:
                held_back = max(held_back, window.wait(now, len(self.leases), 0) or 0.0)
        return held_back

    def estimate(self, now: float, ahead: int) -> float:
        """
        Return the least seconds that a request with `ahead` others before it has to wait.
        """
        self._expire(now)
        in_flight = len(self.leases)
        waits = [window.estimate(now, in_flight, ahead) for window in self.windows.values()]
        return max(self.blocked_until - now, 0.0, *waits)

    def complete(self, now: float, lease: int, reported: RateLimit | None = None) -> None:
        """
        Note that a request is over, with or without a response.

        Args:
            now: The time.
            lease: What `acquire` returned.
            reported: The limit that the response reported; None if it reported none or none came.
        """
        if self.leases.pop(lease, None) is not None:
            self._count(now)
        window = window_of(reported)
        if window is not None:
            self._learn(now, *window)
        elif not self.windows:
            self.trial = min(self.trial + 1, _LARGEST_TRIAL)

    def refuse(self, now: float, lease: int, reported: RateLimit | None, wait: float) -> None:
        """
        Note that the server refused a request (429): none is sent before the wait is over, and then one by one.

        Args:
            now: The time.
            lease: What `acquire` returned.
            reported: The limit that the response reported; None if it reported none.
            wait: Seconds to wait.
        """
        self.complete(now, lease, reported)
        self.blocked_until = max(self.blocked_until, now + wait)
        refusing = window_of(reported)
        full = self.windows.values() if refusing is None else [self.windows[refusing[1]]]
        for window in full:
            step = window.interval * MARGIN / window.limit
            window.taken = [self.blocked_until + step * index for index in range(window.limit)]
        if not self.windows:
            self.trial = max(1, self.trial // 2)

    def _learn(self, now: float, limit: int, interval: float) -> None:
        window = self.windows.get(interval)
        if window is None:
            learned = [window for window in self.windows.values() if window.reported < math.inf]
            if len(learned) >= LEARNED_WINDOWS:
                del self.windows[min(learned, key=lambda window: window.reported).interval]
            # Only the count and the last moment of each cell are known.
            cells = ((last + interval * MARGIN, count) for count, last in self._history.values())
            taken = [end for end, count in sorted(cells) if end > now for _ in range(count)]
            self.add(Window(limit, interval, taken, now))
            return
        window.reported = max(window.reported, now) if window.reported < math.inf else math.inf
        if window.limit != limit:
            window.limit = limit
            self._note_limits()

    def _note_limits(self) -> None:
        self.limits = tuple(
            RateLimit(window.limit, timedelta(seconds=window.interval), None) for window in self.windows.values()
        )

    def _count(self, now: float) -> None:
        for window in self.windows.values():
            insort(window.taken, now + window.interval * MARGIN)
        cell = int(now // _HISTORY_CELL_SECONDS)
        count, last = self._history.get(cell, (0, now))
        self._history[cell] = (count + 1, max(last, now))
        if len(self._history) > _HISTORY_CELLS:
            del self._history[min(self._history)]

    def _expire(self, now: float) -> None:
        for window in self.windows.values():
            window.forget(now)
        # A request whose lease was never given back must not hold its slot forever.
        if self.leases and now - next(iter(self.leases.values())) > _LEASE_SECONDS:
            for lease in [lease for lease, sent in self.leases.items() if now - sent > _LEASE_SECONDS]:
                del self.leases[lease]
                self._count(now)
