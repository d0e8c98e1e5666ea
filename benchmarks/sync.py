"""
The sync clients: small calls from one thread and from 16, and the memory of an upload.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.contestants import KEY
from benchmarks.measure import Row, alternate, compared, fresh, medians, resident_bytes
from benchmarks.server import running
from benchmarks.uploads import SIZE_BYTES

ROUNDS = 9
BEAT_SECONDS = 0.005
MAIN = "import sys; from benchmarks.sync import main; main(*sys.argv[1:])"


async def sync() -> list[Row]:
    """
    Compare the sync clients.
    """
    rows: list[Row] = []
    with running() as url:
        for threads, bar in ((1, 1.1), (16, 1.5)):
            figure = f"sync client: small calls from {threads} thread{'s' if threads > 1 else ''}"
            with ExitStack() as stack:
                names = ("ours", "ours, aiohttp", "theirs")
                clients = {name: stack.enter_context(_client(name, url)) for name in names}
                take = {name: partial(_rate, client, threads) for name, client in clients.items()}
                taken = await medians(take, ROUNDS)
            rows.append(compared(figure, taken["ours"], taken["theirs"], "calls/s", at_least=bar))
            rows.append(compared(f"{figure}, ours over aiohttp", taken["ours, aiohttp"], taken["theirs"], "calls/s"))
        with tempfile.NamedTemporaryFile() as file:
            for _ in range(SIZE_BYTES // 1_000_000):
                file.write(bytes(1_000_000))
            file.flush()
            pair = {name: partial(fresh, MAIN, name, url, file.name) for name in ("ours", "theirs")}
            runs = await alternate(pair, 3)
    memory = {name: statistics.median(taken) for name, taken in runs.items()}
    shown = {name: f"{megabytes:.1f} MB" for name, megabytes in memory.items()}
    figure = "sync client: 400 MB upload from a path: more memory"
    rows.append(Row(figure, shown["ours"], shown["theirs"], bar="at most 24 MB", met=memory["ours"] <= 24))
    return rows


def main(name: str, url: str, path: str) -> None:
    """
    Upload once with one client and print the megabytes that it took as JSON.
    """
    ended = threading.Event()
    with _client(name, url) as client, ThreadPoolExecutor() as pool:
        # What the first call loads is not part of the upload.
        client.files.upload(file=b"x", file_name="first.bin")
        before = resident_bytes()
        peak = pool.submit(_peak, ended)
        client.files.upload(file=Path(path), file_name="video.mp4")
        ended.set()
    print(json.dumps((peak.result() - before) / 1e6))


def _peak(ended: threading.Event) -> int:
    peak = resident_bytes()
    while not ended.wait(BEAT_SECONDS):
        peak = max(peak, resident_bytes())
    return peak


def _rate(client: Any, threads: int) -> float:
    call: Callable[[int], Any] = lambda _: client.files.get("1")  # noqa: E731
    times = 300 if threads == 1 else 800
    start = perf_counter()
    if threads == 1:
        for number in range(times):
            call(number)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(call, range(times)))
    return times / (perf_counter() - start)


def _client(name: str, url: str) -> Any:
    # Imported here, so that the memory of one is not that of the other.
    if name == "ours":
        from imagekit_async import ImageKit

        return ImageKit(KEY, base_url=url)
    if name == "ours, aiohttp":
        from imagekit_async import ImageKit
        from imagekit_async.integrations.aiohttp import AiohttpTransport

        return ImageKit(KEY, base_url=url, transport=AiohttpTransport())
    from imagekitio import ImageKit as Theirs

    return Theirs(private_key=KEY, base_url=url)
