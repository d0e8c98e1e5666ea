"""
`upload_many`: lazy, bounded, results as they finish, and clean when left early.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path

import anyio
import pytest

from imagekit_async.transfer import UploadItem, upload_many

pytestmark = pytest.mark.anyio


async def collected(world, items, **options):
    """
    Return all results.
    """
    async with upload_many(world.client, items, **options) as results:
        return [result async for result in results]


async def test_all_are_uploaded(world):
    """Each item gets a result with the stored file, with its name, folder and options."""
    path = world.write("a.txt", "one")
    items = [
        UploadItem(path, folder="/site", unique_name=False, options={"tags": ["x"]}),
        UploadItem(b"two", "b.txt", "/site", unique_name=False),
    ]
    results = await collected(world, items)
    listed = await world.listed()

    assert {"a.txt", "b.txt"} == {result.file.name for result in results}
    assert {id(item) for item in items} == {id(result.item) for result in results}
    assert (["x"], None) == (listed["a.txt"].tags, listed["b.txt"].tags)


async def test_async_items(world):
    """Items may come from an async iterable."""

    async def items():
        for number in range(3):
            await anyio.lowlevel.checkpoint()
            yield UploadItem(b"x", f"{number}")

    assert 3 == len(await collected(world, items()))


async def test_one_bad_file_ends_no_other(world):
    """Empty, vanished and unusable sources are results with an error."""
    gone = world.write("gone.txt", "one")
    gone.unlink()

    def unreadable():
        raise OSError("broken")
        yield b""

    class Pathless(os.PathLike):
        def __fspath__(self):
            raise LookupError("no path")

    items = [
        UploadItem(b"", "empty"),
        UploadItem(gone),
        UploadItem(Path("a\0b"), "null"),
        UploadItem(Pathless(), "pathless"),
        UploadItem(unreadable(), "bad"),
        UploadItem(b"x", "good"),
    ]
    errors = {result.item.name: result.error for result in await collected(world, items)}

    assert isinstance(errors.pop("empty"), ValueError)
    assert isinstance(errors.pop("gone.txt"), FileNotFoundError)
    assert str(errors.pop("null")).startswith("file must be a path without null characters, got ")
    assert isinstance(errors.pop("pathless"), LookupError)
    assert isinstance(errors.pop("bad"), OSError)
    assert {"good": None} == errors


async def test_a_large_file_is_uploaded(world):
    """A file that is too large to hold is uploaded from its path, chunk by chunk."""
    path = world.write("large.txt", "x" * 600_000)
    await collected(world, [UploadItem(path, folder="/site", unique_name=False)])

    assert 600_000 == (await world.listed())["large.txt"].size


async def test_a_path_that_stalls(world):
    """A path that takes long to open holds up at most its own upload."""
    opened = threading.Event()

    class Stalling(os.PathLike):
        stalls = True

        def __fspath__(self):
            if self.stalls:
                self.stalls = False
                opened.wait()
            return os.fspath(path)

    path = world.write("a.txt", "one")
    items = [UploadItem(Stalling(), "a.txt", options={"timeout": None})]
    items += [UploadItem(path, f"{number}.txt") for number in range(9)]
    errors = []
    async with upload_many(world.client, items, concurrency=2) as results:
        async for result in results:
            errors.append(result.error)
            if len(errors) == 9:
                opened.set()

    assert [None] * 10 == errors


async def test_items_are_taken_lazily(world):
    """No more items are taken than are in flight and in the caller's hands."""
    taken = 0

    def items():
        nonlocal taken
        for taken in range(1, 1001):  # noqa: B007 - counted outside
            yield UploadItem(b"x", "x")

    async with upload_many(world.client, items(), concurrency=3) as results:
        for _ in range(5):
            await anext(results)
        await anyio.wait_all_tasks_blocked()
        assert 5 <= taken <= 8


async def names_until(world, items, last=None, **options):
    """
    Return the names of the results up to one, where KeyError leaves the block.
    """
    names = []
    async with upload_many(world.client, items, **options) as results:
        async for result in results:
            names.append(result.item.name)
            if result.item.name == last:
                raise KeyError(*names)
    return names


async def test_leaving_early_cancels(world):
    """Leaving the block ends the uploads, and its own exception comes out as it is."""
    with pytest.raises(KeyError):
        await names_until(world, (UploadItem(b"x", "x") for _ in range(1000)), "x")
    async with upload_many(world.client, (UploadItem(b"x", "x") for _ in range(1000))) as results:
        async for _ in results:
            break
    with anyio.CancelScope() as scope:
        async with upload_many(world.client, (UploadItem(b"x", "x") for _ in range(1000))) as canceled:
            async for _ in canceled:
                scope.cancel()

    assert scope.cancelled_caught
    assert len([request for request in world.server.requests if request.operation == "files.upload"]) < 100
    with pytest.raises(StopAsyncIteration):
        await anext(results)


async def test_results_come_as_they_finish(world):
    """A slow upload does not hold back the others."""
    started = anyio.Event()

    async def slow():
        await started.wait()
        yield b"x"

    names = []
    async with upload_many(world.client, [UploadItem(slow(), "slow"), UploadItem(b"x", "fast")]) as results:
        async for result in results:
            names.append(result.item.name)
            started.set()

    assert ["fast", "slow"] == names


async def test_failures_stop(world):
    """`failures="stop"` takes no more items, and raises the first error after the last result."""
    items = iter([UploadItem(b"x", "a"), UploadItem(b"", "b"), UploadItem(b"x", "c")])
    with pytest.raises(ValueError, match="empty"):
        await names_until(world, items, concurrency=1, failures="stop")

    assert ["c"] == [item.name for item in items]


async def test_paths_are_taken_ahead(world):
    """Every path that was taken ahead gets its result, even after `failures="stop"`."""
    paths = [world.write(f"{number}.txt", "x") for number in range(20)]
    taken = []

    def items():
        for path in (world.folder / "gone.txt", *paths):
            taken.append(path.name)
            yield UploadItem(path)

    seen = []
    with pytest.raises(FileNotFoundError):
        await names_until(world, items(), concurrency=2, failures="stop", on_progress=seen.append)

    assert len(taken) == seen[-1].files_done
    assert len(taken) < len(paths)


@pytest.mark.parametrize("concurrency", [1, 4])
async def test_the_end_is_final(world, concurrency):
    """An iterator that goes on after its end, as one over a growing file does, is not asked again."""
    lines = iter([*"ab", None, *"cd"])

    class Growing:
        def __iter__(self):
            return self

        def __next__(self):
            if (name := next(lines)) is None:
                raise StopIteration
            return UploadItem(b"x", name)

    async with upload_many(world.client, Growing(), concurrency=concurrency) as results:
        names = sorted([result.item.name async for result in results])

    assert ["a", "b"] == names
    assert ["c", "d"] == list(lines)


async def test_failing_items_are_raised(world):
    """An error of the iterable itself is raised after the results of what came before."""

    def items():
        yield UploadItem(b"x", "a")
        raise OSError("items")

    with pytest.raises(OSError, match="items"):
        await names_until(world, items())

    assert ["a"] == [asset.name[:1] for asset in await world.client.assets.list()]


async def test_progress(world):
    """The callback counts files and bytes; the total is known if the items have a length."""
    seen = []
    await collected(world, [UploadItem(b"xx", "a"), UploadItem(b"xxx", "b")], on_progress=seen.append)
    lazily = []
    await collected(world, iter([UploadItem(b"xx", "a")]), on_progress=lazily.append)

    assert (2, 2, 5) == (seen[-1].files_done, seen[-1].files_total, seen[-1].bytes_done)
    assert None is lazily[-1].files_total


async def test_misuse_is_refused(world):
    """Iterating without entering, entering twice and unusable arguments are errors that say what to do."""
    many = upload_many(world.client, [])
    with pytest.raises(RuntimeError, match=r"enter upload_many\(\) first: async with"):
        await anext(many)
    async with many:
        with pytest.raises(RuntimeError, match="only once"):
            await many.__aenter__()
    with pytest.raises(ValueError, match="concurrency"):
        upload_many(world.client, [], concurrency=0)
    with pytest.raises(ValueError, match=r"concurrency must be an int of at least 1, got 1\.5"):
        upload_many(world.client, [], concurrency=1.5)
    with pytest.raises(ValueError, match="on_progress must be a function or None, got 5"):
        upload_many(world.client, [], on_progress=5)
    with pytest.raises(ValueError, match="items must be an iterable or async iterable of UploadItem, got None"):
        upload_many(world.client, None)
    with pytest.raises(TypeError, match=r"items must hold only UploadItem, got 'a\.txt'"):
        await collected(world, ["a.txt"])
    with pytest.raises(ValueError, match="name is required if source is not a path, got bytes"):
        UploadItem(b"x")
    with pytest.raises(ValueError, match="got folder"):
        UploadItem(b"x", "x", options={"folder": "/"})
    with pytest.raises(TypeError, match="options must be a dict, got None"):
        UploadItem(b"x", "x", options=None)
    with pytest.raises(TypeError, match="tags must be a list, got str"):
        UploadItem(b"x", "x", options={"tags": "x"})

    assert [] == world.server.requests
