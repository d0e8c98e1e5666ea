"""
`client.assets.iterate`: requests, order, prefetch, errors, and what is left behind.
"""

from __future__ import annotations

import gc
import itertools
import tracemalloc
from collections.abc import AsyncIterator, Callable
from typing import Any

import anyio
import httpx
import pytest

from imagekit_async import AsyncImageKit, InternalServerError, PermissionDeniedError
from imagekit_async.models import File, Folder, UnknownModel

pytestmark = pytest.mark.anyio

# A budget that is never used up; while none is known, the pacer lets few requests go at the same time.
BUDGET = {"X-RateLimit-Limit": "1000", "X-RateLimit-Interval": "1000", "X-RateLimit-Reset": "1000"}


class Library:
    """
    A media library whose every response takes a second; `before` may replace it, `after` may change it.
    """

    def __init__(self, items: list[dict[str, Any]]) -> None:
        self.items = items
        self.requests: list[httpx.Request] = []
        self.running = self.peak = 0
        self.before: Callable[[int], httpx.Response | None] = lambda number: None
        self.after: Callable[[int], None] = lambda number: None

    @property
    def pages(self) -> list[tuple[int, int]]:
        """
        Return offset and size of the pages asked for.
        """
        return [tuple(int(request.url.params[name]) for name in ("skip", "limit")) for request in self.requests]

    async def respond(self, request: httpx.Request) -> httpx.Response:
        """
        Delete a file, or give a page.
        """
        if request.method == "DELETE":
            self.items = [item for item in self.items if item["fileId"] != request.url.path.rpartition("/")[2]]
            return httpx.Response(204)
        number = len(self.requests)
        self.requests.append(request)
        self.running += 1
        self.peak = max(self.peak, self.running)
        try:
            await anyio.sleep(1)
        finally:
            self.running -= 1
        skip, limit = self.pages[number]
        reply = self.before(number) or httpx.Response(200, json=self.items[skip : skip + limit], headers=BUDGET)
        self.after(number)
        return reply

    def client(self, **settings: Any) -> AsyncImageKit:
        """
        Return a client of the library.
        """
        return AsyncImageKit("private_key_of_tests", transport=httpx.MockTransport(self.respond), **settings)


def files(count: int, first: int = 0) -> list[dict[str, Any]]:
    """
    Return files with consecutive ids.
    """
    return [{"type": "file", "fileId": f"id{index}"} for index in range(first, first + count)]


async def ids(assets: AsyncIterator[Any]) -> list[str]:
    """
    Return the file ids that are yielded.
    """
    return [asset.file_id async for asset in assets]


async def test_filters_and_options_go_with_each_request():
    """Every request carries the filters and the options of the call, with an offset and a size of its own."""
    library = Library(files(5))
    async with library.client() as client:
        await ids(
            client.assets.iterate(
                type="all",
                file_type="image",
                path="/a",
                search_query='name : "b"',
                sort="DESC_SIZE",
                page_size=3,
                prefetch=0,
                timeout=None,
                extra_headers={"X-A": "b"},
                extra_query={"c": True},
                extra_body={"d": 1},
            )
        )
    filters = {
        "type": "all",
        "fileType": "image",
        "path": "/a",
        "searchQuery": 'name : "b"',
        "sort": "DESC_SIZE",
        "c": "true",
    }

    assert [filters | {"limit": "3", "skip": skip} for skip in ("0", "2", "4")] == [
        dict(request.url.params) for request in library.requests
    ]
    assert [("b", b'{"d":1}')] * 3 == [(request.headers["X-A"], request.content) for request in library.requests]


async def test_nothing_is_sent_before_the_first_item_is_asked_for():
    """Making an iterator sends nothing, and without arguments it asks for the largest page."""
    library = Library(files(2))
    async with library.client() as client:
        assets = client.assets.iterate()
        await anyio.sleep(10)
        before = list(library.pages)
        found = await ids(assets)

    assert [] == before
    assert ["id0", "id1"] == found
    assert [(0, 1000)] == library.pages


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"page_size": 1}, "page_size must be from 2 to 1000, got 1"),
        ({"page_size": 1001}, "page_size must be from 2 to 1000, got 1001"),
        ({"limit": -1}, "limit must be at least 0, got -1"),
        ({"prefetch": -1}, "prefetch must be at least 0, got -1"),
        ({"extra_query": {"skip": 5}}, "extra_query must not contain skip: iterate sets it for each page"),
        ({"extra_query": {"limit": 5}}, "extra_query must not contain limit: iterate sets it for each page"),
    ],
)
async def test_arguments_out_of_range(arguments, message):
    """An argument out of range is refused by name when the iterator is made."""
    async with Library([]).client() as client:
        with pytest.raises(ValueError, match=f"^{message}$"):
            client.assets.iterate(**arguments)


@pytest.mark.parametrize("name", ["page_size", "limit", "prefetch"])
@pytest.mark.parametrize("value", ["5", 5.0, True])
async def test_arguments_of_another_type(name, value):
    """A number given as text, float or bool is refused by name when the iterator is made."""
    async with Library([]).client() as client:
        with pytest.raises(TypeError, match=f"^{name} must be an int, got {type(value).__name__}$"):
            client.assets.iterate(**{name: value})


async def test_there_is_no_twin_with_response():
    """`with_response` has no `iterate`: there is no single response to give."""
    async with Library([]).client() as client:
        assert not hasattr(client.with_response.assets, "iterate")


@pytest.mark.parametrize(
    ("limit", "pages"),
    [
        (0, []),
        (1, [(0, 1)]),
        (3, [(0, 3)]),
        (4, [(0, 4)]),
        (5, [(0, 4), (3, 4)]),
        (7, [(0, 4), (3, 4)]),
        (8, [(0, 4), (3, 4), (6, 4)]),
        (13, [(0, 4), (3, 4), (6, 4), (9, 4)]),
        (14, [(0, 4), (3, 4), (6, 4), (9, 4), (12, 4)]),
    ],
)
async def test_a_limit_bounds_requests(limit, pages):
    """No more items and no more pages are asked for than the limit needs, whatever the prefetch."""
    library = Library(files(100))
    async with library.client() as client:
        found = await ids(client.assets.iterate(page_size=4, limit=limit, prefetch=3))

    assert [f"id{index}" for index in range(limit)] == found
    assert pages == sorted(library.pages)


@pytest.mark.parametrize(("prefetch", "seconds"), [(0, 8), (1, 5), (2, 4), (7, 2)])
async def test_prefetch_reads_pages_at_the_same_time(prefetch, seconds):
    """So many pages are read together with the next one; the first is read alone."""
    library = Library(files(22))
    async with library.client() as client:
        started = anyio.current_time()
        found = await ids(client.assets.iterate(page_size=4, prefetch=prefetch))
        took = anyio.current_time() - started

    assert [f"id{index}" for index in range(22)] == found
    assert pytest.approx(seconds) == took
    assert prefetch + 1 == library.peak


async def test_kinds_of_items():
    """Files, folders and kinds not known yet are all yielded; ids count within a kind."""
    items = [
        {"type": "file", "fileId": "1"},
        {"type": "folder", "folderId": "1"},
        {"type": "file-version", "fileId": "1", "versionInfo": {"id": "a"}},
        {"type": "file-version", "fileId": "1", "versionInfo": {"id": "b"}},
        {"type": "collection", "collectionId": "1"},
        {"type": "collection", "collectionId": "2"},
        {"type": "file", "fileId": {"odd": 1}},
        {"type": "file-version", "fileId": "1", "versionInfo": None},
        {"type": ["odd"]},
        {"name": "nameless"},
        "text",
        None,
    ]
    library = Library(items)
    async with library.client() as client:
        found: list[Any] = [asset async for asset in client.assets.iterate(type="all", page_size=2)]
    kinds = [File, Folder, File, File, UnknownModel, UnknownModel, File, File, UnknownModel, UnknownModel, str]

    assert items == [asset.to_dict() if hasattr(asset, "to_dict") else asset for asset in found]
    assert [*kinds, type(None)] == [type(asset) for asset in found]


async def test_a_file_stays_the_same_with_a_new_version():
    """A file that is overwritten between two pages, and so has a new current version, is yielded once."""
    library = Library([{**item, "versionInfo": {"id": "old"}} for item in files(5)])

    def overwrite(number: int) -> None:
        library.items = [{**item, "versionInfo": {"id": f"new{number}"}} for item in library.items]

    library.after = overwrite
    async with library.client() as client:
        found = await ids(client.assets.iterate(page_size=2, prefetch=0))

    assert [f"id{index}" for index in range(5)] == found
    assert 5 == len(library.requests)


async def test_items_without_identity_that_change_do_not_go_on_for_ever():
    """Where items without ids look different each time, the iterator still comes to the end, with every file once."""
    stamps = itertools.count()
    library = Library([item for file in files(6) for item in ({"type": "collection"}, {"type": "collection"}, file)])

    def restamp(_: int) -> None:
        library.items = [item if "fileId" in item else {**item, "at": next(stamps)} for item in library.items]

    library.after = restamp
    async with library.client() as client:
        found = [asset async for asset in client.assets.iterate(page_size=3)]

    assert [f"id{index}" for index in range(6)] == [asset.file_id for asset in found if isinstance(asset, File)]
    assert len(found) >= 18


async def test_items_without_identity_are_known_by_their_content():
    """Items without known ids are safe from deletions too, as long as they look the same each time."""
    library = Library([{"type": "collection", "name": str(index)} for index in range(12)])
    library.after = lambda number: library.items.__delitem__(slice(2)) if number == 0 else None
    async with library.client() as client:
        found = [asset.to_dict()["name"] async for asset in client.assets.iterate(page_size=4, prefetch=0)]

    assert [str(index) for index in range(12)] == found


async def test_a_new_item_at_the_joint():
    """A page that begins with a new item joins where a known one follows; nothing is read again."""
    library = Library(files(7))
    library.after = lambda number: library.items.insert(3, *files(1, first=100)) if number == 0 else None
    async with library.client() as client:
        found = await ids(client.assets.iterate(page_size=4, prefetch=0))

    assert ["id0", "id1", "id2", "id3", "id100", "id4", "id5", "id6"] == found
    assert [(0, 4), (3, 4), (6, 4)] == library.pages


async def test_files_deleted_in_the_loop():
    """Deleting each file in the body of the loop deletes all of them."""
    library = Library(files(50))
    async with library.client() as client:
        async for asset in client.assets.iterate(page_size=5):
            assert isinstance(asset, File)
            await client.files.delete(asset.file_id)

    assert [] == library.items


async def test_a_list_that_vanishes():
    """When everything is deleted far into a list, the iterator goes back to its beginning and ends."""
    library = Library(files(20))
    library.after = lambda number: library.items.clear() if number == 3 else None
    async with library.client() as client:
        found = await ids(client.assets.iterate(page_size=4, prefetch=0))

    assert [f"id{index}" for index in range(13)] == found
    assert [(0, 4), (3, 4), (6, 4), (9, 4), (12, 4), (9, 4), (6, 4), (3, 4), (0, 4)] == library.pages


async def test_new_items_in_front():
    """Items that come before those already read, as in a list of newest first, repeat nothing and lose nothing."""
    library = Library(files(12))
    library.after = lambda number: library.items.__setitem__(slice(0, 0), files(7, first=100 + 10 * number))
    async with library.client() as client:
        found = await ids(client.assets.iterate(page_size=10, prefetch=0, limit=12))

    assert [f"id{index}" for index in range(12)] == found


@pytest.mark.parametrize("prefetch", [0, 3])
async def test_errors_come_as_themselves(prefetch):
    """An error of a request is raised by itself, and asking on repeats that request: nothing is lost or repeated."""
    library = Library(files(30))
    library.before = lambda number: httpx.Response(403, json={"message": "no"}) if number == 2 else None
    async with library.client() as client:
        assets = client.assets.iterate(page_size=4, prefetch=prefetch)
        found: list[str] = []

        async def read() -> None:
            async for asset in assets:
                found.append(asset.file_id)

        with pytest.raises(PermissionDeniedError, match="no"):
            await read()
        running = library.running
        await read()

    assert 0 == running
    assert [f"id{index}" for index in range(30)] == found


async def test_all_pages_failing_at_the_same_time():
    """Of several pages that fail together one error is raised, not a group."""
    library = Library(files(30))
    library.before = lambda number: httpx.Response(500, json={}) if number else None
    async with library.client(max_retries=0) as client:
        assets = client.assets.iterate(page_size=4, prefetch=3)
        for _ in range(4):
            await anext(assets)
        with pytest.raises(InternalServerError):
            await anext(assets)

    assert 0 == library.running


async def test_leaving_the_loop_leaves_nothing_running():
    """While the body of the loop runs no request is in flight, and after leaving it none is sent."""
    library = Library(files(30))
    running: list[int] = []
    async with library.client() as client:
        async for asset in client.assets.iterate(page_size=4, prefetch=2):
            running.append(library.running)
            await anyio.sleep(5)
            if asset.file_id == "id7":
                break
        sent = len(library.requests)
        await anyio.sleep(100)

    assert [0] * 8 == running
    assert 4 == sent == len(library.requests)


@pytest.mark.parametrize("prefetch", [0, 3])
async def test_cancelling(prefetch):
    """Cancelling a wait for an item ends its requests, and the iterator can go on from there."""
    library = Library(files(30))
    found: list[str] = []
    async with library.client() as client:
        assets = client.assets.iterate(page_size=4, prefetch=prefetch)
        with anyio.move_on_after(1.5) as scope:
            async for asset in assets:
                found.append(asset.file_id)
        running = library.running
        rest = await ids(assets)

    assert scope.cancelled_caught
    assert 0 == running
    assert [f"id{index}" for index in range(30)] == found + rest


async def test_an_exhausted_iterator_stays_so():
    """After the end there is nothing more, and nothing is sent."""
    library = Library(files(3))
    async with library.client() as client:
        assets = client.assets.iterate()
        await ids(assets)
        again = await ids(assets)

    assert [] == again
    assert 1 == len(library.requests)


async def test_memory_is_linear_and_small():
    """What an iterator keeps is its items' identities, and no more than the pages it reads together."""

    async def kept_bytes(count: int) -> float:
        library = Library(files(count))
        async with library.client() as client:
            assets = client.assets.iterate(page_size=500)
            await anext(assets)
            gc.collect()
            before = tracemalloc.get_traced_memory()[0]
            async for _ in assets:
                pass
            library.requests.clear()
            gc.collect()
            return (tracemalloc.get_traced_memory()[0] - before) / count

    tracemalloc.start()
    try:
        few, many = await kept_bytes(2_500), await kept_bytes(10_000)
    finally:
        tracemalloc.stop()

    print(few, many)
    assert few < 400
    assert many < 400
