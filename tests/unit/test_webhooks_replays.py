"""
The memory of deliveries.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from imagekit_async.webhooks import MemoryReplayStore, ReplayStore

pytestmark = pytest.mark.anyio
LIFETIME = timedelta(minutes=10)


class Clock:
    """
    A clock that is set by hand.
    """

    def __init__(self) -> None:
        self.now = datetime(2026, 9, 21, tzinfo=UTC)

    def __call__(self) -> datetime:
        """
        Tell the time it was set to.
        """
        return self.now


async def test_life_of_a_delivery() -> None:
    """A delivery is new once, then pending, then done; when it is released it is new again."""
    store: ReplayStore = MemoryReplayStore()
    seen = [await store.claim("a", LIFETIME), await store.claim("a", LIFETIME)]
    await store.complete("a")
    seen.append(await store.claim("a", LIFETIME))
    await store.release("a")
    seen.append(await store.claim("a", LIFETIME))

    assert ["new", "pending", "done", "new"] == seen


async def test_deliveries_are_apart() -> None:
    """One delivery says nothing about another, and finishing an unknown one records nothing."""
    store = MemoryReplayStore()
    await store.claim("a", LIFETIME)
    await store.complete("b")
    await store.release("c")

    assert ["new", "new"] == [await store.claim("b", LIFETIME), await store.claim("c", LIFETIME)]


async def test_lifetime() -> None:
    """A delivery is remembered to the very end of its lifetime, and not longer."""
    clock = Clock()
    store = MemoryReplayStore(clock=clock)
    await store.claim("a", LIFETIME)
    await store.complete("a")
    clock.now += LIFETIME

    assert "done" == await store.claim("a", LIFETIME)

    clock.now += timedelta(microseconds=1)

    assert "new" == await store.claim("a", LIFETIME)


async def test_expired_entries_make_room() -> None:
    """What is expired goes when something new comes."""
    clock = Clock()
    store = MemoryReplayStore(clock=clock)
    for key in "abc":
        await store.claim(key, LIFETIME)
    clock.now += 2 * LIFETIME
    await store.claim("d", LIFETIME)

    assert ["d"] == list(store._entries)


async def test_bound() -> None:
    """Beyond the bound the oldest delivery is forgotten."""
    store = MemoryReplayStore(max_entries=2)
    for key in "abc":
        await store.claim(key, LIFETIME)

    assert ["pending", "pending", "new"] == [await store.claim(key, LIFETIME) for key in "bca"]


def test_no_room_at_all() -> None:
    """A store for nothing would let every repetition through."""
    with pytest.raises(ValueError, match="max_entries"):
        MemoryReplayStore(max_entries=0)
