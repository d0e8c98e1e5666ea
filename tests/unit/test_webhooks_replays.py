"""
The memory of deliveries.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from imagekit_async.webhooks import MemoryReplayStore, ReplayStore

pytestmark = pytest.mark.anyio
LIFETIME = timedelta(minutes=10)


async def test_life_of_a_delivery() -> None:
    """A delivery is new once, then pending, then done; once released, it is new again."""
    store: ReplayStore = MemoryReplayStore()
    seen = [await store.claim("a", LIFETIME), await store.claim("a", LIFETIME)]
    await store.complete("a")
    seen.append(await store.claim("a", LIFETIME))
    await store.release("a")
    seen.append(await store.claim("a", LIFETIME))

    assert ["new", "pending", "done", "new"] == seen


async def test_deliveries_are_apart() -> None:
    """Deliveries do not affect each other, and finishing an unknown one records nothing."""
    store = MemoryReplayStore()
    await store.claim("a", LIFETIME)
    await store.complete("b")
    await store.release("c")

    assert ["new", "new"] == [await store.claim("b", LIFETIME), await store.claim("c", LIFETIME)]


async def test_bound() -> None:
    """Beyond `max_entries` the oldest delivery is forgotten."""
    store = MemoryReplayStore(max_entries=2)
    for key in "abc":
        await store.claim(key, LIFETIME)

    assert ["pending", "pending", "new"] == [await store.claim(key, LIFETIME) for key in "bca"]


def test_no_room_at_all() -> None:
    """A store without room would accept every replay, so it is refused."""
    with pytest.raises(ValueError, match="max_entries"):
        MemoryReplayStore(max_entries=0)
