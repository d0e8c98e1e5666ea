"""
Every error that the SDK raises on purpose.

```
ImageKitError
+- ConfigurationError                 the client cannot be built from its arguments
+- ClientClosedError                  the client is closed, or belongs to another event loop
+- RateLimitStoreError                the store that keeps the rate limits does not respond
+- InvalidSignatureError              a delivery URL is not signed, or not with this key
+- ExpiredSignatureError              the signature of a delivery URL is valid but has expired
+- WebhookVerificationError           a webhook is not from ImageKit, or is too old
|  +- WebhookHeaderError              a header of the signature is missing
|  +- WebhookTimestampError           the time it was sent cannot be read
|  +- WebhookTooOldError              it was sent too long ago
|  +- WebhookTooNewError              it was sent too far in the future
|  +- WebhookSignatureError           no signature matches the body and the secret
|  +- WebhookPayloadError             the body is not a JSON object
+- TransferError                      a transfer was refused, or a file of it failed
+- MissingFieldError                  a model lacks a field that is documented as always present
+- JobFailedError                     a job that `wait` waited for failed
+- WaitTimeoutError                   a job that `wait` waited for was not done in time
+- APIError                           a call failed
   +- APIConnectionError              no complete response came
   |  +- APITimeoutError              ... in time
   |  |  +- DeadlineExceededError     ... before the deadline of the call
   |  +- UploadOutcomeUnknownError    ... and the upload may or may not have been stored
   |     +- UploadServerError         ... because the status was 500 or above (an InternalServerError as well)
   +- APIResponseValidationError      a successful response that is not what the API documents
   +- APIStatusError                  a response with a status other than 2xx
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

`UploadServerError` has two bases. A response came, so it is an `InternalServerError`; but a 5xx does not say whether
the file was stored, so code that catches `UploadOutcomeUnknownError` must catch it too. The tree shows it there.

Names are those of the vendor's SDK where it has one. All errors pickle, compare by value and show no secret. They are
in one module, over the limit of 350 lines, because the tree is read as a whole.
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
    "MissingFieldError",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitError",
    "RateLimitStoreError",
    "TransferError",
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
    The base of every error of this package.

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
    The client cannot be built: an argument or environment variable is missing or not valid.
    """


class ClientClosedError(ImageKitError, RuntimeError):
    """
    The client is closed, or cannot be used from this event loop.
    """


class RateLimitStoreError(ImageKitError, RuntimeError):
    """
    The store that keeps the rate limits of several processes does not respond, so no request may be sent.
    """


class InvalidSignatureError(ImageKitError, ValueError):
    """
    A delivery URL has no signature, or one that does not match the URL and the key.
    """


class ExpiredSignatureError(ImageKitError, ValueError):
    """
    A delivery URL was signed with this key, but the signature has expired.
    """


class WebhookVerificationError(ImageKitError, ValueError):
    """
    A webhook must not be trusted; the subclass says why, and the message shows neither secret nor signature.
    """


class WebhookHeaderError(WebhookVerificationError):
    """
    A header that the signature needs is missing or empty.
    """


class WebhookTimestampError(WebhookVerificationError):
    """
    The time it was sent is missing or not a whole number.
    """


class WebhookTooOldError(WebhookVerificationError):
    """
    The webhook was sent longer ago than the tolerance allows: a third party may be replaying it.
    """


class WebhookTooNewError(WebhookVerificationError):
    """
    The webhook was sent further in the future than the tolerance allows: a clock is wrong, or the time is forged.
    """


class WebhookSignatureError(WebhookVerificationError):
    """
    No signature of a known version matches: the body was changed, or the secret is wrong.
    """


class WebhookPayloadError(WebhookVerificationError):
    """
    The body is not a JSON object.
    """


class MissingFieldError(ImageKitError, AttributeError):
    """
    A model has no value for a field that is documented as always present. Reading its other fields works.
    """


class JobFailedError(ImageKitError):
    """
    A job or purge that `wait` waited for failed.

    Attributes:
        value: The response that reported it.
    """

    value: object

    def __init__(self, message: str, *, value: object) -> None:
        super().__init__(message)
        self.value = value


class WaitTimeoutError(ImageKitError):
    """
    A job or purge that `wait` waited for is still pending at the deadline.

    Attributes:
        value: The last response; None if none came.
    """

    value: object

    def __init__(self, message: str, *, value: object) -> None:
        super().__init__(message)
        self.value = value


class TransferError(ImageKitError):
    """
    A transfer was refused before it changed anything, or one of its files cannot be transferred.
    """


class APIError(ImageKitError):
    """
    A call failed.

    Attributes:
        method: HTTP method of the call.
        path: Path of the call, without host and query.
        attempts: How many attempts were made, the last one included.
        request_id: ImageKit's id of the request (header `x-ik-requestId`), which its support asks for; None if no
            response came.
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
    No complete response came: the connection failed, was cut, or did not follow HTTP, or the transport failed.

    `__cause__` is what the transport raised.

    Attributes:
        request_sent: False if the request certainly did not reach the server; True if it may have been executed.
    """

    request_sent: bool

    def __init__(self, message: str, *, request_sent: bool, **context: Any) -> None:
        super().__init__(message, **context)
        self.request_sent = request_sent


class APITimeoutError(APIConnectionError):
    """
    The connection or the response did not come within the timeout.
    """


class DeadlineExceededError(APITimeoutError):
    """
    The deadline of the call passed, or a wait was not started because it could not end before the deadline.

    Attributes:
        retry_after: How long the wait would have lasted at least; None if the deadline passed.
    """

    retry_after: timedelta | None

    def __init__(self, message: str, *, retry_after: timedelta | None, **context: Any) -> None:
        super().__init__(message, **context)
        self.retry_after = retry_after


class UploadOutcomeUnknownError(APIConnectionError):
    """
    An upload failed after it started: the file may or may not have been stored.

    It was cut off, no response came in time, or the response was 408 or 5xx (for 5xx it is an `UploadServerError`); or
    that is true of an earlier attempt, whatever ended the call. `__cause__` is the exception that ended it.

    It is not retried, because that could store the file twice. Look for the file before uploading it again: in the
    folder, by the name it is stored under and a time of creation from `since` on, or by a unique tag that you gave it.

    Attributes:
        file_name: The name asked for. Characters other than letters, digits, dots, underscores and hyphens are stored
            as underscores, and ImageKit adds a random suffix unless `use_unique_file_name=False`.
        folder: The folder asked for, stored with underscores likewise; None if none was given (the root).
        since: When the upload started, by this machine's clock.
        timed_out: True if a timeout or the deadline ended the call.
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
    The call succeeded, but the body of its response is not what the API documents.

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
    ImageKit responded with a status other than 2xx.

    Attributes:
        status_code: The HTTP status.
        body: The parsed JSON body; its text if it is not JSON; None if it is empty.
        help: ImageKit's hint on getting support; None if absent.
        reason: ImageKit's machine-readable cause, in capitals; None if absent.
        rate_limit: The limits that the response reported; None if it reported none.
        retry_after: How long the server asks to wait before the next call; None if it does not.
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
    Return the text under a key of a body; None if the body is not a JSON object or has no such text.
    """
    value = cast("Mapping[str, Any]", body).get(key) if isinstance(body, dict) else None
    return value if isinstance(value, str) else None


class BadRequestError(APIStatusError):
    """
    400: a parameter is missing or invalid, or the operation is not possible.
    """


class AuthenticationError(APIStatusError):
    """
    401: the request had no credentials.
    """


class PermissionDeniedError(APIStatusError):
    """
    403: the key is unknown, expired or lacks the permission, or the account is disabled.
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
    423: another bulk job is working on the folder; retry when it is done.
    """


class RateLimitError(APIStatusError):
    """
    429: the account's limit for this endpoint is used up; `retry_after` says for how long.

    With 0 attempts the call was not sent, because another one was refused for more than 15 minutes.
    """


class InternalServerError(APIStatusError):
    """
    500 and above: ImageKit or a gateway in front of it failed.
    """


class UploadServerError(UploadOutcomeUnknownError, InternalServerError):
    """
    The response to an upload was 500 or above: the file may or may not have been stored.
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
    Return the class for a status: its own, else `InternalServerError` for 500 and above, else `APIStatusError`.
    """
    if status_code >= 500:
        return InternalServerError
    return _BY_STATUS.get(status_code, APIStatusError)
