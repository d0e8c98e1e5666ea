"""
Every httpx exception and every bad response becomes one of ours.
"""

from __future__ import annotations

import json
import pickle
import ssl
from datetime import UTC, datetime, timedelta

import anyio
import httpx
import pytest

from imagekit_async import APIConnectionError, APITimeoutError, AsyncImageKit, RateLimit
from imagekit_async._http.call import Call, CallOptions, Operation
from imagekit_async._http.exceptions import (
    Facts,
    Outcome,
    connection_error,
    response_error,
)
from imagekit_async._http.retry import Failure
from imagekit_async._http.stage import Stage, classify_exception
from imagekit_async.errors import status_error

BY_KIND = {
    "ConnectError": Failure.REFUSED_CONNECTION,
    "ConnectTimeout": Failure.REFUSED_CONNECTION,
    "PoolTimeout": Failure.NOTHING_SENT,
    "ProxyError": Failure.NOTHING_SENT,
    "UnsupportedProtocol": Failure.UNSENDABLE,
    "WriteError": Failure.PARTLY_SENT,
    "WriteTimeout": Failure.PARTLY_SENT,
}
REQUEST = httpx.Request("GET", "https://api.imagekit.io/v1/files")
HEADERS_BEGUN = ["http11.send_request_headers.started"]
ALL_SENT = [*HEADERS_BEGUN, "http11.send_request_headers.complete", "http11.send_request_body.complete"]
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


def facts(path: str = "/v1/files", *, attempts: int = 1) -> Facts:
    """What is known about a call that reads."""
    operation = Operation("files.list", "GET", path, "https://api.example", idempotent=True, paced=True, responses={})
    shared = AsyncImageKit("private_key_of_tests")._session._shared
    return Facts(Call(operation, path), shared, CallOptions(), attempts, datetime.now(UTC))


def request_errors(kind: type[httpx.RequestError] = httpx.RequestError) -> list[type[httpx.RequestError]]:
    """The class and all that derive from it."""
    return [kind, *(found for child in kind.__subclasses__() for found in request_errors(child))]


def staged(events: list[str]) -> Stage:
    """How far a request got that was traced so far."""
    stage = Stage()
    for event in events:
        anyio.run(stage, event, {})
    return stage


@pytest.mark.parametrize("kind", request_errors())
@pytest.mark.parametrize("failure", [Failure.NOTHING_SENT, Failure.NO_RESPONSE])
def test_every_httpx_exception_is_mapped(kind, failure):
    """A timeout stays a timeout, all else is a failed connection, and both report whether the request was sent."""
    error = connection_error(Outcome(failure, request=REQUEST, cause=kind("it broke")), facts(attempts=2))

    assert (APITimeoutError if issubclass(kind, httpx.TimeoutException) else APIConnectionError) is type(error)
    assert (failure is Failure.NO_RESPONSE) == error.request_sent
    assert error.message.endswith(": it broke")
    assert ("GET", "/v1/files", 2, None) == (error.method, error.path, error.attempts, error.request_id)


@pytest.mark.parametrize("kind", request_errors())
def test_only_surely_unsent_requests_count_as_such(kind):
    """Without a trace the exception decides, and what may have reached the server is never called unsent."""
    expected = BY_KIND.get(kind.__name__, Failure.NO_RESPONSE)

    assert expected is classify_exception(kind("it broke"), Stage())


@pytest.mark.parametrize(
    ("events", "failure"),
    [
        (["connection.connect_tcp.started", "connection.connect_tcp.complete"], Failure.NOTHING_SENT),
        (HEADERS_BEGUN, Failure.PARTLY_SENT),
        ([*HEADERS_BEGUN, "http11.send_request_body.started"], Failure.PARTLY_SENT),
        (ALL_SENT, Failure.NO_RESPONSE),
        ([*ALL_SENT, "http2.receive_response_headers.started"], Failure.NO_RESPONSE),
    ],
)
@pytest.mark.parametrize("kind", [httpx.ReadError, httpx.WriteError, httpx.ReadTimeout, httpx.RemoteProtocolError])
def test_a_trace_knows_better(events, failure, kind):
    """With a trace it decides how far the request got, whatever was raised."""
    assert failure is classify_exception(kind("it broke"), staged(events))


@pytest.mark.parametrize(("events", "maybe"), [([], True), (["connection.close"], False), (HEADERS_BEGUN, True)])
def test_a_stage_never_calls_the_sent_unsent(events, maybe):
    """A request may have been sent unless a trace shows that it was not."""
    assert maybe is staged(events).maybe_sent


class Connection:
    """Something that can be closed."""

    closed = False

    async def aclose(self) -> None:
        """Note it."""
        self.closed = True


@pytest.mark.parametrize(("event", "closed"), [("failed", True), ("complete", False)])
def test_a_failed_handshake_leaves_no_connection_open(event, closed):
    """The connection whose TLS handshake failed is closed, since httpcore may have forgotten it."""
    stage, connection = Stage(), Connection()

    anyio.run(stage, "connection.connect_tcp.complete", {"return_value": connection})
    anyio.run(stage, f"connection.start_tls.{event}", {})

    assert closed is connection.closed


def test_a_bad_certificate_is_told_apart():
    """A certificate that is not accepted is found behind whatever was raised because of it."""
    error = httpx.ConnectError("no")
    error.__cause__ = OSError("wrapped")
    error.__cause__.__context__ = ssl.SSLCertVerificationError("self-signed")

    assert Failure.BAD_CERTIFICATE is classify_exception(error, Stage())


def test_an_exception_without_text_is_named():
    """Some exceptions of httpx have no text of their own; their class says what happened."""
    error = connection_error(Outcome(Failure.NO_RESPONSE, request=REQUEST, cause=httpx.ReadTimeout("")), facts("/"))

    assert "No response in time from api.imagekit.io:443: ReadTimeout (GET /)" == str(error)


def test_a_cause_whose_repr_shows_a_secret_is_left_out():
    """Logs show the repr of a cause, so a secret in it leaves the cause out."""

    class Revealing(httpx.ReadError):
        def __repr__(self) -> str:
            return "ReadError('private_key_of_tests')"

    error = connection_error(Outcome(Failure.NO_RESPONSE, request=REQUEST, cause=Revealing("cut")), facts())

    assert None is error.__cause__


@pytest.mark.parametrize(("body", "kind", "message"), BODIES)
def test_any_body_of_any_status(body, kind, message):
    """Whatever the body looks like, the error has the class of the status and all that the response reported."""
    for status in [302, *range(400, 407), *range(408, 600)]:
        check_any_body(status, body, kind, message)


def check_any_body(status, body, kind, message):
    """One response becomes the right error."""
    headers = {
        "Content-Type": kind,
        "x-ik-requestId": "id-1",
        "X-RateLimit-Limit": "5",
        "X-RateLimit-Reset": "2000",
        "Retry-After": "7",
    }
    response = httpx.Response(status, content=body, headers=headers)
    error = response_error(response, facts(attempts=3))
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
    error = response_error(httpx.Response(400, content=body, headers={"Content-Type": kind}), facts())
    try:
        expected = json.loads(body) if body else None
    except (ValueError, RecursionError):
        expected = body.decode(errors="replace")

    assert expected == error.body
    assert error == pickle.loads(pickle.dumps(error))


def test_a_plain_response_tells_nothing_more():
    """Without headers there are no limits, no wait and no request id."""
    error = response_error(httpx.Response(404, json={"message": "Gone."}), facts("/x"))

    assert (None, None, None) == (error.rate_limit, error.retry_after, error.request_id)
    assert "404: Gone. (GET /x)" == str(error)
