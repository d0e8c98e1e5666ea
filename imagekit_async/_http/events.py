"""
What happens during calls, for metrics, traces and logs: events, hooks, and the collection of a block's calls.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol, TypeVar

import attrs

from .._callbacks import call_back

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from contextlib import AbstractContextManager
    from datetime import timedelta

    from .._response import RateLimit

E = TypeVar("E")

logger = logging.getLogger("imagekit_async")


@attrs.frozen
class RequestEvent:
    """
    An attempt begins.

    Attributes:
        operation: The call as users write it, e.g. `files.get`.
        method: HTTP method.
        path: Path without host and query.
        attempt: Its number, from 1.
    """

    operation: str
    method: str
    path: str
    attempt: int


@attrs.frozen
class ResponseEvent:
    """
    An attempt is over.

    Attributes:
        request: The attempt.
        status_code: HTTP status; None if no answer came.
        request_id: ImageKit's id of the request; None if no answer came or it had none.
        duration: How long the attempt took.
        rate_limit: The limits that the answer reported; None if it reported none.
        error: What failed; None if an answer came, whatever its status.
    """

    request: RequestEvent
    status_code: int | None
    request_id: str | None
    duration: timedelta
    rate_limit: RateLimit | None
    error: BaseException | None


@attrs.frozen
class RetryEvent:
    """
    A failed attempt will be repeated.

    Attributes:
        request: The attempt that failed.
        delay: How long the call waits before the next one.
        reason: Why it failed, in words.
    """

    request: RequestEvent
    delay: timedelta
    reason: str


@attrs.frozen
class CallRecord:
    """
    A call that is over.

    Attributes:
        operation: The call as users write it.
        method: HTTP method.
        path: Path without host and query.
        status_code: Status of the last answer; None if none came.
        request_id: Request id of the last answer; None if none came or it had none.
        attempts: How many times the request was tried.
        duration: Time from start to end, waits included.
        rate_limit: The limits that the last answer reported; None if it reported none.
    """

    operation: str
    method: str
    path: str
    status_code: int | None
    request_id: str | None
    attempts: int
    duration: timedelta
    rate_limit: RateLimit | None


class Span(Protocol):
    """
    A call under observation.
    """

    def attempted(self, event: ResponseEvent) -> None:
        """
        Note an attempt that is over.
        """
        ...


@attrs.frozen(kw_only=True)
class Hooks:
    """
    Plain functions to call while calls are made. One that raises, or is async, is logged and changes nothing.

    Attributes:
        on_request: Called when an attempt begins.
        on_response: Called when an attempt is over.
        on_retry: Called when a failed attempt will be repeated.
        span: Opened around each call with the operation, method and path; opening and closing it must not raise.
    """

    on_request: Callable[[RequestEvent], None] | None = None
    on_response: Callable[[ResponseEvent], None] | None = None
    on_retry: Callable[[RetryEvent], None] | None = None
    span: Callable[[str, str, str], AbstractContextManager[Span]] | None = None

    @property
    def observe_attempts(self) -> bool:
        """
        Whether anybody wants to know of attempts.
        """
        return self.on_request is not None or self.on_response is not None


def notify(hook: Callable[[E], None] | None, event: E) -> None:
    """
    Call a hook; what it raises is logged, for a metric must not fail a call.
    """
    if hook is None:
        return
    try:
        call_back(hook, event)
    except Exception:
        logger.exception("a hook failed on %s", type(event).__name__)


@attrs.define(eq=False)
class _Block:
    records: list[CallRecord] = attrs.field(factory=list[CallRecord])
    open: bool = True


_blocks: ContextVar[tuple[_Block, ...]] = ContextVar("imagekit_async_blocks", default=())


@contextmanager
def capture_responses() -> Generator[list[CallRecord]]:
    """
    Collect a record of every call made in a block, by the tasks that it starts too.

    Blocks nest: an inner block's calls are in the outer list as well. Calls of other tasks are not, nor are calls that
    end after the block, in tasks that outlive it.

    Yields:
        The list, to which each call is added when it is over, in that order.
    """
    block = _Block()
    _blocks.set((*_blocks.get(), block))
    try:
        yield block.records
    finally:
        # A token could not be reset in another context, where frameworks may end what they began in this one.
        block.open = False
        _blocks.set(tuple(other for other in _blocks.get() if other is not block))


def capturing() -> list[list[CallRecord]]:
    """
    Return the lists that want the record of a call made here; empty almost always.
    """
    return [block.records for block in _blocks.get() if block.open]
