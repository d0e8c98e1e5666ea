"""
Turns a list that is read by offset into one asynchronous iterator; knows nothing of the API but what it is given.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, TypeVar

import anyio

from ._model import PLAIN

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence

T = TypeVar("T")


def refuse_paging(query: Mapping[str, object] | None, *names: str) -> None:
    """
    Refuse query parameters that would ask for the same page over and over.

    Raises:
        ValueError: The query holds one of the names.
    """
    if refused := [name for name in names if name in (query or {})]:
        raise ValueError(f"extra_query must not hold {' or '.join(refused)}: iterate sets it for each page")


class PageIterator(AsyncIterator[T]):
    """
    Yields the items of all pages, each once, whatever is added to the list or deleted from it meanwhile.

    What is deleted before the offset moves the rest of the list forward, past the reader. So each page begins where the
    one before ended, with the same item. A page that holds nothing known shows that the list has moved; pages before it
    are read again until one joins what was read. So whatever lies before a known item was read, or has come since.

    Args:
        fetch: Reads a page: takes the offset and the size, gives the items.
        tag: Attribute that tells what kind an item is of; None when all are of one kind.
        identity: Paths of the attributes that tell an item from others of its kind, such as `version_info.id`, by kind;
            by None when all are of one kind.
        page_size: Items a request asks for, 2 or more.
        largest_page: Items a request may ask for at most.
        limit: Items to yield at most; None for all.
        prefetch: Pages to read at the same time as the next one, 0 or more; the first page is read alone.

    Raises:
        ValueError: `page_size`, `limit` or `prefetch` is out of range.
    """

    def __init__(
        self,
        fetch: Callable[[int, int], Awaitable[list[T]]],
        *,
        tag: str | None,
        identity: Mapping[str | None, Sequence[str]],
        page_size: int,
        largest_page: int,
        limit: int | None,
        prefetch: int,
    ) -> None:
        if not 2 <= page_size <= largest_page:
            raise ValueError(f"page_size must be from 2 to {largest_page}, not {page_size}")
        if limit is not None and limit < 0:
            raise ValueError(f"limit must be at least 0, or None for all, not {limit}")
        if prefetch < 0:
            raise ValueError(f"prefetch must be at least 0, not {prefetch}")
        self._fetch = fetch
        self._tag = tag
        self._identity = {kind: [path.split(".") for path in paths] for kind, paths in identity.items()}
        self._page_size = page_size if limit is None else min(page_size, limit)
        self._step = max(1, self._page_size - 1)
        self._left = limit
        self._prefetch = prefetch
        self._offset = 0
        self._seen: set[Hashable] = set()
        self._doubted: set[int] = set()
        self._buffer: deque[T] = deque()
        self._done = False

    async def __anext__(self) -> T:
        while self._left != 0 and not self._buffer and not self._done:
            await self._read_on()
        if self._left == 0 or not self._buffer:
            raise StopAsyncIteration
        if self._left is not None:
            self._left -= 1
        return self._buffer.popleft()

    async def _read_on(self) -> None:
        ahead = self._prefetch if self._seen else 0
        if self._left is not None:
            ahead = min(ahead, (self._left - 1) // self._step)
        offsets = [self._offset + self._step * index for index in range(ahead + 1)]
        for offset, items in zip(offsets, await self._read(offsets), strict=True):
            if not self._take(offset, items):
                return

    def _take(self, offset: int, items: list[T]) -> bool:
        """
        Add a page to the buffer; False when the one after it is not needed, or not yet.
        """
        keys = [self._key(item) for item in items]
        if offset and self._seen.isdisjoint(keys) and not self._is_hopeless(offset, keys):
            self._doubted.add(offset)
            self._offset = max(0, offset - self._step)
            return False
        for key, item in zip(keys, items, strict=True):
            if key not in self._seen:
                self._seen.add(key)
                self._buffer.append(item)
        self._done = len(items) < self._page_size
        self._offset = offset + self._step
        return not self._done

    def _is_hopeless(self, offset: int, keys: list[Hashable]) -> bool:
        # An item without ids may look different each time, and would send the reader back for ever.
        return offset in self._doubted and any(isinstance(key, str) for key in keys[:1])

    async def _read(self, offsets: list[int]) -> list[list[T]]:
        if len(offsets) == 1:
            return [await self._fetch(offsets[0], self._page_size)]
        pages: dict[int, list[T]] = {}
        errors: list[Exception] = []

        async def read(offset: int) -> None:
            try:
                pages[offset] = await self._fetch(offset, self._page_size)
            except Exception as error:
                # Raised below, by itself instead of in a group.
                errors.append(error)
                tasks.cancel_scope.cancel()

        async with anyio.create_task_group() as tasks:
            for offset in offsets:
                tasks.start_soon(read, offset)
        if errors:
            raise errors[0]
        return [pages[offset] for offset in offsets]

    def _key(self, item: T) -> Hashable:
        """
        Return what tells an item from others: kind and ids, or its whole content as text when it has no known ids.
        """
        kind = None if self._tag is None else getattr(item, self._tag, None)
        parts: list[Any] = []
        for path in self._identity.get(kind, ()) if kind is None or isinstance(kind, str) else ():
            value: Any = item
            for name in path:
                value = getattr(value, name, None)
            parts.append(value)
        if parts and all(isinstance(part, str | int) for part in parts):
            return kind, *parts
        return json.dumps(PLAIN.encode(item), sort_keys=True)
