"""
A thousand calls started at once against a rate limit of 100 a second.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import Any

import anyio
import httpx
import imagekitio

from benchmarks.contestants import KEY
from benchmarks.measure import Row
from benchmarks.server import running
from imagekit_async import AsyncImageKit

CALLS = 1000
LIMIT = 100


async def limited() -> list[Row]:
    """
    Compare how many succeed, how often the server had to refuse, and what rate came out.
    """
    with running() as url:
        async with AsyncImageKit(KEY, base_url=f"{url}/limited-{LIMIT}-1") as ours:
            mine = await _at_once(lambda: ours.files.get("1"))
            mine |= httpx.get(f"{url}/limited-{LIMIT}-1/counts").json()
        # A limit of its own, since both are counted from their beginning.
        async with imagekitio.AsyncImageKit(private_key=KEY, base_url=f"{url}/limited-{LIMIT}-1.0") as theirs:
            vendors = await _at_once(lambda: theirs.files.get("1"))
            vendors |= httpx.get(f"{url}/limited-{LIMIT}-1.0/counts").json()
    what = f"{CALLS:,} calls at once under {LIMIT}/s"
    refused = [counts["refused"] / (counts["refused"] + counts["accepted"]) for counts in (mine, vendors)]
    goodput, vendors_goodput = (run["succeeded"] / run["seconds"] / LIMIT for run in (mine, vendors))
    return [
        Row(
            f"{what}: succeed",
            str(mine["succeeded"]),
            str(vendors["succeeded"]),
            bar="all",
            met=mine["succeeded"] == CALLS,
        ),
        Row(
            f"{what}: attempts refused with 429",
            *(f"{share:.1%}" for share in refused),
            bar="under 2 %",
            met=refused[0] < 0.02,
        ),
        Row(
            f"{what}: goodput as a part of the limit",
            f"{goodput:.1%}",
            f"{vendors_goodput:.1%}",
            bar="at least 95 %",
            met=goodput >= 0.95,
        ),
    ]


async def _at_once(call: Callable[[], Awaitable[object]]) -> dict[str, Any]:
    succeeded = 0

    async def attempt() -> None:
        nonlocal succeeded
        try:
            await call()
            succeeded += 1
        except Exception as error:
            errors.append(error)

    errors: list[Exception] = []
    start = perf_counter()
    async with anyio.create_task_group() as tasks:
        for _ in range(CALLS):
            tasks.start_soon(attempt)
    return {"succeeded": succeeded, "seconds": perf_counter() - start}
