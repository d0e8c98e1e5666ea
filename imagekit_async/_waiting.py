"""
Waits for work that ImageKit does after it responded, by polling at growing intervals. Knows nothing about the API.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import anyio

from ._callbacks import call_back
from ._http.deadline import end_after
from ._redaction import redacted
from .errors import DeadlineExceededError, JobFailedError, WaitTimeoutError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Iterator

T = TypeVar("T")

_FIRST_PAUSE_SECONDS = 0.25
_LONGEST_PAUSE_SECONDS = 10.0
_GROWTH = 1.6


async def wait_until_done(
    ask: Callable[[], Awaitable[T]],
    *,
    what: str,
    status: str,
    done: Collection[str],
    failed: Collection[str],
    deadline: float | None,
    on_progress: Callable[[T], None] | None,
) -> T:
    """
    Poll until a response says that the work is done, and return that response.

    An unknown status counts as pending, because treating it as done could let the caller continue too early.

    Args:
        ask: Polls once.
        what: What is waited for, for messages.
        status: Attribute of a response that holds the status.
        done: Statuses of work that is done.
        failed: Statuses of work that failed.
        deadline: Seconds for the whole wait; None for no limit.
        on_progress: Called with each response whose status is neither; what it raises ends the wait.

    Raises:
        ValueError: The deadline is not positive.
        JobFailedError: The work failed.
        WaitTimeoutError: It was not done before the deadline, or the next poll would come after it.
    """
    end = end_after(deadline)
    response = late = None
    with anyio.CancelScope(deadline=end):
        for pause in _pauses(end):
            await anyio.sleep(pause)
            try:
                response = await ask()
            except DeadlineExceededError as error:
                late = error
                break
            state = getattr(response, status, None)
            if state in done:
                return response
            if state in failed:
                raise JobFailedError(f"{what} ended with the status {state}", value=response)
            if on_progress is not None:
                call_back(on_progress, response)
    raise _timeout(what, response, status) from late


def _pauses(end: float) -> Iterator[float]:
    yield 0.0
    pause = _FIRST_PAUSE_SECONDS
    while anyio.current_time() + pause < end:
        yield pause
        pause = min(pause * _GROWTH, _LONGEST_PAUSE_SECONDS)


def _timeout(what: str, response: object, status: str) -> WaitTimeoutError:
    last = "there was no response" if response is None else f"its last status is {getattr(response, status, None)}"
    return WaitTimeoutError(f"{what} was not done in time: {redacted(last)}", value=response)
