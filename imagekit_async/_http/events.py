"""
What happens during calls, for metrics, traces and logs: events, hooks, and the calls of a block.
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
    from datetime import timedelta
    from types import TracebackType

    from .._response import RateLimit

E = TypeVar("E")

logger = logging.getLogger("imagekit_async")


@attrs.frozen
class RequestEvent:
    """
    An attempt starts.

    Attributes:
        operation: The call as users write it, e.g. `files.get`.
        method: HTTP method.
        path: Path without host and query.
        attempt: Its number, starting at 1.
    """

    operation: str
    method: str
    path: str
    attempt: int


@attrs.frozen
class ResponseEvent:
    """
    An attempt ended.

    Attributes:
        request: The attempt.
        status_code: HTTP status; None if no response came.
        request_id: ImageKit's id of the request; None if no response came or it had none.
        elapsed: How long the attempt took.
        rate_limit: The limits that the response reported; None if it reported none.
        error: What failed; None if a response came, whatever its status.
    """

    request: RequestEvent
    status_code: int | None
    request_id: str | None
    elapsed: timedelta
    rate_limit: RateLimit | None
    error: BaseException | None


@attrs.frozen
class RetryEvent:
    """
    A failed attempt will be retried.

    Attributes:
        request: The attempt that failed.
        delay: How long the call waits before the next attempt.
        reason: Why the attempt failed, in words.
    """

    request: RequestEvent
    delay: timedelta
    reason: str


@attrs.frozen
class CallRecord:
    """
    A call that ended.

    Attributes:
        operation: The call as users write it.
        method: HTTP method.
        path: Path without host and query.
        status_code: Status of the last response; None if none came.
        request_id: Request id of the last response; None if none came or it had none.
        attempts: How many attempts were made.
        elapsed: Time from start to end, waits included.
        rate_limit: The limits that the last response reported; None if it reported none.
    """

    operation: str
    method: str
    path: str
    status_code: int | None
    request_id: str | None
    attempts: int
    elapsed: timedelta
    rate_limit: RateLimit | None


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


@attrs.define(eq=False, repr=False)
class _Block:
    calls: list[CallRecord] = attrs.field(factory=list[CallRecord])
    open: bool = True


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
