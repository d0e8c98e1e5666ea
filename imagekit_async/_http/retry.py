"""
Whether a failed attempt is repeated and after what wait: plain functions over values.
"""

from __future__ import annotations

import email.utils
from datetime import datetime, timedelta, timezone
from enum import Enum
from typing import TYPE_CHECKING

import attrs

from .._response import milliseconds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FIRST_BACKOFF = timedelta(seconds=0.5)
LONGEST_BACKOFF = timedelta(seconds=8)
LONGEST_WAIT = timedelta(seconds=60)


class Failure(Enum):
    """
    What is known about a failed attempt.
    """

    NOT_SENT = "the request did not reach the server"
    UNKNOWN = "the request may have been executed"
    REFUSED = "the server refused it unexecuted and said to come back (429)"
    FAILED = "the server failed or gave up (408, 5xx); it may have been executed"
    FINAL = "the server's final answer"


def classify(status_code: int) -> Failure:
    """
    Tell what a status other than 2xx says about the attempt.
    """
    if status_code == 429:
        return Failure.REFUSED
    return Failure.FAILED if status_code == 408 or status_code >= 500 else Failure.FINAL


@attrs.frozen
class Attempt:
    """
    A failed attempt.

    Attributes:
        number: Attempts made so far, this one included; starts at 1.
        failure: What is known about it.
        retry_after: The wait the server asked for; None if it did not.
    """

    number: int
    failure: Failure
    retry_after: timedelta | None = None


@attrs.frozen
class RetryPolicy:
    """
    When a call may be repeated.

    Attributes:
        max_retries: Retries after the first attempt.
        idempotent: Whether executing the call twice does no harm.
        replayable: Whether the body can be sent again from its start.
    """

    max_retries: int
    idempotent: bool
    replayable: bool = True

    def delay(self, attempt: Attempt, jitter: Callable[[], float]) -> timedelta | None:
        """
        Decide how long to wait before the next attempt.

        Args:
            attempt: The attempt that just failed.
            jitter: Source of random numbers in [0, 1).

        Returns:
            A wait in [0, 66] seconds, or None when the call must not be repeated: the retries are used up, the body is spent, the
            answer is final, the call may have been executed and is not idempotent, or the server asks to wait for over 60 s.
        """
        safe = attempt.failure in (Failure.NOT_SENT, Failure.REFUSED) or self.idempotent
        if attempt.failure is Failure.FINAL or not safe or not self.replayable or attempt.number > self.max_retries:
            return None
        if attempt.retry_after is None:
            ceiling = min(FIRST_BACKOFF * (1 << min(attempt.number - 1, 10)), LONGEST_BACKOFF)
            return ceiling * (0.5 + jitter() / 2)
        if attempt.retry_after > LONGEST_WAIT:
            return None
        # Up to a tenth on top, so that callers who were refused together do not come back together.
        return attempt.retry_after * (1 + jitter() / 10)


def retry_after(status_code: int, headers: Mapping[str, str], now: datetime | None = None) -> timedelta | None:
    """
    Return the wait that the server asks for.

    Args:
        status_code: HTTP status. Other answers than 429 may describe the window too, but do not ask to wait for its end.
        headers: Response headers, case-insensitive. `X-RateLimit-Reset` (milliseconds) comes before `Retry-After` (RFC 9110,
            section 10.2.3: seconds or an HTTP date).
        now: The present, for the date form; an aware datetime, by default the clock's.

    Returns:
        A wait of at least 0, or None if there is none or it cannot be read.
    """
    reset = milliseconds(headers.get("x-ratelimit-reset")) if status_code == 429 else None
    text = headers.get("retry-after")
    if reset is not None or text is None:
        return reset
    seconds = milliseconds(text)
    if seconds is not None:
        return min(seconds * 1000, timedelta(days=366))
    try:
        date = email.utils.parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    date = date if date.tzinfo is not None else date.replace(tzinfo=timezone.utc)
    return max(date - (now or datetime.now(timezone.utc)), timedelta(0))
