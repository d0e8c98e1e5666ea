"""
A run that is canceled at any step of the event loop and started again ends where an undisturbed one does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import anyio
import attrs
import pytest
import trio

from .conftest import World, decisions, new_world

BEFORE = {"changed.txt": "one", "gone.txt": "two"}
AFTER = {"changed.txt": "three", "new.txt": "four"}


@attrs.define(eq=False)
class Countdown(trio.abc.Instrument):
    """
    Cancels a scope after so many steps of the event loop.
    """

    scope: anyio.CancelScope
    left: int

    def before_task_step(self, task: object) -> None:
        """
        Count a step.
        """
        self.left -= 1
        if self.left == -1:
            self.scope.cancel()


@contextmanager
def canceled_after(steps: int, monkeypatch: pytest.MonkeyPatch, backend: str) -> Iterator[Countdown]:
    """
    Cancel the block after so many steps.
    """
    with anyio.CancelScope() as scope, monkeypatch.context() as patch:
        countdown = Countdown(scope, steps)
        if backend == "trio":
            trio.lowlevel.add_instrument(countdown)
        else:
            loop = asyncio.get_running_loop()
            call_soon = loop.call_soon

            def counted(*arguments: Any, **keywords: Any) -> asyncio.Handle:
                countdown.before_task_step(None)
                return call_soon(*arguments, **keywords)

            patch.setattr(loop, "call_soon", counted)
        try:
            yield countdown
        finally:
            if backend == "trio":
                trio.lowlevel.remove_instrument(countdown)


async def edit(world: World, direction: str, now: dict[str, str]) -> None:
    """
    Give the source these files and no others.
    """
    if direction == "upload":
        for path in world.files().keys() - now.keys():
            (world.local / path).unlink()
        for path, text in now.items():
            if world.files().get(path) != text:
                world.write(path, text)
        return
    listed = await world.listed()
    for path in listed.keys() - now.keys():
        await world.client.files.delete(listed[path].file_id or "")
    before = await world.remote()
    for path, text in now.items():
        if before.get(path) != text:
            await world.put(path, text)


# HTTPX leaves the generators of a canceled response to the garbage collector.
@pytest.mark.filterwarnings("ignore:Async generator 'httpx:ResourceWarning")
@pytest.mark.parametrize("direction", ["upload", "download"])
async def test_a_run_canceled_at_any_step(tmp_path, monkeypatch, anyio_backend, direction):
    """Canceled before whichever step, the next run leaves each file once, and sends at most one file again."""
    backend = anyio_backend[0]
    for steps in count():
        async with new_world(tmp_path / str(steps)) as world:
            transfer = world.upload if direction == "upload" else world.download
            await edit(world, direction, BEFORE)
            await transfer()
            await edit(world, direction, AFTER)
            before = len(world.server.requests)
            with canceled_after(steps, monkeypatch, backend) as countdown:
                await world.run(await getattr(world, f"plan_{direction}")(delete=True), concurrency=1)
            report = await transfer(delete=True)
            sent = [one for one in world.server.requests[before:] if one.operation == "files.upload"]
            later = await getattr(world, f"plan_{direction}")(delete=True)

            assert report.ok, steps
            assert AFTER == world.files() == await world.remote()
            assert dict.fromkeys(AFTER, "skip") == decisions(later)
            assert len(sent) in ((2, 3) if direction == "upload" else (0,))
        if countdown.left >= 0:
            break

    assert steps > 50
