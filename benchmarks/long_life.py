"""
One client for a long time: memory, descriptors and objects while it makes calls and uploads, drawn in long_life.png.

`python -m benchmarks.long_life 1000000 100000` makes a million small calls and then a hundred thousand uploads of 4 kB;
without arguments, a fiftieth of that. Exits with 1 if anything grew.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import anyio
import attrs

from benchmarks.contestants import KEY
from benchmarks.measure import resident_bytes, spent
from benchmarks.server import running
from imagekit_async import AsyncImageKit

CALLS = 20_000
UPLOADS = 2_000
CONCURRENCY = 50
POINTS = 25
FOLDER = Path(__file__).parent
# What may come and go: connections, and the pages of an allocator that is never quite full.
MOST_GROWTH = {"memory, MB": 4.0, "descriptors": 10.0, "objects": 1000.0}


@attrs.frozen
class Phase:
    """
    What was counted during one kind of call, after each part of it.
    """

    name: str
    done: list[int]
    counts: dict[str, list[float]]

    def growth(self, what: str) -> float:
        """
        Return by how much the median of the last fifth is above that of the second, when all is warm.
        """
        counts = self.counts[what]
        fifth = len(counts) // 5
        early, late = sorted(counts[fifth : 2 * fifth]), sorted(counts[-fifth:])
        return late[fifth // 2] - early[fifth // 2]


def main() -> int:
    """
    Make the calls, draw what was counted, print what grew and return the exit status.
    """
    calls, uploads = map(int, sys.argv[1:] or (CALLS, UPLOADS))
    phases = anyio.run(_live, calls, uploads)
    _draw(phases)
    grown = [(phase.name, what, phase.growth(what)) for phase in phases for what in MOST_GROWTH]
    for name, what, growth in grown:
        print(f"{name}: {what}: {growth:+.4g}, at most {MOST_GROWTH[what]:+g}")
    return int(any(growth > MOST_GROWTH[what] for _, what, growth in grown))


async def _live(calls: int, uploads: int) -> list[Phase]:
    with running() as url:
        async with AsyncImageKit(KEY, base_url=url) as client:
            return [
                await _phase(f"{calls:,} calls", lambda: client.files.get("1"), calls),
                await _phase(
                    f"{uploads:,} uploads",
                    lambda: client.files.upload(file=bytes(4000), file_name="photo.jpg"),
                    uploads,
                ),
            ]


async def _phase(name: str, call: Callable[[], Awaitable[object]], times: int) -> Phase:
    phase = Phase(name, [], {what: [] for what in MOST_GROWTH})
    for part in range(1, POINTS + 1):
        await spent(call, times // POINTS, CONCURRENCY)
        gc.collect()
        phase.done.append(part * times // POINTS)
        counts = (resident_bytes() / 1e6, len(os.listdir("/proc/self/fd")), len(gc.get_objects()))
        for what, count in zip(MOST_GROWTH, counts, strict=True):
            phase.counts[what].append(count)
    return phase


def _draw(phases: list[Phase]) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    size = 4.5 * len(MOST_GROWTH), 3.2 * len(phases)
    figure, rows = pyplot.subplots(len(phases), len(MOST_GROWTH), figsize=size, layout="constrained")
    for plots, phase in zip(rows, phases, strict=True):
        for plot, what in zip(plots, MOST_GROWTH, strict=True):
            plot.plot(phase.done, phase.counts[what], ".-")
            plot.set(title=f"{phase.name}: {what}", xlabel="done", ylim=(0, 1.25 * max(phase.counts[what])))
    figure.savefig(FOLDER / "long_life.png", dpi=100, metadata={"Software": None})


if __name__ == "__main__":
    sys.exit(main())
