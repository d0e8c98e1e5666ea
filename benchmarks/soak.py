"""
Mixed load through one client while the network fails on purpose; then every upload and every resource is accounted for.

    python -m benchmarks.soak [--seconds 120] [--seed N] [--backend asyncio|trio] [--report FILE]

The server and the proxy that fails run in a process of their own, so that this one's memory, files and threads are the
client's. Exits with 1 if anything was lost, doubled or leaked. Linux only, as it reads /proc.
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import os
import random
import subprocess
import sys
import tempfile
import threading
import tracemalloc
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import attrs

from benchmarks.measure import resident_bytes
from benchmarks.soak_account import account_for
from benchmarks.soak_load import FOLDERS, Worker
from benchmarks.soak_report import Held, Run, render
from imagekit_async import AsyncImageKit, Hooks, Pacing

_TASKS = 48
_CONNECTIONS = 24
_TIMEOUT_SECONDS = 1.5
_SAMPLES = 60
_TAIL_SECONDS = 60
_SETTLE_SECONDS = 60
_EXTENSIONS = 10
_TRACED_GROWTH_BYTES = 512 * 1024
_RSS_GROWTH_BYTES = 16 * 1024 * 1024
_LINES = 8
_HERE = Path(__file__).parent
_UNCOUNTED_FILES = {*map(str, _HERE.glob("soak*.py")), tracemalloc.__file__}


@attrs.frozen
class FaultyImageKit:
    """
    The process with the server and the proxy.

    Attributes:
        proxy: Where calls fail.
        server: Where they do not.
        private_key: The key of both.
    """

    proxy: str
    server: str
    private_key: str
    _process: subprocess.Popen[str]

    @classmethod
    @contextmanager
    def started(cls, seed: str) -> Iterator[FaultyImageKit]:
        """
        Run it around a block.
        """
        command = [sys.executable, "-m", "benchmarks.soak_proxy", seed]
        with subprocess.Popen(
            command, cwd=_HERE.parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            about = _pipe(process.stdout).readline()
            if not about:
                raise RuntimeError("the local ImageKit did not start")
            yield cls(**json.loads(about), process=process)
            _pipe(process.stdin).close()

    async def command(self, name: str) -> dict[str, Any]:
        """
        Give the proxy a command, and return its counts.
        """
        return await anyio.to_thread.run_sync(self._command, name)

    def _command(self, name: str) -> dict[str, Any]:
        stdin = _pipe(self._process.stdin)
        stdin.write(name + "\n")
        stdin.flush()
        counts: dict[str, Any] = json.loads(_pipe(self._process.stdout).readline())
        return counts


def _pipe(pipe: Any) -> Any:
    if pipe is None:
        raise RuntimeError("the process has no pipe")
    return pipe


class Meter:
    """
    Measures what this process holds.
    """

    def __init__(self) -> None:
        self.curve: list[Held] = []
        self._first: dict[str, int] | None = None
        self._last: dict[str, int] = {}

    def quick(self) -> Held:
        """
        Measure what costs next to nothing to measure.
        """
        return Held(
            traced=0,
            rss=resident_bytes(),
            files=len(os.listdir("/proc/self/fd")),
            threads=threading.active_count(),
            tasks=len(anyio.get_running_tasks()),
        )

    def thorough(self) -> Held:
        """
        Collect garbage, and measure the memory too that is allocated outside of this benchmark.
        """
        gc.collect()
        lines = tracemalloc.take_snapshot().statistics("lineno")
        self._last = {
            str(line.traceback): line.size for line in lines if line.traceback[0].filename not in _UNCOUNTED_FILES
        }
        return attrs.evolve(self.quick(), traced=sum(self._last.values()))

    async def sample(self, seconds: float) -> None:
        """
        Measure at this interval in seconds until canceled.
        """
        while True:
            await anyio.sleep(seconds)
            self.curve.append(self.quick())

    def mark(self) -> None:
        """
        Remember which line holds what, by the last measurement.
        """
        self._first = self._last

    def growth(self) -> list[str]:
        """
        Return the lines whose memory grew most between the mark and the last measurement.
        """
        before = self._first or {}
        grown = {line: size - before.get(line, 0) for line, size in self._last.items()}
        return [f"{line}: {grown[line]:+} bytes" for line in sorted(grown, key=grown.__getitem__)[: -_LINES - 1 : -1]]


@contextmanager
def listening() -> Iterator[list[str]]:
    """
    Collect what was not raised: warnings, unraisable errors, and log records from WARNING on.
    """
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(f"logged: {record.getMessage()}")

    handler, before = Listener(logging.WARNING), sys.unraisablehook
    sys.unraisablehook = lambda unraisable: heard.append(f"unraisable: {unraisable.exc_value!r}")
    logging.getLogger().addHandler(handler)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield heard
        gc.collect()
    logging.getLogger().removeHandler(handler)
    sys.unraisablehook = before


async def soak(imagekit: FaultyImageKit, backend: str, seconds: float, seed: str) -> Run:
    """
    Run the load and check everything.
    """
    run = Run(backend, seconds, _TASKS, _CONNECTIONS)
    meter = Meter()
    run.held["before"] = meter.thorough()
    hooks = Hooks(on_request=lambda _: run.count_attempt(), on_retry=lambda event: run.retries.update([event.reason]))
    pacing = Pacing(max_concurrency=_CONNECTIONS)
    key, timeout = imagekit.private_key, _TIMEOUT_SECONDS
    with tempfile.TemporaryDirectory() as directory:
        async with AsyncImageKit(key, base_url=imagekit.proxy, timeout=timeout, pacing=pacing, hooks=hooks) as client:
            workers = [
                Worker(client, run.ledger, Path(directory), random.Random(f"{seed}/{number}"))
                for number in range(_TASKS)
            ]
            # The first third fills what there is to fill; from then on nothing may grow.
            for name, share in (("after the first third", 1 / 3), ("at the end", 2 / 3)):
                await _load(imagekit, workers, meter, seconds * share, seconds / _SAMPLES)
                run.held[name] = meter.thorough()
                if share < 1 / 2:
                    meter.mark()
            run.grown = meter.growth()
            run.open_connections = await _met_every_fault(imagekit, workers, meter, seconds)
            run.problems.extend(await _missing_slots(imagekit, client))
        counts = await imagekit.command("calm")
        run.faults, run.requests = counts["faults"], counts["requests"]
        run.held["client closed"] = await _settled(meter, run.held["before"])
    run.curve = meter.curve
    run.problems.extend(await _judge_resources(imagekit, run))
    run.problems.extend(await account_for(run, imagekit.server, imagekit.private_key))
    return run


async def _load(
    imagekit: FaultyImageKit, workers: list[Worker], meter: Meter, seconds: float, sample_seconds: float
) -> None:
    await imagekit.command("faults")
    until = anyio.current_time() + seconds
    # Whatever hangs ends here.
    with anyio.fail_after(seconds + _TAIL_SECONDS):
        async with anyio.create_task_group() as sampling:
            sampling.start_soon(meter.sample, sample_seconds)
            async with anyio.create_task_group() as working:
                for worker in workers:
                    working.start_soon(worker.work, until)
                await anyio.sleep_until(until)
                await imagekit.command("calm")
            sampling.cancel_scope.cancel()


async def _met_every_fault(imagekit: FaultyImageKit, workers: list[Worker], meter: Meter, seconds: float) -> int:
    """
    Load until each fault has happened, which a busy machine may not reach in time, and return the open connections.
    """
    for _ in range(_EXTENSIONS):
        counts = await imagekit.command("calm")
        if all(counts["faults"].values()):
            break
        await _load(imagekit, workers, meter, seconds, seconds / _SAMPLES)
    return int((await imagekit.command("calm"))["connections"])


async def _missing_slots(imagekit: FaultyImageKit, client: AsyncImageKit) -> list[str]:
    """
    Make as many calls as there may be connections, none of which gets a response before all have arrived.
    """
    await imagekit.command(f"together {_CONNECTIONS}")
    with anyio.move_on_after(_SETTLE_SECONDS) as scope:
        async with anyio.create_task_group() as group:
            for _ in range(_CONNECTIONS):
                group.start_soon(lambda: client.assets.list(path=FOLDERS[0], limit=1, timeout=None))
    return [f"less than {_CONNECTIONS} calls at once are possible after the load"] * scope.cancelled_caught


async def _settled(meter: Meter, before: Held) -> Held:
    """
    Measure when all is closed that is being closed.
    """
    with anyio.move_on_after(_SETTLE_SECONDS):
        while (held := meter.quick()).files > before.files or held.tasks > before.tasks:
            await anyio.sleep(0.1)
    return meter.thorough()


async def _judge_resources(imagekit: FaultyImageKit, run: Run) -> list[str]:
    before, third, end = (run.held[name] for name in ("before", "after the first third", "at the end"))
    closed = run.held["client closed"]
    problems: list[str] = []
    if (before.files, before.tasks) != (closed.files, closed.tasks):
        problems.append(f"files, tasks: {before.files}, {before.tasks} before, {closed.files}, {closed.tasks} after")
    if end.traced - third.traced > _TRACED_GROWTH_BYTES:
        problems.extend(["memory grew after the first third", *run.grown])
    if end.rss - third.rss > _RSS_GROWTH_BYTES:
        problems.append(f"resident memory grew by {end.rss - third.rss} bytes after the first third")
    threads = anyio.to_thread.current_default_thread_limiter().total_tokens
    if max(held.threads for held in [*run.curve, closed]) > before.threads + threads:
        problems.append("more threads than the limit of worker threads")
    if run.open_connections > _CONNECTIONS:
        problems.append(f"{run.open_connections} connections were open after the load")
    left = (await imagekit.command("calm"))["connections"]
    if left:
        problems.append(f"{left} connections are open after the client was closed")
    problems.extend(f"never happened: {fault}" for fault, count in run.faults.items() if not count)
    return problems


def main() -> int:
    """
    Soak on each backend, write the report, and return the exit status.
    """
    parser = argparse.ArgumentParser(description="Soak the client under faults.")
    parser.add_argument("--seconds", type=float, default=120, help="of load for each backend")
    parser.add_argument("--seed", default=str(random.randrange(1 << 32)))
    parser.add_argument("--backend", choices=["asyncio", "trio"], action="append")
    parser.add_argument("--report", type=Path, help="Markdown file to write; by default it is printed")
    options = parser.parse_args()
    print(f"seed {options.seed}", file=sys.stderr)
    runs: list[Run] = []
    for backend in options.backend or ["asyncio", "trio"]:
        tracemalloc.start()
        with FaultyImageKit.started(options.seed) as imagekit, listening() as heard:
            run = anyio.run(soak, imagekit, backend, options.seconds, options.seed, backend=backend)
        run.problems.extend(f"{heard.count(line)} times {line}" for line in dict.fromkeys(heard))
        tracemalloc.stop()
        runs.append(run)
    report = render(runs, options.seed)
    if options.report is None:
        print(report)
    else:
        options.report.write_text(report, encoding="utf-8")
    problems = [f"{run.backend}: {problem}" for run in runs for problem in run.problems]
    print(*problems, sep="\n", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
