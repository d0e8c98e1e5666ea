"""
An upload of 400 MB from a path: memory, lag of the event loop and throughput, each in an interpreter of its own.
"""

from __future__ import annotations

import json
import statistics
import tempfile
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import anyio

from benchmarks.contestants import KEY
from benchmarks.measure import Row, alternate, compared, fresh, resident_bytes
from benchmarks.server import running

SIZE_BYTES = 400 * 1000 * 1000
BEAT_SECONDS = 0.005
ROUNDS = 3
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
        runs = await alternate(
            {name: partial(fresh, MAIN, name, url, file.name) for name in ("ours", "theirs")}, ROUNDS
        )

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
    ]


def main(name: str, url: str, path: str) -> None:
    """
    Upload once with one client and print the figures as JSON.
    """
    print(json.dumps(anyio.run(_upload, name, url, Path(path))))


async def _upload(name: str, url: str, path: Path) -> dict[str, float]:
    client = _client(name, url)
    # What the first call loads is no part of the upload.
    await client.files.upload(file=b"x", file_name="first.bin")
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
        start = perf_counter()
        await client.files.upload(file=path, file_name="video.mp4")
        seconds = perf_counter() - start
        tasks.cancel_scope.cancel()
    return {
        "memory": (peak - before) / 1e6,
        "lag": 1000 * max(lags),
        "rate": SIZE_BYTES / 1e6 / seconds,
    }


def _client(name: str, url: str) -> Any:
    # Imported here, so that the memory of one is not that of the other.
    if name == "ours":
        from imagekit_async import AsyncImageKit

        return AsyncImageKit(KEY, base_url=url)
    from imagekitio import AsyncImageKit as Theirs

    return Theirs(private_key=KEY, base_url=url)
