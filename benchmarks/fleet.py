"""
Several processes that share one limit of 100 requests a second through Redis, and what that costs.

    python -m benchmarks.fleet [--calls 2000]

Runs four worker processes four times: with a fixed quarter of the limit each and no store, which is the baseline of
CPU; with `RedisStore`; with `RedisStore` while a fifth process joins and one is killed with SIGKILL; and with a store
that rewrites the whole bucket in an SQLite file. All calls of a worker start at once. Goodput is the calls that came
through over those that a sliding window allows from the first response to the end of the window in which the last one
falls.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.request import urlopen

import attrs

from benchmarks.fleet_sqlite import SQLiteStore
from benchmarks.server import running
from imagekit_async import AsyncImageKit, Pacing
from imagekit_async.integrations.redis import RedisStore
from tests.redis_server import RedisServer

LIMIT = 100
WORKERS = 4
MOST_REFUSED, LEAST_GOODPUT, LEAST_GOODPUT_DISTURBED = 0.01, 0.95, 0.90
MOST_ROUND_TRIPS, MOST_CPU_MS = 1.5, 1.5


async def work(server: str, where: str, calls: int) -> None:
    """
    Be a worker: make all calls at once on a signal, and write the time of each response and the CPU used.
    """
    # The limit that the server reports does not replace one of another interval.
    budgets = [] if where else [(LIMIT // WORKERS // 5, timedelta(seconds=0.2))]
    sqlite = SQLiteStore(where) if where and "://" not in where else None
    pacing = Pacing(store=sqlite or (RedisStore(where) if where else None), budgets=budgets)
    async with AsyncImageKit("private", base_url=f"{server}/limited-{LIMIT}-1", pacing=pacing) as client:
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)

        async def get() -> None:
            await client.files.get("f1")
            sys.stdout.write(f"{time.monotonic()}\n")
            sys.stdout.flush()

        before = time.process_time()
        await asyncio.gather(*(get() for _ in range(calls)))
        used = time.process_time() - before
        print(json.dumps({"cpu": used, "updates": sqlite.updates if sqlite else 0}), flush=True)


@attrs.define(eq=False)
class Worker:
    """
    A worker process, and what it wrote.
    """

    process: subprocess.Popen[str]
    responses: list[float] = attrs.field(factory=list)
    cpu: float = 0.0
    updates: int = 0
    reader: Thread = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Wait until it is ready."""
        assert self.process.stdout is not None
        self.process.stdout.readline()
        self.reader = Thread(target=self.read)
        self.reader.start()

    def read(self) -> None:
        """Keep what it writes."""
        for line in self.process.stdout or ():
            value: Any = json.loads(line)
            if isinstance(value, dict):
                self.cpu, self.updates = value["cpu"], value["updates"]
            else:
                self.responses.append(value)

    def begin(self) -> None:
        """Let it make its calls."""
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()


@attrs.frozen
class Fleet:
    """
    Where the workers of one run call.
    """

    server: str
    where: str
    calls: int

    def worker(self) -> Worker:
        """Start a worker."""
        command = [sys.executable, "-m", "benchmarks.fleet", "--work", self.server, self.where, str(self.calls)]
        return Worker(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))


@attrs.frozen
class Outcome:
    """
    What came of a run; CPU of the workers and of Redis in seconds.
    """

    name: str
    expected: int
    succeeded: int
    refused: int
    seconds: float
    cpu: float
    redis_cpu: float
    round_trips: int

    @property
    def goodput(self) -> float:
        """Return the share of what a sliding window allows."""
        return self.succeeded / (LIMIT * (self.seconds + 1))


@contextmanager
def finished(workers: list[Worker]) -> Iterator[None]:
    """
    Wait for all workers after the block.
    """
    yield
    for worker in workers:
        worker.reader.join()
        worker.process.communicate()


def measure(name: str, calls: int, *, store: str = "redis", disturbed: bool = False) -> Outcome:
    """
    Run the workers once, with the store "redis", "sqlite" or none ("").
    """
    with running() as server, RedisServer() as redis, tempfile.TemporaryDirectory() as folder:
        where = {"redis": redis.url, "sqlite": str(Path(folder) / "budget.db")}.get(store, "")
        fleet = Fleet(server, where, calls)
        workers = [fleet.worker() for _ in range(WORKERS)]
        fifth = [fleet.worker()] if disturbed else []
        redis.execute("CONFIG", "RESETSTAT")
        cpu = redis_cpu(redis)
        with finished([*workers, *fifth]):
            for worker in workers:
                worker.begin()
            if disturbed:
                while len(workers[0].responses) < calls // 3:
                    time.sleep(0.1)
                fifth[0].begin()
                while len(workers[0].responses) < calls // 2:
                    time.sleep(0.1)
                workers[0].process.kill()
        with urlopen(f"{server}/limited-{LIMIT}-1/counts") as response:
            refused = json.load(response)["refused"]
        cpu = redis_cpu(redis) - cpu
        stats: Any = redis.execute("INFO", "commandstats")
    everyone = [*workers, *fifth]
    responses = sorted(response for worker in everyone for response in worker.responses)
    return Outcome(
        name=name,
        expected=calls * (WORKERS + len(fifth)) - (calls - len(workers[0].responses) if disturbed else 0),
        succeeded=len(responses),
        refused=refused,
        seconds=responses[-1] - responses[0],
        cpu=sum(worker.cpu for worker in everyone),
        redis_cpu=cpu,
        round_trips=sum(stats.get(f"cmdstat_{name}", {}).get("calls", 0) for name in ("eval", "evalsha"))
        + sum(worker.updates for worker in everyone),
    )


def redis_cpu(redis: RedisServer) -> float:
    """
    Return the seconds of CPU that the server has used.
    """
    used: Any = redis.execute("INFO", "cpu")
    return float(used["used_cpu_sys"]) + float(used["used_cpu_user"])


def main(calls: int) -> bool:
    """
    Measure, print the figures, and return whether they are what they must be.
    """
    alone = measure("a quarter each, no store", calls, store="")
    shared = measure("RedisStore", calls)
    disturbed = measure("RedisStore, one joins, one is killed", calls, disturbed=True)
    rewritten = measure("the whole bucket as JSON in SQLite", calls, store="sqlite")
    print("| run | succeeded | refused | goodput | round trips a call | CPU a call | of it Redis |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for run in (alone, shared, disturbed, rewritten):
        milliseconds = (run.cpu + run.redis_cpu) / run.succeeded * 1000
        print(
            f"| {run.name} | {run.succeeded:,} of {run.expected:,} | {run.refused / run.succeeded:.2%} "
            f"| {run.goodput:.1%} | {run.round_trips / run.succeeded:.2f} | {milliseconds:.2f} ms "
            f"| {run.redis_cpu / run.succeeded * 1000:.2f} ms |"
        )
    store_ms = ((shared.cpu + shared.redis_cpu) / shared.succeeded - alone.cpu / alone.succeeded) * 1000
    print(f"\nCPU for the store: {store_ms:.2f} ms a call, Redis included.")
    return all(
        [
            shared.succeeded == shared.expected and disturbed.succeeded == disturbed.expected,
            shared.refused <= MOST_REFUSED * shared.succeeded,
            shared.goodput >= LEAST_GOODPUT and disturbed.goodput >= LEAST_GOODPUT_DISTURBED,
            shared.round_trips <= MOST_ROUND_TRIPS * shared.succeeded,
            store_ms <= MOST_CPU_MS,
        ]
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--calls", type=int, default=2000, help="calls of each worker")
    parser.add_argument("--work", nargs=3, metavar=("SERVER", "STORE", "CALLS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        asyncio.run(work(options.work[0], options.work[1], int(options.work[2])))
    elif not main(options.calls):
        sys.exit("at least one figure is not what it must be")
