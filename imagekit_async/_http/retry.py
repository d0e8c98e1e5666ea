"""
Whether a failed attempt is repeated, and after what wait: one table and plain functions over values.

The table is code, documentation (docs/retries.md is printed from it) and test data at once.
"""

from __future__ import annotations

import email.utils
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from .._response import milliseconds

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_BACKOFF = timedelta(seconds=0.5)
LONGEST_BACKOFF = timedelta(seconds=8)
LONGEST_WAIT = timedelta(seconds=60)
UNTOLD_WAIT = timedelta(seconds=1)
LONGEST_SHARED_WAIT = timedelta(minutes=15)
REFUSALS_PER_RETRY = 5


class Repeatability(Enum):
    """
    What executing an operation twice does.
    """

    READ = "reads only"
    HARMLESS = "a write that is harmless to repeat (idempotent, or the caller says so, or an upload over a fixed name)"
    HARMFUL = "a write that is not harmless to repeat (an upload, a copy, a purge, most creations)"


class Failure(Enum):
    """
    How an attempt failed.
    """

    REFUSED_CONNECTION = "no connection could be made"
    BAD_CERTIFICATE = "the server's certificate was not accepted"
    NOTHING_SENT = "the connection failed before the request was sent"
    PARTLY_SENT = "the connection failed while the request was sent"
    NO_ANSWER = "the request was sent and no complete answer came"
    TIMEOUT_408 = "408: the server gave up waiting for the request"
    CONFLICT_409 = "409: the name is taken or the object in use"
    LOCKED_423 = "423: another job works on the folder"
    RATE_LIMITED_429 = "429: the rate limit is used up"
    SERVER_ERROR_5XX = "5xx: the server or something before it failed"
    BROKEN_BODY = "2xx with a body that cannot be read"
    FINAL_STATUS = "any other status"

    @property
    def is_refusal(self) -> bool:
        """
        Whether the rate limit was the cause.
        """
        return self is Failure.RATE_LIMITED_429

    @property
    def maybe_executed(self) -> bool:
        """
        Whether the request may have been executed all the same.
        """
        return self in _UNCERTAIN


@attrs.frozen
class Rule:
    """
    One cell of the table.
    """

    repeat: bool
    why: str


_ALWAYS = {
    Failure.REFUSED_CONNECTION: Rule(True, "nothing reached the server"),
    Failure.BAD_CERTIFICATE: Rule(False, "the next handshake would fail as well"),
    Failure.NOTHING_SENT: Rule(True, "nothing reached the server"),
    Failure.CONFLICT_409: Rule(False, "the same request meets the same conflict"),
    Failure.LOCKED_423: Rule(True, "not executed, and the lock is temporary"),
    Failure.RATE_LIMITED_429: Rule(True, "not executed, and the server says when to come back"),
    Failure.FINAL_STATUS: Rule(False, "the same request gets the same answer"),
}
_UNCERTAIN = (
    Failure.PARTLY_SENT,
    Failure.NO_ANSWER,
    Failure.TIMEOUT_408,
    Failure.SERVER_ERROR_5XX,
    Failure.BROKEN_BODY,
)
_IF_UNCERTAIN = {
    Repeatability.READ: Rule(True, "reading twice changes nothing"),
    Repeatability.HARMLESS: Rule(True, "doing it twice comes to the same"),
    Repeatability.HARMFUL: Rule(False, "it may have been executed, and doing it twice does harm"),
}

TABLE: Mapping[tuple[Repeatability, Failure], Rule] = MappingProxyType(
    {
        (repeatability, failure): _ALWAYS.get(failure, _IF_UNCERTAIN[repeatability])
        for repeatability in Repeatability
        for failure in (*_ALWAYS, *_UNCERTAIN)
    }
)


def classify_status(status_code: int) -> Failure:
    """
    Tell what a status other than 2xx says about the attempt.
    """
    known = {
        408: Failure.TIMEOUT_408,
        409: Failure.CONFLICT_409,
        423: Failure.LOCKED_423,
        429: Failure.RATE_LIMITED_429,
    }
    return Failure.SERVER_ERROR_5XX if status_code >= 500 else known.get(status_code, Failure.FINAL_STATUS)


@attrs.frozen
class Attempt:
    """
    A failed attempt.

    Attributes:
        number: Attempts made so far, this one included; starts at 1.
        refusals: How many of them were refused with 429, this one included.
        failure: How it failed.
        retry_after: The wait the server asked for; None if it did not.
    """

    number: int
    failure: Failure
    retry_after: timedelta | None = None
    refusals: int = 0


@attrs.frozen
class RetryPolicy:
    """
    When a call may be repeated.

    Attributes:
        max_retries: Retries after the first attempt. Refusals with 429 have a bound of their own, five times as high.
        repeatability: What executing the call twice does.
        replayable: Whether the body can be sent again from its start.
    """

    max_retries: int
    repeatability: Repeatability
    replayable: bool = True

    def delay(self, attempt: Attempt, jitter: Callable[[], float]) -> timedelta | None:
        """
        Decide how long to wait before the next attempt.

        Args:
            attempt: The attempt that just failed.
            jitter: Source of random numbers in [0, 1).

        Returns:
            A wait in [0, 66] seconds, or None when the call must not be repeated: the table forbids it, the body is
            spent, the retries are used up, or the server asks to wait for over 60 s.
        """
        if not TABLE[self.repeatability, attempt.failure].repeat or not self.replayable or self._spent(attempt):
            return None
        if attempt.retry_after is None or (attempt.failure.is_refusal and not attempt.retry_after):
            ceiling = min(FIRST_BACKOFF * (1 << min(attempt.number - 1, 10)), LONGEST_BACKOFF)
            return ceiling * (0.5 + jitter() / 2)
        if attempt.retry_after > LONGEST_WAIT:
            return None
        # Up to a tenth on top, so that callers who were refused together do not come back together.
        return attempt.retry_after * (1 + jitter() / 10)

    def _spent(self, attempt: Attempt) -> bool:
        if attempt.failure.is_refusal:
            return attempt.refusals > self.max_retries * REFUSALS_PER_RETRY
        return attempt.number - attempt.refusals > self.max_retries


def shared_wait(asked: timedelta | None) -> timedelta:
    """
    Return how long all who share an endpoint wait after a refusal, of which zero would bring the next one.

    Args:
        asked: The wait the server asked for; None if it did not.
    """
    return asked or UNTOLD_WAIT


def is_too_long(held_back: float) -> bool:
    """
    Whether those who share an endpoint raise instead of waiting after a refusal.

    Args:
        held_back: The seconds for which the refusal holds them back. The longest window that ImageKit is known to count
            in is 15 minutes; a quota of a month, or a header that means something else, must not stop a program.
    """
    return held_back > LONGEST_SHARED_WAIT.total_seconds()


def retry_after(status_code: int, headers: Mapping[str, str], now: datetime | None = None) -> timedelta | None:
    """
    Return the wait that the server asks for.

    Args:
        status_code: HTTP status. Other answers than 429 may describe the window too, but do not ask to wait for its
            end.
        headers: Response headers, case-insensitive. `X-RateLimit-Reset` (milliseconds) comes before `Retry-After` (RFC
            9110, section 10.2.3: seconds or an HTTP date).
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
    date = date if date.tzinfo is not None else date.replace(tzinfo=UTC)
    return max(date - (now or datetime.now(UTC)), timedelta(0))
