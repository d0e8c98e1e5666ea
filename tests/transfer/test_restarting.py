"""
A run that is cut off anywhere and started again ends where an undisturbed one does.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import anyio
import attrs
import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from imagekit_async import AsyncImageKit, ImageKitError
from imagekit_async.testing import LocalImageKit

from .conftest import World, decisions, hasty

PATHS = ["a.txt", "b c.txt", "b_c.txt", "sub/a.txt", "sub/é.txt", "Sub/a.txt"]
CONTENTS = ["1", "2", "33", "444"]
FAULTS = ["status", "disconnect-before", "disconnect-after", "truncated-body", "garbage-body"]

# What changes between runs has no namesakes, as the one that comes first keeps the name, and sizes of its own, as those
# decide about files that no run has recorded.
ALONE = ["a.txt", "sub/é.txt"]


def edits() -> st.SearchStrategy[list[tuple[str, str, str | None]]]:
    """
    Return changes of files, None for a deletion, on either side.
    """
    sides, texts = st.sampled_from(["local", "remote"]), st.sampled_from([None, *CONTENTS])
    return st.lists(st.tuples(sides, st.sampled_from(PATHS), texts), max_size=8)


@attrs.define
class Fuse(httpx.AsyncBaseTransport):
    """
    A transport that cuts its user off at a chosen step: before or after some request.

    Attributes:
        left: Steps until then; None for never.
    """

    inner: httpx.AsyncBaseTransport
    left: int | None = None
    burn: Callable[[], None] = attrs.field(default=lambda: None)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """
        Pass a request on.
        """
        await self._step()
        response = await self.inner.handle_async_request(request)
        await self._step()
        return response

    async def _step(self) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                self.burn()
                await anyio.lowlevel.checkpoint()


@attrs.define
class Double:
    """
    Two worlds that go through the same, one of them undisturbed.
    """

    calm: World
    rough: World
    fuse: Fuse
    ages: Iterator[int] = attrs.field(factory=lambda: iter(range(1, 1000)))

    async def edit(self, side: str, path: str, text: str | None) -> None:
        """
        Change or delete a file in both worlds, with the same time of change.
        """
        age = next(self.ages) * 10**9
        for world in (self.calm, self.rough):
            if side == "remote":
                await edit_remote(world, path, text)
            elif text is None:
                (world.local / path).unlink(missing_ok=True)
            else:
                os.utime(world.write(path, text), ns=(age, age))


async def edit_remote(world: World, path: str, text: str | None) -> None:
    """
    Change or delete a remote file as another user would.
    """
    if text is not None:
        await world.put(path.replace(" ", "_"), text)
    elif file := (await world.listed()).get(path):
        await world.client.files.delete(file.file_id)


async def in_double(folder: Path, test: Callable[[Double], Any]) -> None:
    """
    Run a test in two worlds.
    """
    worlds: list[World] = []
    servers = [LocalImageKit(), LocalImageKit()]
    fuse = Fuse(servers[1].transport())
    transports: list[httpx.AsyncBaseTransport] = [servers[0].transport(), fuse]
    for name, server, transport in zip(("calm", "rough"), servers, transports, strict=True):
        client = AsyncImageKit(server.private_key, base_url=server.url, transport=transport, max_retries=0)
        (folder / name / "local").mkdir(parents=True)
        worlds.append(World(server, client, httpx.AsyncClient(transport=server.transport()), folder / name))
        await client.folders.create(folder_name="site", parent_folder_path="/")
    try:
        await test(Double(*worlds, fuse))
    finally:
        for world in worlds:
            await world.client.aclose()
            await world.http.aclose()
            world.server.stop()


async def disturbed(double: Double, direction: str, steps: int, options: dict[str, Any]) -> None:
    """
    Plan and run in the rough world, until it is cut off.
    """
    with anyio.CancelScope() as scope:
        double.fuse.left, double.fuse.burn = steps, scope.cancel
        # A fault may hit the listing.
        with suppress(ImageKitError):
            await (double.rough.upload if direction == "upload" else double.rough.download)(**options)
    double.fuse.left = None
    double.rough.server.faults.clear()


@settings(max_examples=25)
@given(
    backend=st.sampled_from(["asyncio", "trio"]),
    direction=st.sampled_from(["upload", "download"]),
    before=edits(),
    after=edits(),
    between=st.lists(st.tuples(st.sampled_from(ALONE), st.sampled_from(["5" * 5, "6" * 6])), max_size=3),
    cuts=st.lists(st.integers(0, 24), max_size=3),
    faults=st.lists(st.sampled_from(FAULTS), max_size=4),
    delete=st.booleans(),
)
def test_a_disturbed_run_ends_like_an_undisturbed_one(backend, direction, before, after, between, cuts, faults, delete):
    """Whatever was edited on both sides, cut off and broken, the last run leaves what a single one would have left."""
    source = "local" if direction == "upload" else "remote"
    options = {"delete": delete, "collisions": "rename"}

    async def go(double: Double) -> None:
        for rounds in (before, after):
            for edit in rounds:
                await double.edit(*edit)
            if rounds is before:
                for world in (double.calm, double.rough):
                    await (world.upload if direction == "upload" else world.download)(**options)
        await (double.calm.upload if direction == "upload" else double.calm.download)(**options)
        for steps in cuts:
            for fault in faults:
                double.rough.server.faults.add(fault)
            await disturbed(double, direction, steps, options)
            # What the target is made of may change meanwhile.
            for path, text in between:
                await double.edit(source, path, text)
            if between:
                await (double.calm.upload if direction == "upload" else double.calm.download)(**options)
        await (double.rough.upload if direction == "upload" else double.rough.download)(**options)
        plans = [
            await (world.plan_upload if direction == "upload" else world.plan_download)(**options)
            for world in (double.calm, double.rough)
        ]

        assert await double.calm.remote() == await double.rough.remote()
        assert double.calm.files() == double.rough.files()
        assert decisions(plans[0]) == decisions(plans[1])
        assert {"skip", "conflict"} >= set(decisions(plans[1]).values())

    name, settings = hasty(backend)
    with tempfile.TemporaryDirectory() as folder:
        anyio.run(in_double, Path(folder), go, backend=name, backend_options=settings)
