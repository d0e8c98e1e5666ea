"""
Many calls started at once against a rate limit, and how much of what the limit leaves open comes through.

Goodput is the calls that were accepted over those that the server's own limiter could at most have accepted in the
same time: its windows, filled as soon as they have room, the burst of the first one included. It cannot exceed 100 %.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice, takewhile
from time import perf_counter

import anyio
import attrs
import httpx

from benchmarks.contestants import Call, small_calls
from benchmarks.measure import Row
from benchmarks.server import Limit, running

MOST_REFUSED = 0.02
LEAST_GOODPUT = 0.95


@attrs.frozen
class Load:
    """
    Calls that start at once under a limit.

    Attributes:
        calls: How many.
        limit: The limit, as the server's path names it.
        name: The limit, for the report.
        vendors: Whether the vendor's clients are measured as well.
    """

    calls: int
    limit: str
    name: str
    vendors: bool = False


LOADS = [
    Load(1_000, "100-1", "100/s", vendors=True),
    Load(1_000, "100-1,400-10", "100/s and 400 in 10 s"),
    Load(10_000, "100-1", "100/s"),
]


@attrs.frozen
class Outcome:
    """
    What became of the calls.

    Attributes:
        succeeded: Calls that got their response.
        accepted: Attempts that the server let through.
        refused: Attempts that it refused.
        seconds: From the first call to the end of the last one.
        limit: The limit.
    """

    succeeded: int
    accepted: int
    refused: int
    seconds: float
    limit: str

    @property
    def refused_part(self) -> float:
        """
        Return the part of the attempts that were refused.
        """
        return self.refused / (self.refused + self.accepted)

    @property
    def goodput(self) -> float:
        """
        Return the calls accepted as a part of those that could have been.
        """
        return self.accepted / most_accepted(self.limit, self.seconds)

    def spent(self) -> str:
        """
        Return the goodput and the time that it took.
        """
        return f"{self.goodput:.1%} in {self.seconds:.1f} s"


def schedule(limit: str) -> Iterator[float]:
    """
    Yield when the server's limiter can accept the first request at the earliest, the second one, and so on.
    """
    windows = [(most, interval) for most, interval, _ in Limit(limit).windows]
    accepted: list[float] = []
    while True:
        # A window has room again when the request leaves it that is as many places back as it holds.
        accepted.append(max(accepted[-most] + interval if len(accepted) >= most else 0.0 for most, interval in windows))
        yield accepted[-1]


def most_accepted(limit: str, seconds: float) -> int:
    """
    Return how many requests the server's limiter can accept at most in so many seconds from the first one on.
    """
    return sum(1 for _ in takewhile(lambda time: time <= seconds, schedule(limit)))


async def limited() -> list[Row]:
    """
    Compare how many succeed, how often the server had to refuse, and what goodput came out.
    """
    return [row for load in LOADS for row in await _rows(load)]


async def _rows(load: Load) -> list[Row]:
    ours = await _outcome(load, "ours")
    theirs = [await _outcome(load, name) for name in ("theirs", "theirs, aiohttp")] if load.vendors else []
    at_best = next(islice(schedule(load.limit), load.calls - 1, None))
    what = f"{load.calls:,} calls at once under {load.name}"

    def vendors(figure: Callable[[Outcome], str]) -> str:
        return "; ".join(
            f"{figure(outcome)} ({name})" for outcome, name in zip(theirs, ("httpx", "aiohttp"), strict=False)
        )

    return [
        Row(
            f"{what}: succeed",
            str(ours.succeeded),
            vendors(lambda outcome: str(outcome.succeeded)),
            bar="all",
            met=ours.succeeded == load.calls,
        ),
        Row(
            f"{what}: attempts refused with 429",
            f"{ours.refused_part:.1%}",
            vendors(lambda outcome: f"{outcome.refused_part:.1%}"),
            bar=f"under {MOST_REFUSED:.0%}",
            met=ours.refused_part < MOST_REFUSED,
        ),
        Row(
            f"{what}: goodput, of what the limit leaves open (at best all in {at_best:.0f} s)",
            ours.spent(),
            vendors(Outcome.spent),
            bar=f"at least {LEAST_GOODPUT:.0%}",
            met=ours.goodput >= LEAST_GOODPUT,
        ),
    ]


async def _outcome(load: Load, contestant: str) -> Outcome:
    # Each has a server of its own, since a limit counts from its beginning.
    with running() as server:
        url = f"{server}/limited-{load.limit}"
        async with small_calls(url) as calls:
            succeeded, seconds = await _at_once(calls[contestant], load.calls)
        counts = httpx.get(f"{url}/counts").json()
    return Outcome(succeeded, counts["accepted"], counts["refused"], seconds, load.limit)


async def _at_once(call: Call, calls: int) -> tuple[int, float]:
    succeeded = 0

    async def attempt() -> None:
        nonlocal succeeded
        with suppress(Exception):
            await call()
            succeeded += 1

    start = perf_counter()
    async with anyio.create_task_group() as tasks:
        for _ in range(calls):
            tasks.start_soon(attempt)
    return succeeded, perf_counter() - start
