"""
Where the pacer keeps what it knows of each endpoint's limit.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol, TypeVar

import anyio

if TYPE_CHECKING:
    from collections.abc import Callable

    from .bucket import Bucket

T = TypeVar("T")


class RateLimitStore(Protocol):
    """
    Keeps the state of each endpoint, so that several clients or processes can share one budget.

    Give a client one through `Pacing(store=...)`. A store for several processes saves `bucket.to_dict()` under the key
    and restores it with `Bucket.from_dict`, in a transaction or a compare-and-set loop. Updates are not cancelled, so
    they must end by themselves.
    """

    def now(self) -> float:
        """
        Return the time in seconds, by a clock that all who share the store agree on.
        """
        ...

    async def update(self, key: str, change: Callable[[Bucket], T], new: Callable[[], Bucket]) -> T:
        """
        Apply a change to one endpoint's state, atomically, and return its result.

        Args:
            key: The endpoint, e.g. `assets.list`.
            change: A plain function that reads and changes the bucket; it may be called again on a fresh copy.
            new: Makes the bucket of an endpoint that the store does not know yet.
        """
        ...


class InProcessStore:
    """
    The default store: a dictionary, for one event loop.
    """

    def __init__(self) -> None:
        self._buckets: dict[str, Bucket] = {}
        self._lock = threading.Lock()

    def now(self) -> float:
        """
        Return the event loop's time.
        """
        return anyio.current_time()

    async def update(self, key: str, change: Callable[[Bucket], T], new: Callable[[], Bucket]) -> T:
        """
        Apply the change; nothing else runs in between.
        """
        with self._lock:
            bucket = self._buckets.get(key)
            if bucket is None:
                bucket = self._buckets[key] = new()
            return change(bucket)
