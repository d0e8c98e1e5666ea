"""
What a run of `soak.py` found out, and how it is written down.
"""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from benchmarks.soak_load import Fate, Ledger
from imagekit_async import __version__

_BARS = "▁▂▃▄▅▆▇█"
_MEBIBYTE = 1024 * 1024


@attrs.frozen
class Held:
    """
    What the process holds at one time.

    Attributes:
        traced: Bytes allocated by all code but the benchmark's own; 0 if not measured.
        rss: Resident memory in bytes.
        files: Open file descriptors.
        threads: Threads.
        tasks: Tasks of the event loop.
    """

    traced: int
    rss: int
    files: int
    threads: int
    tasks: int


@attrs.define
class Run:
    """
    One backend's run.
    """

    backend: str
    seconds: float
    tasks: int
    connections: int
    ledger: Ledger = attrs.field(factory=Ledger)
    attempts: int = 0
    requests: int = 0
    open_connections: int = 0
    retries: Counter[str] = attrs.field(factory=Counter[str])
    faults: dict[str, int] = attrs.field(factory=dict[str, int])
    fates: Counter[tuple[Fate, int]] = attrs.field(factory=Counter[tuple[Fate, int]])
    held: dict[str, Held] = attrs.field(factory=dict[str, Held])
    curve: list[Held] = attrs.field(factory=list[Held])
    grown: list[str] = attrs.field(factory=list[str])
    problems: list[str] = attrs.field(factory=list[str])

    def count_attempt(self) -> None:
        """
        Count an attempt.
        """
        self.attempts += 1


def render(runs: list[Run], seed: str) -> str:
    """
    Write the report as Markdown.
    """
    parts = [
        "# Soak",
        "Written by `make soak`, not by hand.\n"
        "One client, many tasks, every kind of fault between it and the local ImageKit.\n"
        "Then every upload is looked up by other means, and what the process holds is compared with what it held "
        "before.",
        f"imagekit-async {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"seed {seed}.",
        "## Verdict",
        *(_verdict(run) for run in runs),
        "## Load",
        _table(["", *(run.backend for run in runs)], _load_rows(runs)),
        "## What became of the uploads",
        "An upload that returned must be there exactly once with its bytes.\n"
        "One that raised `UploadOutcomeUnknownError` or an unreadable success, or that was canceled, at most once.\n"
        "One that raised anything else, or was deleted, not at all.",
        _table(["must be there", "is there", *(run.backend for run in runs)], _counts(runs, lambda run: _fates(run))),
        "## Faults",
        _table(["fault", *(run.backend for run in runs)], _counts(runs, lambda run: run.faults)),
        "## Retries",
        _table(["because", *(run.backend for run in runs)], _counts(runs, lambda run: run.retries)),
        "## Calls by outcome",
        _table(["call", "outcome", *(run.backend for run in runs)], _counts(runs, lambda run: run.ledger.outcomes)),
        "## Held by the process",
        "Allocated: by all code but the benchmark's own, after a garbage collection.\n"
        "The curve is the resident memory from start to end; it includes the benchmark's records and what measuring "
        "takes.",
        *(part for run in runs for part in _held(run)),
    ]
    return "\n\n".join(parts) + "\n"


def _verdict(run: Run) -> str:
    if not run.problems:
        return f"{run.backend}: nothing lost, nothing doubled, nothing leaked."
    return "\n".join(
        [f"{run.backend}: {len(run.problems)} problems", "", *(f"- {problem}" for problem in run.problems)]
    )


def _load_rows(runs: list[Run]) -> Iterator[list[object]]:
    rows: dict[str, Callable[[Run], object]] = {
        "seconds of load": lambda run: f"{run.seconds:g}",
        "tasks": lambda run: run.tasks,
        "connections at most": lambda run: run.connections,
        "calls": lambda run: run.ledger.outcomes.total(),
        "calls a second": lambda run: round(run.ledger.outcomes.total() / run.seconds),
        "attempts": lambda run: run.attempts,
        "requests that arrived": lambda run: run.requests,
        "connections open after the load": lambda run: run.open_connections,
        "reports of progress": lambda run: run.ledger.progress_calls,
    }
    for name, value in rows.items():
        yield [name, *map(value, runs)]


def _fates(run: Run) -> dict[tuple[str, str], int]:
    return {(fate.value, f"{count} times"): uploads for (fate, count), uploads in run.fates.items()}


def _counts(runs: list[Run], counts: Callable[[Run], Mapping[Any, int]]) -> Iterator[list[object]]:
    by_run = [counts(run) for run in runs]
    for key in sorted({key for each in by_run for key in each}):
        yield [*((key,) if isinstance(key, str) else key), *(each.get(key, 0) for each in by_run)]


def _held(run: Run) -> list[str]:
    rows = [
        [name, f"{held.traced / _MEBIBYTE:.2f}", f"{held.rss / _MEBIBYTE:.1f}", held.files, held.threads, held.tasks]
        for name, held in run.held.items()
    ]
    heads = [run.backend, "allocated, MiB", "resident, MiB", "open files", "threads", "tasks"]
    levels = [held.rss / _MEBIBYTE for held in run.curve]
    low, high = min(levels, default=0), max(levels, default=0)
    curve = "".join(_BARS[int((level - low) / ((high - low) or 1) * (len(_BARS) - 1))] for level in levels)
    return [_table(heads, rows), f"Resident memory, {low:.1f} to {high:.1f} MiB: `{curve}`"]


def _table(heads: list[str], rows: Iterable[list[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *([str(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
