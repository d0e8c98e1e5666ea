"""
Observers of calls see what happened, and never change it.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

import anyio
import httpx
import pytest

from imagekit_async import (
    APIConnectionError,
    AsyncImageKit,
    CallRecord,
    Hooks,
    NotFoundError,
    RateLimit,
    RequestEvent,
    ResponseEvent,
    RetryEvent,
    capture_calls,
)

pytestmark = pytest.mark.anyio

LIMIT = {"X-RateLimit-Limit": "5", "X-RateLimit-Interval": "1000"}
RATE_LIMIT = RateLimit(5, timedelta(seconds=1), None)
PATH = "/v1/files/f1"


def respond(status: int, number: int, **headers: str) -> httpx.Response:
    """A response with a request id."""
    return httpx.Response(status, headers={"x-ik-requestId": f"id-{number}", **LIMIT, **headers})


async def slowly(request: httpx.Request) -> httpx.Response:
    """Respond after as many seconds as the path ends with."""
    seconds = int(request.url.path.rpartition("/")[2])
    await anyio.sleep(seconds)
    return respond(204, seconds)


@pytest.fixture
def slow_client() -> AsyncImageKit:
    """A client whose calls last as many seconds as the id says."""
    return AsyncImageKit("private", transport=httpx.MockTransport(slowly), pacing=None)


async def test_hooks_are_told_each_step(scripted):
    """Hooks get an event for each attempt that begins, ends and is repeated, with all that is known."""
    events: list[Any] = []
    hooks = Hooks(on_request=events.append, on_response=events.append, on_retry=events.append)
    replies = [respond(503, 1, **{"Retry-After": "0"}), httpx.ReadError("cut"), respond(204, 2)]
    client, _ = scripted(*replies, hooks=hooks)

    await client.files.delete("f1")

    requests = [RequestEvent("files.delete", "DELETE", PATH, number) for number in (1, 2, 3)]
    assert [
        requests[0],
        ResponseEvent(requests[0], 503, "id-1", timedelta(0), RATE_LIMIT, None),
        RetryEvent(requests[0], timedelta(0), "5xx: the server or a gateway in front of it failed"),
        requests[1],
        requests[2],
        ResponseEvent(requests[2], 204, "id-2", timedelta(0), RATE_LIMIT, None),
    ] == events[:4] + events[6:]
    failed, repeated = events[4:6]
    assert (requests[1], None, None, None) == (failed.request, failed.status_code, failed.request_id, failed.rate_limit)
    assert APIConnectionError is type(failed.error)
    assert timedelta(seconds=0.5) <= repeated.delay <= timedelta(seconds=1)
    assert "the request was sent and no complete response came" == repeated.reason


async def test_hooks_are_told_of_cancellations(slow_client):
    """An attempt that is canceled is over as well, with the exception that ended it."""
    events: list[ResponseEvent] = []
    transport = httpx.MockTransport(slowly)
    client = AsyncImageKit("private", transport=transport, hooks=Hooks(on_response=events.append))

    with anyio.move_on_after(2):
        await client.files.delete("9")

    (event,) = events
    assert timedelta(seconds=2) == event.elapsed
    assert isinstance(event.error, anyio.get_cancelled_exc_class())


@pytest.mark.parametrize("name", ["on_request", "on_response", "on_retry"])
async def test_a_hook_that_fails_changes_nothing(scripted, caplog, name):
    """What a hook raises is logged, and the call goes on as if it were not there."""

    def fail(event: object) -> None:
        raise ZeroDivisionError("mine")

    client, _ = scripted(httpx.Response(503), respond(204, 1), hooks=Hooks(**{name: fail}))

    response = await client.with_response.files.delete("f1")

    assert 2 == response.attempts
    assert all("a hook failed on" in record.getMessage() for record in caplog.records)
    assert {ZeroDivisionError} == {record.exc_info[0] for record in caplog.records}
    assert (1 if name == "on_retry" else 2) == len(caplog.records)


async def asynchronous(event: object) -> None:
    """Never run."""
    raise AssertionError


def yielding(event: object):
    """Never run."""
    yield


async def both(event: object):
    """Never run."""
    yield


@pytest.mark.parametrize("hook", [asynchronous, yielding, both])
@pytest.mark.parametrize("name", ["on_request", "on_response", "on_retry"])
async def test_an_async_hook_is_reported(scripted, caplog, name, hook):
    """A hook that is async or a generator would never run: that is logged as an error, and the call goes on."""
    client, _ = scripted(httpx.Response(503), respond(204, 1), hooks=Hooks(**{name: hook}))

    response = await client.with_response.files.delete("f1")

    assert 2 == response.attempts
    assert {"a callback must be a plain function, not an async one or a generator"} == {
        str(record.exc_info[1]) for record in caplog.records
    }


class Spans:
    """Notes spans as they open and close, and the attempts within."""

    def __init__(self) -> None:
        self.noted: list[tuple[object, ...]] = []

    @contextlib.contextmanager
    def __call__(self, operation: str, method: str, path: str) -> Iterator[Spans]:
        """Open a span."""
        self.noted.append(("open", operation, method, path))
        try:
            yield self
        except Exception as error:
            self.noted.append(("failed", type(error)))
            raise
        finally:
            self.noted.append(("close",))

    def attempted(self, event: ResponseEvent) -> None:
        """Note an attempt."""
        self.noted.append((event.request.attempt, event.status_code))


async def test_spans_surround_calls(scripted):
    """A span is opened around each call, sees its attempts, and the error that it ends with."""
    spans = Spans()
    client, _ = scripted(httpx.Response(503), respond(204, 1), respond(404, 2), hooks=Hooks(span=spans))

    await client.files.delete("f1")
    with pytest.raises(NotFoundError):
        await client.files.delete("f1")

    opened = ("open", "files.delete", "DELETE", PATH)
    assert [opened, (1, 503), (2, 204), ("close",)] == spans.noted[:4]
    assert [opened, (1, 404), ("failed", NotFoundError), ("close",)] == spans.noted[4:]


async def test_raw_calls_are_named_by_the_start_of_their_path(scripted):
    """A raw call is named by its method and the first two steps of its path, so that names stay few."""
    client, _ = scripted(respond(200, 1))

    with capture_calls() as records:
        await client.request("get", "/v1/files/some-id/details")

    assert [("GET /v1/files", "/v1/files/some-id/details")] == [(record.operation, record.path) for record in records]


async def test_capturing_tells_each_call(scripted):
    """Within the block each call leaves a record, whether it succeeded or not; outside it none does."""
    replies = [
        respond(204, 0),
        respond(503, 1),
        respond(204, 2),
        respond(404, 3),
        httpx.ConnectError("no"),
        respond(204, 4),
    ]
    client, _ = scripted(*replies)
    await client.files.delete("f0")

    with capture_calls() as records:
        await client.files.delete("f1")
        with pytest.raises(NotFoundError):
            await client.files.delete("f1")
        with pytest.raises(APIConnectionError):
            await client.files.delete("f1", max_retries=0)
    await client.files.delete("f5")

    first, second, third = records
    assert timedelta(seconds=0.25) <= first.elapsed <= timedelta(seconds=0.5)
    shared = ("files.delete", "DELETE", PATH)
    assert CallRecord(*shared, 204, "id-2", 2, first.elapsed, RATE_LIMIT) == first
    assert CallRecord(*shared, 404, "id-3", 1, timedelta(0), RATE_LIMIT) == second
    assert CallRecord(*shared, None, None, 1, timedelta(0), None) == third


async def test_a_record_keeps_the_last_response(scripted):
    """A call whose last attempt got no response is recorded with the last response that came."""
    client, _ = scripted(respond(503, 1), httpx.ConnectError("refused"), max_retries=1)

    with capture_calls() as records, pytest.raises(APIConnectionError):
        await client.files.delete("f1")

    assert [(503, "id-1", 2)] == [(record.status_code, record.request_id, record.attempts) for record in records]


async def test_capturing_follows_the_tasks_of_the_block(slow_client):
    """Calls of tasks that the block starts are its own, in the order in which they end; those of others are not."""
    captured: dict[str, list[CallRecord]] = {}

    async def capture(name: str, *seconds: str) -> None:
        with capture_calls() as captured[name]:
            async with anyio.create_task_group() as tasks:
                for each in seconds:
                    tasks.start_soon(slow_client.files.delete, each)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(capture, "first", "5", "1", "3")
        tasks.start_soon(capture, "second", "4", "2")
        tasks.start_soon(slow_client.files.delete, "6")

    assert {"first": ["id-1", "id-3", "id-5"], "second": ["id-2", "id-4"]} == {
        name: [record.request_id for record in records] for name, records in captured.items()
    }


async def test_captures_nest(slow_client):
    """An inner block's calls are in the outer one's list too."""
    with capture_calls() as outer:
        await slow_client.files.delete("1")
        with capture_calls() as inner:
            await slow_client.files.delete("2")
        await slow_client.files.delete("3")

    assert [["id-1", "id-2", "id-3"], ["id-2"]] == [[record.request_id for record in got] for got in (outer, inner)]


async def test_capturing_ends_with_the_block(slow_client):
    """Tasks that outlive the block add nothing to its list, so that it does not grow for as long as they live."""
    async with anyio.create_task_group() as tasks:
        with capture_calls() as records:
            tasks.start_soon(slow_client.files.delete, "3")
            await slow_client.files.delete("1")
    await slow_client.files.delete("1")

    assert ["id-1"] == [record.request_id for record in records]


async def test_a_block_may_end_in_another_task(slow_client):
    """A generator that holds a block may be closed by another task, and its opener's later calls are not recorded."""

    async def block() -> AsyncIterator[list[CallRecord]]:
        with capture_calls() as records:
            yield records

    generator = block()
    records = await anext(generator)
    await slow_client.files.delete("1")

    async def close() -> None:
        await generator.aclose()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(close)
    await slow_client.files.delete("2")

    assert ["id-1"] == [record.request_id for record in records]


async def test_blocks_may_end_in_any_order(slow_client):
    """A block that ends before one that was opened later takes nothing from it."""
    first, second = capture_calls(), capture_calls()
    with contextlib.ExitStack() as stack:
        outer = first.__enter__()
        inner = stack.enter_context(second)
        await slow_client.files.delete("1")
        first.__exit__(None, None, None)
        await slow_client.files.delete("2")
    await slow_client.files.delete("3")

    assert [["id-1"], ["id-1", "id-2"]] == [[record.request_id for record in got] for got in (outer, inner)]


async def test_canceled_calls_are_recorded(slow_client):
    """A call that was canceled leaves a record of what it came to."""
    with capture_calls() as records, anyio.move_on_after(2):
        await slow_client.files.delete("9")

    assert [(None, 1, timedelta(seconds=2))] == [
        (record.status_code, record.attempts, record.elapsed) for record in records
    ]
