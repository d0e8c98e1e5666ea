"""
Measure the local ImageKit in process: uploads per second, latency of a filtered page as assets grow, and memory.

Run it with `python benchmarks/local_imagekit.py [assets ...]`; it prints one line a measurement, and each figure is a
median unless its name says otherwise.
"""

from __future__ import annotations

import random
import resource
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import anyio
import httpx

from imagekit_async.testing import LocalImageKit
from imagekit_async.testing._media import Media
from imagekit_async.testing._store import File, Store, Version

_PAGES = {
    "plain": {},
    "images": {"fileType": "image"},
    "images of a folder by name": {"fileType": "image", "path": "/folder-7", "sort": "ASC_NAME"},
    "rare other files": {"fileType": "non-image"},
    "folder of a tenth": {"path": "/big"},
    "folder of a tenth by size": {"path": "/big", "sort": "DESC_SIZE"},
    "frequent tag": {"tags": "frequent"},
    "frequent tag by name": {"tags": "frequent", "sort": "DESC_NAME"},
    "rare tag": {"tags": "rare-7"},
    "two tags": {"tags": "frequent, rare-7", "sort": "DESC_UPDATED"},
    "tag in a folder": {"tags": "frequent", "path": "/folder-7"},
    "images by width": {"fileType": "image", "sort": "ASC_WIDTH"},
    "by height, last first": {"sort": "DESC_HEIGHT"},
    "the page in the middle": {"fileType": "image", "skip": "half"},
    "a name": {"name": "file-77.jpg"},
}
_ROUNDS = 15
_MEBIBYTE = 1024 * 1024


def _seed(store: Store, first: int, last: int) -> None:
    dice = random.Random(first)
    start = datetime(2030, 1, 1, tzinfo=timezone.utc)
    with store.transaction():
        for number in range(first, last):
            now = start + timedelta(seconds=number)
            picture = Media("image/jpeg", dice.randrange(100, 4000), dice.randrange(100, 4000), format="jpg")
            version = Version(
                id=secrets.token_hex(12),
                number=1,
                size=dice.randrange(10_000_000),
                media=Media("application/pdf") if number % 500 == 0 else picture,
                delivery_id=secrets.token_hex(12),
                created_at=now,
                updated_at=now + timedelta(seconds=dice.randrange(1000)),
                tags=(*(["frequent"] if number % 2 else []), f"rare-{number % 5000}"),
                custom_metadata={"price": number, "name": "text " * 5},
                description="a picture of something",
            )
            folder = "/big" if number % 10 == 0 else f"/folder-{number % 50}"
            store.assets.save(File(version.id, folder, f"file-{number}.jpg", now, version))


async def _page_latencies(server: LocalImageKit, assets: int) -> None:
    async with httpx.AsyncClient(transport=server.transport(), base_url=server.url) as client:
        client.auth = httpx.BasicAuth(server.private_key, "")
        for name, parameters in _PAGES.items():
            query = {"limit": "100"} | {
                key: value.replace("half", str(assets // 2)) for key, value in parameters.items()
            }
            times: list[float] = []
            for _ in range(_ROUNDS):
                start = time.perf_counter()
                response = await client.get("/v1/files", params=query)
                times.append(time.perf_counter() - start)
                response.raise_for_status()
            print(f"{assets:>7} assets, page of 100, {name}: {1000 * statistics.median(times):.1f} ms", flush=True)


async def _uploads_per_second(server: LocalImageKit, kind: str, uploads: int = 200) -> None:
    async with httpx.AsyncClient(auth=(server.private_key, "")) as client:

        async def upload() -> None:
            for number in range(uploads // 4):
                files = {"file": (f"{number}.bin", b"\x00" * 10_000)}
                response = await client.post(
                    f"{server.url}/api/v1/files/upload", data={"fileName": "a.bin"}, files=files
                )
                response.raise_for_status()

        start = time.perf_counter()
        async with anyio.create_task_group() as group:
            for _ in range(4):
                group.start_soon(upload)
        print(f"uploads of 10 kB over a socket, {kind}: {uploads / (time.perf_counter() - start):.0f} per second")


def _large_upload(mebibytes: int = 1024) -> None:
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
    print(f"upload of {mebibytes} MiB: peak memory of client and server grew by {(after - before) / 1024:.1f} MiB")


def main() -> None:
    """
    Measure everything.
    """
    sizes = [int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000]
    _large_upload()
    with LocalImageKit() as server:
        anyio.run(_uploads_per_second, server, "memory")
    with tempfile.TemporaryDirectory() as data, LocalImageKit(data=data) as server:
        anyio.run(_uploads_per_second, server, "data directory")
    for kind in ("memory", "data directory"):
        print(f"-- {kind}")
        with tempfile.TemporaryDirectory() as data:
            server = LocalImageKit(data=Path(data) / "store" if kind != "memory" else None)
            server.transport()
            done = 0
            for size in sizes:
                _seed(server._account.store, done, size)
                anyio.run(_page_latencies, server, size)
                done = size
            server.stop()


if __name__ == "__main__":
    main()
