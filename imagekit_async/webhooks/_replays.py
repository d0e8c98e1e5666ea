"""
Memory of the deliveries that were seen, so that none is handled twice.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Literal, Protocol

from ._signatures import utc_now

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

Delivery = Literal["new", "pending", "done"]
"""
What is known about a delivery: nothing, that it is being handled, or that it was handled.
"""


class ReplayStore(Protocol):
    """
    Where an endpoint remembers deliveries; share one (in Redis, say) between processes that serve the same webhook.
    """

    async def claim(self, key: str, lifetime: timedelta) -> Delivery:
        """
        Return what is known about a delivery and, if that is nothing, record it as pending; both in one step.

        Args:
            key: What tells the delivery from others.
            lifetime: How long to remember it at least.
        """
        ...

    async def complete(self, key: str) -> None:
        """
        Record that a pending delivery was handled.
        """
        ...

    async def release(self, key: str) -> None:
        """
        Forget a pending delivery, because handling it failed.
        """
        ...


class MemoryReplayStore:
    """
    A `ReplayStore` for one process.

    Args:
        max_entries: How many deliveries to remember; beyond that the oldest is forgotten.
        clock: Tells the current time, aware; by default the system's.
    """

    def __init__(self, *, max_entries: int = 10_000, clock: Callable[[], datetime] = utc_now) -> None:
        if max_entries < 1:
            raise ValueError(f"max_entries must be at least 1, not {max_entries}")
        self._max_entries = max_entries
        self._clock = clock
        self._entries: OrderedDict[str, tuple[Delivery, datetime]] = OrderedDict()

    async def claim(self, key: str, lifetime: timedelta) -> Delivery:
        """
        Return what is known about a delivery and, if that is nothing, record it as pending.

        Args:
            key: What tells the delivery from others.
            lifetime: How long to remember it.
        """
        now = self._clock()
        state, expires = self._entries.get(key, ("new", now))
        if state != "new" and expires >= now:
            return state
        self._entries.pop(key, None)
        self._make_room(now)
        self._entries[key] = ("pending", now + lifetime)
        return "new"

    async def complete(self, key: str) -> None:
        """
        Record that a pending delivery was handled.
        """
        if key in self._entries:
            self._entries[key] = ("done", self._entries[key][1])

    async def release(self, key: str) -> None:
        """
        Forget a delivery, because handling it failed.
        """
        self._entries.pop(key, None)

    def _make_room(self, now: datetime) -> None:
        while self._entries:
            _, expires = next(iter(self._entries.values()))
            if expires >= now and len(self._entries) < self._max_entries:
                return
            self._entries.popitem(last=False)
