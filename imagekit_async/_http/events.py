"""
What hooks and `capture_calls` receive: values of what happens during calls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from datetime import timedelta

    from .._response import RateLimit


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
