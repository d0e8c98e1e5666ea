"""
A contestant of `benchmarks.fleet`: a store that reads, changes and writes the whole bucket of an endpoint as JSON.

It is the store that the page on rate limits once showed for SQLite, which was said to look the same with Redis, on
today's protocol: the bucket is in a file, each decision is one transaction in a thread, and the clock is `time.time`.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

import anyio.to_thread

from imagekit_async import RateLimit, RateLimitWait
from imagekit_async._http.bucket import Bucket, Window

T = TypeVar("T")
Budgets = tuple[tuple[int, timedelta], ...]


def to_json(bucket: Bucket) -> str:
    """
    Write all of a bucket.
    """
    windows = [[window.limit, window.interval, window.taken, window.reported] for window in bucket.windows.values()]
    state = [windows, [*bucket.leases.items()], bucket.blocked_until, bucket.trial]
    return json.dumps([*state, [*bucket._history.items()], bucket._next_lease])


def from_json(text: str) -> Bucket:
    """
    Read what `to_json` wrote.
    """
    windows, leases, blocked_until, trial, history, next_lease = json.loads(text)
    bucket = Bucket(leases=dict(leases), blocked_until=blocked_until, trial=trial)
    for window in windows:
        bucket.add(Window(*window))
    bucket._history = {cell: (count, last) for cell, (count, last) in history}
    bucket._next_lease = next_lease
    return bucket


class SQLiteStore:
    """
    The budget of the processes of one machine, in a file.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self.updates = 0

    async def acquire(self, key: str, *, waiting: int, budgets: Budgets) -> int | RateLimitWait:
        """
        Take a slot of each window, if there is one.
        """

        def take(bucket: Bucket) -> int | RateLimitWait:
            now = time.time()
            permit = bucket.acquire(now)
            if permit is not None:
                return permit
            return RateLimitWait(bucket.delay(now), bucket.held_back(now), bucket.limits, partial(bucket.estimate, now))

        return await self._update(key, take, budgets)

    async def complete(
        self, key: str, permit: int, *, reported: RateLimit | None, refused_for: timedelta | None
    ) -> tuple[RateLimit, ...]:
        """
        Free the slots of a request one interval from now.
        """

        def free(bucket: Bucket) -> tuple[RateLimit, ...]:
            if refused_for is None:
                bucket.complete(time.time(), permit, reported)
            else:
                bucket.refuse(time.time(), permit, reported, refused_for.total_seconds())
            return bucket.limits

        return await self._update(key, free, ())

    async def _update(self, key: str, change: Callable[[Bucket], T], budgets: Budgets) -> T:
        self.updates += 1
        return await anyio.to_thread.run_sync(self._update_in_thread, key, change, budgets)

    def _update_in_thread(self, key: str, change: Callable[[Bucket], T], budgets: Budgets) -> T:
        with closing(sqlite3.connect(self._path, timeout=60, isolation_level=None)) as database:
            database.execute("PRAGMA synchronous = OFF")
            database.execute("CREATE TABLE IF NOT EXISTS buckets (key TEXT PRIMARY KEY, state TEXT)")
            database.execute("BEGIN IMMEDIATE")
            row: Any = database.execute("SELECT state FROM buckets WHERE key = ?", [key]).fetchone()
            bucket = Bucket.of(budgets) if row is None else from_json(row[0])
            result = change(bucket)
            database.execute("REPLACE INTO buckets VALUES (?, ?)", [key, to_json(bucket)])
            database.execute("COMMIT")
            return result
