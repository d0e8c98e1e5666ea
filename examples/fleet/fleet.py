"""
The processes of a fleet: Redis, workers and the scheduler of delayed tasks.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import redis

# Reasons for refusals are kept in Redis; logs would show each task that is retried as an error.
QUIET = ("--log-level", "CRITICAL")
WORKER = ("worker", "--workers", "1", "--max-async-tasks", "16", *QUIET, "examples.fleet.tasks:broker")
SCHEDULER = (
    *("scheduler", "--update-interval", "1", "--loop-interval", "1", *QUIET),
    "examples.fleet.tasks:scheduler",
)
ROOT = Path(__file__).parents[2]


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """
    Run a Redis server on a free port, and yield its URL.

    Raises:
        FileNotFoundError: There is no `redis-server`.
    """
    if shutil.which("redis-server") is None:
        raise FileNotFoundError('no redis-server: run "apt-get install redis-server" as root')
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", ""]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        if not any("Ready to accept connections" in line for line in process.stdout):
            raise RuntimeError("redis-server ended")
        try:
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()


class Fleet:
    """
    Worker processes, each in a process group of its own; use it with `with`.

    Args:
        size: Workers.
        environment: Environment of the processes.
    """

    def __init__(self, size: int, environment: Mapping[str, str]) -> None:
        self._environment = {**os.environ, **environment}
        self._size = size
        self._workers: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Fleet:
        self._scheduler = self._start(SCHEDULER)
        self._workers = [self._start(WORKER) for _ in range(self._size)]
        return self

    def __exit__(self, *_: object) -> None:
        for process in (self._scheduler, *self._workers):
            os.killpg(process.pid, signal.SIGTERM)
        for process in (self._scheduler, *self._workers):
            process.wait(60)

    def kill_a_worker(self) -> None:
        """
        Kill the oldest worker as `kill -9` does, and start another.
        """
        worker = self._workers.pop(0)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        self._workers.append(self._start(WORKER))

    def _start(self, arguments: tuple[str, ...]) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "taskiq", *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=self._environment, start_new_session=True)


@contextmanager
def client_of(url: str) -> Iterator[redis.Redis]:
    """
    Yield a connection to Redis.
    """
    connection = redis.Redis.from_url(url, decode_responses=True)
    try:
        yield connection
    finally:
        connection.close()
