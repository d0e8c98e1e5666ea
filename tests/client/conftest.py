"""
Clients on scripted transports, under a virtual clock: waits take no time, and what blocks the loop fails the test.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
import trio.testing
from blockbuster import blockbuster_ctx

from imagekit_async import AsyncImageKit


class _JumpingSelector(selectors.DefaultSelector):
    """
    Moves the clock forward where a selector would wait for a timer.
    """

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """
        Return what is ready; with nothing ready, let the time of the next timer come at once.
        """
        ready = super().select(None if timeout is None else 0)
        if not ready and timeout:
            self.now += timeout
        return ready


class _VirtualLoop(asyncio.SelectorEventLoop):
    """
    An asyncio event loop whose time passes only while it waits.
    """

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        """
        Return the virtual time in seconds.
        """
        return self._jumping.now


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    """
    Run each async test on both event loops, under a virtual clock.
    """
    if request.param == "asyncio":
        return "asyncio", {"loop_factory": _VirtualLoop}
    return "trio", {"clock": trio.testing.MockClock(autojump_threshold=0)}


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
        Return how many replies nobody asked for.
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
