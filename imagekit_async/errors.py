"""
Everything the SDK raises on purpose.

```
ImageKitError
+- ConfigurationError                 the client cannot be built from what it was given
+- ClientClosedError                  the client was closed, or belongs to another event loop
+- InvalidSignatureError              a delivery URL is not signed, or not with this key
+- ExpiredSignatureError              the signature of a delivery URL is right, but its time is over
+- WebhookVerificationError           a webhook is not what ImageKit sent, or not any more
|  +- WebhookHeaderError              a header of the signature is missing
|  +- WebhookTimestampError           the time of sending cannot be read
|  +- WebhookTooOldError              it was sent too long ago
|  +- WebhookTooNewError              it was sent too far in the future
|  +- WebhookSignatureError           no signature fits the body and the secret
|  +- WebhookPayloadError             the body is no JSON object
+- JobFailedError                     something that was waited for failed
|  +- WaitTimeoutError                ... or took too long
+- APIError                           a call failed
   +- APIConnectionError              no complete answer came
   |  +- APITimeoutError              ... in time
   |  |  +- DeadlineExceededError     ... before the deadline of the call
   |  +- UploadOutcomeUnknownError    ... and an upload may or may not have been stored
   |     +- UploadServerError         ... as the answer was 500 or above (an InternalServerError as well)
   +- APIResponseValidationError      a success answer that is not what the API documents
   +- APIStatusError                  an answer with a status other than 2xx
      +- BadRequestError              400
      +- AuthenticationError          401
      +- PermissionDeniedError        403
      +- NotFoundError                404
      +- ConflictError                409
      +- UnprocessableEntityError     422
      +- LockedError                  423
      +- RateLimitError               429
      +- InternalServerError          500 and above
```

Names are those of the vendor's SDK where it has one. All of them pickle, compare by value and show no secret.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ._migration import missing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from ._response import RateLimit

__all__ = [
    "APIConnectionError",
    "APIError",
    "APIResponseValidationError",
    "APIStatusError",
    "APITimeoutError",
    "AuthenticationError",
    "BadRequestError",
    "ClientClosedError",
    "ConfigurationError",
    "ConflictError",
    "DeadlineExceededError",
    "ExpiredSignatureError",
    "ImageKitError",
    "InternalServerError",
    "InvalidSignatureError",
    "JobFailedError",
    "LockedError",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitError",
    "UnprocessableEntityError",
    "UploadOutcomeUnknownError",
    "UploadServerError",
    "WaitTimeoutError",
    "WebhookHeaderError",
    "WebhookPayloadError",
    "WebhookSignatureError",
    "WebhookTimestampError",
    "WebhookTooNewError",
    "WebhookTooOldError",
    "WebhookVerificationError",
]


class ImageKitError(Exception):
    """
    The root of every error of this package.

    Attributes:
        message: What went wrong.
    """

    message: str

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), self.message))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).__new__, (type(self), self.message), self.__dict__


class ConfigurationError(ImageKitError, ValueError):
    """
    The client cannot be built: an argument or environment variable is missing or unusable.
    """


class ClientClosedError(ImageKitError, RuntimeError):
    """
    The client cannot be used any more, or not from this event loop.
    """


class InvalidSignatureError(ImageKitError, ValueError):
    """
    A delivery URL carries no signature, or one that does not fit the URL and the key.
    """


class ExpiredSignatureError(ImageKitError, ValueError):
    """
    A delivery URL was signed with this key, for a time that is over.
    """


class WebhookVerificationError(ImageKitError, ValueError):
    """
    A webhook must not be trusted; the subclass tells why, the message shows neither secret nor signature.
    """


class WebhookHeaderError(WebhookVerificationError):
    """
    A header that the signature needs is missing or empty.
    """


class WebhookTimestampError(WebhookVerificationError):
    """
    The time of sending is missing or no whole number.
    """


class WebhookTooOldError(WebhookVerificationError):
    """
    The webhook was sent longer ago than the tolerance: it may be a repetition by a third party.
    """


class WebhookTooNewError(WebhookVerificationError):
    """
    The webhook was sent further in the future than the tolerance: a clock is wrong, or the time is forged.
    """


class WebhookSignatureError(WebhookVerificationError):
    """
    No signature of a known version fits: the body was changed, or the secret is another one.
    """


class WebhookPayloadError(WebhookVerificationError):
    """
    The body is no JSON object.
    """


class JobFailedError(ImageKitError):
    """
    Something that was waited for ended in failure.

    Attributes:
        value: The answer that said so.
    """

    value: object

    def __init__(self, message: str, *, value: object) -> None:
        super().__init__(message)
        self.value = value


class WaitTimeoutError(JobFailedError):
    """
    Something that was waited for is still pending at the deadline.
    """


class APIError(ImageKitError):
    """
    A call failed.

    Attributes:
        method: HTTP method of the call.
        path: Path of the call, without host and query.
        attempts: How many times the request was tried, the last one included.
        request_id: ImageKit's id of the request (header `x-ik-requestId`), to be quoted to its support; None if no
            answer came.
    """

    method: str
    path: str
    attempts: int
    request_id: str | None

    def __init__(
        self, message: str, *, method: str, path: str, attempts: int = 1, request_id: str | None = None
    ) -> None:
        super().__init__(message)
        self.method = method
        self.path = path
        self.attempts = attempts
        self.request_id = request_id

    def __str__(self) -> str:
        tried = f", {self.attempts} attempts" if self.attempts > 1 else ""
        request = f", request id {self.request_id}" if self.request_id else ""
        return f"{self.message} ({self.method} {self.path}{request}{tried})"

    if not TYPE_CHECKING:  # pragma: no branch
        # Hidden from type checkers, to which it would make every misspelt name look right.

        def __getattr__(self, name: str) -> Any:
            raise missing("error", self, name)


class APIConnectionError(APIError):
    """
    No complete answer came: the connection failed, was cut, or spoke no proper HTTP.

    Attributes:
        request_sent: False when the request certainly did not reach the server; True when it may have been executed.
    """

    request_sent: bool

    def __init__(self, message: str, *, request_sent: bool, **context: Any) -> None:
        super().__init__(message, **context)
        self.request_sent = request_sent


class APITimeoutError(APIConnectionError):
    """
    The connection or the answer did not come within the timeout.
    """


class DeadlineExceededError(APITimeoutError):
    """
    The deadline of the call came, or a wait was not begun because it could not have ended before it.

    Attributes:
        retry_after: How long the wait would have lasted at least; None if it was no wait that was cut off.
    """

    retry_after: timedelta | None

    def __init__(self, message: str, *, retry_after: timedelta | None, **context: Any) -> None:
        super().__init__(message, **context)
        self.retry_after = retry_after


class UploadOutcomeUnknownError(APIConnectionError):
    """
    An upload failed after it had begun: the file may or may not have been stored.

    It was cut off, it was not answered in time, or the answer was 5xx (then it is an `UploadServerError`). `__cause__`
    is the error of the last answer if that says nothing: after 408, or if an attempt before it may have been stored.

    It is not repeated, since that could store the file twice. Look for it before uploading it again: in the folder, by
    the name it is stored under and a time of creation from `since` on, or by a tag of its own that it was given.

    Attributes:
        file_name: The name asked for. Other characters than letters, digits, dots, underscores and hyphens are stored
            as underscores, and ImageKit adds a random suffix unless `use_unique_file_name=False`.
        folder: The folder asked for, stored with underscores likewise; None when none was given (the root).
        since: When the upload began, by this machine's clock.
        timed_out: True when the cause was a timeout or the deadline.
    """

    file_name: str | None
    folder: str | None
    since: datetime
    timed_out: bool

    def __init__(
        self,
        message: str,
        *,
        file_name: str | None,
        folder: str | None,
        since: datetime,
        timed_out: bool,
        **context: Any,
    ) -> None:
        super().__init__(message, request_sent=True, **context)
        self.file_name = file_name
        self.folder = folder
        self.since = since
        self.timed_out = timed_out


class APIResponseValidationError(APIError):
    """
    The call succeeded, but its body cannot be read as what the API documents.

    Attributes:
        status_code: The HTTP status.
        body: The body as text; empty if it was too large or could not be decoded.
    """

    status_code: int
    body: str

    def __init__(self, message: str, *, status_code: int, body: str, **context: Any) -> None:
        super().__init__(message, **context)
        self.status_code = status_code
        self.body = body


class APIStatusError(APIError):
    """
    ImageKit answered with a status other than 2xx.

    Attributes:
        status_code: The HTTP status.
        body: The parsed JSON body; its text when it is no JSON; None when it is empty.
        help: ImageKit's hint on getting support; None if absent.
        reason: ImageKit's machine-readable cause, in capitals; None if absent.
        rate_limit: The limits that the answer reported; None if it reported none.
        retry_after: How long the server asks to wait before calling again; None if it does not say.
    """

    status_code: int
    body: Any
    help: str | None
    reason: str | None
    rate_limit: RateLimit | None
    retry_after: timedelta | None

    def __init__(
        self,
        message: str,
        *,
        status_code: int,
        body: Any = None,
        rate_limit: RateLimit | None = None,
        retry_after: timedelta | None = None,
        **context: Any,
    ) -> None:
        super().__init__(message, **context)
        self.status_code = status_code
        self.body = body
        self.help = text_in(body, "help")
        self.reason = text_in(body, "reason")
        self.rate_limit = rate_limit
        self.retry_after = retry_after

    def __str__(self) -> str:
        return f"{self.status_code}: {super().__str__()}"


def text_in(body: Any, key: str) -> str | None:
    """
    Return the text that a body has under a key; None if the body is no JSON object or has none.
    """
    value = cast("Mapping[str, Any]", body).get(key) if isinstance(body, dict) else None
    return value if isinstance(value, str) else None


class BadRequestError(APIStatusError):
    """
    400: a parameter is missing or invalid, or the operation is not possible.
    """


class AuthenticationError(APIStatusError):
    """
    401: the request carried no credentials.
    """


class PermissionDeniedError(APIStatusError):
    """
    403: the key is unknown, expired or lacks the permission, or the account is switched off.
    """


class NotFoundError(APIStatusError):
    """
    404: the file, folder, job or other object does not exist.
    """


class ConflictError(APIStatusError):
    """
    409: the name is taken, or the object is in use.
    """


class UnprocessableEntityError(APIStatusError):
    """
    422: the request is well-formed but cannot be processed.
    """


class LockedError(APIStatusError):
    """
    423: another bulk job is working on the folder; try again when it is done.
    """


class RateLimitError(APIStatusError):
    """
    429: the account's limit for this endpoint is used up; `retry_after` says for how long.

    With 0 attempts the call was not sent, since another one was refused for more than 15 minutes.
    """


class InternalServerError(APIStatusError):
    """
    500 and above: ImageKit or something in front of it failed.
    """


class UploadServerError(UploadOutcomeUnknownError, InternalServerError):
    """
    An upload was answered with 500 or above: the file may have been stored all the same.
    """


_BY_STATUS: dict[int, type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: UnprocessableEntityError,
    423: LockedError,
    429: RateLimitError,
}


def status_error(status_code: int) -> type[APIStatusError]:
    """
    Return the class that stands for a status: its own, else `InternalServerError` from 500 on, else `APIStatusError`.
    """
    if status_code >= 500:
        return InternalServerError
    return _BY_STATUS.get(status_code, APIStatusError)
