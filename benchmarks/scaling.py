"""
How cost grows with size, up to 100,000 items: decoding a list, iterating one, and calls that wait for a rate limit.

Costs are CPU time. Limits are waited for under a clock that jumps to the next timer.
"""

from __future__ import annotations

import asyncio
import gc
import json
import selectors
import tracemalloc
from pathlib import Path
from time import process_time
from typing import Any

import anyio
import attrs
import httpx

from benchmarks.contestants import KEY, read_five
from benchmarks.measure import Row, compared, cpu_seconds, fresh, resident_bytes
from benchmarks.payloads import page
from benchmarks.server import FILE, running
from imagekit_async import AsyncImageKit
from imagekit_async._generated.api.assets import list as assets_list
from imagekit_async._http.decoding import decode

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
# Lists of up to 10,000 escape the full collections that CPython makes each time a quarter more objects live.
# A response may hold 500,000 JSON values.
DECODED_SIZES = 1_000, 3_000, 10_000
FOLDER = Path(__file__).parent
STEEPEST = 1.5
# Megabytes that an iterator of commit a3c419f keeps, measured in the same way.
KEPT_BEFORE = 22.4
MAIN = "import sys; from benchmarks.scaling import main; main(int(sys.argv[1]))"


@attrs.frozen
class Curve:
    """
    Cost by size.
    """

    name: str
    unit: str
    costs: list[float]
    sizes: tuple[int, ...] = SIZES
    smallest: int = 3_000

    def row(self) -> Row:
        """
        Return the row: linear means that an item of the largest list costs little more than one of a small list.
        """
        first = self.costs[self.sizes.index(self.smallest)] / self.smallest
        last = self.costs[-1] / self.sizes[-1]
        each = 1e6 if self.unit == "s" else 1e3
        unit = "us" if self.unit == "s" else "kB"
        return Row(
            f"{self.name}: {unit} for each of {self.sizes[-1]:,}, beside each of {self.smallest:,}",
            f"{last * each:.3g} {unit}",
            f"{first * each:.3g} {unit}",
            f"{last / first:.2f}x",
            f"linear (at most {STEEPEST}x)",
            last / first <= STEEPEST,
        )


def scaling() -> list[Row]:
    """
    Measure and draw the curves.
    """
    # In an interpreter of its own each, as memory that was used before is not seen to grow.
    waiting = [fresh(MAIN, str(size)) for size in SIZES]
    curves = [
        Curve("decode a list, no garbage collection", "s", [*map(_decode, DECODED_SIZES)], DECODED_SIZES),
        Curve("iterate a list", "s", anyio.run(_iterate)),
        Curve("calls that wait for a rate limit, CPU", "s", [seconds for seconds, _ in waiting]),
        Curve("calls that wait for a rate limit, memory", "MB", [megabytes for _, megabytes in waiting]),
    ]
    _draw(curves)
    with running() as url:
        kept = fresh("import sys; from benchmarks.scaling import keep; keep(*sys.argv[1:])", url)
    figure = f"iterate {SIZES[-1]:,}: memory that stays, beside commit a3c419f"
    return [*(curve.row() for curve in curves), compared(figure, kept, KEPT_BEFORE, "MB", at_most=0.25)]


def keep(url: str) -> None:
    """
    Iterate a list and print the megabytes that the iterator keeps as JSON.
    """
    print(json.dumps(anyio.run(_keep, url)))


async def _keep(url: str) -> float:
    async with AsyncImageKit(KEY, base_url=url) as client:

        async def walk(size: int) -> object:
            pages = client.assets.iterate(path=str(size))
            async for _ in pages:
                pass
            gc.collect()
            return pages

        # What the first pages load is not kept by the iterator.
        await walk(SIZES[0])
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        pages = await walk(SIZES[-1])
        kept = tracemalloc.get_traced_memory()[0] - before
        del pages
        return kept / 1e6


def main(size: int) -> None:
    """
    Let calls wait for a rate limit, and print their CPU seconds and megabytes as JSON.
    """
    print(json.dumps(anyio.run(_wait, size, backend_options={"loop_factory": _JumpingLoop})))


def _decode(size: int) -> float:
    response = httpx.Response(200, content=page(size))

    gc.disable()
    try:
        return min(cpu_seconds(lambda: read_five(decode(assets_list.call(), response))) for _ in range(3))
    finally:
        gc.enable()


async def _iterate() -> list[float]:
    costs: list[float] = []
    with running() as url:
        async with AsyncImageKit(KEY, base_url=url) as client:
            for size in SIZES:
                start = process_time()
                count = 0
                # The server takes the path for the length of the list.
                async for _ in client.assets.iterate(path=str(size)):
                    count += 1
                costs.append(process_time() - start)
                if count != size:
                    raise ValueError(f"{count} of {size} assets came")
    return costs


class _JumpingSelector(selectors.DefaultSelector):
    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """
        Return what is ready; with nothing ready, let the time of the next timer come at once.
        """
        ready = super().select(None if timeout is None else 0)
        if not ready and timeout:
            self.now += timeout
        return ready


class _JumpingLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        """
        Return the virtual time in seconds.
        """
        return self._jumping.now


async def _wait(size: int) -> tuple[float, float]:
    told = {"X-RateLimit-Limit": "100", "X-RateLimit-Interval": "1000", "X-RateLimit-Reset": "1000"}
    reply: dict[str, Any] = {"headers": told, "json": json.loads(FILE)}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, **reply))
    gc.collect()
    before, start = resident_bytes(), process_time()
    async with AsyncImageKit(KEY, transport=transport) as client, anyio.create_task_group() as tasks:
        for _ in range(size):
            tasks.start_soon(client.files.get, "1")
        # All but the first wait by then.
        await anyio.sleep(2)
        waiting = resident_bytes() - before
    return process_time() - start, waiting / 1e6


def _draw(curves: list[Curve]) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, plots = pyplot.subplots(1, len(curves), figsize=(4.5 * len(curves), 3.6), layout="constrained")
    for plot, curve in zip(plots, curves, strict=True):
        proportional = [curve.costs[-1] / curve.sizes[-1] * size for size in curve.sizes]
        plot.plot(curve.sizes, curve.costs, "o-", label="measured")
        plot.plot(curve.sizes, proportional, "--", label="proportional")
        plot.set(title=curve.name, xlabel="items", ylabel=curve.unit, xscale="log", yscale="log")
        plot.legend()
    figure.savefig(FOLDER / "scaling.png", dpi=100, metadata={"Software": None})
