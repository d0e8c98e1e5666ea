"""
Run async code of a source in a task apart from the call, so that code that cannot be canceled holds up nothing.

Cancel scopes wait for all that runs in them, and code in a shielded scope, or code that swallows its cancellation, runs
on. Only a task outside those scopes can be left behind, as a thread can.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from contextvars import copy_context
from typing import Any, Generic, TypeVar, cast

import anyio
import attrs
from anyio.lowlevel import current_token

T = TypeVar("T")


@attrs.define(eq=False)
class _Step(Generic[T]):
    function: Callable[[], Awaitable[T]]
    ended: anyio.Event = attrs.field(factory=anyio.Event)
    value: Any = None
    error: BaseException | None = None


@attrs.define(eq=False)
class Apart:
    """
    A task that runs one function after another, in the context of the call that made it.

    All steps of an async generator run in one task, because it may hold cancel scopes open between them.
    """

    _scope: anyio.CancelScope = attrs.field(factory=anyio.CancelScope, init=False)
    _wanted: anyio.Event = attrs.field(factory=anyio.Event, init=False)
    _step: _Step[Any] | None = attrs.field(default=None, init=False)
    # The event loop has only a weak reference to its tasks.
    _task: Any = attrs.field(default=None, init=False)

    async def run(self, function: Callable[[], Awaitable[T]]) -> T:
        """
        Return what the function returns; if the caller is canceled, cancel the task and leave it behind.
        """
        if self._scope.cancel_called:
            raise RuntimeError("file was read to its end or closed")
        step = self._step = _Step(function)
        self._wanted.set()
        if self._task is None:
            self._task = _started(self._work)
        try:
            await step.ended.wait()
        except BaseException:
            self.close()
            raise
        try:
            if step.error is not None:
                raise step.error
            return cast("T", step.value)
        finally:
            # Its traceback holds this frame.
            del step

    def close(self) -> None:
        """
        Cancel the task; it runs nothing further.
        """
        self._scope.cancel()

    async def _work(self) -> None:
        with self._scope:
            while True:
                await self._wanted.wait()
                self._wanted = anyio.Event()
                step, self._step = self._step, None
                await _run(cast("_Step[Any]", step))
                del step


async def _run(step: _Step[Any]) -> None:
    try:
        step.value = await step.function()
    except anyio.get_cancelled_exc_class():
        # Unless the caller was canceled too, it must not wait forever.
        step.error = RuntimeError("file was canceled while it was read")
        raise
    except BaseException as error:
        # An error in a task of its own would end the event loop, or be lost.
        step.error = error
    finally:
        step.ended.set()


def _started(function: Callable[[], Awaitable[None]]) -> object:
    native: Any = current_token().native_token
    if hasattr(native, "create_task"):
        return native.create_task(function())
    # anyio has no task outside of a scope, and trio, which is running, has one in its own module only.
    return sys.modules["trio"].lowlevel.spawn_system_task(function, context=copy_context())


async def apart(function: Callable[[], Awaitable[T]]) -> T:
    """
    Return what a function returns that is run in a task of its own.
    """
    task = Apart()
    try:
        return await task.run(function)
    finally:
        task.close()
