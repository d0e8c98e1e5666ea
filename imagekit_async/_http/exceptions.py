"""
Every error of a call is made here, with its final text.

`call_error` is the only entry point for a call that failed: it knows how the call ended and what is known about its
attempts.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import httpx

from .._redaction import Redactor
from .._response import RateLimit
from ..errors import (
    APIConnectionError,
    APIError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    ClientClosedError,
    DeadlineExceededError,
    InternalServerError,
    RateLimitError,
    UploadOutcomeUnknownError,
    UploadServerError,
    status_error,
    text_in,
)
from .environment import PROXY
from .error_bodies import BODY_BYTES, REQUEST_ID, checked_request_id, parsed, summary
from .reading import UnreadableBodyError
from .retry import Failure, retry_after

if TYPE_CHECKING:
    from .call import Call, CallOptions
    from .run import Shared

# Characters of a text that others wrote.
_MESSAGE_LENGTH = 2_000
_REFUSED_KEY = re.compile("authenticat|api key", re.IGNORECASE)
_NO_CREDENTIALS = re.compile("407|authentication", re.IGNORECASE)
_PROXY_CREDENTIALS = "; check user name and password in the URL of the proxy (HTTP_PROXY, HTTPS_PROXY or ALL_PROXY)"
_EARLIER = "; an earlier attempt may have succeeded"
_UNKNOWN = "; the file may or may not have been stored"
_SPENT = "; not retried because the source can be read only once"


# Not frozen: one is created for each attempt, and a frozen one costs four times as much.
@attrs.define(eq=False, repr=False)
class Outcome:
    """
    What came of one attempt.

    Attributes:
        failure: How it failed; None if it succeeded.
        response: The response; None if no complete one came.
        request: The request; None if a response came.
        cause: The exception that made it fail; None if the status did.
        retry_after: How long the server asks to wait; None if it does not.
        spent: True if it is not retried only because the source can be read only once.
    """

    failure: Failure | None
    response: httpx.Response | None = None
    request: httpx.Request | None = None
    cause: Exception | None = None
    retry_after: timedelta | None = None
    spent: bool = False


@attrs.frozen(eq=False, repr=False)
class TooLate:
    """
    The deadline came, or a wait could not end before it.

    Attributes:
        doing: What the call was doing, e.g. `waiting to retry`.
        wait: How long the wait would have lasted at least; None if the deadline came.
        after: The failed attempt that the call would have retried, if any.
    """

    doing: str
    wait: timedelta | None = None
    after: Outcome | None = None


@attrs.frozen(eq=False, repr=False)
class HeldBack:
    """
    Another call was refused, for longer than a call waits.

    Attributes:
        wait: How long the endpoint is held back.
    """

    wait: timedelta


Ending: TypeAlias = Outcome | TooLate | HeldBack | Exception


class CallEnded(Exception):
    """
    Raised anywhere in a call to end it; never leaves the call, because `call_error` turns the ending into an error.
    """

    def __init__(self, ending: Outcome | TooLate | HeldBack) -> None:
        super().__init__(ending)
        self.ending = ending


@attrs.frozen(eq=False, repr=False)
class Facts:
    """
    What is known about a call when it ends.

    Attributes:
        call: The call.
        shared: What all calls of the client share.
        options: The caller's options.
        attempts: Attempts made, the last one included.
        since: When the call began, by this machine's clock.
        uncertain: Whether an attempt before the last may have been executed.
        in_flight: Whether an attempt that was cut off may have been executed.
    """

    call: Call[Any]
    shared: Shared
    options: CallOptions
    attempts: int
    since: datetime
    uncertain: bool = False
    in_flight: bool = False

    @property
    def context(self) -> dict[str, Any]:
        """
        Return the arguments that every `APIError` takes.
        """
        return {"method": self.call.operation.method, "path": self.redactor(self.call.path), "attempts": self.attempts}

    def checked_request_id(self, given: str | None) -> str | None:
        """
        Return the id if it is one.
        """
        return checked_request_id(given, self.shared.settings.private_key)

    @property
    def redactor(self) -> Redactor:
        """
        Return what removes the credentials of this call from texts.
        """
        call, settings = self.call, self.shared.settings
        headers = {**settings.default_headers, **(self.options.extra_headers or {})}
        lines = [f"{name}: {value}" for name, value in headers.items()]
        form = [] if call.form is None else [dict(call.form.fields), call.form.file]
        sent = [headers, *lines, call.path, call.query, call.json, *form]
        return Redactor(settings.private_key, settings.webhook_secret, sent=sent)


def call_error(ending: Ending, facts: Facts) -> Exception:
    """
    Return the error that a call raises, with its cause.

    An upload that any attempt may have stored gives an `UploadOutcomeUnknownError`, whatever ended the call. The error
    of another write says that an earlier attempt may have succeeded. An exception of the caller's own is returned as it
    is if nothing was executed.
    """
    if facts.call.form is not None and (facts.uncertain or facts.in_flight or _leaves_doubt(ending)):
        return _unknown_outcome(ending, facts)
    return _error(ending, facts, _EARLIER if facts.uncertain and not facts.call.operation.only_reads else "")


def attempt_error(outcome: Outcome, facts: Facts, note: str = "") -> APIError:
    """
    Return the error of one failed attempt, with the note at the end of its text.
    """
    note = f"{_SPENT if outcome.spent else ''}{note}"
    if isinstance(outcome.cause, UnreadableBodyError):
        return _unreadable(outcome.cause, facts, note)
    if outcome.response is not None:
        return response_error(outcome.response, facts, note)
    return connection_error(outcome, facts, note)


def connection_error(outcome: Outcome, facts: Facts, note: str = "") -> APIConnectionError:
    """
    Return the error of an attempt without a complete response; what the transport raised is its cause.
    """
    raised, redactor = outcome.cause, facts.redactor
    kind = APITimeoutError if isinstance(raised, httpx.TimeoutException | TimeoutError) else APIConnectionError
    what = "No response in time from" if kind is APITimeoutError else "Connection failed to"
    detail = str(raised) or type(raised).__name__
    if not isinstance(raised, httpx.RequestError):
        what, detail = "The transport failed for", _named(raised)
    route = "the server" if outcome.request is None else _route(outcome.request)
    sent = facts.uncertain or (outcome.failure is not None and outcome.failure.maybe_executed)
    detail = redactor.cut(detail, _MESSAGE_LENGTH)
    if isinstance(raised, httpx.ProxyError) and _NO_CREDENTIALS.search(detail):
        detail = f"{detail}{_PROXY_CREDENTIALS}"
    error = kind(f"{what} {route}: {detail}{note}", request_sent=sent, **facts.context)
    error.__cause__ = _clean(raised, redactor)
    return error


def _clean(raised: BaseException | None, redactor: Redactor) -> BaseException | None:
    # A traceback shows the text of a cause and of what it came from. Our message already has what can be shown.
    seen, link = list[BaseException](), raised
    while link is not None and link not in seen:
        seen.append(link)
        if any(redactor(text) != text for text in (str(link), repr(link))):
            return None
        link = link.__cause__ or link.__context__
    return raised


def _route(request: httpx.Request) -> str:
    url, proxy = request.url, request.extensions.get(PROXY)
    port = url.port or (443 if url.scheme == "https" else 80)
    host = f"[{url.host}]" if ":" in url.host else url.host
    return f"{host}:{port}{f' through proxy {proxy}' if proxy else ''}"


def response_error(response: httpx.Response, facts: Facts, note: str = "") -> APIStatusError:
    """
    Return the error of a response with a status other than 2xx, whatever its body looks like.
    """
    redactor = facts.redactor
    body = parsed(response, redactor)
    message = redactor.cut(text_in(body, "message") or summary(response, body, redactor), _MESSAGE_LENGTH)
    if response.status_code == 403 and _REFUSED_KEY.search(message):
        message = f"{message.rstrip('.')}; check private_key (environment variable IMAGEKIT_PRIVATE_KEY)"
    if response.status_code == 407:
        message = f"{message.rstrip('.')}{_PROXY_CREDENTIALS}"
    return status_error(response.status_code)(
        f"{message}{note}",
        status_code=response.status_code,
        body=body,
        rate_limit=RateLimit.from_headers(response.headers),
        retry_after=retry_after(response.status_code, response.headers),
        request_id=facts.checked_request_id(response.headers.get(REQUEST_ID)),
        **facts.context,
    )


def source_timeout(call: Call[Any], message: str) -> APITimeoutError:
    """
    Return the error of an upload whose source stalls before anything is sent.
    """
    return APITimeoutError(message, request_sent=False, method=call.operation.method, path=call.path, attempts=0)


def _leaves_doubt(ending: Ending) -> bool:
    # A 2xx with an unreadable body says that the file is stored.
    if not isinstance(ending, Outcome) or ending.failure is None or ending.failure is Failure.BROKEN_BODY:
        return False
    return ending.failure.maybe_executed


def _error(ending: Ending, facts: Facts, note: str) -> Exception:
    if isinstance(ending, Outcome):
        return attempt_error(ending, facts, note)
    if isinstance(ending, TooLate):
        late = DeadlineExceededError(
            f"Deadline exceeded while {ending.doing}{note}",
            retry_after=ending.wait,
            request_sent=facts.uncertain or facts.in_flight,
            **facts.context,
        )
        late.__cause__ = None if ending.after is None else attempt_error(ending.after, facts)
        return late
    if isinstance(ending, HeldBack):
        return RateLimitError(
            f"Not sent because the rate limit is used up for another {ending.wait.total_seconds():,.0f} s{note}",
            status_code=429,
            retry_after=ending.wait,
            **facts.context,
        )
    return _foreign(ending, facts, note) if note or facts.in_flight else ending


def _foreign(raised: Exception, facts: Facts, note: str) -> Exception:
    error: Exception
    redactor = facts.redactor
    if isinstance(raised, ClientClosedError):
        error = ClientClosedError(f"{raised.message}{note}")
    else:
        text = redactor.cut(_named(raised), _MESSAGE_LENGTH)
        error = APIConnectionError(f"The call failed: {text}{note}", request_sent=True, **facts.context)
    error.__cause__ = _clean(raised, redactor)
    return error


def _unreadable(raised: UnreadableBodyError, facts: Facts, note: str) -> APIResponseValidationError:
    response, redactor = raised.response, facts.redactor
    problem = redactor.cut(str(raised), _MESSAGE_LENGTH)
    return APIResponseValidationError(
        f"{response.status_code} with a body that is {problem}{note}",
        status_code=response.status_code,
        body=redactor.cut(raised.body, BODY_BYTES),
        request_id=facts.checked_request_id(response.headers.get(REQUEST_ID)),
        **facts.context,
    )


def _unknown_outcome(ending: Ending, facts: Facts) -> UploadOutcomeUnknownError:
    other, redactor = _error(ending, facts, ""), facts.redactor
    fields = dict(facts.call.form.fields) if facts.call.form else {}
    kind: type[UploadOutcomeUnknownError] = UploadOutcomeUnknownError
    known: dict[str, Any] = {}
    if isinstance(other, InternalServerError):
        kind = UploadServerError
        known = {name: getattr(other, name) for name in ("status_code", "body", "rate_limit", "retry_after")}
    if isinstance(other, APIError | ClientClosedError):
        message = other.message
    else:
        message = f"The call failed: {redactor.cut(_named(other), _MESSAGE_LENGTH)}"
    error = kind(
        f"{message}{_UNKNOWN}",
        file_name=fields.get("fileName"),
        folder=fields.get("folder"),
        since=facts.since,
        timed_out=isinstance(other, APITimeoutError),
        request_id=other.request_id if isinstance(other, APIError) else None,
        **known,
        **facts.context,
    )
    cause = ending.cause if isinstance(ending, Outcome) else None
    error.__cause__ = _clean(other if isinstance(cause, UnreadableBodyError) else cause or other, redactor)
    return error


def _named(raised: BaseException | None) -> str:
    return f"{type(raised).__name__}: {raised}" if str(raised) else type(raised).__name__
