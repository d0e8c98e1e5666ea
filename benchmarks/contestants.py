"""
The clients that are compared, made alike: the defaults of each, the same server.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
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
        raw = await enter(raw_session())

        async def plain_get() -> object:
            response = await plain.get(f"{url}/v1/files/1/details")
            response.raise_for_status()
            return response.json()

        async def raw_get() -> object:
            async with raw.get(f"{url}/v1/files/1/details") as response:
                response.raise_for_status()
                return await response.json()

        yield {
            "ours": lambda: ours.files.get("1"),
            "theirs": lambda: theirs.files.get("1"),
            "ours, aiohttp": lambda: ours_aiohttp.files.get("1"),
            "theirs, aiohttp": lambda: theirs_aiohttp.files.get("1"),
            "plain httpx": plain_get,
            "raw aiohttp": raw_get,
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


def raw_session() -> aiohttp.ClientSession:
    """
    Return a session of aiohttp with as many connections as there are requests in flight.
    """
    return aiohttp.ClientSession(auth=aiohttp.BasicAuth(KEY, ""), connector=aiohttp.TCPConnector(limit=0))


async def raw_upload(session: aiohttp.ClientSession, url: str, file: Path | bytes) -> None:
    """
    Upload with a session of aiohttp, as its documentation does.
    """
    form = aiohttp.FormData({"fileName": "photo.jpg"})
    content = file if isinstance(file, bytes) else file.open("rb")
    form.add_field("file", content, filename="photo.jpg", content_type="image/jpeg")
    async with session.post(f"{url}/api/v1/files/upload", data=form) as response:
        response.raise_for_status()
        await response.json()
    if not isinstance(content, bytes):
        content.close()


def read_five(assets: list[Any]) -> int:
    """
    Read what a program typically looks at.
    """
    total = 0
    for asset in assets:
        total += len(asset.file_id) + len(asset.name) + len(asset.url) + int(asset.size) + asset.created_at.year
    return total
