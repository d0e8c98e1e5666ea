"""
The default store of rate limits, in memory.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import anyio

from .bucket import Bucket

if TYPE_CHECKING:
    from datetime import timedelta

    from .._response import RateLimit
    from .rate_limit_store import Budgets, RateLimitWait


class InProcessStore:
    """
    Decides for the calls of one event loop.
    """

    def __init__(self) -> None:
        self._buckets: dict[str, Bucket] = {}

    async def acquire(self, key: str, *, waiting: int, budgets: Budgets) -> int | RateLimitWait:
        """
        Take a slot of each window, if there is one.
        """
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = Bucket.of(budgets)
        now = anyio.current_time()
        permit = bucket.acquire(now)
        if permit is not None:
            return permit
        # Imported with the first call that waits.
        from .rate_limit_store import RateLimitWait

        return RateLimitWait(bucket.delay(now), bucket.held_back(now), bucket.limits, partial(bucket.estimate, now))

    async def complete(
        self, key: str, permit: int, *, reported: RateLimit | None, refused_for: timedelta | None
    ) -> tuple[RateLimit, ...]:
        """
        Free the slots of a request one interval from now.
        """
        bucket, now = self._buckets[key], anyio.current_time()
        if refused_for is None:
            bucket.complete(now, permit, reported)
        else:
            bucket.refuse(now, permit, reported, refused_for.total_seconds())
        return bucket.limits
