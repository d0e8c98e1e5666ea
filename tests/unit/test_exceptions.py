"""
Every httpx exception and every bad answer becomes one of ours.
"""

from __future__ import annotations

import json
import pickle
from datetime import timedelta

import httpx
import pytest

from imagekit_async import APIConnectionError, APITimeoutError, RateLimit
from imagekit_async._http.exceptions import classify_exception, connection_error, response_error
from imagekit_async._http.retry import Failure
from imagekit_async.errors import status_error

NOT_SENT = {"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "UnsupportedProtocol"}
NESTED = b"[" * 100_000
BODIES = [
    (b'{"message": "No.", "help": "Ask.", "reason": "WHY"}', "application/json", "No."),
    (b"<html>\n <b>Bad  gateway</b>\n</html>", "text/html", ": <html> <b>Bad gateway</b> </html>"),
    (b"", "application/json", " (empty body)"),
    (b"[1, 2]", "application/json", ": [1, 2]"),
    (b"17", "application/json", ": 17"),
    (b'"text"', "application/json", ': "text"'),
    (b"null", "application/json", " (empty body)"),
    (b'{"message": 5}', "application/json", ': {"message": 5}'),
    (b'{"message": ""}', "application/json", ': {"message": ""}'),
    (b'{"message": "cut', "application/json", ': {"message": "cut'),
    (b"\xff\xfe\xff", "application/json", ": \ufffd\ufffd\ufffd"),
    (b"\xff", "text/html; charset=latin-1", ": \ufffd"),
    (b"abc", "text/html; charset=hex", ": abc"),
    (b"abc", "text/html; charset=undefined", ": abc"),
    (NESTED, "application/json", ": " + "[" * 200 + "..."),
]


def request_errors(kind: type[httpx.RequestError] = httpx.RequestError) -> list[type[httpx.RequestError]]:
    """The class and all that derive from it."""
    return [kind, *(found for child in kind.__subclasses__() for found in request_errors(child))]


@pytest.mark.parametrize("kind", request_errors())
def test_every_httpx_exception_is_mapped(kind):
    """A timeout stays a timeout, all else is a failed connection, and both tell whether the request was sent."""
    error = connection_error(kind("it broke"), method="GET", path="/v1/files", attempts=2)

    assert (APITimeoutError if issubclass(kind, httpx.TimeoutException) else APIConnectionError) is type(error)
    assert (kind.__name__ not in NOT_SENT) == error.request_sent
    assert error.message.endswith(": it broke")
    assert ("GET", "/v1/files", 2, None) == (error.method, error.path, error.attempts, error.request_id)


@pytest.mark.parametrize("kind", request_errors())
def test_only_surely_unsent_requests_count_as_such(kind):
    """What may have reached the server is never called unsent."""
    expected = Failure.NOT_SENT if kind.__name__ in NOT_SENT else Failure.UNKNOWN

    assert expected is classify_exception(kind("it broke"))


def test_an_exception_without_text_is_named():
    """Some exceptions of httpx have no text of their own; their class says what happened."""
    error = connection_error(httpx.ReadTimeout(""), method="GET", path="/", attempts=1)

    assert "No answer came in time: ReadTimeout (GET /)" == str(error)


@pytest.mark.parametrize(("body", "kind", "message"), BODIES)
def test_any_body_of_any_status(body, kind, message):
    """Whatever the body looks like, the error has the status' class and all that the answer told."""
    for status in [302, *range(400, 600)]:
        check_any_body(status, body, kind, message)


def check_any_body(status, body, kind, message):
    """One answer becomes the right error."""
    headers = {
        "Content-Type": kind,
        "x-ik-requestId": "id-1",
        "X-RateLimit-Limit": "5",
        "X-RateLimit-Reset": "2000",
        "Retry-After": "7",
    }
    response = httpx.Response(status, content=body, headers=headers)
    error = response_error(response, method="GET", path="/v1/files", attempts=3)
    reason = response.reason_phrase or "no reason given"

    assert status_error(status) is type(error)
    assert (message if message == "No." else reason + message) == error.message
    assert (status, "GET", "/v1/files", 3, "id-1") == (
        error.status_code,
        error.method,
        error.path,
        error.attempts,
        error.request_id,
    )
    assert RateLimit(limit=5, interval=None, reset=timedelta(seconds=2)) == error.rate_limit
    assert timedelta(seconds=2 if status == 429 else 7) == error.retry_after
    assert str(error).startswith(f"{status}: ")


@pytest.mark.parametrize(("body", "kind", "_message"), BODIES)
def test_bodies_are_kept(body, kind, _message):
    """The error holds the parsed JSON, else the text, else None, and pickles with it."""
    error = response_error(
        httpx.Response(400, content=body, headers={"Content-Type": kind}), method="GET", path="/", attempts=1
    )
    try:
        expected = json.loads(body) if body else None
    except (ValueError, RecursionError):
        expected = body.decode(errors="replace")

    assert expected == error.body
    assert error == pickle.loads(pickle.dumps(error))


def test_a_plain_answer_tells_nothing_more():
    """Without headers there are no limits, no wait and no request id."""
    error = response_error(httpx.Response(404, json={"message": "Gone."}), method="GET", path="/x", attempts=1)

    assert (None, None, None) == (error.rate_limit, error.retry_after, error.request_id)
    assert "404: Gone. (GET /x)" == str(error)
