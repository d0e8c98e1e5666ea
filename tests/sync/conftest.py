"""
Sync clients, and programs that use them in processes of their own.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest

from imagekit_async import ImageKit
from imagekit_async.testing import LocalImageKit

SECONDS = 60
# Python 3.12 and later warn of a fork that the program itself asks for.
WARNINGS = ("-W", "error", "-W", "ignore:This process:DeprecationWarning")


@pytest.fixture
def server() -> Iterator[LocalImageKit]:
    """
    A local ImageKit on a socket.
    """
    with LocalImageKit() as server:
        yield server


@pytest.fixture
def client(server: LocalImageKit) -> Iterator[ImageKit]:
    """
    A sync client of the local ImageKit.
    """
    with ImageKit(server.private_key, base_url=server.url) as client:
        yield client


@attrs.frozen
class Program:
    """
    A Python program that runs.
    """

    process: subprocess.Popen[str]

    def interrupt(self) -> None:
        """
        Do what Ctrl-C does.
        """
        self.process.send_signal(signal.SIGINT)

    def line(self) -> str:
        """
        Return the next line that it prints.
        """
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def rest(self) -> tuple[int, str, str]:
        """
        Wait for its end and return exit status, output and errors.
        """
        output, errors = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, output, errors


@pytest.fixture
def start(server: LocalImageKit, tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """
    Start programs, with a part before the SDK is imported; Python treats their warnings as errors.
    """
    started: list[Program] = []
    head = """
        import atexit, gc, os, pathlib, sys, threading
        from imagekit_async import ImageKit, Hooks
        """

    def run(text: str, first: str = "") -> Program:
        path = tmp_path / f"program{len(started)}.py"
        path.write_text("\n".join(textwrap.dedent(part) for part in (first, head, text)))
        environment = {**os.environ, "IMAGEKIT_PRIVATE_KEY": server.private_key, "IMAGEKIT_BASE_URL": server.url}
        process = subprocess.Popen(
            [sys.executable, *WARNINGS, path],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(Program(process))
        return started[-1]

    yield run

    for program in started:
        program.process.kill()
        program.process.communicate()
