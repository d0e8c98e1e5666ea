"""
Runs a page from its first block to its last, as a reader would, against a local ImageKit.
"""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

import anyio
import pytest
from PIL import Image

from imagekit_async import AsyncImageKit, ImageKit
from imagekit_async.integrations.redis import RedisStore
from imagekit_async.testing import LocalImageKit, counting_ids
from tests.docs.pages import PAGES, Block, blocks, code, text_of
from tests.redis_server import RedisServer

REDIS_URL = "redis://localhost:6379/0"
PROXY_URL = "http://proxy.example:3128"
WEBHOOK_SECRET = "whsec_c2VjcmV0IG9mIHRoZSBkb2Nz"
# What installs packages or builds from the source tree; other tests check the names of extras and targets.
NOT_RUN = re.compile(r"pip install |python -m venv |\. \.venv/bin/activate$|make ")
# Programs of the reader's machine that the pages do not depend on.
SHELL = "set -eo pipefail; command -v jq >/dev/null || jq() { cat; }; [ ! -e exports ] || . ./exports\n"


def free_port() -> int:
    """
    Return a port of loopback that nothing listens on, and that the system gives to no connection.
    """
    while True:
        port = random.randrange(10_000, 32_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


@contextmanager
def proxy() -> Iterator[str]:
    """
    Yield the URL of a proxy that responds to any request with an empty list.
    """
    response = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]"

    requests: list[bytes] = []

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            requests.append(connection.recv(65536))
            connection.sendall(response)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    assert [b"GET http://"] == [request[:11] for request in requests]


class Reader:
    """
    Follows a page in a folder.

    Args:
        folder: Folder to save files and to run commands in.
        server: Local ImageKit that the environment points to.
        backend: Event loop of blocks that await.
        exits: Stack that ends the programs of the page.
    """

    def __init__(self, folder: Path, server: LocalImageKit, backend: str, exits: ExitStack) -> None:
        self.server = server
        self.modules: list[ModuleType] = []
        self._folder = folder
        self._backend = backend
        self._session: dict[str, Any] = {}
        self._exits = exits
        self._substitutes = {r"\b8080\b": str(free_port()), r"\b8000\b": str(free_port())}

    @property
    def redis_url(self) -> str:
        """
        Return the URL of the Redis server that the pages name.
        """
        return self._substitutes[REDIS_URL]

    def substitute(self, text: str, value: str) -> None:
        """
        Replace an address of the pages with one of this machine.
        """
        self._substitutes[re.escape(text)] = value

    def save(self, page: str) -> None:
        """
        Save the files of a page, and those of other pages that it imports.
        """
        if REDIS_URL in text_of(page):
            self._substitutes[REDIS_URL] = self._exits.enter_context(RedisServer()).url
        if PROXY_URL in text_of(page):
            self._substitutes[PROXY_URL] = self._exits.enter_context(proxy())
        imported = set(re.findall(r"^(?:from|import) (\w+)", "".join(code(page)), re.MULTILINE))
        for block in chain.from_iterable(map(blocks, PAGES)):
            if block.is_file and (block.page == page or block.module in imported):
                (self._folder / str(block.title)).write_text(self._own(block.code))

    def follow(self, page: str) -> None:
        """
        Run the blocks of a page in order.
        """
        self.save(page)
        found = [block for block in blocks(page) if block.reason is None]
        for block in found:
            if block.is_file:
                later = "\n".join(other.code for other in found if other.number > block.number)
                if block.language == "python" and not re.search(rf"\b{block.module}\b|pytest$", later, re.MULTILINE):
                    importlib.import_module(block.module)
            elif block.language == "console" and block.title is not None:
                self._exits.enter_context(self._terminal(block))
            elif block.language in RUNNERS:
                RUNNERS[block.language](self, block)

    def _own(self, text: str) -> str:
        for pattern, value in self._substitutes.items():
            text = re.sub(pattern, value, text)
        return text

    def run_python(self, block: Block, close: bool = True) -> ModuleType:
        """
        Run a block as a module, and return the module.

        A client that the block creates but does not use makes one call. All clients are closed.
        """
        module = ModuleType(block.module)
        module.__file__ = str(self._folder / "block.py")
        sys.modules[block.module] = module
        self.modules.append(module)
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        program = compile(self._own(block.code), block.module, "exec", flags=flags, dont_inherit=True)

        async def main() -> None:
            if program.co_flags & inspect.CO_COROUTINE:
                await eval(program, vars(module))
            if close:
                await self._close(module, "async with" not in block.code)

        if not program.co_flags & inspect.CO_COROUTINE:
            exec(program, vars(module))
        anyio.run(main, backend=self._backend)
        return module

    @staticmethod
    async def _close(module: ModuleType, is_open: bool) -> None:
        for value in vars(module).values():
            if isinstance(value, ImageKit):
                value.close()
            elif isinstance(value, AsyncImageKit):
                if is_open:
                    await value.assets.list(limit=1)
                await value.aclose()
            elif isinstance(value, RedisStore):
                await value.aclose()

    def run_session(self, block: Block) -> None:
        """
        Run a block of a session, which continues through the page.
        """
        examples = doctest.DocTestParser().get_examples(block.code)
        test = doctest.DocTest(examples, self._session, block.page, block.page, block.number, None)
        result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, clear_globs=False)
        self._session = test.globs

        assert result.attempted > 0
        assert 0 == result.failed

    def run_commands(self, block: Block) -> None:
        """
        Run a block of commands, and compare what they print if the page shows it.
        """
        commands, shown = commands_of(block)
        if not commands:
            return
        script = f"{SHELL}{self._own(commands)}\ndeclare -px >exports"
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self._folder,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=60,
        )

        assert 0 == done.returncode, f"{block.page}:\n{commands}\n{done.stdout}"
        assert not shown or matches(self._own(shown), done.stdout), f"{block.page}:\n{commands}\n{done.stdout}"

    @contextmanager
    def _terminal(self, block: Block) -> Iterator[None]:
        # A program that keeps running; it is ready when it has printed what the page shows.
        commands, shown = commands_of(block)
        command = ["bash", "-c", SHELL + self._own(commands)]
        printed = ""
        with subprocess.Popen(
            command,
            cwd=self._folder,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        ) as process:
            assert process.stdout is not None
            try:
                while not matches(self._own(shown), printed):
                    line = process.stdout.readline()
                    assert line, f"{block.page}:\n{commands}\n{printed}"
                    printed += line
                yield
            finally:
                os.killpg(process.pid, signal.SIGTERM)
                process.communicate()


RUNNERS: dict[str, Callable[[Reader, Block], object]] = {
    "console": Reader.run_commands,
    "pycon": Reader.run_session,
    "python": Reader.run_python,
}


def commands_of(block: Block) -> tuple[str, str]:
    """
    Return the commands of a block that are run, and the output that the page shows.
    """
    commands: list[str] = []
    shown: list[str] = []
    is_run = True
    for line in block.code.splitlines():
        if line.startswith("$ "):
            is_run = not NOT_RUN.match(line[2:])
            if is_run:
                commands.append(line[2:])
        elif line.startswith("> "):
            commands.append(line[2:])
        elif is_run:
            shown.append(line)
    return "\n".join(commands), "\n".join(shown)


def matches(shown: str, printed: str) -> bool:
    """
    Return whether output is what the page shows, where `...` stands for anything.
    """
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    return doctest.OutputChecker().check_output(shown + "\n", printed, flags)


def environment() -> dict[str, str]:
    """
    Return the environment of commands, where the programs of the tests' environment are found.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "PYTEST_"))}
    return {**kept, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}", "COLUMNS": "120"}


@contextmanager
def reading(folder: Path, backend: str = "asyncio") -> Iterator[Reader]:
    """
    Yield a reader with an account on a local ImageKit, and with some photos.
    """
    (folder / "photos" / "drafts").mkdir(parents=True)
    for name in ("photo.jpg", "photos/cat.jpg", "photos/dog.jpg", "photos/drafts/final.jpg"):
        Image.new("RGB", (64, 48), "navy").save(folder / name)
    ids = counting_ids()
    with ExitStack() as exits, pytest.MonkeyPatch.context() as patch:
        server = exits.enter_context(LocalImageKit(private_key="private_...", new_id=ids))
        patch.chdir(folder)
        patch.syspath_prepend(folder)
        for name, value in account(server, folder).items():
            patch.setenv(name, value)
        try:
            yield Reader(folder, server, backend, exits)
        finally:
            for name in [name for name, module in sys.modules.items() if is_below(module, folder)]:
                del sys.modules[name]


def account(server: LocalImageKit, folder: Path) -> dict[str, str]:
    """
    Return the environment variables of a reader with an account.
    """
    return {
        "IMAGEKIT_PRIVATE_KEY": server.private_key,
        "IMAGEKIT_PUBLIC_KEY": server.public_key,
        "IMAGEKIT_URL_ENDPOINT": server.url_endpoint,
        "IMAGEKIT_BASE_URL": server.url,
        "IMAGEKIT_WEBHOOK_SECRET": WEBHOOK_SECRET,
        **dict.fromkeys(("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), str(folder / "home")),
    }


def is_below(module: ModuleType, folder: Path) -> bool:
    """
    Return whether a module was read from a folder.
    """
    file: Any = getattr(module, "__file__", None)
    return file is not None and Path(file).is_relative_to(folder)
