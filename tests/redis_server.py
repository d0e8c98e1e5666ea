"""
A real Redis server for tests and measurements, or the one that the environment variable `REDIS_SERVER` names.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from typing import Self

import redis

MISSING = "redis-server is not installed: run `make test` as root, or `apt-get install redis-server`"


class RedisServer:
    """
    A server on a free loopback port that keeps nothing on disk.
    """

    def __init__(self) -> None:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port: int = listener.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """
        Start it, empty, and wait until it serves.
        """
        program = shutil.which(os.environ.get("REDIS_SERVER", "redis-server"))
        if program is None:
            raise RuntimeError(MISSING)
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen([program, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if b"Ready to accept connections" in line:
                return
        raise RuntimeError("redis-server did not start")

    def kill(self) -> None:
        """
        Kill it, if it runs.
        """
        if self._process is not None and self._process.stdout is not None:
            self._process.kill()
            self._process.wait()
            self._process.stdout.close()
            self._process = None

    def pause(self) -> None:
        """
        Stop it from responding, with its connections open.
        """
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """
        Let a paused server go on.
        """
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def execute(self, *command: object) -> object:
        """
        Run a command over a connection of its own.
        """
        with redis.Redis(port=self.port) as client:
            return client.execute_command(*command)
