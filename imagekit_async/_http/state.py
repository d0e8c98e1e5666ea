"""
How far a call has come, and what that means for whoever observes it or catches its error.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import anyio
import attrs

from .._response import RateLimit
from ..errors import (
    APIConnectionError,
    APITimeoutError,
    InternalServerError,
    RateLimitError,
    UploadOutcomeUnknownError,
    UploadServerError,
)
from .events import CallRecord, RequestEvent, ResponseEvent
from .retry import classify_status

if TYPE_CHECKING:
    import httpx

    from ..errors import APIError, APIStatusError
    from .call import Call
    from .deadline import Deadline
    from .events import Span
    from .exceptions import Stage
    from .retry import Failure


class AttemptFailedError(Exception):
    """
    An attempt failed; `__cause__` is what httpx raised, if it did.
    """

    def __init__(self, failure: Failure, error: APIError) -> None:
        super().__init__(error)
        self.failure = failure
        self.error = error


@attrs.define
class CallState:
    """
    How far a call has come.

    Attributes:
        call: The call.
        started: The event loop's time at its start.
        since: The clock's time at its start.
        deadline: When it must be over.
        span: Who observes it, if anybody does.
        attempts: Attempts begun.
        refusals: How many of them were refused with 429.
        maybe_executed: Whether an attempt that failed may have been executed all the same.
        stage: How far the request under way got; None between attempts.
        response: The last answer, if any came.
        request_id: Its request id, if it had one.
        rate_limit: The limits that it reported, if it reported any.
    """

    call: Call[Any]
    started: float
    since: datetime
    deadline: Deadline
    span: Span | None = None
    attempts: int = 0
    refusals: int = 0
    maybe_executed: bool = False
    stage: Stage | None = None
    response: httpx.Response | None = None
    request_id: str | None = None
    rate_limit: RateLimit | None = None

    def answered(self, response: httpx.Response) -> httpx.Response:
        """
        Note an answer, whatever its status, and return it.
        """
        self.response = response
        self.request_id = response.headers.get("x-ik-requestid")
        self.rate_limit = RateLimit.from_headers(response.headers)
        return response

    def failed(self, failure: Failure) -> None:
        """
        Note that an attempt failed.
        """
        self.refusals += failure.is_refusal
        self.maybe_executed = self.maybe_executed or failure.maybe_executed

    def event(self) -> RequestEvent:
        """
        Return the event for the attempt under way.
        """
        operation = self.call.operation
        return RequestEvent(operation.name, operation.method, self.call.path, self.attempts)

    def ended(self, event: RequestEvent, started: float, error: BaseException | None) -> ResponseEvent:
        """
        Return the event for an attempt that is over.
        """
        response = self.response if error is None else None
        return ResponseEvent(
            request=event,
            status_code=None if response is None else response.status_code,
            request_id=None if response is None else self.request_id,
            duration=timedelta(seconds=anyio.current_time() - started),
            rate_limit=None if response is None else self.rate_limit,
            error=error.error if isinstance(error, AttemptFailedError) else error,
        )

    def record(self) -> CallRecord:
        """
        Return the record of the call, which is over.
        """
        operation = self.call.operation
        return CallRecord(
            operation=operation.name,
            method=operation.method,
            path=self.call.path,
            status_code=None if self.response is None else self.response.status_code,
            request_id=self.request_id,
            attempts=self.attempts,
            duration=timedelta(seconds=anyio.current_time() - self.started),
            rate_limit=self.rate_limit,
        )

    def time_is_up(self) -> APIConnectionError:
        """
        Return the error for a call that its deadline cut off.
        """
        sent = self.stage is not None and self.stage.maybe_sent
        why = "its turn" if self.stage is None else "an answer"
        return self.deadline.exceeded(why, attempts=self.attempts, request_sent=sent)

    def held_back(self, wait: timedelta) -> RateLimitError:
        """
        Return the error for a call that is not sent, since the server refused another one for too long.
        """
        return RateLimitError(
            f"not sent, as the rate limit is used up for another {wait.total_seconds():,.0f} s",
            status_code=429,
            retry_after=wait,
            method=self.call.operation.method,
            path=self.call.path,
            attempts=self.attempts,
        )

    def unanswered(self, error: APIConnectionError) -> APIConnectionError:
        """
        Return the error for a call that got no answer: one attempt that may have been executed decides, even if the
        last one was not.
        """
        error.request_sent = error.request_sent or self.maybe_executed
        return error if self.call.form is None or not error.request_sent else self.unknown_outcome(error)

    def done_before(self, error: APIStatusError) -> bool:
        """
        Return whether a DELETE that was repeated finds nothing left to delete.
        """
        return self.maybe_executed and self.call.operation.method == "DELETE" and error.status_code == 404

    def refused(self, error: APIStatusError) -> APIStatusError:
        """
        Return the error for a call whose last attempt was refused, which says nothing of those before it.
        """
        certain = not classify_status(error.status_code).maybe_executed
        if certain and self.maybe_executed and not self.call.operation.only_reads:
            error.message += "; an attempt before may have been executed all the same"
            error.args = (error.message,)
        return error

    def unknown_outcome(self, error: APIError) -> UploadOutcomeUnknownError:
        """
        Return the error for an upload that may have been stored.
        """
        fields = dict(self.call.form.fields) if self.call.form else {}
        kind: type[UploadOutcomeUnknownError] = UploadOutcomeUnknownError
        told: dict[str, Any] = {}
        if isinstance(error, InternalServerError):
            answer = ("status_code", "body", "rate_limit", "retry_after")
            kind, told = UploadServerError, {name: getattr(error, name) for name in answer}
        return kind(
            f"{error.message}; the upload may have been stored all the same",
            file_name=fields.get("fileName"),
            folder=fields.get("folder"),
            since=self.since,
            timed_out=isinstance(error, APITimeoutError),
            method=error.method,
            path=error.path,
            attempts=error.attempts,
            request_id=error.request_id,
            **told,
        )
