"""
What `benchmarks.transfer` compares: each contestant runs once in an interpreter of its own and prints its figures.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import anyio
import httpx

from benchmarks.measure import resident_bytes
from benchmarks.payloads import asset
from imagekit_async import AsyncImageKit
from imagekit_async.transfer import UploadItem, plan_upload, upload_many

KEY = "private_benchmark"
CONCURRENCY = 32
BEAT_SECONDS = 0.005


async def observed(action: Callable[[], Awaitable[object]]) -> dict[str, float]:
    """
    Run an action, and return its seconds, its peak memory, and how late the event loop was at most.

    The CPU time of the process between two beats is what it alone can have caused; the rest is the machine's load.
    """
    lag = lag_cpu = 0.0
    peak = resident_bytes()

    async def beat() -> None:
        nonlocal lag, lag_cpu, peak
        while True:
            start, start_cpu = perf_counter(), process_time()
            await anyio.sleep(BEAT_SECONDS)
            lag = max(lag, perf_counter() - start - BEAT_SECONDS)
            lag_cpu = max(lag_cpu, process_time() - start_cpu - BEAT_SECONDS)
            peak = max(peak, resident_bytes())

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(beat)
        await anyio.sleep(0)
        wall, cpu = perf_counter(), process_time()
        await action()
        wall, cpu = perf_counter() - wall, process_time() - cpu
        tasks.cancel_scope.cancel()
    return {"wall": wall, "cpu": cpu, "lag": lag * 1000, "lag_cpu": lag_cpu * 1000, "peak": peak / 1e6}


async def upload_ours(client: AsyncImageKit, items: Iterable[UploadItem]) -> None:
    """
    Upload items with `upload_many`.
    """
    async with client, upload_many(client, items, concurrency=CONCURRENCY) as results:
        async for result in results:
            if result.error is not None:
                raise result.error


async def ours(url: str, paths: Sequence[Path]) -> None:
    """
    Upload files with the default transport.
    """
    await upload_ours(AsyncImageKit(KEY, base_url=url), map(UploadItem, paths))


async def ours_aiohttp(url: str, paths: Sequence[Path]) -> None:
    """
    Upload files with aiohttp as the transport.
    """
    from imagekit_async.integrations.aiohttp import AiohttpTransport

    await upload_ours(AsyncImageKit(KEY, base_url=url, transport=AiohttpTransport()), map(UploadItem, paths))


async def theirs(url: str, paths: Sequence[Path]) -> None:
    """
    Upload files with the vendor's client, `asyncio.gather` and a semaphore.
    """
    import asyncio

    import imagekitio

    semaphore = asyncio.Semaphore(CONCURRENCY)
    async with imagekitio.AsyncImageKit(private_key=KEY, base_url=url) as client:

        async def upload(path: Path) -> None:
            async with semaphore:
                await client.files.upload(file=path, file_name=path.name)

        await asyncio.gather(*map(upload, paths))


async def bare_aiohttp(url: str, paths: Sequence[Path]) -> None:
    """
    Upload files with aiohttp alone, and check nothing.
    """
    import aiohttp

    waiting = iter(paths)
    async with aiohttp.ClientSession(auth=aiohttp.BasicAuth(KEY, "")) as session:

        async def work() -> None:
            for path in waiting:
                form = aiohttp.FormData({"fileName": path.name})
                form.add_field("file", path.read_bytes(), filename=path.name)
                async with session.post(f"{url}/api/v1/files/upload", data=form) as response:
                    await response.json()

        async with anyio.create_task_group() as tasks:
            for _ in range(CONCURRENCY):
                tasks.start_soon(work)


async def lazy(count: str) -> None:
    """
    Upload so many items that exist only when their turn comes, to a transport that responds from memory.
    """
    reply = json.dumps(asset(1)).encode()

    async def respond(request: httpx.Request) -> httpx.Response:
        await request.aread()
        return httpx.Response(200, content=reply, headers={"Content-Type": "application/json"})

    client = AsyncImageKit(KEY, transport=httpx.MockTransport(respond))
    await upload_ours(client, (UploadItem(b"x", f"{number}.txt") for number in range(int(count))))


async def resumable(url: str, folder: str, state: str, half: str) -> None:
    """
    Sync a folder with a state file, and say when half is done.
    """
    async with AsyncImageKit("private_local", base_url=url) as client:
        plan = await plan_upload(client, folder, "/site", state=state)

        def show(progress: Any) -> None:
            if progress.files_done == int(half):
                print("half", flush=True)

        report = await plan.run(client, concurrency=CONCURRENCY, on_progress=show)
        if not report.ok:
            raise RuntimeError(str(report))


UPLOADS: dict[str, Callable[..., Awaitable[None]]] = {
    function.__name__: function for function in (ours, ours_aiohttp, theirs, bare_aiohttp)
}
OTHERS: dict[str, Callable[..., Awaitable[None]]] = {"lazy": lazy, "resumable": resumable}
LIBRARIES = {"ours_aiohttp": "imagekit_async.integrations.aiohttp", "theirs": "imagekitio", "bare_aiohttp": "aiohttp"}


def contest(name: str, *arguments: str) -> None:
    """
    Let one contestant run once, and print its figures as JSON.
    """
    if upload := UPLOADS.get(name):
        # Neither imports nor the listing of a folder are what is measured.
        import_module(LIBRARIES.get(name, "httpcore"))
        AsyncImageKit(KEY)
        url, folder = arguments
        paths = sorted(Path(folder).iterdir())
        action = partial(upload, url, paths)
    else:
        action = partial(OTHERS[name], *arguments)
    print(json.dumps(anyio.run(observed, action)))
