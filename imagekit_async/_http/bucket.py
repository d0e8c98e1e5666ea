"""
How many requests an endpoint may be sent and when the next one may go: plain state over values, no clock and no
waiting.

A request takes one slot of every window of its endpoint when it is sent and gives it back one interval after its answer
came. The server counted it somewhere in between, so no window of the server, fixed or sliding, can see more than its
limit, whatever the latency. Only durations are used, never the server's clock; a hundredth on top of each interval
covers clocks that run at different speeds.
"""

from __future__ import annotations

import math
from bisect import bisect_right, insort
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .._response import RateLimit

_MARGIN = 1.01
_LEASE_SECONDS = 120.0
_HISTORY_SECONDS = 900
_LARGEST_LIMIT = 100_000
# ImageKit reports one to three windows for an endpoint. An interval that differs in each response, such as the time
# that is left of a window, must not add windows forever.
_LEARNED_WINDOWS = 8
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


@attrs.define
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

    def forget(self, now: float) -> None:
        """
        Drop the slots that are free again.
        """
        del self.taken[: bisect_right(self.taken, now)]

    def wait(self, now: float, in_flight: int, ahead: int) -> float | None:
        """
        Return the seconds until a request may go that has `ahead` others before it; None if answers must come first.
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
        return self.interval * _MARGIN * rounds + (self.interval * _MARGIN if wait is None else wait)


@attrs.define
class Bucket:
    """
    The state of one endpoint. Everything in it is numbers, so that a store may keep it anywhere (`to_dict`,
    `from_dict`).

    Attributes:
        windows: The windows learnt so far, by interval in seconds.
        leases: Requests under way: when each was sent, by its number.
        blocked_until: No request goes before this time.
        trial: How many requests may be under way while no limit is known; it grows as long as none is told.
    """

    windows: dict[float, Window] = attrs.field(factory=dict[float, Window])
    leases: dict[int, float] = attrs.field(factory=dict[int, float])
    blocked_until: float = 0.0
    trial: int = 1
    _history: dict[int, tuple[int, float]] = attrs.field(factory=dict[int, tuple[int, float]], alias="history")
    _next_lease: int = attrs.field(default=0, alias="next_lease")

    @classmethod
    def of(cls, budget: Iterable[tuple[int, timedelta]]) -> Bucket:
        """
        Start with limits that are known: pairs of requests and interval.
        """
        windows = {interval.total_seconds(): limit for limit, interval in budget}
        return cls({interval: Window(limit, interval) for interval, limit in windows.items()})

    def acquire(self, now: float) -> int | None:
        """
        Take a slot of every window.

        Returns:
            The number to give to `complete`; None if the request has to wait for `delay`.
        """
        if self.delay(now) != 0:
            return None
        self._next_lease += 1
        self.leases[self._next_lease] = now
        return self._next_lease

    def delay(self, now: float) -> float | None:
        """
        Return the seconds until the next request may go; None if an answer must come first.
        """
        self._expire(now)
        if self.blocked_until > now:
            return self.blocked_until - now
        if not self.windows:
            return 0.0 if len(self.leases) < self.trial else None
        waits = [window.wait(now, len(self.leases), 0) for window in self.windows.values()]
        known = [wait for wait in waits if wait is not None]
        return max(known) if len(known) == len(waits) else None

    def held_back(self, now: float) -> float:
        """
        Return the seconds for which no request may be sent, because one was refused or a learned window that is too
        long to wait for is full.
        """
        held_back = max(self.blocked_until - now, 0.0)
        for window in self.windows.values():
            if is_too_long(window.interval) and window.reported < math.inf:
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

    def complete(self, now: float, lease: int, told: RateLimit | None = None) -> None:
        """
        Note that a request is over, answered or not.

        Args:
            now: The time.
            lease: What `acquire` gave.
            told: The limit that the answer reported; None if it reported none or no answer came.
        """
        if self.leases.pop(lease, None) is not None:
            self._count(now)
        # A place is kept for each request of a window; nobody comes near a limit that needs more of them.
        if told is not None and told.limit and told.limit <= _LARGEST_LIMIT and told.interval:
            self._learn(now, told.limit, told.interval.total_seconds())
        elif not self.windows:
            self.trial = min(self.trial + 1, 1 << 16)

    def refuse(self, now: float, lease: int, told: RateLimit | None, wait: float) -> None:
        """
        Note that the server refused a request (429): nobody goes before the wait is over, and then one by one.

        Args:
            now: The time.
            lease: What `acquire` gave.
            told: The limit that the answer reported; None if it reported none.
            wait: The seconds that nobody goes.
        """
        self.complete(now, lease, told)
        self.blocked_until = max(self.blocked_until, now + wait)
        full = [
            window
            for window in self.windows.values()
            if told and told.interval and told.interval.total_seconds() == window.interval
        ]
        for window in full or self.windows.values():
            step = window.interval * _MARGIN / window.limit
            window.taken = [self.blocked_until + step * index for index in range(window.limit)]
        if not self.windows:
            self.trial = max(1, self.trial // 2)

    def _learn(self, now: float, limit: int, interval: float) -> None:
        window = self.windows.get(interval)
        if window is not None:
            window.limit = limit
            window.reported = max(window.reported, now)
            return
        learned = [window for window in self.windows.values() if window.reported < math.inf]
        if len(learned) >= _LEARNED_WINDOWS:
            del self.windows[min(learned, key=lambda window: window.reported).interval]
        # Of each second only the count and the last moment are known.
        ends = (last + interval * _MARGIN for count, last in self._history.values() for _ in range(count))
        self.windows[interval] = Window(limit, interval, sorted(end for end in ends if end > now), now)

    def _count(self, now: float) -> None:
        for window in self.windows.values():
            insort(window.taken, now + window.interval * _MARGIN)
        second = int(now)
        count, last = self._history.get(second, (0, now))
        # Who shares a store may read the clock in one order and update in another.
        self._history[second] = (count + 1, max(last, now))
        if len(self._history) > _HISTORY_SECONDS:
            del self._history[min(self._history)]

    def _expire(self, now: float) -> None:
        for window in self.windows.values():
            window.forget(now)
        # A process that shares the store may have died with requests under way.
        if self.leases and now - next(iter(self.leases.values())) > _LEASE_SECONDS:
            for lease in [lease for lease, sent in self.leases.items() if now - sent > _LEASE_SECONDS]:
                del self.leases[lease]
                self._count(now)

    def to_dict(self) -> dict[str, Any]:
        """
        Return the state as JSON.
        """
        return {
            "windows": [
                [window.limit, window.interval, window.taken, None if window.reported == math.inf else window.reported]
                for window in self.windows.values()
            ],
            "leases": list(self.leases.items()),
            "blocked_until": self.blocked_until,
            "trial": self.trial,
            "history": list(self._history.items()),
            "next_lease": self._next_lease,
        }

    @classmethod
    def from_dict(cls, source: Mapping[str, Any]) -> Bucket:
        """
        Build the state from what `to_dict` gave.
        """
        return cls(
            windows={
                interval: Window(limit, interval, list(taken), math.inf if reported is None else reported)
                for limit, interval, taken, reported in source["windows"]
            },
            leases=dict(map(tuple, source["leases"])),
            blocked_until=source["blocked_until"],
            trial=source["trial"],
            history={second: (count, last) for second, (count, last) in source["history"]},
            next_lease=source["next_lease"],
        )
