"""
Whatever ends a call after an attempt that may have been executed, the error does not hide that attempt.
"""

from __future__ import annotations

import io
import mimetypes
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import attrs
import httpx
import pytest

from imagekit_async import (
    APIConnectionError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    AsyncImageKit,
    BadRequestError,
    ClientClosedError,
    DeadlineExceededError,
    Hooks,
    ImageKitError,
    NotFoundError,
    Pacing,
    PermissionDeniedError,
    RateLimitError,
    ResponseEvent,
    UploadOutcomeUnknownError,
)
from imagekit_async._http.in_process_store import InProcessStore

pytestmark = pytest.mark.anyio

FILE = {"fileId": "f1", "name": "a.png", "type": "file"}
EARLIER = "an earlier attempt may have succeeded"


async def lost(request: httpx.Request) -> httpx.Response:
    """Read the whole request and break the connection."""
    await request.aread()
    raise httpx.ReadError("cut")


async def partly_sent(request: httpx.Request) -> httpx.Response:
    """Break the connection within the request."""
    body = aiter(request.stream)
    for _ in range(2):
        await anext(body, b"")
    raise httpx.WriteError("cut")


async def slow(request: httpx.Request) -> httpx.Response:
    """Read the whole request and never respond."""
    await request.aread()
    raise httpx.ReadTimeout("slow")


def replying(status: int, **response: Any) -> Callable[[httpx.Request], Any]:
    """Respond so."""

    async def reply(request: httpx.Request) -> httpx.Response:
        await request.aread()
        return httpx.Response(status, **response)

    return reply


def raising(error: Exception) -> Callable[[httpx.Request], Any]:
    """Read the request and raise an exception."""

    async def reply(request: httpx.Request) -> httpx.Response:
        await request.aread()
        raise error

    return reply


async def hang(request: httpx.Request) -> httpx.Response:
    """Respond after an hour."""
    await request.aread()
    await anyio.sleep(3600)
    raise AssertionError


UNCERTAIN = {
    "response lost": lost,
    "partly sent": partly_sent,
    "read timeout": slow,
    "408": replying(408),
    "503": replying(503),
    "504": replying(504, text="<html>"),
    "broken body": replying(200, content=b"<html>"),
}
UNICODE = UnicodeEncodeError("ascii", "\u2026", 0, 1, "no")


def exhausting() -> Iterator[object]:
    """A source for which there is not enough memory."""
    yield b"abc"
    raise MemoryError


class Source:
    """An iterable whose second pass differs from the first."""

    def __init__(self, *passes: Iterable[object]) -> None:
        self.passes = list(passes)

    def __iter__(self) -> Iterator[object]:
        return iter(self.passes.pop(0))


@attrs.frozen
class End:
    """
    How the call ends.

    Attributes:
        cause: Class of the cause of an upload's error.
        reply: What the transport does with the second attempt.
        source: Makes the file of an upload, given a path.
        between: Called between the attempts, with the path and the file.
        options: Options of the call.
        attempts: Attempts that are made.
    """

    cause: type[BaseException]
    reply: Callable[[httpx.Request], Any] = hang
    source: Callable[[Path], Any] = lambda path: b"abc"
    between: Callable[[Path, Any], None] | None = None
    options: dict[str, Any] = attrs.field(factory=dict)
    attempts: int = 2


SOURCES = {
    "deleted file": End(FileNotFoundError, source=lambda path: path, between=lambda path, file: path.unlink()),
    "changed file": End(ValueError, source=lambda path: path, between=lambda path, file: path.write_bytes(b"longer")),
    "closed handle": End(ValueError, source=lambda path: io.BytesIO(b"abc"), between=lambda path, file: file.close()),
    "differing iterable": End(ValueError, source=lambda path: Source([b"abc"], [b"xyz"])),
    "wrong type": End(TypeError, source=lambda path: Source([b"abc"], [b"abc", "text"])),
    "failing source": End(MemoryError, source=lambda path: Source([b"abc"], exhausting())),
}
TRANSPORTS = {
    "encoding error": End(UnicodeEncodeError, raising(UNICODE)),
    "out of memory": End(MemoryError, raising(MemoryError())),
    "group": End(ExceptionGroup, raising(ExceptionGroup("many", [OSError("one")]))),
    "os error": End(OSError, raising(OSError("no more files"))),
    "timeout": End(TimeoutError, raising(TimeoutError())),
    "invalid url": End(httpx.InvalidURL, raising(httpx.InvalidURL("no"))),
    "refused connection": End(httpx.ConnectError, raising(httpx.ConnectError("refused"))),
    "refused request": End(BadRequestError, replying(400)),
    "gone": End(NotFoundError, replying(404)),
    "revoked key": End(PermissionDeniedError, replying(403)),
    "rate limit": End(RateLimitError, replying(429, headers={"Retry-After": "61"})),
    "broken body": End(APIResponseValidationError, replying(200, content=b"[")),
    "server error": End(APIStatusError, replying(500)),
    "cut again": End(httpx.ReadError, lost),
    "attempt too long": End(httpx.ReadTimeout, hang, options={"timeout": 5}),
}
DEADLINES = {
    "deadline": End(DeadlineExceededError, hang, options={"deadline": 30}),
    "deadline before the retry": End(DeadlineExceededError, options={"deadline": 0.1}, attempts=1),
}


class Scripted(httpx.AsyncBaseTransport):
    """
    A transport that treats attempts as instructed, one after another, and leaves reading the request to that.

    Args:
        between: Called in a worker thread when an attempt ends.
        replies: What to do with the attempts.
    """

    def __init__(self, between: Callable[[], object] | None, *replies: Callable[[httpx.Request], Any]) -> None:
        self.between = between
        self.replies = list(replies)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Treat the next attempt."""
        try:
            return await self.replies.pop(0)(request)
        finally:
            if self.replies and self.between is not None:
                await anyio.to_thread.run_sync(self.between)


def client_of(
    *replies: Callable[[httpx.Request], Any], shared: bool, between: Callable[[], object] | None = None, **settings: Any
) -> AsyncImageKit:
    """A client with one retry whose attempts are treated so, over a transport or an httpx client of the caller's."""
    transport = Scripted(between, *replies)
    over = {"http_client": httpx.AsyncClient(transport=transport)} if shared else {"transport": transport}
    return AsyncImageKit("private", max_retries=1, **over, **settings)


@pytest.fixture
def no_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do the work of threads at once, for the virtual clock would jump to the deadline while one is waited for."""

    async def run_sync(work: Callable[..., Any], *args: object) -> Any:
        return work(*args)

    mimetypes.guess_type("")
    monkeypatch.setattr(anyio.to_thread, "run_sync", run_sync)


def tables(*ends: dict[str, End]):
    """Parametrize over the uncertain attempts and these ends."""

    def apply(test):
        named = {name: end for table in ends for name, end in table.items()}
        for name, table in (("uncertain", UNCERTAIN), ("end", named)):
            test = pytest.mark.parametrize(name, [pytest.param(value, id=key) for key, value in table.items()])(test)
        return test

    return apply


@tables(SOURCES, TRANSPORTS)
@pytest.mark.parametrize("shared", [False, True], ids=["transport", "http_client"])
async def test_an_upload_of_unknown_outcome_stays_one(tmp_path, uncertain, end, shared):
    """An upload that an attempt may have stored raises UploadOutcomeUnknownError, with what ended it as the cause."""
    path = tmp_path / "a.bin"
    path.write_bytes(b"abc")
    file = end.source(path)
    between = None if end.between is None else partial(end.between, path, file)
    client = client_of(uncertain, end.reply, shared=shared, between=between)

    with pytest.raises(UploadOutcomeUnknownError, match="may or may not have been stored") as caught:
        await client.files.upload(file=file, file_name="a.bin", folder="/b", use_unique_file_name=False, **end.options)

    error = caught.value
    assert isinstance(error.__cause__, end.cause)
    assert ("a.bin", "/b", end.attempts, True) == (error.file_name, error.folder, error.attempts, error.request_sent)


@tables(DEADLINES)
@pytest.mark.usefixtures("no_threads")
async def test_a_deadline_leaves_an_upload_of_unknown_outcome(uncertain, end):
    """An upload that an attempt may have stored before the deadline raises UploadOutcomeUnknownError."""
    client = client_of(uncertain, end.reply, shared=False)

    with pytest.raises(UploadOutcomeUnknownError) as caught:
        await client.files.upload(file=b"abc", file_name="a.bin", use_unique_file_name=False, **end.options)

    error = caught.value
    assert isinstance(error.__cause__, DeadlineExceededError)
    assert (end.attempts, True) == (error.attempts, error.timed_out)


@tables(TRANSPORTS, DEADLINES)
async def test_another_write_says_what_may_have_happened(uncertain, end):
    """A write that an attempt may have executed says so in its error, which is always one of ours."""
    client = client_of(uncertain, end.reply, shared=False)

    with pytest.raises(ImageKitError, match=EARLIER) as caught:
        await client.files.update("f1", tags=["a"], **end.options)

    error = caught.value
    assert end.attempts == error.attempts
    assert isinstance(error, end.cause) or isinstance(error.__cause__, end.cause)
    assert getattr(error, "request_sent", True)
    assert (error.message,) == error.args


@pytest.mark.parametrize("end", [*TRANSPORTS.values(), *DEADLINES.values()])
async def test_reading_has_no_outcome(end):
    """The error of a call that only reads says nothing about earlier attempts."""
    client = client_of(lost, end.reply, shared=False)

    with pytest.raises(ImageKitError) as caught:
        await client.files.get("f1", **end.options)

    assert EARLIER not in str(caught.value)


async def close(client: AsyncImageKit, waiting: anyio.Event) -> None:
    """Close the client when it waits to retry."""
    await waiting.wait()
    await client.aclose()


async def upload(client: AsyncImageKit) -> None:
    """An upload that is retried."""
    await client.files.upload(file=b"abc", file_name="a.bin", use_unique_file_name=False)


async def tag(client: AsyncImageKit) -> None:
    """Another write that is retried."""
    await client.files.update("f1", tags=["a"])


@pytest.mark.parametrize("uncertain", [pytest.param(value, id=key) for key, value in UNCERTAIN.items()])
@pytest.mark.parametrize(("call", "kind"), [(upload, UploadOutcomeUnknownError), (tag, ClientClosedError)])
async def test_closing_the_client_hides_nothing(uncertain, call, kind):
    """A client that is closed before the retry raises what is known; another write still gets a ClientClosedError."""
    waiting = anyio.Event()
    client = client_of(uncertain, hang, shared=False, hooks=Hooks(on_retry=lambda event: waiting.set()))

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(close, client, waiting)
        with pytest.raises(ImageKitError) as caught:
            await call(client)

    error = caught.value
    assert kind is type(error)
    assert isinstance(error.__cause__, ClientClosedError)
    assert kind is UploadOutcomeUnknownError or EARLIER in error.message


@pytest.mark.parametrize("uncertain", [pytest.param(value, id=key) for key, value in UNCERTAIN.items()])
@pytest.mark.usefixtures("no_threads")
async def test_cancellation_stays_cancellation(uncertain):
    """A call that is canceled after an uncertain attempt, or within one, is canceled and raises nothing."""
    for replies in ([uncertain, hang], [hang]):
        client = client_of(*replies, shared=False)

        with anyio.move_on_after(30) as scope:
            await client.files.upload(file=b"abc", file_name="a.bin", use_unique_file_name=False)

        assert scope.cancelled_caught


class FailingStore(InProcessStore):
    """A store of rate limits that fails once it is broken."""

    broken = False

    async def acquire(self, *args: Any, **keywords: Any) -> Any:
        """Take a slot, or fail."""
        if self.broken:
            raise LookupError("no database")
        return await super().acquire(*args, **keywords)


async def test_a_failing_store_hides_nothing():
    """A write whose retry is kept from its turn by a failing store says that an earlier attempt may have succeeded."""
    store = FailingStore()
    hooks = Hooks(on_retry=lambda event: setattr(store, "broken", True))
    client = client_of(lost, shared=False, hooks=hooks, pacing=Pacing(store=store))

    with pytest.raises(APIConnectionError, match=f"LookupError: no database; {EARLIER}") as caught:
        await client.files.update("f1", tags=["a"])

    assert isinstance(caught.value.__cause__, LookupError)
    assert caught.value.request_sent


@pytest.mark.parametrize("begun", [True, False])
async def test_a_failing_span_changes_nothing(caplog, begun):
    """A span that cannot be opened or closed is logged, and the call returns what it would without it."""

    @contextmanager
    def span(*names: str) -> Iterator[None]:
        if not begun:
            raise ZeroDivisionError("mine")
        yield None
        raise ZeroDivisionError("mine")

    client = client_of(lost, replying(200, json=FILE), shared=False, hooks=Hooks(span=span))

    uploaded = await client.files.upload(file=b"abc", file_name="a.bin", use_unique_file_name=False)

    assert "f1" == uploaded.file_id
    assert ["a span could not be closed" if begun else "a span could not be opened"] == [
        record.message for record in caplog.records
    ]


async def test_a_span_may_raise_the_error_of_the_call(caplog):
    """A span that raises the call's own error when it is closed has not failed, and one may not suppress it."""

    class Span:
        def __init__(self, *names: str) -> None:
            self.attempts = 0

        def __enter__(self) -> Span:
            return self

        def __exit__(self, kind: object, error: BaseException | None, at: object) -> bool:
            assert error is not None
            if self.attempts == 1:
                raise error
            return True

        def attempted(self, event: ResponseEvent) -> None:
            self.attempts += 1

    client = client_of(replying(404), lost, replying(404), shared=False, hooks=Hooks(span=Span))

    for _ in range(2):
        with pytest.raises(NotFoundError):
            await client.files.get("f1")

    assert [] == caplog.records


@pytest.mark.parametrize("error", [UNICODE, MemoryError(), ExceptionGroup("many", [OSError("one")]), OSError("no")])
async def test_a_transport_that_breaks_within_the_first_attempt(error):
    """An exception of the transport's own does not prove that nothing was executed, and becomes one of ours."""
    for reply in (raising(error), partly_broken(error)):
        client = client_of(*[reply] * 3, shared=False)

        with pytest.raises(UploadOutcomeUnknownError, match=type(error).__name__) as unknown:
            await client.files.upload(file=b"abc", file_name="a.bin")
        with pytest.raises(APIConnectionError, match=type(error).__name__) as write:
            await client.files.update("f1", tags=["a"])
        with pytest.raises(APIConnectionError) as read:
            await client.files.get("f1")

        assert [error] * 3 == [caught.value.__cause__ for caught in (unknown, write, read)]
        assert [(1, True)] * 3 == [
            (caught.value.attempts, caught.value.request_sent) for caught in (unknown, write, read)
        ]


def partly_broken(error: Exception) -> Callable[[httpx.Request], Any]:
    """Raise an exception within the request."""

    async def reply(request: httpx.Request) -> httpx.Response:
        await anext(aiter(request.stream), b"")
        raise error

    return reply


async def test_a_timeout_of_the_transports_own_is_a_timeout():
    """A TimeoutError out of a transport is an APITimeoutError."""
    client = client_of(raising(TimeoutError()), shared=False)

    with pytest.raises(APITimeoutError, match="TimeoutError"):
        await client.files.update("f1", tags=["a"])


async def test_what_the_transport_cannot_send_was_not_sent():
    """An exception before the first byte, as a trace shows, leaves no doubt, and is not retried."""

    async def reply(request: httpx.Request) -> httpx.Response:
        await request.extensions["trace"]("connection.connect_tcp.started", {})
        raise UNICODE

    client = client_of(reply, shared=False)

    with pytest.raises(APIConnectionError) as caught:
        await client.files.upload(file=b"abc", file_name="a.bin")

    assert (APIConnectionError, False) == (type(caught.value), caught.value.request_sent)


async def late_failure() -> AsyncIterator[bytes]:
    """A source that fails after its first chunk."""
    yield b"abc"
    raise ValueError("mine")


@pytest.mark.parametrize("file", [late_failure, lambda: Source([b"abc", 5])], ids=["raises", "wrong type"])
async def test_a_source_that_fails_in_the_first_attempt_raises_its_own(file):
    """Until something may have been executed, what a source raises is raised as it is: the request never ended."""
    client = client_of(lost, shared=False)

    with pytest.raises((ValueError, TypeError)) as caught:
        await client.files.upload(file=file(), file_name="a.bin")

    assert not isinstance(caught.value, ImageKitError)


async def test_a_source_that_fails_behind_the_transports_back():
    """A transport that raises an exception of its own for a failing source does not hide the source's."""

    async def reply(request: httpx.Request) -> httpx.Response:
        try:
            return await lost(request)
        except ValueError:
            raise httpx.WriteError("could not send") from None

    client = client_of(reply, shared=False)

    with pytest.raises(ValueError, match="mine"):
        await client.files.upload(file=late_failure(), file_name="a.bin")


async def test_a_closed_http_client_is_named():
    """An http_client that its owner has closed is reported as such, and nothing counts as sent."""
    http_client = httpx.AsyncClient(transport=Scripted(None))
    client = AsyncImageKit("private", http_client=http_client)
    await http_client.aclose()

    with pytest.raises(ClientClosedError, match="http_client"):
        await client.files.upload(file=b"abc", file_name="a.bin")


EXTENSIONS = [{"name": "remove-bg"}]
FIXED_NAME = {"use_unique_file_name": False}


async def fixed_upload(client: AsyncImageKit, **fields: Any) -> None:
    """Upload over a fixed name."""
    await client.files.upload(file=b"abc", file_name="a.bin", **FIXED_NAME, **fields)


async def fixed_upload_v2(client: AsyncImageKit, **fields: Any) -> None:
    """Upload over a fixed name, by the second version of the API."""
    await client.beta.v2.files.upload(file=b"abc", file_name="a.bin", **FIXED_NAME, **fields)


async def update(client: AsyncImageKit, **fields: Any) -> None:
    """Change a file."""
    await client.files.update("f1", **fields)


async def rename(client: AsyncImageKit, **fields: Any) -> None:
    """Rename a file."""
    await client.files.rename(file_path="/a.bin", new_file_name="b.bin", **fields)


HARMFUL = [
    *[
        (upload, fields)
        for upload in (fixed_upload, fixed_upload_v2)
        for fields in (
            {"extensions": EXTENSIONS},
            {"transformation": {"pre": "w-100"}},
            {"webhook_url": "https://hooks.example"},
            {"extra_body": {"extensions": EXTENSIONS}},
        )
    ],
    (update, {"extensions": EXTENSIONS}),
    (update, {"tags": ["a"], "webhook_url": "https://hooks.example"}),
    (update, {"publish": {"isPublished": False}}),
    (update, {"tags": ["a"], "extra_body": {"extensions": EXTENSIONS}}),
    (rename, {"purge_cache": True}),
]
HARMLESS = [
    (fixed_upload, {}),
    (fixed_upload, {"tags": ["a"], "extensions": []}),
    (fixed_upload_v2, {"custom_metadata": {"a": 1}}),
    (update, {"tags": ["a"]}),
    (update, {"tags": ["a"], "extensions": []}),
    (rename, {"purge_cache": False}),
    *[(call, {**fields, "idempotent": True}) for call, fields in HARMFUL],
]


@pytest.mark.parametrize(("call", "fields"), HARMFUL)
async def test_what_costs_money_is_not_repeated(call, fields):
    """A call with a field that costs money or creates a version is sent once, though it is harmless without it."""
    client = client_of(lost, shared=False)

    with pytest.raises(APIConnectionError) as caught:
        await call(client, **fields)

    assert (1, True) == (caught.value.attempts, caught.value.request_sent)


@pytest.mark.parametrize(("call", "fields"), HARMLESS)
async def test_what_costs_nothing_is_repeated(call, fields):
    """A call without such a field, or with the caller's word, is sent again after a lost response."""
    client = client_of(lost, replying(200, json=FILE), shared=False)

    await call(client, **fields)
