"""
Event loops whose clocks run fast, so that waits cost little.
"""

from __future__ import annotations

import asyncio
import selectors
import time
from typing import Any

import trio.testing

CLOCK_RATE = 20


class _HastySelector(selectors.DefaultSelector):
    """
    Waits a fraction of the time that it is asked to.
    """

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """
        Return what is ready.
        """
        return super().select(timeout / CLOCK_RATE if timeout else timeout)


class _HastyLoop(asyncio.SelectorEventLoop):
    """
    An asyncio event loop whose clock runs fast.
    """

    def __init__(self) -> None:
        super().__init__(_HastySelector())

    def time(self) -> float:
        """
        Return the time in seconds.
        """
        return time.monotonic() * CLOCK_RATE


def hasty(backend: str) -> tuple[str, dict[str, Any]]:
    """
    Return an anyio backend whose clock runs fast.
    """
    if backend == "asyncio":
        return "asyncio", {"loop_factory": _HastyLoop}
    return "trio", {"clock": trio.testing.MockClock(rate=CLOCK_RATE)}
