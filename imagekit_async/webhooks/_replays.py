"""
Memory of deliveries, so that none is handled twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from datetime import timedelta

Delivery = Literal["new", "pending", "done"]
"""
What is known about a delivery: it is new, it is being handled, or it was handled.
"""


class ReplayStore(Protocol):
    """
    Where an endpoint remembers deliveries. Processes that serve the same webhook share one, for example in Redis.
    """

    async def claim(self, key: str, lifetime: timedelta) -> Delivery:
        """
        Return what is known about a delivery, and record a new one as pending, in one atomic step.

        Args:
            key: Identifies the delivery.
            lifetime: Time to remember a pending delivery, whose handler may have crashed.
        """
        ...

    async def complete(self, key: str) -> None:
        """
        Record that a pending delivery was handled, and remember it for a day in case a clock is set back.
        """
        ...

    async def release(self, key: str) -> None:
        """
        Forget a pending delivery, because handling it failed.
        """
        ...


class MemoryReplayStore:
    """
    A `ReplayStore` for one process. It looks at no clock, so a clock that jumps makes it forget nothing.

    Args:
        max_entries: How many deliveries to remember. Each new one beyond that makes the store forget the oldest.

    Raises:
        ValueError: `max_entries` is less than 1.
    """

    def __init__(self, *, max_entries: int = 10_000) -> None:
        if max_entries < 1:
            raise ValueError(f"max_entries must be at least 1, got {max_entries}")
        self._max_entries = max_entries
        self._entries: dict[str, Delivery] = {}

    async def claim(self, key: str, lifetime: timedelta) -> Delivery:
        """
        Return what is known about a delivery, and record a new one as pending, whatever its lifetime.
        """
        state = self._entries.get(key, "new")
        if state == "new":
            self._entries[key] = "pending"
            if len(self._entries) > self._max_entries:
                del self._entries[next(iter(self._entries))]
        return state

    async def complete(self, key: str) -> None:
        """
        Record that a pending delivery was handled.
        """
        if key in self._entries:
            self._entries[key] = "done"

    async def release(self, key: str) -> None:
        """
        Forget a pending delivery, because handling it failed.
        """
        self._entries.pop(key, None)
