"""
Who observes calls, for metrics, traces and logs: hooks, spans, and the blocks that collect calls.
"""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol, TypeVar

import attrs

from .._callbacks import call_back

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from types import TracebackType

    from .events import CallRecord, RequestEvent, ResponseEvent, RetryEvent

E = TypeVar("E")

logger = logging.getLogger("imagekit_async")


class Span(Protocol):
    """
    A call under observation.
    """

    def attempted(self, event: ResponseEvent) -> None:
        """
        Record an attempt that ended.
        """
        ...


@attrs.frozen(kw_only=True)
class Hooks:
    """
    Plain functions to call while calls are made. One that raises, or is async, is logged and changes nothing.

    Attributes:
        on_request: Called when an attempt starts.
        on_response: Called when an attempt ended.
        on_retry: Called when a failed attempt will be retried.
        span: Called with operation, method and path of each call; returns a context manager to open around it.
    """

    on_request: Callable[[RequestEvent], None] | None = None
    on_response: Callable[[ResponseEvent], None] | None = None
    on_retry: Callable[[RetryEvent], None] | None = None
    span: Callable[[str, str, str], AbstractContextManager[Span]] | None = None

    @property
    def observe_attempts(self) -> bool:
        """
        Whether a hook is called for each attempt.
        """
        return self.on_request is not None or self.on_response is not None


def notify(hook: Callable[[E], None] | None, event: E) -> None:
    """
    Call a hook; what it raises is logged, because a metric must not fail a call.
    """
    if hook is None:
        return
    try:
        call_back(hook, event)
    except Exception:
        logger.exception("a hook failed on %s", type(event).__name__)


@attrs.define(eq=False, repr=False)
class GuardedSpan(AbstractContextManager["Span | None"]):
    """
    Opens and closes the span of a call; what that raises is logged.
    """

    _hook: Callable[[str, str, str], AbstractContextManager[Span]]
    _call: tuple[str, str, str]
    _span: AbstractContextManager[Span] | None = None

    def __enter__(self) -> Span | None:
        try:
            self._span = self._hook(*self._call)
            return self._span.__enter__()
        except Exception:
            self._span = None
            logger.exception("a span could not be opened")
            return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._span is None:
            return
        try:
            self._span.__exit__(kind, error, at)
        except Exception as raised:
            if raised is not error:
                logger.exception("a span could not be closed")


class _Block:
    def __init__(self) -> None:
        self.calls: list[CallRecord] = []
        self.open = True


_blocks: ContextVar[tuple[_Block, ...]] = ContextVar("imagekit_async_blocks", default=())


@contextmanager
def capture_calls() -> Generator[list[CallRecord]]:
    """
    Collect a record of every call made in a block, including calls of the tasks that it starts.

    Blocks nest: an inner block's calls are in the outer list as well. Calls of other tasks are not collected, nor calls
    that end after the block in tasks that outlive it.

    Yields:
        The list, to which each call is added when it ends.
    """
    block = _Block()
    _blocks.set((*_blocks.get(), block))
    try:
        yield block.calls
    finally:
        # A token cannot be reset in another context, and frameworks may end the block in one.
        block.open = False
        _blocks.set(tuple(other for other in _blocks.get() if other is not block))


def capturing() -> list[list[CallRecord]]:
    """
    Return the lists that collect the calls made here; almost always empty.
    """
    return [block.calls for block in _blocks.get() if block.open]
