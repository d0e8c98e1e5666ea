"""
Clients on scripted transports, under a virtual clock: waits take no time, and what blocks the loop fails the test.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import anyio
import anyio.to_thread
import httpx
import pytest
import trio.testing
from blockbuster import blockbuster_ctx

from imagekit_async import AsyncImageKit

# Longer than a thread takes on a busy machine; a thread that takes longer is one that a test stalls.
_PATIENCE_SECONDS = 2.0


class _Threads:
    """
    Counts the worker threads that tasks wait for, while which no virtual time passes.
    """

    def __init__(self) -> None:
        self.clock = trio.testing.MockClock(autojump_threshold=0)
        self._run_sync = anyio.to_thread.run_sync
        self._waited_for = 0

    @property
    def patience(self) -> float:
        """
        Return the real seconds to wait for an event before virtual time jumps to the next timer.
        """
        return _PATIENCE_SECONDS if self._waited_for else 0

    async def run_sync(self, *arguments: Any, **options: Any) -> Any:
        """
        Run a function in a worker thread.
        """
        self._note(1)
        try:
            return await self._run_sync(*arguments, **options)
        finally:
            self._note(-1)

    def _note(self, change: int) -> None:
        self._waited_for += change
        self.clock.autojump_threshold = self.patience


class _JumpingSelector(selectors.DefaultSelector):
    """
    Moves the clock forward where a selector would wait for a timer.
    """

    now = 0.0

    def __init__(self, threads: _Threads) -> None:
        super().__init__()
        self._threads = threads

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """
        Return what is ready; with nothing ready, let the time of the next timer come at once.
        """
        ready = super().select(self._threads.patience if timeout else timeout)
        if not ready and timeout:
            self.now += timeout
        return ready


class _VirtualLoop(asyncio.SelectorEventLoop):
    """
    An asyncio event loop whose time passes only while it waits.
    """

    def __init__(self, threads: _Threads) -> None:
        self._jumping = _JumpingSelector(threads)
        super().__init__(self._jumping)

    def time(self) -> float:
        """
        Return the virtual time in seconds.
        """
        return self._jumping.now


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[str, dict[str, Any]]:
    """
    Run each async test on both event loops, under a virtual clock that waits for worker threads.
    """
    threads = _Threads()
    monkeypatch.setattr(anyio.to_thread, "run_sync", threads.run_sync)
    if request.param == "asyncio":
        return "asyncio", {"loop_factory": partial(_VirtualLoop, threads)}
    return "trio", {"clock": threads.clock}


@pytest.fixture(autouse=True)
def _no_blocking_calls() -> Iterator[None]:
    with blockbuster_ctx("imagekit_async"):
        yield


class Script:
    """
    Plays replies in order and records the requests; a reply is a response, an exception, or a function of the request.
    """

    def __init__(self, *replies: httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]) -> None:
        self._replies = list(replies)
        self.requests: list[httpx.Request] = []

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """
        Read the request's body and play the next reply.
        """
        await request.aread()
        self.requests.append(request)
        if not self._replies:
            raise AssertionError(f"unexpected request: {request.method} {request.url}")
        reply = self._replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply if isinstance(reply, httpx.Response) else reply(request)

    @property
    def unplayed(self) -> int:
        """
        Return how many replies were not requested.
        """
        return len(self._replies)


Scripted = Callable[..., tuple[AsyncImageKit, Script]]


@pytest.fixture
def scripted() -> Iterator[Scripted]:
    """
    Make a client that gets the given replies; all of them must be asked for by the end of the test.
    """
    scripts: list[Script] = []

    def make(*replies: Any, **settings: Any) -> tuple[AsyncImageKit, Script]:
        script = Script(*replies)
        scripts.append(script)
        client = AsyncImageKit(
            settings.pop("private_key", "private_key_of_tests"), transport=httpx.MockTransport(script), **settings
        )
        return client, script

    yield make

    assert [0] * len(scripts) == [script.unplayed for script in scripts]
