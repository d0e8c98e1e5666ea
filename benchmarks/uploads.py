"""
Uploads, each contestant in an interpreter of its own: one of 400 MB, 50 of 8 MB at once, and small files.
"""

from __future__ import annotations

import json
import statistics
import tempfile
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import anyio

from benchmarks.contestants import KEY, raw_session, raw_upload
from benchmarks.measure import Row, alternate, compared, fresh, resident_bytes, spent
from benchmarks.server import running

SIZE_BYTES = 400 * 1000 * 1000
BEAT_SECONDS = 0.005
LARGE_BYTES = 8 * 1000 * 1000
SMALL_BYTES = 4 * 1000
AT_ONCE = 50
ROUNDS = 3
CONTESTANTS = ("ours", "theirs", "raw aiohttp")
MAIN = "import sys; from benchmarks.uploads import main; main(*sys.argv[1:])"


async def uploading() -> list[Row]:
    """
    Compare uploads to a server that drops what it gets.
    """
    with tempfile.NamedTemporaryFile() as file, running() as url:
        # Real blocks, since the holes of a sparse file cost no reading.
        for _ in range(SIZE_BYTES // 1_000_000):
            file.write(bytes(1_000_000))
        file.flush()
        runs = await alternate({name: partial(fresh, MAIN, name, url, file.name) for name in CONTESTANTS}, ROUNDS)

    def median(name: str, what: str) -> float:
        return statistics.median(run[what] for run in runs[name])

    memory, lag, rate = ({name: median(name, what) for name in runs} for what in ("memory", "lag", "rate"))
    return [
        Row(
            "400 MB upload from a path: more memory",
            f"{memory['ours']:.1f} MB",
            f"{memory['theirs']:.1f} MB",
            bar="at most 24 MB",
            met=memory["ours"] <= 24,
        ),
        Row(
            "400 MB upload from a path: longest lag of the event loop",
            f"{lag['ours']:.1f} ms",
            f"{lag['theirs']:.1f} ms",
            bar="at most 50 ms",
            met=lag["ours"] <= 50,
        ),
        compared("400 MB upload from a path: throughput", rate["ours"], rate["theirs"], "MB/s", at_least=1),
        compared(
            "400 MB upload from a path: throughput, beside raw aiohttp",
            rate["ours"],
            rate["raw aiohttp"],
            "MB/s",
            at_least=1,
        ),
    ]


async def many() -> list[Row]:
    """
    Compare 50 uploads of 8 MB at once from one path.
    """
    with tempfile.NamedTemporaryFile() as file, running() as url:
        file.write(bytes(LARGE_BYTES))
        file.flush()
        runs = await alternate(
            {name: partial(fresh, MAIN, name, url, file.name, str(AT_ONCE)) for name in CONTESTANTS}, ROUNDS
        )
    memory, lag, rate = (
        {name: statistics.median(run[what] for run in taken) for name, taken in runs.items()}
        for what in ("memory", "lag", "rate")
    )
    each = {name: megabytes / AT_ONCE for name, megabytes in memory.items()}
    figure = f"{AT_ONCE} uploads of 8 MB at once"
    return [
        compared(f"{figure}: throughput", rate["ours"], rate["theirs"], "MB/s", at_least=1.2),
        compared(f"{figure}: throughput, beside raw aiohttp", rate["ours"], rate["raw aiohttp"], "MB/s"),
        Row(
            f"{figure}: more memory, each",
            *(f"{each[name]:.1f} MB" for name in ("ours", "theirs")),
            bar="at most 4.2 MB",
            met=each["ours"] <= 4.2,
        ),
        Row(
            f"{figure}: longest lag of the event loop",
            *(f"{lag[name]:.1f} ms" for name in ("ours", "theirs")),
            bar="at most 50 ms",
            met=lag["ours"] <= 50,
        ),
    ]


async def small_files() -> list[Row]:
    """
    Compare the CPU time of files of 4 kB from paths and from bytes, 16 at a time.
    """
    rows: list[Row] = []
    with tempfile.NamedTemporaryFile(suffix=".jpg") as file, running() as url:
        file.write(bytes(SMALL_BYTES))
        file.flush()
        for kind in ("paths", "bytes"):
            code = f"import sys; from benchmarks.uploads import small; small({kind!r}, *sys.argv[1:])"
            runs = await alternate(
                {name: partial(fresh, code, name, url, file.name) for name in CONTESTANTS}, 2 * ROUNDS
            )
            ours, theirs, raw = (statistics.median(runs[name]) for name in CONTESTANTS)
            figure = f"files of 4 kB from {kind}, 16 at a time: CPU for each"
            rows.append(compared(figure, ours, theirs, "us"))
            rows.append(compared(f"{figure}, beside raw aiohttp", ours, raw, "us"))
    return rows


def small(kind: str, name: str, url: str, path: str) -> None:
    """
    Upload small files with one client and print the microseconds of CPU time for each.
    """
    file = Path(path) if kind == "paths" else bytes(SMALL_BYTES)

    async def take() -> float:
        upload = uploader(name, url)
        await spent(lambda: upload(file), 50, 16)
        return (await spent(lambda: upload(file), 500, 16)).cpu

    print(json.dumps(1e6 * anyio.run(take)))


def main(name: str, url: str, path: str, times: str = "1") -> None:
    """
    Upload a file, so many times at once, with one client and print the figures as JSON.
    """
    print(json.dumps(anyio.run(_upload, name, url, Path(path), int(times))))


async def _upload(name: str, url: str, path: Path, times: int) -> dict[str, float]:
    upload = uploader(name, url)
    # What the first call loads is not part of the upload.
    await upload(b"x")
    lags = [0.0]
    before = peak = resident_bytes()

    async def beat() -> None:
        nonlocal peak
        while True:
            start = perf_counter()
            await anyio.sleep(BEAT_SECONDS)
            lags.append(perf_counter() - start - BEAT_SECONDS)
            peak = max(peak, resident_bytes())

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(beat)
        await anyio.sleep(0)
        taken = await spent(lambda: upload(path), times, times)
        tasks.cancel_scope.cancel()
    return {
        "memory": (peak - before) / 1e6,
        "lag": 1000 * max(lags),
        "rate": path.stat().st_size / 1e6 / taken.wall,
    }


def uploader(name: str, url: str) -> Callable[[Path | bytes], Awaitable[object]]:
    """
    Return a function that uploads with one client, within an event loop.
    """
    # Imported here, so that the memory of one is not that of the other.
    if name == "raw aiohttp":
        session = raw_session()
        return lambda file: raw_upload(session, url, file)
    client: Any
    if name == "ours":
        from imagekit_async import AsyncImageKit

        client = AsyncImageKit(KEY, base_url=url)
    else:
        from imagekitio import AsyncImageKit as Theirs

        client = Theirs(private_key=KEY, base_url=url)
    return lambda file: client.files.upload(file=file, file_name="photo.jpg")
