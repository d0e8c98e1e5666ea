"""
Every cell of the table of retries, driven through the client by a transport that fails in every way.
"""

from __future__ import annotations

import ssl

import httpx
import pytest

from imagekit_async import (
    APIConnectionError,
    APIError,
    APIResponseValidationError,
    APIStatusError,
    AsyncImageKit,
    ConflictError,
    InternalServerError,
    LockedError,
    NotFoundError,
    RateLimitError,
    UploadOutcomeUnknownError,
    UploadServerError,
)
from imagekit_async._http.retry import TABLE, Failure, Repeatability

pytestmark = pytest.mark.anyio


async def get(client: AsyncImageKit, **options) -> None:
    """A call that reads."""
    await client.files.get("f1", **options)


async def update(client: AsyncImageKit, **options) -> None:
    """A write that is harmless to repeat."""
    await client.files.update("f1", tags=["a"], **options)


async def put(client: AsyncImageKit, **options) -> None:
    """A raw call that HTTP calls idempotent."""
    await client.request("PUT", "/v1/new", **options)


async def create(client: AsyncImageKit, **options) -> None:
    """A write that is not harmless to repeat."""
    await client.saved_extensions.create(name="a", description="b", config={"name": "remove-bg"}, **options)


async def post(client: AsyncImageKit, **options) -> None:
    """A raw call that HTTP does not call idempotent."""
    await client.request("POST", "/v1/new", **options)


async def upload(client: AsyncImageKit, **options) -> None:
    """An upload of which ImageKit makes a new file each time."""
    await client.files.upload(file=b"abc", file_name="a.png", **options)


BY_CLASS = {Repeatability.READ: get, Repeatability.HARMLESS: update, Repeatability.HARMFUL: create}
HEADERS_BEGUN = ["connection.connect_tcp.started", "http11.send_request_headers.started"]
ALL_SENT = [*HEADERS_BEGUN, "http11.send_request_body.complete"]


class FaultyTransport(httpx.AsyncBaseTransport):
    """Fails a number of times in the given way, reports how far it got as httpcore does, and then succeeds."""

    def __init__(self, failure: Failure, *, times: int = 1) -> None:
        self.failure = failure
        self.failures_left = times
        self.bodies: list[bytes] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Fail, or respond."""
        if self.failures_left == 0:
            self.bodies.append(await request.aread())
            return httpx.Response(200, json={"fileId": "f1", "id": "e1", "name": "a.png"})
        self.failures_left -= 1
        self.bodies.append(b"")
        trace = request.extensions.get("trace")
        events = {
            Failure.NOTHING_SENT: HEADERS_BEGUN[:1],
            Failure.PARTLY_SENT: HEADERS_BEGUN,
            Failure.NO_RESPONSE: ALL_SENT,
        }
        for event in events.get(self.failure, []) if trace else []:
            await trace(event, {})
        return self.fail(bool(trace))

    def fail(self, traced: bool) -> httpx.Response:
        """Raise, or return the response that means failure."""
        statuses = {
            Failure.TIMEOUT_408: 408,
            Failure.CONFLICT_409: 409,
            Failure.LOCKED_423: 423,
            Failure.RATE_LIMITED_429: 429,
            Failure.SERVER_ERROR_5XX: 503,
            Failure.FINAL_STATUS: 404,
        }
        if self.failure is Failure.BAD_CERTIFICATE:
            raise httpx.ConnectError("refused") from ssl.SSLCertVerificationError("self-signed")
        if self.failure is Failure.BROKEN_BODY:
            return httpx.Response(200, content=b"<html>")
        if self.failure in statuses:
            return httpx.Response(statuses[self.failure])
        kinds = {
            Failure.REFUSED_CONNECTION: httpx.ConnectError,
            Failure.UNSENDABLE: httpx.UnsupportedProtocol,
            Failure.FOREIGN_EXCEPTION: ZeroDivisionError,
            # A trace knows more than the exception; without one, only a few exceptions mean that nothing was sent.
            Failure.NOTHING_SENT: httpx.RemoteProtocolError if traced else httpx.PoolTimeout,
            Failure.PARTLY_SENT: httpx.WriteError,
            Failure.NO_RESPONSE: httpx.ReadError,
        }
        raise kinds[self.failure]("it broke")


def error_class(failure: Failure) -> type[APIError]:
    """The class that a call raises which is not repeated."""
    named = {
        Failure.TIMEOUT_408: APIStatusError,
        Failure.CONFLICT_409: ConflictError,
        Failure.LOCKED_423: LockedError,
        Failure.RATE_LIMITED_429: RateLimitError,
        Failure.SERVER_ERROR_5XX: InternalServerError,
        Failure.BROKEN_BODY: APIResponseValidationError,
        Failure.FINAL_STATUS: NotFoundError,
    }
    return named.get(failure, APIConnectionError)


def cells(*classes: Repeatability):
    """Parametrize over the cells of the table for these classes of operations."""
    return pytest.mark.parametrize(
        ("repeatability", "failure"),
        [pytest.param(*cell, id=f"{cell[0].name}-{cell[1].name}") for cell in TABLE if cell[0] in classes],
    )


async def outcome(call, failure: Failure, **options) -> tuple[list[bytes], APIError | None]:
    """What was sent of a call that fails once in the given way, and the error that came of it."""
    transport = FaultyTransport(failure)
    async with AsyncImageKit("private", transport=transport) as client:
        try:
            await call(client, **options)
        except APIError as error:
            return transport.bodies, error
    return transport.bodies, None


@cells(*Repeatability)
async def test_every_cell_of_the_table(repeatability, failure):
    """Each class of operation is repeated after each failure as the table says, and else raises what is known."""
    bodies, error = await outcome(BY_CLASS[repeatability], failure)

    assert TABLE[repeatability, failure].retry == (error is None)
    assert (2 if error is None else 1) == len(bodies)
    if error is not None:
        assert (error_class(failure), 1) == (type(error), error.attempts)
        assert failure.maybe_executed is getattr(error, "request_sent", failure.maybe_executed)


@cells(*Repeatability)
async def test_every_failure_that_lasts(repeatability, failure):
    """When every attempt fails alike, the error is the same as without retries, with the attempts counted."""
    transport = FaultyTransport(failure, times=100)
    attempts = 1
    if TABLE[repeatability, failure].retry:
        attempts += 5 if failure.is_refusal else 1

    async with AsyncImageKit("private", transport=transport, max_retries=1) as client:
        with pytest.raises(error_class(failure)) as caught:
            await BY_CLASS[repeatability](client)

    assert (attempts, attempts) == (len(transport.bodies), caught.value.attempts)


FIXED_NAME = {"use_unique_file_name": False}
SIGNED = {"token": "t", "expire": 1, "signature": "s", "public_key": "p"}


@pytest.mark.parametrize(
    ("options", "harmless"),
    [
        ({}, False),
        (FIXED_NAME, True),
        ({**FIXED_NAME, "overwrite_file": True}, True),
        ({**FIXED_NAME, "overwrite_file": False}, False),
        ({"use_unique_file_name": True, "overwrite_file": True}, False),
        ({"extra_body": {"useUniqueFileName": False}}, True),
        ({**FIXED_NAME, "extra_body": {"useUniqueFileName": True}}, False),
        ({"idempotent": True}, True),
        ({**FIXED_NAME, "idempotent": False}, False),
        ({**FIXED_NAME, **SIGNED}, False),
        ({**SIGNED, "idempotent": True}, False),
    ],
)
async def test_every_failure_of_an_upload(options, harmless):
    """An upload is repeated in doubt only over a fixed name or at the caller's word, and never with a spent token."""
    repeatability = Repeatability.HARMLESS if harmless else Repeatability.HARMFUL
    in_doubt = {
        Failure.PARTLY_SENT: UploadOutcomeUnknownError,
        Failure.NO_RESPONSE: UploadOutcomeUnknownError,
        Failure.FOREIGN_EXCEPTION: UploadOutcomeUnknownError,
        Failure.TIMEOUT_408: UploadOutcomeUnknownError,
        Failure.SERVER_ERROR_5XX: UploadServerError,
    }

    for failure in Failure:
        bodies, error = await outcome(upload, failure, **options)

        assert TABLE[repeatability, failure].retry == (error is None), failure
        assert (2 if error is None else 1) == len(bodies)
        assert error is None or in_doubt.get(failure, error_class(failure)) is type(error)
        if error is not None and failure is not Failure.BROKEN_BODY:
            assert failure.maybe_executed == isinstance(error, UploadOutcomeUnknownError)


@pytest.mark.parametrize("idempotent", [True, False])
async def test_reading_is_always_repeated(idempotent):
    """The caller's word changes nothing about a call that only reads."""
    bodies, error = await outcome(get, Failure.NO_RESPONSE, idempotent=idempotent)

    assert (2, None) == (len(bodies), error)


@pytest.mark.parametrize("call", [create, post])
async def test_the_callers_word_makes_a_write_harmless(call):
    """`idempotent=True` lets any write be repeated in doubt."""
    bodies, error = await outcome(call, Failure.NO_RESPONSE, idempotent=True)

    assert (2, None) == (len(bodies), error)


@pytest.mark.parametrize("call", [update, put])
async def test_the_callers_word_makes_a_write_harmful(call):
    """`idempotent=False` keeps any write from being repeated in doubt."""
    bodies, error = await outcome(call, Failure.NO_RESPONSE, idempotent=False)

    assert (1, True) == (len(bodies), error.request_sent)
