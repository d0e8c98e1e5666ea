"""
`client.folders.job.wait` and `client.cache.invalidation.wait`: when they poll, how they end, and what they report.
"""

from __future__ import annotations

import inspect
from typing import Any

import anyio
import httpx
import pytest

from imagekit_async import (
    AsyncImageKit,
    DeadlineExceededError,
    JobFailedError,
    NotFoundError,
    WaitTimeoutError,
)

pytestmark = pytest.mark.anyio


def job(status: str | None, code: int = 200) -> httpx.Response:
    """
    Return the response with a job's status.
    """
    return httpx.Response(code, json={"jobId": "j", "type": "COPY_FOLDER", "status": status})


class Job:
    """
    A job that is pending until some time, each response taking `seconds`; remembers when it was polled.
    """

    def __init__(self, done_at: float, *, seconds: float = 0.0, status: str = "Completed") -> None:
        self.done_at, self.seconds, self.status = done_at, seconds, status
        self.asked: list[float] = []

    async def respond(self, request: httpx.Request) -> httpx.Response:
        """
        Return the status.
        """
        self.asked.append(anyio.current_time())
        await anyio.sleep(self.seconds)
        return job(self.status if anyio.current_time() - self.asked[0] >= self.done_at else "Pending")

    @property
    def pauses(self) -> list[float]:
        """
        Return the times between the questions.
        """
        return [round(after - before, 6) for before, after in zip(self.asked, self.asked[1:], strict=False)]

    def client(self) -> AsyncImageKit:
        """
        Return a client that asks about this job.
        """
        return AsyncImageKit("private_key_of_tests", transport=httpx.MockTransport(self.respond))


async def test_done_at_once(scripted):
    """Work that is already done takes one poll, whose response is returned."""
    client, script = scripted(job("Completed"))
    reply = await client.folders.job.wait("j/1")

    assert ("j", "Completed") == (reply.job_id, reply.status)
    assert ["/v1/bulkJobs/j%2F1"] == [request.url.raw_path.decode() for request in script.requests]


async def test_partial_success_is_returned(scripted):
    """A job that is done but for the purge ends the wait without an error."""
    client, _ = scripted(job("Pending"), job("Partial success", 207))
    reply = await client.folders.job.wait("j")

    assert "Partial success" == reply.status


async def test_purge(scripted):
    """A purge is waited for by its id, by position or by name."""
    client, script = scripted(*[httpx.Response(200, json={"status": status}) for status in ("Pending", "Completed")])
    reply = await client.cache.invalidation.wait(request_id="p")

    assert "Completed" == reply.status
    assert ["/v1/files/purge/p"] * 2 == [request.url.path for request in script.requests]


async def test_pauses_grow_up_to_ten_seconds():
    """The first question comes at once; each pause is longer than the one before, from 0.25 s up to 10 s."""
    work = Job(done_at=60)
    async with work.client() as client:
        await client.folders.job.wait("j")
    growing = work.pauses[:8]

    assert [0.25, 0.4, 0.64] == work.pauses[:3]
    assert sorted(set(growing)) == growing
    assert {10.0} == set(work.pauses[9:])
    assert max(work.pauses) == 10.0


@pytest.mark.parametrize("status", ["Queued", None])
async def test_unknown_statuses_are_pending(scripted, status):
    """A status that the document does not know, or none, does not count as done."""
    client, _ = scripted(job(status), job("Completed"))
    reply = await client.folders.job.wait("j")

    assert "Completed" == reply.status


async def test_failure(scripted):
    """Work that failed raises an error that names it and holds the response."""
    client, _ = scripted(job("Pending"), job("Failed"))
    with pytest.raises(JobFailedError, match=r"^folders\.job j ended with the status Failed$") as raised:
        await client.folders.job.wait("j")

    assert JobFailedError is type(raised.value)
    assert "Failed" == raised.value.value.status  # type: ignore[attr-defined]


async def test_errors_of_the_question(scripted):
    """What asking raises is raised."""
    client, _ = scripted(httpx.Response(404, json={"message": "no such job"}))
    with pytest.raises(NotFoundError, match="no such job"):
        await client.folders.job.wait("j")


@pytest.mark.parametrize(("deadline", "waited"), [(0.2, 0), (0.25, 0), (1, 0.65), (1.29, 0.65), (1.3, 1.29)])
async def test_a_pause_that_ends_too_late_is_not_begun(deadline, waited):
    """The wait ends as soon as it is clear that the next question would come after the deadline."""
    work = Job(done_at=100)
    async with work.client() as client:
        started = anyio.current_time()
        with pytest.raises(WaitTimeoutError) as raised:
            await client.folders.job.wait("j", deadline=deadline)
        took = anyio.current_time() - started

    assert pytest.approx(waited) == took
    assert "folders.job j was not done in time: its last status is Pending" == str(raised.value)
    assert "Pending" == raised.value.value.status  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("deadline", "asked", "message"),
    [(3, 1, "there was no response"), (12, 2, "its last status is Pending")],
)
async def test_a_question_is_cut_off_at_the_deadline(deadline, asked, message):
    """The deadline bounds the whole wait: a poll in flight then is canceled."""
    work = Job(done_at=100, seconds=10)
    async with work.client() as client:
        started = anyio.current_time()
        with pytest.raises(WaitTimeoutError, match=message):
            await client.folders.job.wait("j", deadline=deadline)
        took = anyio.current_time() - started

    assert pytest.approx(deadline) == took
    assert asked == len(work.asked)


async def test_a_retry_that_comes_too_late(scripted):
    """A poll that would come after the deadline ends the wait at once, and its error reports why."""
    client, _ = scripted(job("Pending"), httpx.Response(503, headers={"Retry-After": "30"}))
    started = anyio.current_time()
    with pytest.raises(WaitTimeoutError, match="last status is Pending") as raised:
        await client.folders.job.wait("j", deadline=20)
    took = anyio.current_time() - started

    assert pytest.approx(0.25) == took
    assert isinstance(raised.value.__cause__, DeadlineExceededError)


@pytest.mark.parametrize(("deadline", "done_at"), [(None, 2000), (1000, 900), ("default", 590)])
async def test_long_waits(deadline, done_at):
    """Without a deadline a wait lasts as long as the work; by default 600 s."""
    work = Job(done_at=done_at)
    async with work.client() as client:
        reply = await client.folders.job.wait("j", **({} if deadline == "default" else {"deadline": deadline}))

    assert "Completed" == reply.status


async def test_default_deadline():
    """By default a wait gives up within 600 s."""
    work = Job(done_at=10_000)
    async with work.client() as client:
        started = anyio.current_time()
        with pytest.raises(WaitTimeoutError):
            await client.cache.invalidation.wait("p")
        took = anyio.current_time() - started

    assert 590 <= took <= 600


@pytest.mark.parametrize("deadline", [0, -1, float("nan")])
async def test_deadline_out_of_range(scripted, deadline):
    """A deadline that is not positive is refused before anything is sent."""
    client, _ = scripted()
    with pytest.raises(ValueError, match="deadline must be a positive number of seconds, or None"):
        await client.folders.job.wait("j", deadline=deadline)


@pytest.mark.parametrize("seconds", [0.0, 10.0])
async def test_cancelling(seconds):
    """A canceled wait ends where it is, in a pause or in a poll, and polls no more."""
    work = Job(done_at=100, seconds=seconds)
    async with work.client() as client:
        with anyio.move_on_after(5) as scope:
            await client.folders.job.wait("j")
        asked = len(work.asked)
        await anyio.sleep(100)

    assert scope.cancelled_caught
    assert asked == len(work.asked)


async def test_progress(scripted):
    """The callback gets each response that reports pending work, and not the last."""
    client, _ = scripted(job("Pending"), job("Copying"), job("Completed"))
    seen: list[Any] = []
    await client.folders.job.wait("j", on_progress=lambda reply: seen.append(reply.status))

    assert ["Pending", "Copying"] == seen


async def test_progress_that_raises(scripted):
    """What the callback raises ends the wait and reaches the caller."""
    client, _ = scripted(job("Pending"))

    def stop(reply: object) -> None:
        raise KeyError("stop")

    with pytest.raises(KeyError, match="stop"):
        await client.folders.job.wait("j", on_progress=stop)


async def test_progress_that_is_async(scripted):
    """A callback that is async would never run, so it is refused."""
    client, _ = scripted(job("Pending"))

    async def tell(reply: object) -> None:
        raise AssertionError

    with pytest.raises(TypeError, match=r"^a callback must be a plain function, not an async one or a generator$"):
        await client.folders.job.wait("j", on_progress=tell)


async def test_options_go_with_each_question(scripted):
    """Every question carries the options of the wait."""
    client, script = scripted(job("Pending"), job("Completed"))
    options = {"extra_headers": {"X-A": "b"}, "extra_query": {"c": 1}, "extra_body": {"d": 1}, "timeout": 3}
    await client.folders.job.wait("j", **options)

    assert [("b", "1", b'{"d":1}')] * 2 == [
        (request.headers["X-A"], request.url.params["c"], request.content) for request in script.requests
    ]
    assert [3, 3] == [request.extensions["timeout"]["read"] for request in script.requests]


@pytest.mark.parametrize("path", ["folders.job", "cache.invalidation"])
async def test_signature(scripted, path):
    """`wait` takes the positional argument of `get`, documents every argument, and has no twin with the response."""
    client, _ = scripted()
    resource, twin = client, client.with_response
    for step in path.split("."):
        resource, twin = getattr(resource, step), getattr(twin, step)
    parameters = list(inspect.signature(resource.wait).parameters)
    doc = inspect.getdoc(resource.wait) or ""

    assert next(iter(inspect.signature(resource.get).parameters)) == parameters[0]
    assert not [name for name in parameters if f"\n    {name}: " not in doc]
    assert not hasattr(twin, "wait")
