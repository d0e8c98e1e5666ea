"""
What calls cost: small ones in number, lists of 1,000 assets, and the part of it that is our own.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import imagekitio
from imagekitio.types import AssetListResponse

from benchmarks.contestants import KEY, Call, list_calls, read_five, small_calls
from benchmarks.measure import Row, alternate, compared, cpu_seconds, medians, spent
from benchmarks.payloads import page
from benchmarks.server import running
from imagekit_async._generated.api.assets import list as assets_list
from imagekit_async._http.decoding import decode

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
        rows.append(Row(figure, ours, plain, f"{ratio:.2f}x", "at most 1.15x", ratio <= 1.15))
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


async def decoding() -> list[Row]:
    """
    Compare the way from 1,000 assets as bytes to models, with five attributes of each read, with all, and with none.
    """
    text = page(1000)
    response = httpx.Response(200, content=text)
    call = assets_list.call(limit=1000)
    client = imagekitio.AsyncImageKit(private_key=KEY)

    def ours() -> list[Any]:
        return decode(call, response, 1)

    def theirs() -> list[Any]:
        data = json.loads(text)
        return client._process_response_data(data=data, cast_to=AssetListResponse, response=response)

    def read_all(assets: list[Any]) -> None:
        for asset in assets:
            for name in names:
                getattr(asset, name)

    names = [name for name in type(theirs()[0]).model_fields if hasattr(ours()[0], name)]
    actions = {
        "ours, five": lambda: read_five(ours()),
        "theirs, five": lambda: read_five(theirs()),
        "ours, all": lambda: read_all(ours()),
        "theirs, all": lambda: read_all(theirs()),
        "ours, none": ours,
        "theirs, none": theirs,
        "json": lambda: json.loads(text),
    }
    taken = await medians(
        {name: lambda action=action: 1000 * cpu_seconds(action, 2) for name, action in actions.items()}, 2 * ROUNDS
    )
    what = "decode 1,000 assets"
    five = f"{what}, five attributes of each read"
    ours_five = taken["ours, five"]
    return [
        compared(five, ours_five, taken["theirs, five"], "ms", at_most=0.35),
        Row(five, f"{ours_five:.2f} ms", bar="at most 6 ms", met=ours_five <= 6),
        compared(f"{what}, none read", taken["ours, none"], taken["theirs, none"], "ms", at_most=0.35),
        compared(f"{what}, all {len(names)} attributes read", taken["ours, all"], taken["theirs, all"], "ms"),
        Row(f"{what}: the part of `json.loads`", f"{taken['json']:.2f} ms"),
    ]
