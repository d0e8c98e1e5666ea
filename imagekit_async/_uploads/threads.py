"""
Run what may block in worker threads, without letting a stalled thread hold up a cancellation or other uploads.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine, Generator, Sequence
from functools import partial
from threading import Lock
from typing import Any, Final, TypeAlias, TypeVar, cast

import attrs
from anyio import CapacityLimiter, WouldBlock, to_thread
from anyio.lowlevel import RunVar

from .apart import apart

T = TypeVar("T")

# A method with its arguments goes out, its result comes in. Between two yields nothing may block.
Steps: TypeAlias = Generator[tuple[Any, ...], Any, T]

_MAX_THREADS: Final = 40
_limiter: RunVar[CapacityLimiter] = RunVar("_upload_threads")


async def in_thread(function: Callable[[], T]) -> T:
    """
    Return the function's result from a worker thread; a cancellation leaves the thread behind to end by itself.

    At most 40 threads an event loop are waited for at once. They are counted here, apart from the application's own,
    because trio still counts a thread that was left behind.
    """
    if (limiter := _limiter.get(None)) is None:
        _limiter.set(limiter := CapacityLimiter(_MAX_THREADS))
    try:
        limiter.acquire_nowait()
    except WouldBlock:
        await limiter.acquire()
    try:
        return await to_thread.run_sync(function, abandon_on_cancel=True, limiter=CapacityLimiter(1))
    finally:
        limiter.release()


@attrs.define(eq=False)
class Turns:
    """
    Calls the methods of one object of the caller's, one series of steps at a time.

    A series that was canceled in the middle of a blocking call makes no further call, and the next one waits for it:
    two threads never use the object at once.

    Attributes:
        asynchronous: Whether the object reads asynchronously, so that its methods need no thread.
    """

    asynchronous: bool
    _lock: Lock = attrs.field(factory=Lock, init=False)

    async def take(self, steps: Steps[T]) -> T:
        """
        Run the steps and return their result.
        """
        return await (_awaited(steps) if self.asynchronous else self._threaded(steps))

    async def _threaded(self, steps: Steps[T]) -> T:
        series = _Series(steps, self._lock)
        result: object = None
        try:
            while not series.ended:
                result = await in_thread(partial(series.advance, result))
                if isinstance(result, _Awaitable):
                    result = await apart(result.wait)
        finally:
            series.canceled = True
        return cast("T", series.value)


async def _awaited(steps: Steps[T]) -> T:
    result: Any = None
    while True:
        try:
            method, *arguments = steps.send(result)
        except StopIteration as end:
            return cast("T", end.value)
        if inspect.iscoroutinefunction(method):
            result = await apart(partial(method, *arguments))
        else:
            (result,) = await in_thread(partial(_boxed, method, arguments))
            result = await apart(_Awaitable(result).wait) if inspect.isawaitable(result) else result


def _boxed(method: Callable[..., T], arguments: Sequence[Any]) -> tuple[T]:
    # Trio refuses a coroutine as a thread's result.
    return (method(*arguments),)


@attrs.frozen
class _Awaitable:
    value: Any

    async def wait(self) -> Any:
        return await self.value


@attrs.define(eq=False)
class _Series:
    _steps: Steps[Any]
    _lock: Lock
    ended: bool = False
    canceled: bool = False
    value: Any = None

    def advance(self, result: object) -> object:
        """
        Run steps until the last one, or until one returns an awaitable.
        """
        with self._lock:
            while not self.canceled:
                try:
                    method, *arguments = self._steps.send(result)
                except StopIteration as end:
                    self.value, self.ended = end.value, True
                    break
                result = method(*arguments)
                if inspect.isawaitable(result):
                    return self._handed_over(result)
            return None

    def _handed_over(self, awaitable: object) -> _Awaitable | None:
        if self.canceled and isinstance(awaitable, Coroutine):
            awaitable.close()
            return None
        return _Awaitable(awaitable)
