"""
Keep values that belong to one event loop each, and release them when that loop ends.

A connection refers to its event loop, so whatever keeps a connection keeps the loop, its sockets and its tasks alive.
Once a loop no longer runs, only the loop itself keeps them, so that they are garbage together if it is never closed.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from weakref import WeakKeyDictionary, ref

import anyio
from anyio.lowlevel import RunVar, current_token

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping

T = TypeVar("T")


class Loop:
    """
    Stand for one running event loop, without keeping it alive.
    """

    def __init__(self) -> None:
        self.lock = anyio.Lock()
        self._own_values: WeakKeyDictionary[PerLoop[Any], Any] = WeakKeyDictionary()
        self._native: ref[Any] = ref(current_token().native_token)
        self._end = self._until_end()

    @property
    def values(self) -> WeakKeyDictionary[PerLoop[Any], Any]:
        """
        Return the values of the loop by what they belong to.
        """
        # trio's token has no attributes of ours, and trio always shuts a run down.
        attributes: dict[str, Any] = getattr(self._native(), "__dict__", {})
        return attributes.setdefault("_imagekit_async", WeakKeyDictionary()) if attributes else self._own_values

    @property
    def is_closed(self) -> bool:
        """
        Return whether the loop was closed or is gone; trio always shuts a run down before that.
        """
        native = self._native()
        return native is None or getattr(native, "is_closed", bool)()

    @property
    def is_running(self) -> bool:
        """
        Return whether the loop runs now; a run of trio runs until it is over.
        """
        return getattr(self._native(), "is_running", lambda: True)()

    async def watch(self) -> None:
        """
        Begin to watch for the end of the running event loop.
        """
        # Both `asyncio.run` and `trio.run` close the async generators that are left, while connections still work.
        hooks = sys.get_asyncgen_hooks()
        # With a finalizer, the generator would keep the event loop alive.
        sys.set_asyncgen_hooks(finalizer=None)
        try:
            await anext(self._end)
        finally:
            sys.set_asyncgen_hooks(*hooks)

    async def _until_end(self) -> AsyncGenerator[None, None]:
        try:
            yield
        finally:
            if not self.is_closed:
                with anyio.CancelScope(shield=True):
                    for owner in list(self.values):
                        await owner.close(self)

    def abandon(self, sockets: Iterable[Any]) -> None:
        """
        Close sockets of asyncio transports after the loop was closed: their own methods need a loop that runs.
        """
        transports: Mapping[int, Any] = getattr(self._native(), "_transports", {})
        for transport in filter(None, [transports.get(socket.fileno()) for socket in sockets]):
            with suppress(RuntimeError):  # what is above it, such as TLS, wants to call the closed loop
                transport._call_connection_lost(None)


_current_loop: RunVar[Loop] = RunVar("imagekit_async")


async def current_loop() -> Loop:
    """
    Return what stands for the running event loop.
    """
    loop = _current_loop.get(None)
    if loop is None:
        _current_loop.set(loop := Loop())
        await loop.watch()
    return loop


class PerLoop(Generic[T]):
    """
    One value for each event loop.

    Args:
        close: Releases a value in its own event loop, at the latest when that loop is shut down.
        abandon: Releases a value whose loop was closed without being shut down (`loop.close()` alone).
    """

    def __init__(self, close: Callable[[T], Awaitable[None]], abandon: Callable[[Loop, T], None]) -> None:
        self._close = close
        self._abandon = abandon
        # None for the value of a loop that was found not to run, which only the loop keeps.
        self._values: dict[Loop, T | None] = {}

    def get(self, loop: Loop) -> T | None:
        """
        Return the value of a loop, or None; release the values of loops that were closed or do not run.
        """
        if len(self._values) > (loop in self._values):
            self._release_unused()
        return self._values.get(loop) or loop.values.get(self)

    def setdefault(self, loop: Loop, value: T) -> T:
        """
        Keep a value for a loop unless there is one, and return the one that is kept.
        """
        self._values[loop] = value = loop.values.setdefault(self, value)
        return value

    async def close(self, loop: Loop) -> None:
        """
        Release the value of the running loop, and those of loops that were closed.
        """
        self._release_unused()
        self._values.pop(loop, None)
        value = loop.values.pop(self, None)
        if value is not None:
            await self._close(value)

    def _release_unused(self) -> None:
        for loop in list(self._values):
            if not loop.is_closed:
                if not loop.is_running:
                    self._values[loop] = None
                continue
            self._values.pop(loop, None)
            # Another thread may have been faster.
            value = loop.values.pop(self, None)
            if value is not None:
                self._abandon(loop, value)
