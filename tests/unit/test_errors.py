"""
The error tree: its shape, what each error carries, and that errors travel between processes.
"""

from __future__ import annotations

import copy
import pickle
import re
from datetime import UTC, datetime, timedelta

import pytest

from imagekit_async import RateLimit, errors

VENDOR_NAMES = {
    "APIConnectionError",
    "APIError",
    "APIResponseValidationError",
    "APIStatusError",
    "APITimeoutError",
    "AuthenticationError",
    "BadRequestError",
    "ConflictError",
    "ImageKitError",
    "InternalServerError",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitError",
    "UnprocessableEntityError",
}
CONTEXT = {"method": "GET", "path": "/v1/files", "attempts": 3, "request_id": "id-1"}


def example(kind: type[errors.ImageKitError], **context: object) -> errors.ImageKitError:
    """One error of the class, with every attribute set."""
    context = {**CONTEXT, **context}
    if issubclass(kind, errors.UploadOutcomeUnknownError):
        since = datetime(2026, 3, 1, tzinfo=UTC)
        context |= {"file_name": "a.png", "folder": "/b", "since": since, "timed_out": True}
    if issubclass(kind, errors.APIStatusError):
        body = {"message": "No.", "help": "Ask us.", "reason": "BECAUSE"}
        limit = RateLimit(limit=5, interval=timedelta(seconds=1), reset=timedelta(seconds=2))
        wait = timedelta(seconds=2)
        return kind("No.", status_code=418, body=body, rate_limit=limit, retry_after=wait, **context)
    if issubclass(kind, errors.APIResponseValidationError):
        return kind("Not JSON", status_code=200, body="<html>", **context)
    if issubclass(kind, errors.DeadlineExceededError):
        return kind("Late", retry_after=timedelta(seconds=2), request_sent=True, **context)
    if kind is errors.UploadOutcomeUnknownError:
        return kind("Cut", **context)
    if issubclass(kind, errors.APIConnectionError):
        return kind("Cut", request_sent=True, **context)
    if issubclass(kind, errors.JobFailedError | errors.WaitTimeoutError):
        return kind("Failed", value={"status": "Failed"})
    return kind("Broken", **context) if issubclass(kind, errors.APIError) else kind("Broken")


def defined() -> list[type[errors.ImageKitError]]:
    """All error classes of the module, in the order of their names."""
    return [getattr(errors, name) for name in errors.__all__]


def test_the_drawing_is_the_tree():
    """The tree at the top of the module shows every class under its parent."""
    lines = re.findall(r"^([| +-]*)(\w+Error)\b", errors.__doc__ or "", re.MULTILINE)
    drawn: dict[str, str] = {}
    line_of_depth: dict[int, str] = {}
    for indent, name in lines:
        line_of_depth[len(indent)] = name
        if indent:
            drawn[name] = line_of_depth[len(indent) - 3]

    # A base of C would be `__base__`.
    found = {kind.__name__: kind.__bases__[0].__name__ for kind in defined() if kind is not errors.ImageKitError}
    assert found == drawn


def test_names_are_the_vendors():
    """Migrating users find each error of the vendor's SDK under its name."""
    assert set() == VENDOR_NAMES - set(errors.__all__)


@pytest.mark.parametrize(("builtin", "name"), [(ValueError, "ConfigurationError"), (RuntimeError, "ClientClosedError")])
def test_misuse_is_a_builtin_error_too(builtin, name):
    """Wrong settings are a ValueError and use after closing is a RuntimeError."""
    assert issubclass(getattr(errors, name), builtin)


def test_classes_by_status():
    """A status has its own class, 500 and above share one, and the rest has the general one."""
    own = {
        400: "BadRequestError",
        401: "AuthenticationError",
        403: "PermissionDeniedError",
        404: "NotFoundError",
        409: "ConflictError",
        422: "UnprocessableEntityError",
        423: "LockedError",
        429: "RateLimitError",
    }
    expected = {status: own.get(status, "APIStatusError") for status in range(300, 500)}
    expected.update(dict.fromkeys(range(500, 1000), "InternalServerError"))

    assert expected == {status: errors.status_error(status).__name__ for status in expected}


@pytest.mark.parametrize("kind", defined())
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_errors_pickle(kind, protocol):
    """An error survives a process queue with all it carries."""
    error = example(kind)
    back = pickle.loads(pickle.dumps(error, protocol))

    assert (error, str(error), error.args, hash(error)) == (back, str(back), back.args, hash(back))
    assert vars(error) == vars(back)


@pytest.mark.parametrize("kind", defined())
def test_errors_copy(kind):
    """A copy is equal to its original and independent of it."""
    error = example(kind)
    twin = copy.copy(error)
    twin.message = "Other"

    assert "Other" != error.message
    assert error != twin


def test_errors_compare_by_class_and_value():
    """Two errors are equal when their class and everything they carry are."""
    error = example(errors.NotFoundError)

    assert example(errors.NotFoundError) == error
    assert example(errors.ConflictError) != error
    assert example(errors.NotFoundError, attempts=4) != error
    assert "No." != error


def test_a_status_error_carries_the_body():
    """The hint and the cause that ImageKit sends are attributes."""
    error = example(errors.LockedError)

    assert ("No.", "Ask us.", "BECAUSE") == (error.message, error.help, error.reason)


@pytest.mark.parametrize("body", [None, "text", [1], 5, {}, {"help": 5, "reason": None}])
def test_a_status_error_takes_any_body(body):
    """A body without usable hint and cause leaves them None."""
    error = errors.APIStatusError("No.", status_code=418, body=body, method="GET", path="/")

    assert (None, None, body) == (error.help, error.reason, error.body)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (example(errors.ConfigurationError), "Broken"),
        (example(errors.APITimeoutError), "Cut (GET /v1/files, request id id-1, 3 attempts)"),
        (example(errors.APITimeoutError, attempts=1, request_id=None), "Cut (GET /v1/files)"),
        (example(errors.LockedError, attempts=1), "418: No. (GET /v1/files, request id id-1)"),
    ],
)
def test_texts_tell_the_call(error, text):
    """The text names the status, the call, the request id and the attempts as far as they are of interest."""
    assert text == str(error)
