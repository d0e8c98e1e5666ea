"""
How figures are taken: the contestants take turns, so that all meet the same machine, and medians count.
"""

from __future__ import annotations

import inspect
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, TypeVar

import anyio
import attrs

T = TypeVar("T")


@attrs.frozen
class Row:
    """
    A line of the report.

    Attributes:
        figure: What was measured.
        ours: Our figure, with its unit.
        theirs: The vendor's, or that of what else ours is measured against; empty for none.
        ratio: Ours to theirs; empty where the bar is not about it.
        bar: What is demanded; empty if nothing is.
        met: Whether the bar is met; None if there is none.
    """

    figure: str
    ours: str
    theirs: str = ""
    ratio: str = ""
    bar: str = ""
    met: bool | None = None


def compared(
    figure: str, ours: float, theirs: float, unit: str, *, at_most: float | None = None, at_least: float | None = None
) -> Row:
    """
    Return the row of a figure whose ratio of ours to theirs has a bar, if any.
    """
    ratio = ours / theirs
    texts = [f"{value:,.4g} {unit}" for value in (ours, theirs)]
    if at_most is not None:
        return Row(figure, *texts, f"{ratio:.2f}x", f"at most {at_most:.2f}x", ratio <= at_most)
    if at_least is not None:
        return Row(figure, *texts, f"{ratio:.2f}x", f"at least {at_least:.2f}x", ratio >= at_least)
    return Row(figure, *texts, f"{ratio:.2f}x")


async def alternate(contestants: Mapping[str, Callable[[], T | Awaitable[T]]], rounds: int) -> dict[str, list[T]]:
    """
    Let each contestant take its figure in each of the rounds, after one round that does not count.
    """
    figures: dict[str, list[T]] = {name: [] for name in contestants}
    for _ in range(rounds + 1):
        for name, take in contestants.items():
            figure = take()
            figures[name].append(await figure if inspect.isawaitable(figure) else figure)
    return {name: taken[1:] for name, taken in figures.items()}


async def medians(contestants: Mapping[str, Callable[[], float | Awaitable[float]]], rounds: int) -> dict[str, float]:
    """
    Return the median of each contestant.
    """
    figures = await alternate(contestants, rounds)
    return {name: statistics.median(taken) for name, taken in figures.items()}


def cpu_seconds(action: Callable[[], object], times: int = 1) -> float:
    """
    Return the seconds of CPU time that a function takes; other programs on the machine disturb it less than others.
    """
    start = process_time()
    for _ in range(times):
        action()
    return (process_time() - start) / times


@attrs.frozen
class Spent:
    """
    What a call costs: seconds of wall-clock time and of CPU time.
    """

    wall: float
    cpu: float


async def spent(call: Callable[[], Awaitable[object]], times: int, concurrency: int = 1) -> Spent:
    """
    Make calls, so many at a time, and return what each cost.
    """
    left = iter(range(times))

    async def work() -> None:
        for _ in left:
            await call()

    wall, cpu = perf_counter(), process_time()
    async with anyio.create_task_group() as tasks:
        for _ in range(concurrency):
            tasks.start_soon(work)
    return Spent((perf_counter() - wall) / times, (process_time() - cpu) / times)


def resident_bytes() -> int:
    """
    Return the memory that this process occupies.
    """
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def fresh(code: str, *arguments: str, python: str = sys.executable, timeout_seconds: float = 600) -> Any:
    """
    Run code in an interpreter of its own, and return the JSON that it prints last.
    """
    # As installed packages are: compiled once, by the first run at the latest.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [python, "-c", code, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=timeout_seconds)
    return json.loads(done.stdout.splitlines()[-1])
