"""
The event loop that runs the calls of all sync clients of a process, in a thread of its own.

It starts with the first call, is left to the parent when the process forks, and ends with the interpreter.
"""

from __future__ import annotations

import atexit
import os
import threading
import weakref
from collections.abc import Awaitable, Callable, Coroutine
from contextvars import copy_context
from functools import partial
from importlib import import_module
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import anyio
from anyio.lowlevel import current_token

if TYPE_CHECKING:
    from ._http.call import Call, CallOptions
    from ._http.session import Session
    from ._response import ApiResponse

T = TypeVar("T")

_CLOSING_SECONDS = 2.0
_STEP_SECONDS = 1.0


class Background:
    """
    An event loop in a daemon thread, with the sessions that may have connections in it.
    """

    def __init__(self) -> None:
        self.sessions: set[Session] = set()
        self.dropped: SimpleQueue[Session] = SimpleQueue()
        self.stopped = False
        started = threading.Event()
        # Worker threads of a daemon thread are daemons too, so none of them keeps the process from exiting.
        run = partial(anyio.run, self._serve, started, backend_options=_loop_options())
        self.thread = threading.Thread(target=run, name="imagekit_async", daemon=True)
        self.thread.start()
        started.wait()

    async def _serve(self, started: threading.Event) -> None:
        loop: Any = current_token().native_token
        # The context says which event loop this is.
        self._call_soon = partial(loop.call_soon_threadsafe, context=copy_context())
        async with anyio.create_task_group() as self._tasks:
            started.set()
            await anyio.sleep_forever()
        with anyio.move_on_after(_CLOSING_SECONDS):  # pragma: no cover - see `stop`
            for session in self.sessions:
                await session.aclose()

    def start(self, function: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """
        Run an async function, which must not raise.

        Anyio's blocking portal makes the caller wait until the function has started, which doubles the cost.
        """
        self._call_soon(self._tasks.start_soon, function)

    def cancel(self, scope: anyio.CancelScope) -> None:
        """
        Cancel what runs in a scope.
        """
        self._call_soon(scope.cancel)

    def close_dropped(self) -> None:
        """
        Close the connections of clients that were garbage-collected without being closed.
        """
        while True:
            try:
                session = self.dropped.get_nowait()
            except Empty:
                return
            self.sessions.discard(session)
            self.start(session.aclose)

    def stop(self) -> None:  # pragma: no cover - runs at exit only, in processes that tests start
        """
        Cancel the calls in flight, close all connections and end the loop.
        """
        self.stopped = True
        self.cancel(self._tasks.cancel_scope)
        self.thread.join(2 * _CLOSING_SECONDS)


def _loop_options() -> dict[str, bool]:
    # A call takes a fifth less time with uvloop. It is imported here, as the thread could not report that it cannot be:
    # after the end of the main thread, that is a RuntimeError.
    try:
        import_module("uvloop")
    except (ImportError, RuntimeError):
        return {}
    return {"use_uvloop": True}


_lock = threading.Lock()
_background: Background | None = None
_inherited: list[Background | None] = []


def _running() -> Background:
    global _background
    with _lock:
        if _background is None:
            _background = Background()
        return _background


def _stop_at_exit() -> None:  # pragma: no cover - see `stop`
    if _background is not None:
        _background.stop()


def _start_anew_after_fork() -> None:  # pragma: no cover - runs in forked processes only
    global _background, _lock
    # Kept for good: freeing the loop would take the parent's sockets out of the epoll object that both processes share.
    _inherited.append(_background)
    _background, _lock = None, threading.Lock()


atexit.register(_stop_at_exit)
if hasattr(os, "register_at_fork"):  # pragma: no branch - absent on Windows, which cannot fork
    os.register_at_fork(after_in_child=_start_anew_after_fork)


class _Task(Generic[T]):
    """
    A call in the context of its caller, canceled if the thread that waits for it is interrupted.
    """

    def __init__(self, function: Callable[[], Awaitable[T]]) -> None:
        self._function = function
        self._context = copy_context()
        self._scope: anyio.CancelScope | None = None
        self._abandoned = False
        self._error: BaseException | None = None
        # A bare lock, held until the call has ended, is the cheapest thing to wait for.
        self._running = threading.Lock()
        self._running.acquire()

    async def run(self) -> None:
        mine = copy_context()
        for variable, value in self._context.items():
            # What the loop has set stays: among it is which event loop this is.
            if variable not in mine:
                variable.set(value)
        try:
            with anyio.CancelScope() as self._scope:
                if not self._abandoned:  # pragma: no branch - an interruption within microseconds
                    self._value = await self._function()
        except anyio.get_cancelled_exc_class() as error:  # pragma: no cover - see `Background.stop`
            self._error = error
            raise
        except BaseException as error:
            # The caller's, even a SystemExit of a callback, which would end the loop.
            self._error = error
        finally:
            self._running.release()

    def result(self) -> T:
        """
        Wait for the end of the call.
        """
        # In steps, because a signal just before a wait is noticed only after it, as is any signal on Windows.
        ended = False
        while not ended:
            ended = self._running.acquire(timeout=_STEP_SECONDS)
        self._running.release()
        error, self._error = self._error, None
        try:
            if error is not None:
                raise error
            return self._value
        finally:
            # Its traceback holds this frame, which is garbage only without it.
            del error

    def abandon(self, background: Background) -> None:
        """
        Cancel the call and wait for its end, unless it has ended or not begun.
        """
        # In this order, since the loop sets the scope before it reads the flag.
        self._abandoned = True
        if self._scope is not None and self._running.locked():
            background.cancel(self._scope)
            with self._running:
                pass


def _at_exit() -> BaseException:  # pragma: no cover - see `stop`
    if threading.current_thread() is threading.main_thread():
        return RuntimeError("ImageKit can no longer be called: the interpreter is exiting")
    # Ends a daemon thread without a traceback.
    return SystemExit()


class BlockingSession:
    """
    Sends the calls of a sync client; its connections are closed when the client and its resources are gone.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    async def send(self, call: Call[T], options: CallOptions) -> ApiResponse[T]:
        """
        Send a call in the background loop.
        """
        return await self._session.send(call, options)

    def run(self, function: Callable[[], Awaitable[T]]) -> T:
        """
        Run an async function in the background loop, in the context of the caller, and wait for what it returns.

        Raises:
            RuntimeError: This is the thread of the background loop, or the interpreter is exiting.
        """
        background = _running()
        if threading.get_ident() == background.thread.ident:
            raise RuntimeError("a callback of an ImageKit call must not call ImageKit: the call would wait for itself")
        self._join(background)
        task = _Task(function)
        try:
            background.start(task.run)
            return task.result()
        except BaseException as error:
            task.abandon(background)
            if background.stopped:  # pragma: no cover - see `stop`
                raise _at_exit() from error
            raise

    def _join(self, background: Background) -> None:
        if self._session not in background.sessions:
            background.sessions.add(self._session)
            weakref.finalize(self, background.dropped.put, self._session).atexit = False
        background.close_dropped()
