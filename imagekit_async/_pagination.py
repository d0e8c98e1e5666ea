"""
Turns a list that is read by offset into one asynchronous iterator. Knows nothing of the API beyond its arguments.
"""

from __future__ import annotations

import json
import math
from abc import abstractmethod
from array import array
from bisect import bisect_left, insort
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import anyio

from ._json import is_mapping
from ._model import Model
from ._scalars import INTEGER, placed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence

T = TypeVar("T")


def refuse_paging(query: Mapping[str, object] | None, *names: str) -> None:
    """
    Refuse query parameters that would request the same page again and again.

    Raises:
        ValueError: The query contains one of the names. The call refuses a query that is not a mapping.
    """
    if refused := [name for name in names if is_mapping(query) and name in query]:
        raise ValueError(f"extra_query must not contain {' or '.join(refused)}: iterate sets it for each page")


class Pages(AsyncIterator[T]):
    """
    Base of the iterators over lists that are read page by page.

    Args:
        limit: Maximum items to yield, 0 or more; None for all.

    Raises:
        TypeError: `limit` is not an int.
        ValueError: `limit` is negative.
    """

    def __init__(self, *, limit: int | None) -> None:
        self._left = None if limit is None else _checked("limit", limit, 0)
        self._buffer: deque[T] = deque()
        self._done = False

    async def __anext__(self) -> T:
        for item in await self._next(1):
            return item
        raise StopAsyncIteration

    async def batch(self) -> list[T]:
        """
        Return the items that need no further request, after one if there are none; an empty list at the end.
        """
        return await self._next(None)

    async def _next(self, count: int | None) -> list[T]:
        while self._left != 0 and not self._buffer and not self._done:
            await self._read_on()
        found = len(self._buffer) if count is None else min(count, len(self._buffer))
        if self._left is not None:
            found = min(found, self._left)
            self._left -= found
        return [self._buffer.popleft() for _ in range(found)]

    @abstractmethod
    async def _read_on(self) -> None:
        """
        Add the items of the next request to the buffer, or find that there are none.
        """
        ...


class CursorIterator(Pages[T]):
    """
    Yields the items of all pages in the order of the API, where each page leads to the next one.

    Nothing is known about items that are added or deleted during iteration: the API may repeat or skip others then.

    Args:
        fetch: Reads a page: takes its position, None for the first one; returns the items and the position of the next
            page, None if there is none.
        limit: Maximum items to yield, 0 or more; None for all.

    Raises:
        TypeError: `limit` is not an int.
        ValueError: `limit` is negative.
    """

    def __init__(self, fetch: Callable[[Any], Awaitable[tuple[list[T], Any]]], *, limit: int | None) -> None:
        super().__init__(limit=limit)
        self._fetch = fetch
        self._position: Any = None

    async def _read_on(self) -> None:
        items, position = await self._fetch(self._position)
        self._buffer.extend(items)
        # A page that leads to itself would be read forever.
        self._done = position is None or position == self._position
        self._position = position


class PageIterator(Pages[T]):
    """
    Yields the items of all pages, each once, even if items are added or deleted during iteration.

    Deleting an item before the offset moves the rest of the list forward, past the reader. So each page starts with the
    last item of the page before it. A page without any known item shows that the list has moved; earlier pages are then
    read again until one overlaps with what was read. Everything before a known item was therefore read, or is new.

    Args:
        fetch: Reads a page: takes the offset and the size, returns the items.
        tag: Attribute that holds the kind of an item; None when all are of one kind.
        identity: Paths of the attributes that distinguish items of one kind, such as `version_info.id`, by kind;
            by None when all are of one kind.
        page_size: Items per request, 2 or more.
        largest_page: Maximum items per request.
        limit: Maximum items to yield; None for all.
        prefetch: Pages to read at the same time as the next one, 0 or more; the first page is read alone.

    Raises:
        TypeError: `page_size`, `limit` or `prefetch` is not an int.
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
        page_size = _checked("page_size", page_size, 2, largest_page)
        super().__init__(limit=limit)
        prefetch = _checked("prefetch", prefetch, 0)
        self._fetch = fetch
        self._tag = tag
        self._identity = {kind: [path.split(".") for path in paths] for kind, paths in identity.items()}
        self._page_size = page_size if limit is None else min(page_size, limit)
        self._step = max(1, self._page_size - 1)
        self._prefetch = prefetch
        self._offset = 0
        # Hashes of the keys. That any two of a million items have the same 64 bits, and one is taken for the other,
        # happens once in tens of millions of iterations.
        self._seen = _Hashes()
        self._doubted: set[int] = set()

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
        Add a page to the buffer; return False when the next page is not needed, or not yet.
        """
        keys = [self._key(item) for item in items]
        hashes = [hash(key) for key in keys]
        if offset and not any(hashed in self._seen for hashed in hashes) and not self._is_hopeless(offset, keys):
            self._doubted.add(offset)
            self._offset = max(0, offset - self._step)
            return False
        for hashed, item in zip(hashes, items, strict=True):
            if hashed not in self._seen:
                self._seen.add(hashed)
                self._buffer.append(item)
        self._done = len(items) < self._page_size
        self._offset = offset + self._step
        return not self._done

    def _is_hopeless(self, offset: int, keys: list[Hashable]) -> bool:
        # An item without ids may look different each time, and would send the reader back forever.
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
        Return what distinguishes an item: its kind and ids, or its whole content as text when it has no known ids.
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
        return json.dumps(item.to_dict() if isinstance(item, Model) else item, sort_keys=True)


class _Hashes:
    """
    A set of hashes that takes 9 bytes for each, an eighth of what a `set` of them takes.
    """

    def __init__(self) -> None:
        self._sorted = defaultdict[int, "array[int]"](partial(array, "q"))

    def __bool__(self) -> bool:
        return bool(self._sorted)

    def __contains__(self, hashed: int) -> bool:
        part = self._sorted[hashed & 1023]
        index = bisect_left(part, hashed)
        return index < len(part) and part[index] == hashed

    def add(self, hashed: int) -> None:
        # In so many parts that moving the larger hashes takes no time.
        insort(self._sorted[hashed & 1023], hashed)


def _checked(name: str, value: int, least: int, most: float = math.inf) -> int:
    try:
        number: int = INTEGER.encode(value)
    except (TypeError, ValueError) as error:
        raise placed(error, name) from None
    if not least <= number <= most:
        raise ValueError(
            f"{name} must be {f'from {least} to {most}' if most < math.inf else f'at least {least}'}, got {number}"
        )
    return number
