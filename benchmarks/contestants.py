"""
The clients that are compared, made alike: the defaults of each, the same server.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx
import imagekitio

from imagekit_async import AsyncImageKit
from imagekit_async.integrations.aiohttp import AiohttpTransport

KEY = "private_benchmark"

Call = Callable[[], Awaitable[Any]]


@asynccontextmanager
async def small_calls(url: str) -> AsyncIterator[dict[str, Call]]:
    """
    Yield, for each client, a function that reads the details of one file.
    """
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        ours = await enter(AsyncImageKit(KEY, base_url=url))
        ours_aiohttp = await enter(AsyncImageKit(KEY, base_url=url, transport=AiohttpTransport()))
        theirs = await enter(imagekitio.AsyncImageKit(private_key=KEY, base_url=url))
        theirs_aiohttp = await enter(
            imagekitio.AsyncImageKit(private_key=KEY, base_url=url, http_client=imagekitio.DefaultAioHttpClient())
        )
        plain = await enter(httpx.AsyncClient(auth=(KEY, "")))

        async def plain_get() -> object:
            response = await plain.get(f"{url}/v1/files/1/details")
            response.raise_for_status()
            return response.json()

        yield {
            "ours": lambda: ours.files.get("1"),
            "theirs": lambda: theirs.files.get("1"),
            "ours, aiohttp": lambda: ours_aiohttp.files.get("1"),
            "theirs, aiohttp": lambda: theirs_aiohttp.files.get("1"),
            "plain httpx": plain_get,
        }


@asynccontextmanager
async def list_calls(url: str) -> AsyncIterator[dict[str, Call]]:
    """
    Yield, for each client, functions that list 1,000 assets, and then read nothing or five attributes of each.
    """
    async with (
        AsyncImageKit(KEY, base_url=url) as ours,
        imagekitio.AsyncImageKit(private_key=KEY, base_url=url) as theirs,
    ):

        async def list_ours() -> int:
            return read_five(await ours.assets.list(limit=1000))

        async def list_theirs() -> int:
            return read_five(await theirs.assets.list(limit=1000))

        yield {
            "ours": lambda: ours.assets.list(limit=1000),
            "theirs": lambda: theirs.assets.list(limit=1000),
            "ours, read": list_ours,
            "theirs, read": list_theirs,
        }


def read_five(assets: list[Any]) -> int:
    """
    Read what a program typically looks at.
    """
    total = 0
    for asset in assets:
        total += len(asset.file_id) + len(asset.name) + len(asset.url) + int(asset.size) + asset.created_at.year
    return total
