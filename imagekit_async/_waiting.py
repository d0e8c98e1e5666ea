"""
Waits for work that ImageKit does after it answered, by asking at growing distances; knows nothing of the API but what
it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import anyio

from ._callbacks import call_back
from ._http.deadline import end_after
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
    Ask until the answer says that the work is done, and return that answer.

    A status that is not known yet counts as pending: to take it for the end could let the caller go on too early.

    Args:
        ask: Asks once.
        what: What is waited for, for messages.
        status: Attribute of an answer that tells the status.
        done: Statuses that mean: it is done.
        failed: Statuses that mean: it failed.
        deadline: Seconds for the whole wait; None for no limit.
        on_progress: Called with each answer that is neither; what it raises ends the wait.

    Raises:
        ValueError: The deadline is not positive.
        JobFailedError: It failed.
        WaitTimeoutError: It was not done before the deadline, or would be asked for only after it.
    """
    end = end_after(deadline)
    answer = late = None
    with anyio.CancelScope(deadline=end):
        for pause in _pauses(end):
            await anyio.sleep(pause)
            try:
                answer = await ask()
            except DeadlineExceededError as error:
                late = error
                break
            state = getattr(answer, status)
            if state in done:
                return answer
            if state in failed:
                raise JobFailedError(f"{what} ended with the status {state}", value=answer)
            if on_progress is not None:
                call_back(on_progress, answer)
    raise _timeout(what, answer, status) from late


def _pauses(end: float) -> Iterator[float]:
    yield 0.0
    pause = _FIRST_PAUSE_SECONDS
    while anyio.current_time() + pause < end:
        yield pause
        pause = min(pause * _GROWTH, _LONGEST_PAUSE_SECONDS)


def _timeout(what: str, answer: object, status: str) -> WaitTimeoutError:
    seen = "it never answered" if answer is None else f"its last status is {getattr(answer, status)}"
    return WaitTimeoutError(f"{what} was not done in time: {seen}", value=answer)
