"""
Import items, half of them from URLs, while workers are killed, and count what is stored.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import attrs
from taskiq.kicker import AsyncKicker
from taskiq_redis import RedisStreamBroker

from examples.fleet.fleet import Fleet, client_of, redis_server
from imagekit_async import ImageKit
from imagekit_async.models import File
from imagekit_async.testing import LocalImageKit


@attrs.frozen
class Outcome:
    """
    What became of an import.

    Attributes:
        stored: Names of the stored files, each as often as it is stored.
        versions: Names of the versions that the files have.
        refused: Reasons by the names of items that were refused.
        seconds: How long it took.
    """

    stored: Counter[str]
    versions: Counter[str]
    refused: dict[str, str]
    seconds: float


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """
    Serve the files of a folder, and yield the URL.
    """
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def write_items(folder: Path, count: int, url: str) -> list[tuple[str, str]]:
    """
    Write files, and return sources and names; of a hundred items, one URL leads nowhere.
    """
    items = []
    for number in range(count):
        name = f"item-{number:05}.txt"
        (folder / name).write_text(f"content of item {number}\n" * 20)
        source = f"{url}/{name}" if number % 2 else str(folder / name)
        items.append((f"{url}/none.txt" if number % 100 == 99 else source, name))
    return items


def run(
    folder: Path,
    server: LocalImageKit,
    *,
    items: int,
    workers: int,
    kills: int,
    report: Callable[[str], object] = print,
) -> Outcome:
    """
    Import items with a fleet, of which workers are killed on the way.

    Args:
        folder: Empty folder for the items and for Redis.
        server: Local ImageKit to import into, which listens.
        items: How many.
        workers: Processes.
        kills: How many workers to kill, one each time another part of the items is stored.
        report: Takes a line of progress about once a second.
    """
    with redis_server(folder) as redis_url, served(folder) as url, client_of(redis_url) as redis:
        server.add_reachable(url)
        environment = {
            "FLEET_REDIS_URL": redis_url,
            "IMAGEKIT_BASE_URL": server.url,
            "IMAGEKIT_PRIVATE_KEY": server.private_key,
        }
        began = time.monotonic()
        asyncio.run(_send(redis_url, write_items(folder, items, url)))
        with Fleet(workers, environment) as fleet:
            killed = 0
            while (done := redis.scard("fleet:stored") + redis.hlen("fleet:refused")) < items:
                if done > items * (killed + 1) / (kills + 1):
                    killed += 1
                    fleet.kill_a_worker()
                report(f"{done} of {items} after {time.monotonic() - began:.0f} s, {killed} workers killed")
                time.sleep(min(1, items / 1000))
        return _outcome(server, cast("dict[str, str]", redis.hgetall("fleet:refused")), time.monotonic() - began)


async def _send(redis_url: str, items: list[tuple[str, str]]) -> None:
    # By name: importing the task would connect its broker to the Redis that the environment names.
    broker = RedisStreamBroker(redis_url, queue_name="fleet:queue", consumer_id="0")
    await broker.startup()
    for source, name in items:
        await AsyncKicker[Any, Any]("examples.fleet.tasks:import_item", broker, {}).kiq(source, name)
    await broker.shutdown()


def _outcome(server: LocalImageKit, refused: dict[str, str], seconds: float) -> Outcome:
    with ImageKit(server.private_key, base_url=server.url) as client:
        files = [file for file in client.assets.iterate(path="/fleet") if isinstance(file, File)]
    stored = Counter(file.name for file in files)
    versions = Counter(file.version_info.name for file in files)
    return Outcome(stored, versions, refused, seconds)
