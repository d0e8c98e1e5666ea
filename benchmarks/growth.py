"""
How the cost of an item grows: of a call with the number of calls at the same time, of an upload with its size.

Costs are CPU time, drawn in growth.png beside those of the vendor's client and of raw aiohttp, each in an interpreter
of its own. The vendor's client holds a file in memory twice, so it is not asked for 1 GB.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import anyio

from benchmarks.contestants import small_calls
from benchmarks.measure import Row, fresh, spent
from benchmarks.server import running
from benchmarks.uploads import CONTESTANTS, uploader

CONCURRENCIES = (1, 10, 100, 1000)
SIZES = (1_000, 100_000, 10_000_000, 100_000_000, 1_000_000_000)
THEIR_LARGEST = 100_000_000
CALLS = 2000
STEEPEST = 1.5
FOLDER = Path(__file__).parent
MAIN = "import sys; from benchmarks.growth import {0}; {0}(*sys.argv[1:])"

Costs = dict[str, list[tuple[int, float]]]


def growth() -> list[Row]:
    """
    Measure and draw the curves of all contestants; ours have to be flat.
    """
    with running() as url, tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            _write(Path(folder) / str(size), size)
        calls: Costs = {name: fresh(MAIN.format("calls"), name, url) for name in CONTESTANTS}
        uploads: Costs = {name: fresh(MAIN.format("uploads"), name, url, folder) for name in CONTESTANTS}
    _draw(calls, uploads)
    return [
        _flat("CPU of a small call: us with 1,000 at the same time, beside 10", "us", dict(calls["ours"]), 1000, 10),
        _flat("CPU of an upload: us a MB of 1 GB, beside 10 MB", "us", dict(uploads["ours"]), SIZES[-1], SIZES[2]),
    ]


def calls(name: str, url: str) -> None:
    """
    Print the microseconds of a small call by the number of calls at the same time as JSON.
    """

    async def take() -> list[tuple[int, float]]:
        async with small_calls(url) as contestants:
            call = contestants[name]
            costs: list[tuple[int, float]] = []
            for concurrency in CONCURRENCIES:
                await spent(call, 2 * concurrency, concurrency)
                costs.append((concurrency, 1e6 * (await spent(call, CALLS, concurrency)).cpu))
            return costs

    print(json.dumps(anyio.run(take)))


def uploads(name: str, url: str, folder: str) -> None:
    """
    Print the microseconds a MB of an upload by its size as JSON.
    """

    async def take() -> list[tuple[int, float]]:
        upload = uploader(name, url)
        costs: list[tuple[int, float]] = []
        for size in SIZES:
            if name == "theirs" and size > THEIR_LARGEST:
                continue
            file = Path(folder) / str(size)
            await upload(file)
            times = max(1, min(200, 50_000_000 // size))
            costs.append((size, 1e6 * (await spent(lambda file=file: upload(file), times)).cpu / (size / 1e6)))
        return costs

    print(json.dumps(anyio.run(take)))


def _flat(figure: str, unit: str, costs: dict[int, float], largest: int, smaller: int) -> Row:
    ratio = costs[largest] / costs[smaller]
    texts = [f"{costs[size]:,.4g} {unit}" for size in (largest, smaller)]
    return Row(figure, *texts, f"{ratio:.2f}x", f"flat (at most {STEEPEST}x)", ratio <= STEEPEST)


def _write(path: Path, size: int) -> None:
    # Real blocks, since the holes of a sparse file cost no reading.
    with path.open("wb") as file:
        for start in range(0, size, 1_000_000):
            file.write(bytes(min(1_000_000, size - start)))


def _draw(calls: Costs, uploads: Costs) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, plots = pyplot.subplots(1, 2, figsize=(10, 4), layout="constrained")
    axes: list[tuple[Costs, dict[str, Any]]] = [
        (calls, {"title": "a small call", "xlabel": "calls at the same time", "ylabel": "us CPU for each"}),
        (uploads, {"title": "an upload from a path", "xlabel": "bytes", "ylabel": "us CPU for each MB"}),
    ]
    for plot, (costs, labels) in zip(plots, axes, strict=True):
        for name, points in costs.items():
            plot.plot(*zip(*points, strict=True), "o-", label=name)
        plot.set(xscale="log", yscale="log", **labels)
        plot.legend()
    figure.savefig(FOLDER / "growth.png", dpi=100, metadata={"Software": None})
