"""
What a process knows about an endpoint whose state is in Redis: plain state over values, with no clock and no waiting.
"""

from __future__ import annotations

import asyncio
import math
from bisect import bisect_right
from collections import deque
from datetime import timedelta
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import attrs

from .._http.bucket import LEARNED_WINDOWS, Bucket, Window
from .._http.rate_limit_store import RateLimitWait
from .._response import RateLimit

if TYPE_CHECKING:
    from .._http.rate_limit_store import Budgets

_NO_PERMIT = 0
_UNUSED_SECONDS = 1.0
_MOST_COMPLETED = 10_000


def microseconds(seconds: float) -> int:
    """
    Return a duration as the script takes it.
    """
    return max(round(seconds * 1e6), 0)


@attrs.define
class _Window(Window):
    """
    A window whose slots the script has put together, so that nothing here depends on the limit.

    Attributes:
        taken: When the slots that were put together become free again, ascending.
        totals: How many slots have become free by then.
    """

    totals: list[int] = attrs.field(kw_only=True)

    def forget(self, now: float) -> None:
        free = bisect_right(self.taken, now)
        if free:
            gone = self.totals[free - 1]
            self.taken, self.totals = self.taken[free:], [total - gone for total in self.totals[free:]]

    def wait(self, now: float, in_flight: int, ahead: int) -> float | None:
        place = (self.totals[-1] if self.totals else 0) + in_flight + ahead - self.limit
        if place < 0:
            return 0.0
        index = bisect_right(self.totals, place)
        return self.taken[index] - now if index < len(self.taken) else None


@attrs.define(eq=False)
class RedisEndpoint:
    """
    What one event loop knows about one endpoint. Times are the event loop's.

    Attributes:
        key: The key of its state in Redis.
        budgets: Limits known beforehand.
        lock: Held while the script is asked.
        permits: From when on each permit that was granted and not used yet is valid.
        in_flight: Permits in use; those that the fallback granted with their number there.
        completed: When requests ended that the script has not counted yet.
        reported: Limits by interval that the script does not know yet.
        refused: A 429 that the script does not know yet: the end of its wait, and the interval it reported or 0.
        bucket: The state as the script returned it last.
        stamp: The identity of that state, its clock, and when it was asked for.
        ask_again: When the next decision can differ.
        unknown: Whether a response can bring it earlier.
        fallback: The state that holds while Redis does not respond.
    """

    key: str
    budgets: Budgets
    lock: asyncio.Lock = attrs.field(factory=asyncio.Lock)
    permits: deque[float] = attrs.field(factory=deque[float])
    in_flight: dict[int, int | None] = attrs.field(factory=dict[int, "int | None"])
    completed: list[float] = attrs.field(factory=list[float])
    reported: dict[float, int] = attrs.field(factory=dict[float, int])
    refused: tuple[float, float] | None = None
    bucket: Bucket = attrs.field(factory=Bucket)
    stamp: tuple[int, int, float] = (0, 0, 0.0)
    ask_again: float = 0.0
    unknown: bool = False
    fallback: Bucket = attrs.field(factory=Bucket)

    @property
    def has_news(self) -> bool:
        """
        True if the script does not know all that it has to.
        """
        return bool(self.completed or self.reported or self.refused)

    def drop_stale_permits(self, now: float) -> bool:
        """
        Give up permits that were not used in time, and return whether there were any.

        A process that was stopped must not use what the script has taken from it.
        """
        stale = bool(self.permits) and self.permits[0] < now - _UNUSED_SECONDS
        if stale:
            self.permits.clear()
        return stale

    def note(self, now: float, reported: tuple[int, float] | None, refused_for: timedelta | None) -> bool:
        """
        Note that a request ended, and return whether the other processes must know at once.
        """
        self.completed.append(now)
        limit, interval = reported or (0, 0.0)
        known = self.bucket.windows.get(interval)
        urgent = refused_for is not None
        if limit and (known is None or known.limit != limit):
            urgent = True
            self.reported = dict([*self.reported.items(), (interval, limit)][-LEARNED_WINDOWS:])
        if refused_for is not None:
            self.refused = max(self.refused or (0.0, 0.0), (now + refused_for.total_seconds(), interval))
        if urgent or self.unknown:
            self.ask_again = now
        return urgent

    def acquire_locally(self, now: float, fallback: tuple[int, timedelta]) -> int | RateLimitWait:
        """
        Decide while Redis does not respond; what is known of the shared limit holds, too.
        """
        held_back = max(self.bucket.blocked_until, self.refused[0] if self.refused else 0.0) - now
        if held_back > 0:
            return RateLimitWait(held_back, held_back, self.bucket.limits, lambda _: held_back)
        if not self.fallback.windows:
            self.fallback = Bucket.of((*self.budgets, fallback))
        known = {window.interval: window.limit for window in self.bucket.windows.values()} | self.reported
        for interval, limit in known.items():
            if interval == fallback[1].total_seconds():
                limit = min(limit, fallback[0])
            self.fallback.complete(now, _NO_PERMIT, RateLimit(limit, timedelta(seconds=interval), None))
        permit = self.fallback.acquire(now)
        if permit is not None:
            return permit
        bucket = self.fallback
        return RateLimitWait(bucket.delay(now), bucket.held_back(now), bucket.limits, partial(bucket.estimate, now))

    def complete_locally(self, now: float, permit: int, refused_for: timedelta | None) -> None:
        """
        Give a permit of the fallback back.
        """
        if refused_for is None:
            self.fallback.complete(now, permit)
        else:
            self.fallback.refuse(now, permit, None, refused_for.total_seconds())

    def question(self, process: str, waiting: int, now: float) -> dict[str, Any]:
        """
        Return the script's argument.
        """
        del self.completed[:-_MOST_COMPLETED]
        epoch, clock, asked = self.stamp
        refused = [] if self.refused is None else [self.refused[0] - now, self.refused[1]]
        return {
            "process": process,
            "held": len(self.permits) + len(self.in_flight),
            "waiting": waiting,
            "completed": [microseconds(now - time) for time in self.completed],
            "reported": [[limit, microseconds(interval)] for interval, limit in self.reported.items()],
            "refused": [microseconds(seconds) for seconds in refused],
            "budgets": [[limit, microseconds(interval.total_seconds())] for limit, interval in self.budgets],
            "learned": [[window.limit, microseconds(window.interval)] for window in self.bucket.windows.values()],
            "epoch": epoch,
            "expected": epoch and clock + microseconds(now - asked),
        }

    def learn(self, reply: list[Any], question: dict[str, Any], asked: float, now: float) -> None:
        """
        Take over what the script returned, and forget what it knows now.
        """
        epoch, clock, delay, blocked, in_flight, granted, windows = reply
        self.stamp = epoch, clock, asked
        del self.completed[: len(question["completed"])]
        for limit, interval in question["reported"]:
            if self.reported.get(interval / 1e6) == limit:
                del self.reported[interval / 1e6]
        if question["refused"] and self.refused is not None and self.refused[0] <= now + blocked / 1e6 + 0.001:
            self.refused = None
        if question["waiting"]:
            self.unknown, self.ask_again = delay < 0, now + abs(delay) / 1e6
        self.permits.extend(now + wait / 1e6 for wait in granted)
        known = self.bucket.windows
        self.bucket = Bucket(blocked_until=now + blocked / 1e6, leases=dict.fromkeys(range(in_flight), math.inf))
        for limit, interval, learned, slots in windows:
            ends: list[float] = [now + delay / 1e6 for delay in slots[::2]]
            totals: list[int] = list(accumulate(slots[1::2]))
            last = known.get(interval / 1e6)
            if not ends and isinstance(last, _Window):
                # The script leaves them out unless calls wait.
                ends, totals = last.taken, last.totals
            self.bucket.add(_Window(limit, interval / 1e6, ends, now if learned else math.inf, totals=totals))

    def decision(self, now: float) -> RateLimitWait:
        """
        Return why a request has to wait.
        """

        def estimate(ahead: int) -> float:
            if ahead < len(self.permits):
                return self.permits[ahead] - now
            return self.bucket.estimate(now, ahead - len(self.permits))

        delay = max((self.permits[0] if self.permits else self.ask_again) - now, 0.0)
        known = None if self.unknown and not self.permits else delay
        return RateLimitWait(known, self.bucket.held_back(now), self.bucket.limits, estimate)
