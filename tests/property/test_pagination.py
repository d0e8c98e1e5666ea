"""
`iterate` over lists of any length, and over lists that change between any two requests.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import anyio
import anyio.lowlevel
import attrs
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imagekit_async import AsyncImageKit

BACKENDS = ["asyncio", "trio"]


@attrs.define
class Library:
    """
    A list in a stable order; after each request some items are deleted and others inserted, anywhere.

    A change is whether to delete or to insert, and a place, from 0 for the beginning to 1 for the end. A delay is how
    often a request lets others go first.
    """

    items: list[str]
    changes: list[list[tuple[bool, float]]] = attrs.field(factory=list)
    delays: list[int] = attrs.field(factory=list)
    requests: list[tuple[int, int]] = attrs.field(factory=list)
    deleted: set[str] = attrs.field(factory=set)
    added: set[str] = attrs.field(factory=set)

    async def respond(self, request: httpx.Request) -> httpx.Response:
        """
        Give the page that is asked for as it is at this moment, then change the list.
        """
        skip, limit = (int(request.url.params[name]) for name in ("skip", "limit"))
        self.requests.append((skip, limit))
        for _ in range(self.delays.pop(0) if self.delays else 0):
            await anyio.lowlevel.checkpoint()
        page = self.items[skip : skip + limit]
        for deletes, place in self.changes.pop(0) if self.changes else ():
            self.change(deletes, place)
        return httpx.Response(200, json=[{"type": "file", "fileId": item} for item in page])

    def change(self, deletes: bool, place: float) -> None:
        """
        Delete or insert one item.
        """
        if not deletes:
            name = f"new{len(self.added)}"
            self.added.add(name)
            self.items.insert(round(place * len(self.items)), name)
        elif self.items:
            self.deleted.add(self.items.pop(round(place * (len(self.items) - 1))))


def listed(library: Library, backend: str, **arguments: Any) -> list[str]:
    """
    Iterate over a library and return the ids of what was yielded.
    """

    async def run() -> list[str]:
        async with AsyncImageKit("private_key_of_tests", transport=httpx.MockTransport(library.respond)) as client:
            assets: AsyncIterator[Any] = client.assets.iterate(**arguments)
            return [asset.file_id async for asset in assets]

    return anyio.run(run, backend=backend)


def needed(count: int, page_size: int, limit: int | None) -> int:
    """
    Return how many requests it takes to see `limit` of `count` items, or the end of the list.
    """
    requests = 0
    while limit != 0:
        read = requests * (page_size - 1) + page_size
        requests += 1
        if read > count or (limit is not None and read >= limit):
            break
    return requests


counts = st.integers(0, 40)
page_sizes = st.integers(2, 12)
limits = st.none() | st.integers(0, 45)
prefetches = st.integers(0, 4)
changes = st.lists(st.lists(st.tuples(st.booleans(), st.floats(0, 1)), max_size=6), max_size=15)
deletions = st.lists(st.lists(st.tuples(st.just(True), st.floats(0, 0.5)), max_size=6), max_size=15)
delays = st.lists(st.integers(0, 4), max_size=15)


@pytest.mark.parametrize("backend", BACKENDS)
@given(count=counts, page_size=page_sizes, limit=limits, prefetch=prefetches, late=delays)
def test_a_list_at_rest_is_read_exactly(backend, count, page_size, limit, prefetch, late):
    """All items come once and in order, whatever page size, limit and prefetch are; only the end can be overshot."""
    library = Library([f"id{index}" for index in range(count)], delays=late)
    items = list(library.items)
    fewest = needed(count, page_size, limit)

    found = listed(library, backend, page_size=page_size, limit=limit, prefetch=prefetch)

    assert items[:limit] == found
    assert fewest <= len(library.requests) <= fewest + (0 if limit is not None and limit <= count else prefetch)
    assert all(size == min(page_size, limit or page_size) for _, size in library.requests)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("changing", [changes, deletions], ids=["changes", "deletions"])
@given(data=st.data(), count=counts, page_size=page_sizes, limit=limits, prefetch=prefetches, late=delays)
def test_what_stays_is_yielded_exactly_once(backend, changing, data, count, page_size, limit, prefetch, late):
    """Nothing comes twice, and what exists throughout comes in order, whatever comes and goes between requests."""
    library = Library([f"id{index}" for index in range(count)], changes=data.draw(changing), delays=late)
    items = list(library.items)

    found = listed(library, backend, page_size=page_size, limit=limit, prefetch=prefetch)
    stayed = [item for item in items if item not in library.deleted]
    in_order = [item for item in found if item in set(stayed)]
    complete = limit is None or len(found) < limit

    assert len(set(found)) == len(found)
    assert set(found) <= set(items) | library.added
    assert limit is None or len(found) <= limit
    assert stayed[: None if complete else len(in_order)] == in_order
