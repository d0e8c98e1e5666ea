"""
What calls cost: small ones in number, and lists of 1,000 assets.
"""

from __future__ import annotations

import statistics
from collections.abc import Awaitable, Callable

from benchmarks.contestants import Call, list_calls, small_calls
from benchmarks.measure import Row, alternate, compared, medians, spent
from benchmarks.server import running

ROUNDS = 9


async def small() -> list[Row]:
    """
    Compare small calls, 50 at a time, by the calls that end in a second.
    """

    def rate(call: Call) -> Callable[[], Awaitable[float]]:
        async def take() -> float:
            return 1 / (await spent(call, 1000, concurrency=50)).wall

        return take

    with running() as url:
        async with small_calls(url) as calls:
            taken = await medians({name: rate(call) for name, call in calls.items()}, ROUNDS)
    what = "small calls, 50 at a time"
    return [
        compared(f"{what}, default transport", taken["ours"], taken["theirs"], "calls/s", at_least=1.2),
        compared(f"{what}, aiohttp", taken["ours, aiohttp"], taken["theirs, aiohttp"], "calls/s", at_least=1.6),
        compared(
            f"{what}, aiohttp, beside raw aiohttp",
            taken["ours, aiohttp"],
            taken["raw aiohttp"],
            "calls/s",
            at_least=0.4,
        ),
    ]


async def overhead() -> list[Row]:
    """
    Compare the CPU time of small calls with that of plain httpx: one at a time, and 50 at a time.
    """
    rows: list[Row] = []
    for concurrency in (1, 50):

        def cost(call: Call, concurrency: int = concurrency) -> Callable[[], Awaitable[float]]:
            async def take() -> float:
                return 1e6 * (await spent(call, 500, concurrency)).cpu

            return take

        with running() as url:
            async with small_calls(url) as calls:
                pair = {name: cost(calls[name]) for name in ("ours", "plain httpx")}
                taken = await alternate(pair, 2 * ROUNDS)
        # Of pairs that ran one right after the other, as a busy machine changes its pace within a run.
        ratio = statistics.median(ours / plain for ours, plain in zip(*taken.values(), strict=True))
        ours, plain = (f"{statistics.median(values):,.4g} us" for values in taken.values())
        figure = f"CPU per small call beside plain `httpx.AsyncClient`, {concurrency} at a time"
        rows.append(Row(figure, ours, plain, f"{ratio:.2f}x", "at most 1.00x", ratio <= 1))
    return rows


async def lists() -> list[Row]:
    """
    Compare listing 1,000 assets: the whole call by CPU time, reading five attributes of each, and none.
    """

    def cost(call: Call) -> Callable[[], Awaitable[float]]:
        async def take() -> float:
            return 1000 * (await spent(call, 3)).cpu

        return take

    with running() as url:
        async with list_calls(url) as calls:
            taken = await medians({name: cost(call) for name, call in calls.items()}, ROUNDS)
    what = "list of 1,000 assets, whole call"
    return [
        compared(what, taken["ours"], taken["theirs"], "ms", at_most=0.4),
        compared(
            f"{what}, five attributes of each read", taken["ours, read"], taken["theirs, read"], "ms", at_most=0.4
        ),
    ]
