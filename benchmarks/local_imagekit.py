"""
Measure the local ImageKit and write LOCAL_IMAGEKIT.md: `python -m benchmarks.local_imagekit [assets ...]`.

Pages are asked for in process, of a server with a data directory. Figures are medians unless they say otherwise.
"""

from __future__ import annotations

import os
import platform
import random
import resource
import secrets
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import anyio
import httpx

from benchmarks import local_imagekit_suite as suite
from benchmarks.local_imagekit_pages import FIELDS, PAGES
from benchmarks.measure import resident_bytes
from imagekit_async.testing import LocalImageKit
from imagekit_local._custom_fields.values import LIVE_FIELDS
from imagekit_local._media import Media
from imagekit_local._store import File, Store, Version

FOLDER = Path(__file__).parent
BAR_MS = 30
_ROUNDS = 7
_SUITE_ROUNDS = 3
_MEBIBYTE = 1024 * 1024
_BATCH = 10_000


def main() -> None:
    """
    Take all figures, and write and draw them.
    """
    sizes = [int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000]
    lines = [_large_upload()]
    with LocalImageKit() as server:
        lines.append(anyio.run(_uploads_per_second, server, "in memory"))
    with tempfile.TemporaryDirectory() as data, LocalImageKit(data=data) as server:
        lines.append(anyio.run(_uploads_per_second, server, "with a data directory"))
    lines += _suites()
    latencies, memory = _grown(sizes)
    _draw(sizes, latencies, memory)
    (FOLDER / "LOCAL_IMAGEKIT.md").write_text(_report(sizes, latencies, memory, lines))


def _grown(sizes: list[int]) -> tuple[dict[str, list[float]], list[float]]:
    """
    Latencies of each page in milliseconds and the memory of the process in megabytes, by number of assets.
    """
    latencies: dict[str, list[float]] = {name: [] for name in PAGES}
    memory: list[float] = []
    with tempfile.TemporaryDirectory() as data:
        server = LocalImageKit(data=Path(data) / "store")
        server.transport()
        done = 0
        for size in sizes:
            start = time.perf_counter()
            for first in range(done, size, _BATCH):
                _seed(server._account.store, first, min(size, first + _BATCH))
            print(f"{size} assets after {time.perf_counter() - start:.0f} s", flush=True)
            done = size
            for name, milliseconds in anyio.run(_page_latencies, server, size).items():
                latencies[name].append(milliseconds)
            memory.append(resident_bytes() / 1e6)
        server.stop()
    return latencies, memory


def _seed(store: Store, first: int, last: int) -> None:
    dice = random.Random(first)
    start = datetime(2030, 1, 1, tzinfo=UTC)
    with store.transaction():
        if first == 0:
            for name, kind in FIELDS.items():
                store.collection(LIVE_FIELDS).insert(name, {"name": name, "schema": {"type": kind}})
        for number in range(first, last):
            now = start + timedelta(seconds=number)
            version = Version(
                id=secrets.token_hex(12),
                number=1,
                size=dice.randrange(10_000_000),
                media=_media(number, dice),
                delivery_id=secrets.token_hex(12),
                created_at=now,
                updated_at=now + timedelta(seconds=dice.randrange(1000)),
                tags=() if number % 100 == 3 else (*(["frequent"] if number % 2 else []), f"rare-{number % 5000}"),
                custom_metadata=_metadata(number, dice),
                description="a picture of something",
                is_private=number % 20 == 0,
                is_published=number % 7 != 0,
            )
            folder = "/big" if number % 10 == 0 else f"/deep/folder-{number % 50}"
            name = f"file-{number}_{dice.choice(['Blue', 'Red'])}_winter.jpg"
            store.assets.save(File(version.id, folder, name, now, version))


def _media(number: int, dice: random.Random) -> Media:
    if number % 500 == 0:
        return Media("application/pdf")
    taken = {
        "Keywords": ["sea" if number % 2 else "hill", f"word-{number % 1000}"],
        "DateTimeOriginal": f"2029:{number % 12 + 1:02}:{number % 28 + 1:02} 00:00:00",
        "LocationTaken": f"{dice.uniform(-80, 80):.4f},{dice.uniform(-180, 180):.4f}",
    }
    return Media(
        "image/png" if number % 4 == 0 else "image/jpeg",
        dice.randrange(100, 4000),
        dice.randrange(100, 4000),
        has_alpha=number % 4 == 0,
        format="jpg",
        embedded=taken if number % 3 == 0 else {},
    )


def _metadata(number: int, dice: random.Random) -> dict[str, object]:
    if number % 50 == 1:
        return {}
    return {
        "price": number,
        "label": f"lot {number % 977}",
        "flag": bool(number % 3),
        "sizes": dice.sample(["S", "M", "L"], 2),
    }


async def _page_latencies(server: LocalImageKit, assets: int) -> dict[str, float]:
    found: dict[str, float] = {}
    async with httpx.AsyncClient(transport=server.transport(), base_url=server.url) as client:
        client.auth = httpx.BasicAuth(server.private_key, "")
        for name, parameters in PAGES.items():
            query = {key: value.replace("{half}", str(assets // 2)) for key, value in parameters.items()}
            times: list[float] = []
            for _ in range(_ROUNDS):
                start = time.perf_counter()
                response = await client.get("/v1/files", params={"limit": "100"} | query)
                times.append(time.perf_counter() - start)
                response.raise_for_status()
            found[name] = 1000 * statistics.median(times)
    return found


async def _uploads_per_second(server: LocalImageKit, kind: str, uploads: int = 400) -> str:
    async with httpx.AsyncClient(auth=(server.private_key, "")) as client:

        async def upload() -> None:
            for number in range(uploads // 4):
                files = {"file": (f"{number}.bin", b"\x00" * 10_000)}
                url = f"{server.url}/api/v1/files/upload"
                (await client.post(url, data={"fileName": "a.bin"}, files=files)).raise_for_status()

        start = time.perf_counter()
        async with anyio.create_task_group() as group:
            for _ in range(4):
                group.start_soon(upload)
        return f"Uploads of 10 kB over a socket, {kind}: {uploads / (time.perf_counter() - start):.0f} per second."


def _large_upload(mebibytes: int = 1024) -> str:
    chunk = b"\x00" * _MEBIBYTE
    head = (
        b'--b\r\nContent-Disposition: form-data; name="fileName"\r\n\r\na.bin\r\n'
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n'
    )

    def body() -> Iterator[bytes]:
        yield head
        for _ in range(mebibytes):
            yield chunk
        yield b"\r\n--b--\r\n"

    with tempfile.TemporaryDirectory() as data, LocalImageKit(data=data, max_upload_bytes=2**40) as server:
        headers = {"Content-Type": "multipart/form-data; boundary=b"}
        with httpx.Client(auth=(server.private_key, ""), timeout=600) as client:
            client.get(f"{server.url}/v1/files").raise_for_status()
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            client.post(f"{server.url}/api/v1/files/upload", content=body(), headers=headers).raise_for_status()
            after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return f"An upload of {mebibytes} MiB: peak memory, client and server, grew by {(after - before) / 1024:.1f} MiB."


def _suite_seconds(name: str) -> float:
    # No settings, as those of the project switch the plugin off.
    command = [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "-p", "no:cacheprovider", "-k", name]
    start = time.perf_counter()
    subprocess.run([*command, suite.__file__], cwd=FOLDER.parent, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def _suites() -> list[str]:
    taken: dict[str, list[float]] = {"in_process": [], "over_a_socket": []}
    for _ in range(_SUITE_ROUNDS):
        for name, seconds in taken.items():
            seconds.append(_suite_seconds(name))
    return [
        f"{suite.TESTS} tests of 13 calls, each with its own server and client, {name.replace('_', ' ')}: "
        f"{statistics.median(seconds):.1f} s, with pytest's own start."
        for name, seconds in taken.items()
    ]


def _report(sizes: list[int], latencies: dict[str, list[float]], memory: list[float], lines: list[str]) -> str:
    largest = [times[-1] for times in latencies.values()]
    slow = sum(milliseconds > BAR_MS for milliseconds in largest)
    head = " | ".join(f"{size:,}" for size in sizes)
    return "\n".join(
        [
            "# The local ImageKit",
            "",
            f"Written by `make bench-local`: CPython {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
            f"{os.cpu_count()} cores.",
            f"A page of 100 of {sizes[-1]:,} assets in a data directory takes {statistics.median(largest):.1f} ms, the "
            f"median over {len(largest)} kinds of query.",
            f"The bar is {BAR_MS} ms, and {slow} kinds take more.",
            "By relevance, all that is found has to be rated before the first of it can be shown.",
            "",
            *(f"- {line}" for line in lines),
            "",
            "![Latency and memory against size](local_imagekit.png)",
            "",
            f"| page of 100, ms | {head} |",
            f"|---|{'---:|' * len(sizes)}",
            *(
                f"| {name} | {' | '.join(f'**{t:.1f}**' if t > BAR_MS else f'{t:.1f}' for t in times)} |"
                for name, times in latencies.items()
            ),
            f"| memory of the process, MB | {' | '.join(f'{megabytes:.0f}' for megabytes in memory)} |",
            "",
        ]
    )


def _draw(sizes: list[int], latencies: dict[str, list[float]], memory: list[float]) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 4.2), layout="constrained")
    for times in latencies.values():
        left.plot(sizes, times, color="tab:blue", alpha=0.25, linewidth=0.8)
    medians = [statistics.median(times) for times in zip(*latencies.values(), strict=True)]
    left.plot(sizes, medians, "o-", color="tab:blue", label="median of all kinds; each kind is a thin line")
    left.axhline(BAR_MS, color="tab:red", linestyle="--", label=f"{BAR_MS} ms")
    left.set(title="a page of 100", xlabel="assets", ylabel="ms", xscale="log", yscale="log")
    left.legend(fontsize="small")
    right.plot(sizes, memory, "o-")
    right.set(title="memory of the process", xlabel="assets", ylabel="MB", xscale="log", ylim=(0, None))
    figure.savefig(FOLDER / "local_imagekit.png", dpi=100, metadata={"Software": None})


if __name__ == "__main__":
    main()
