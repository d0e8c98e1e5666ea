"""
A call is over by its deadline, waits included; what cannot end in time is not begun; an attempt ends by its timeout.
"""

from __future__ import annotations

from datetime import timedelta

import anyio
import httpx
import pytest

from imagekit_async import (
    APITimeoutError,
    AsyncImageKit,
    DeadlineExceededError,
    Pacing,
    RateLimitError,
    UploadOutcomeUnknownError,
)

pytestmark = pytest.mark.anyio

FILE = {"fileId": "f1", "name": "a.png", "type": "file"}
HEADERS_BEGUN = ["connection.connect_tcp.started", "http11.send_request_headers.started"]


class Dribble(httpx.AsyncByteStream):
    """A response of which a byte comes each second."""

    def __init__(self, content: bytes) -> None:
        self.left = list(content)

    def __aiter__(self) -> Dribble:
        return self

    async def __anext__(self) -> bytes:
        """Give the next byte after a second."""
        if not self.left:
            raise StopAsyncIteration
        await anyio.sleep(1)
        return bytes([self.left.pop(0)])


class SlowTransport(httpx.AsyncBaseTransport):
    """Sends a request up to a point and responds long after; traces its steps as httpcore does."""

    def __init__(self, seconds: float, events: list[str] = HEADERS_BEGUN) -> None:
        self.seconds = seconds
        self.events = events
        self.requests = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Respond in the end."""
        self.requests += 1
        trace = request.extensions.get("trace")
        for event in self.events if trace else []:
            await trace(event, {})
        await anyio.sleep(self.seconds)
        return httpx.Response(200, json=FILE)


def client_on(transport: httpx.AsyncBaseTransport, **settings) -> AsyncImageKit:
    """A client that sends through the transport."""
    return AsyncImageKit("private", transport=transport, **settings)


async def upload(client: AsyncImageKit, **options) -> None:
    """Upload a few bytes."""
    await client.files.upload(file=b"abc", file_name="a.png", folder="/b", **options)


@pytest.mark.parametrize("deadline", [0, -1, float("nan")])
async def test_a_deadline_is_positive(scripted, deadline):
    """A deadline that leaves no time is refused before anything is sent."""
    client, _ = scripted()

    with pytest.raises(ValueError, match=r"^deadline must be a positive number of seconds"):
        await client.files.get("f1", deadline=deadline)


@pytest.mark.parametrize(
    ("reply", "shortest", "longest"),
    [
        (httpx.Response(429, headers={"X-RateLimit-Reset": "20000"}), 20, 22),
        (httpx.Response(503, headers={"Retry-After": "20"}), 20, 22),
        (httpx.Response(503), 0.25, 0.5),
        (httpx.ConnectError("refused"), 0.25, 0.5),
    ],
)
@pytest.mark.parametrize("outer", [True, False])
async def test_a_wait_that_cannot_end_in_time_is_not_begun(scripted, reply, shortest, longest, outer):
    """A retry after the deadline, of the call or of a scope, fails at once, and the error has the wait."""
    client, _ = scripted(reply)
    seconds = shortest / 2

    started = anyio.current_time()
    with anyio.move_on_after(seconds if outer else 1000), pytest.raises(DeadlineExceededError) as caught:
        await client.files.delete("f1", deadline=None if outer else seconds)

    error = caught.value
    assert started == anyio.current_time()
    assert timedelta(seconds=shortest) <= error.retry_after <= timedelta(seconds=longest)
    assert ("DELETE", "/v1/files/f1", 1) == (error.method, error.path, error.attempts)
    assert (getattr(reply, "status_code", None) == 503) == error.request_sent
    assert "waiting to retry" in error.message
    assert error.__cause__ is not None


async def test_a_wait_that_can_end_in_time_is_waited_for(scripted):
    """A deadline that leaves time for the wait changes nothing."""
    client, _ = scripted(httpx.Response(503, headers={"Retry-After": "20"}), httpx.Response(204))

    response = await client.with_response.files.delete("f1", deadline=23)

    assert 2 == response.attempts


@pytest.mark.parametrize("outer", [True, False])
async def test_a_turn_that_comes_too_late_is_not_waited_for(scripted, outer):
    """A call whose turn comes after its deadline is given up at once, reports when that is, and frees its place."""
    pacing = Pacing(budgets=[(2, timedelta(seconds=10))])
    client, _ = scripted(*[httpx.Response(204) for _ in range(4)], pacing=pacing)
    for _ in range(2):
        await client.files.delete("f1")

    started = anyio.current_time()
    with anyio.move_on_after(5 if outer else 1000), pytest.raises(DeadlineExceededError) as caught:
        await client.files.delete("f1", deadline=None if outer else 5)
    given_up = anyio.current_time()
    for _ in range(2):
        await client.files.delete("f1", deadline=11)

    error = caught.value
    assert (started, 0, False) == (given_up, error.attempts, error.request_sent)
    assert timedelta(seconds=10) <= error.retry_after <= timedelta(seconds=10.2)
    assert "a rate-limit slot" in error.message
    assert 10.1 == pytest.approx(anyio.current_time() - started)


async def test_a_turn_just_after_the_deadline_is_too_late():
    """A call is given up at once even if its turn comes only a tenth of a second after its deadline."""
    transport = SlowTransport(0)
    client = AsyncImageKit("private", transport=transport, pacing=Pacing(budgets=[(1, timedelta(seconds=10))]))
    await client.files.get("f1")
    started = anyio.current_time()

    with pytest.raises(DeadlineExceededError, match="rate-limit slot"):
        await client.files.get("f1", deadline=10)

    assert started == anyio.current_time()
    assert 1 == transport.requests


async def test_those_who_wait_count(scripted):
    """The wait for a turn is estimated with all who wait already, so that no call fails only at the deadline."""
    client, script = scripted(
        *[httpx.Response(204) for _ in range(5)], pacing=Pacing(budgets=[(1, timedelta(seconds=10))])
    )
    failures = []

    async def delete(deadline: float) -> None:
        try:
            await client.files.delete("f1", deadline=deadline)
        except DeadlineExceededError as error:
            failures.append((deadline, anyio.current_time(), error.retry_after))

    started = anyio.current_time()
    async with anyio.create_task_group() as tasks:
        for deadline in (1, 11, 21, 29, 31, 41, 49):
            tasks.start_soon(delete, deadline)
            # Trio runs what is ready in any order, so each call is in the queue before the next begins.
            for _ in range(20):
                await anyio.sleep(0)

    assert [29, 49] == [deadline for deadline, *_ in failures]
    assert {started} == {time for _, time, _ in failures}
    assert 5 == len(script.requests)


async def failures_of(client: AsyncImageKit, deadlines: list[float], *, outer: bool) -> dict[float, tuple]:
    """Make calls with the deadlines at once; by deadline, when those that failed did, and the wait that they report."""
    started = anyio.current_time()
    failures = {}

    async def delete(deadline: float) -> None:
        try:
            with anyio.move_on_after(deadline if outer else 1000):
                await client.files.delete("f1", deadline=None if outer else deadline)
        except DeadlineExceededError as error:
            failures[deadline] = (anyio.current_time() - started, error.retry_after.total_seconds())

    async with anyio.create_task_group() as tasks:
        for deadline in deadlines:
            tasks.start_soon(delete, deadline)
            for _ in range(20):
                await anyio.sleep(0)
    return failures


@pytest.mark.parametrize("outer", [True, False])
async def test_those_who_wait_give_up_when_a_limit_is_learned(outer):
    """Whose turn turns out to come too late gives up then, not at the deadline, and leaves its place to the next."""

    async def respond(request: httpx.Request) -> httpx.Response:
        await anyio.sleep(1)
        return httpx.Response(204, headers={"X-RateLimit-Limit": "1", "X-RateLimit-Interval": "10000"})

    client = client_on(httpx.MockTransport(respond))

    failures = await failures_of(client, [2, 9, 12.5, 12.2, 23.5, 30, 39], outer=outer)

    assert {9: (1, 10.1), 12.2: (1, 20.2), 30: (1, 30.3)} == {
        deadline: pytest.approx(failure) for deadline, failure in failures.items()
    }


@pytest.mark.parametrize("outer", [True, False])
async def test_those_who_wait_give_up_after_a_refusal(outer):
    """A 429 makes those give up at once who wait already and cannot wait for its end."""
    statuses = iter([204, 429, 204, 204])

    async def respond(request: httpx.Request) -> httpx.Response:
        await anyio.sleep(0.1)
        return httpx.Response(next(statuses), headers={"X-RateLimit-Reset": "30000"})

    client = client_on(httpx.MockTransport(respond), pacing=Pacing(budgets=[(1, timedelta(seconds=2))]))

    failures = await failures_of(client, [50, 60, 7, 40, 29], outer=outer)

    assert {7: (2.22, 30), 29: (2.22, 32.02)} == {
        deadline: pytest.approx(failure) for deadline, failure in failures.items()
    }


@pytest.mark.parametrize(
    ("call", "events", "sent"),
    [
        (lambda client, **options: client.files.get("f1", **options), [], True),
        (
            lambda client, **options: client.files.copy(source_file_path="/a", destination_path="/b", **options),
            [],
            True,
        ),
        (
            lambda client, **options: client.files.copy(source_file_path="/a", destination_path="/b", **options),
            HEADERS_BEGUN[:1],
            False,
        ),
        (
            lambda client, **options: client.files.copy(source_file_path="/a", destination_path="/b", **options),
            HEADERS_BEGUN,
            True,
        ),
    ],
)
async def test_a_deadline_in_the_middle_of_an_attempt(call, events, sent):
    """The attempt in flight is cut off at the deadline; the error says whether the request may have been executed."""
    transport = SlowTransport(100, events)
    client = client_on(transport)

    started = anyio.current_time()
    with pytest.raises(DeadlineExceededError, match="waiting for a response") as caught:
        await call(client, deadline=7)

    error = caught.value
    assert 7 == pytest.approx(anyio.current_time() - started)
    assert (sent, None, 1) == (error.request_sent, error.retry_after, error.attempts)


async def test_a_deadline_in_the_middle_of_an_upload():
    """An upload that was cut off has an unknown outcome, unless nothing was sent of it."""
    started, unstarted = client_on(SlowTransport(100)), client_on(SlowTransport(100, HEADERS_BEGUN[:1]))

    with pytest.raises(UploadOutcomeUnknownError, match="may or may not have been stored") as unknown:
        await upload(started, deadline=7)
    with pytest.raises(DeadlineExceededError) as certain:
        await upload(unstarted, deadline=7)

    error = unknown.value
    assert (True, "a.png", "/b", 1) == (error.timed_out, error.file_name, error.folder, error.attempts)
    assert certain.value.request_sent is False


async def test_a_scope_in_the_middle_of_an_attempt():
    """A scope around the call cuts it off as it does anything else: by cancelling."""
    client = client_on(SlowTransport(100))

    with anyio.move_on_after(7) as scope:
        await client.files.get("f1", deadline=20)

    assert scope.cancelled_caught


async def test_a_deadline_while_all_connections_are_in_use():
    """A call that never came to its turn says that it was not sent."""
    transport = SlowTransport(100)
    client = client_on(transport, pacing=Pacing(max_concurrency=1), timeout=None)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(client.files.get, "f1")
        await anyio.sleep(1)
        with pytest.raises(DeadlineExceededError, match="waiting to send the request") as caught:
            await client.assets.list(deadline=7)

    assert (False, 0) == (caught.value.request_sent, caught.value.attempts)
    assert 1 == transport.requests


@pytest.mark.parametrize(("settings", "seconds"), [({}, 60), ({"timeout": 3}, 3)])
async def test_a_timeout_bounds_an_attempt(settings, seconds):
    """A response that goes on and on is cut off, each attempt at the timeout, though something always comes."""
    client = client_on(
        httpx.MockTransport(lambda _: httpx.Response(200, stream=Dribble(b"{" * 1000))), max_retries=1, **settings
    )

    started = anyio.current_time()
    with pytest.raises(APITimeoutError, match=f"took more than {seconds} s") as caught:
        await client.files.get("f1")

    assert (2, True) == (caught.value.attempts, caught.value.request_sent)
    assert 2 * seconds + 0.25 <= anyio.current_time() - started <= 2 * seconds + 0.5


@pytest.mark.parametrize("timeout", [None, httpx.Timeout(3)])
async def test_other_timeouts_do_not_bound_an_attempt(timeout):
    """No timeout, or one of httpx for the steps, lets an attempt go on as long as something comes."""
    client = client_on(
        httpx.MockTransport(lambda _: httpx.Response(200, stream=Dribble(b'{"fileId": "f1"}'))), timeout=timeout
    )

    assert "f1" == (await client.files.get("f1")).file_id


async def test_an_upload_may_take_its_time():
    """An upload is bounded by a timeout only when one was given."""
    client = client_on(SlowTransport(5000))

    await upload(client)
    with pytest.raises(UploadOutcomeUnknownError, match="took more than 3 s") as caught:
        await upload(client, timeout=3)

    assert caught.value.timed_out


async def test_a_deadline_bounds_all_attempts():
    """Several attempts share one deadline."""
    transport = SlowTransport(100)
    client = client_on(transport, max_retries=9)

    started = anyio.current_time()
    with pytest.raises(DeadlineExceededError) as caught:
        await client.files.get("f1", timeout=3, deadline=10)

    assert 3 == caught.value.attempts == transport.requests
    assert 9 <= anyio.current_time() - started <= 10


async def test_the_server_may_ask_for_more_than_anybody_waits(scripted):
    """A wait of over a minute is refused as such, deadline or not."""
    client, _ = scripted(httpx.Response(429, headers={"X-RateLimit-Reset": "60001"}))

    with pytest.raises(RateLimitError):
        await client.files.get("f1", deadline=10)


class Silence(httpx.AsyncBaseTransport):
    """
    A transport that traces as httpcore does, and receives only interim responses, or a body of which a byte comes each
    second.
    """

    def __init__(self, *, responds: bool) -> None:
        self._responds = responds

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """
        Read the request, and respond late or never.
        """
        await request.aread()
        trace = request.extensions["trace"]
        for step in ("connection.connect_tcp.complete", "http11.send_request_headers.started"):
            await trace(step, {})
        await trace("http11.send_request_body.complete", {})
        if not self._responds:
            await anyio.sleep_forever()
        await trace("http11.receive_response_headers.complete", {})
        return httpx.Response(200, stream=Dribble(b'{"name": "a.png"}' + b" " * 60))


@pytest.mark.parametrize("fields", [{}, {"use_unique_file_name": False}])
async def test_interim_responses_do_not_extend_an_upload(fields):
    """An upload without a limit ends 60 s after its last byte if no response begins, whatever 1xx responses come."""
    client = AsyncImageKit("private_key_of_tests", base_url="http://api.example", transport=Silence(responds=False))
    started = anyio.current_time()

    with pytest.raises(UploadOutcomeUnknownError, match=r"the response took more than 60 s to begin") as caught:
        await client.files.upload(file=b"abc", file_name="a.png", max_retries=0, **fields)

    assert 60 == anyio.current_time() - started
    assert caught.value.timed_out


async def test_a_response_that_began_may_take_its_time():
    """The limit for the start of a response does not apply to its body."""
    client = AsyncImageKit("private_key_of_tests", transport=Silence(responds=True))

    file = await client.files.upload(file=b"abc", file_name="a.png")

    assert "a.png" == file.name


@pytest.mark.parametrize(
    ("settings", "options", "seconds"),
    [
        ({}, {}, 60),
        ({"timeout": 3}, {}, 3),
        ({}, {"timeout": httpx.Timeout(9, write=4)}, 4),
        ({"http_client": httpx.AsyncClient(timeout=httpx.Timeout(9, write=5))}, {}, 5),
    ],
    ids=["default", "seconds", "steps", "http_client"],
)
async def test_the_first_chunk_counts_towards_the_timeout(settings, options, seconds):
    """An iterable that gives nothing ends the call by the timeout for writing, of whatever kind the timeout is."""

    async def chunks():
        await anyio.sleep(1000)
        yield b"abc"

    client = AsyncImageKit("private", **settings)

    started = anyio.current_time()
    with pytest.raises(APITimeoutError, match=f"^file could not be opened and read within {seconds} s") as caught:
        await client.files.upload(file=chunks(), file_name="a.png", **options)

    assert (seconds, False, 0) == (anyio.current_time() - started, caught.value.request_sent, caught.value.attempts)


@pytest.mark.parametrize("options", [{"timeout": None}, {"timeout": httpx.Timeout(3, write=None)}])
async def test_the_first_chunk_may_take_its_time(options):
    """Without a limit for writing, the call waits for its source."""

    async def chunks():
        await anyio.sleep(1000)
        yield b"abc"

    client = client_on(httpx.MockTransport(lambda _: httpx.Response(200, json=FILE)))

    assert "f1" == (await client.files.upload(file=chunks(), file_name="a.png", **options)).file_id
