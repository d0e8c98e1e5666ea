"""
Whether a failed attempt is retried, and after what wait: one table and plain functions over values.

The table is code, documentation (docs/explanation/retries.md is printed from it) and test data at once.
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
REFUSALS_PER_RETRY = 5


class Repeatability(Enum):
    """
    What executing a call twice does.
    """

    READ = "reads only"
    HARMLESS = "a write that is safe to repeat (idempotent, declared so by the caller, or an upload over a fixed name)"
    HARMFUL = "a write that is not safe to repeat (an upload, a copy, a purge, most creations, any use of an extension)"


class Failure(Enum):
    """
    How an attempt failed.
    """

    REFUSED_CONNECTION = "no connection could be made"
    BAD_CERTIFICATE = "the server's certificate was not accepted"
    UNSENDABLE = "the transport cannot send the request"
    NOTHING_SENT = "the connection failed before the request was sent"
    PARTLY_SENT = "the connection failed while the request was sent"
    NO_RESPONSE = "the request was sent and no complete response came"
    FOREIGN_EXCEPTION = "the transport raised its own exception"
    TIMEOUT_408 = "408: the server gave up waiting for the request"
    CONFLICT_409 = "409: the name is taken or the object in use"
    LOCKED_423 = "423: another job works on the folder"
    RATE_LIMITED_429 = "429: the rate limit is used up"
    SERVER_ERROR_5XX = "5xx: the server or a gateway in front of it failed"
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
        Whether the request may have been executed anyway.
        """
        return self in _UNCERTAIN or self is Failure.FOREIGN_EXCEPTION


@attrs.frozen(eq=False, repr=False)
class Rule:
    """
    One cell of the table.
    """

    retry: bool
    why: str


_ALWAYS = {
    Failure.REFUSED_CONNECTION: Rule(True, "nothing reached the server"),
    Failure.BAD_CERTIFICATE: Rule(False, "the next handshake would fail as well"),
    Failure.UNSENDABLE: Rule(False, "the next attempt would fail as well"),
    Failure.NOTHING_SENT: Rule(True, "nothing reached the server"),
    Failure.FOREIGN_EXCEPTION: Rule(False, "likely a defect, not a passing failure"),
    Failure.CONFLICT_409: Rule(False, "the same request meets the same conflict"),
    Failure.LOCKED_423: Rule(True, "not executed, and the lock is temporary"),
    Failure.RATE_LIMITED_429: Rule(True, "not executed, and the server says when to retry"),
    Failure.FINAL_STATUS: Rule(False, "the same request gets the same response"),
}
_UNCERTAIN = (
    Failure.PARTLY_SENT,
    Failure.NO_RESPONSE,
    Failure.TIMEOUT_408,
    Failure.SERVER_ERROR_5XX,
    Failure.BROKEN_BODY,
)
_IF_UNCERTAIN = {
    repeatability: Rule(repeatability is not Repeatability.HARMFUL, "it may have been executed")
    for repeatability in Repeatability
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
    Return what a status other than 2xx says about the attempt.
    """
    known = {
        408: Failure.TIMEOUT_408,
        409: Failure.CONFLICT_409,
        423: Failure.LOCKED_423,
        429: Failure.RATE_LIMITED_429,
    }
    return Failure.SERVER_ERROR_5XX if status_code >= 500 else known.get(status_code, Failure.FINAL_STATUS)


@attrs.frozen(eq=False, repr=False)
class RetryPolicy:
    """
    When a call may be retried.

    Attributes:
        max_retries: Retries after the first attempt. Refusals with 429 have a limit of their own, five times as high.
        repeatability: What executing the call twice does.
    """

    max_retries: int
    repeatability: Repeatability

    def delay(
        self,
        failure: Failure,
        *,
        attempts: int,
        refusals: int,
        retry_after: timedelta | None,
        jitter: Callable[[], float],
    ) -> timedelta | None:
        """
        Return how long to wait before the next attempt, or None to give up.

        Args:
            failure: How the last attempt failed.
            attempts: Attempts made so far, the last one included; at least 1.
            refusals: How many of them were refused with 429, the last one included.
            retry_after: The wait that the server asked for; None if it did not.
            jitter: Source of random numbers in [0, 1).

        Returns:
            A wait of 0 to 66 seconds, or None if the table forbids a retry, the retries are used up, or the server
            asks for a wait of over 60 s.
        """
        if not TABLE[self.repeatability, failure].retry:
            return None
        used = refusals if failure.is_refusal else attempts - refusals
        if used > self.max_retries * (REFUSALS_PER_RETRY if failure.is_refusal else 1):
            return None
        if retry_after is None or (failure.is_refusal and not retry_after):
            ceiling = min(FIRST_BACKOFF * (1 << min(attempts - 1, 10)), LONGEST_BACKOFF)
            return ceiling * (0.5 + jitter() / 2)
        if retry_after > LONGEST_WAIT:
            return None
        # Up to a tenth more, so that callers refused together do not return together.
        return retry_after * (1 + jitter() / 10)


def retry_after(status_code: int, headers: Mapping[str, str], now: datetime | None = None) -> timedelta | None:
    """
    Return the wait that the server asks for.

    Args:
        status_code: HTTP status. Responses other than 429 may describe the window too, but do not ask to wait for its
            end.
        headers: Response headers, case-insensitive. `X-RateLimit-Reset` (milliseconds) takes precedence over
            `Retry-After` (RFC 9110, section 10.2.3: seconds or an HTTP date).
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
