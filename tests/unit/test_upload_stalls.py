"""
A source that stalls holds up nothing: not its own call, not others, and not the file that it reads.
"""

from __future__ import annotations

import io
import os
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from imagekit_async import AsyncImageKit
from imagekit_async._uploads.sources import ByteSource, FileInput, open_source
from imagekit_async.errors import APIConnectionError, APITimeoutError, ClientClosedError, DeadlineExceededError

from .test_upload_sources import is_open

pytestmark = pytest.mark.anyio

DATA = b"stalled" * 100
variable = ContextVar("variable", default="")


class Gate:
    """
    Something that blocks a thread until the test is over.
    """

    def __init__(self) -> None:
        self.reached = threading.Event()
        self._opened = threading.Event()

    def wait(self) -> None:
        """
        Block the calling thread.
        """
        self.reached.set()
        self._opened.wait()

    @property
    def is_open(self) -> bool:
        """
        Whether nothing is blocked any more.
        """
        return self._opened.is_set()

    def open(self) -> None:
        """
        Let all go on.
        """
        self._opened.set()


# Event loops wait for tasks that let no cancellation through, so the tests end those before they end.
@pytest.fixture
def gate() -> Iterator[Gate]:
    """A gate that lets its threads end after the test."""
    gate = Gate()
    yield gate
    gate.open()


class Stalling(io.BytesIO):
    """
    A seekable file, one of whose methods blocks; it knows how many threads are in it at once.
    """

    def __init__(self, gate: Gate, method: str, after: int = 0) -> None:
        super().__init__(DATA)
        self._gate, self._method, self._after = gate, method, after
        self._inside = 0
        self.most_inside = 0

    def _pass(self, method: str) -> None:
        if method == self._method:
            self._after -= 1
            if self._after < 0:
                self._gate.wait()

    def _entered(self, method: str, call: Callable[..., Any], *arguments: Any) -> Any:
        self._inside += 1
        self.most_inside = max(self.most_inside, self._inside)
        try:
            self._pass(method)
            return call(*arguments)
        finally:
            self._inside -= 1

    def seekable(self) -> bool:
        """Say that it can go back."""
        return bool(self._entered("seekable", super().seekable))

    def tell(self) -> int:
        """Return the position."""
        return int(self._entered("tell", super().tell))

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Move."""
        return int(self._entered("seek", super().seek, offset, whence))

    def read(self, size: int | None = -1, /) -> bytes:
        """Read on."""
        return bytes(self._entered("read", super().read, size))


class Asked(io.BytesIO):
    """
    A file with an attribute that blocks the code that reads it.
    """

    def __init__(self, gate: Gate, attribute: str) -> None:
        super().__init__(DATA)
        self._gate, self._attribute = gate, attribute

    def __getattribute__(self, name: str) -> Any:
        """Look at an attribute."""
        if not name.startswith("_") and name == self._attribute:
            self._gate.wait()
        return super().__getattribute__(name)


class AskedAsync(Asked):
    """
    The same with methods that are awaited.
    """

    async def read(self, size: int | None = -1, /) -> bytes:  # type: ignore[override]
        """Read on."""
        return super().read(size)


def client() -> AsyncImageKit:
    """A client whose server takes everything."""

    async def respond(request: httpx.Request) -> httpx.Response:
        """Respond."""
        return httpx.Response(200, json={"fileId": "f1"})

    return AsyncImageKit("key", transport=httpx.MockTransport(respond), max_retries=0)


def stalled_chunks(gate: Gate) -> Iterator[bytes]:
    """Give nothing."""
    gate.wait()
    yield DATA


def stalled_later(gate: Gate) -> Iterator[bytes]:
    """Give something, then nothing."""
    yield DATA
    gate.wait()


async def hanging_chunks(gate: Gate) -> AsyncIterator[bytes]:
    """Give nothing, asynchronously."""
    gate.reached.set()
    await anyio.sleep_forever()
    yield DATA


class HangingFile:
    """A file that is awaited and never responds."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    async def read(self, size: int, /) -> bytes:
        """Wait."""
        self._gate.reached.set()
        await anyio.sleep_forever()
        raise AssertionError


class Shielded(AsyncIterator[bytes]):
    """Give some chunks, then nothing, and let no cancellation through."""

    def __init__(self, gate: Gate, chunks: int = 0) -> None:
        self._gate, self._chunks = gate, chunks

    async def __anext__(self) -> bytes:
        """Give the next chunk, or wait."""
        self._chunks -= 1
        if self._chunks < 0:
            with anyio.CancelScope(shield=True):
                await _opened(self._gate)
        return DATA


class Stubborn(Shielded):
    """Give nothing, and go on after each cancellation."""

    async def __anext__(self) -> bytes:
        """Wait."""
        while not self._gate.is_open:
            try:
                await _opened(self._gate)
            except anyio.get_cancelled_exc_class():
                with anyio.CancelScope(shield=True):
                    await anyio.sleep(0.01)
        return DATA


class ShieldedFile:
    """A file that is awaited and never responds, and lets no cancellation through."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    async def read(self, size: int, /) -> bytes:
        """Wait."""
        with anyio.CancelScope(shield=True):
            await _opened(self._gate)
        return b""


class Awaited:
    """A plain method of a file that returns something to await."""

    def __init__(self, gate: Gate) -> None:
        self._file = ShieldedFile(gate)

    def read(self, size: int, /) -> Any:
        """Wait."""
        return self._file.read(size)


async def _opened(gate: Gate) -> None:
    gate.reached.set()
    while not gate.is_open:
        await anyio.sleep(0.01)


SOURCES: dict[str, Callable[[Gate], Any]] = {
    "seekable": lambda gate: Stalling(gate, "seekable"),
    "tell": lambda gate: Stalling(gate, "tell"),
    "second tell": lambda gate: Stalling(gate, "tell", 1),
    "seek": lambda gate: Stalling(gate, "seek"),
    "seek of the first attempt": lambda gate: Stalling(gate, "seek", 2),
    "read": lambda gate: Stalling(gate, "read"),
    "read of the first attempt": lambda gate: Stalling(gate, "read", 1),
    "read at the end": lambda gate: Stalling(gate, "read", 2),
    "wrapped by anyio": lambda gate: anyio.wrap_file(Stalling(gate, "read", 1)),
    "named": lambda gate: ("a.png", Stalling(gate, "read")),
    "first chunk": stalled_chunks,
    "second chunk": stalled_later,
    "first chunk of an async iterable": hanging_chunks,
    "async file": HangingFile,
    "shielded chunk": Shielded,
    "shielded second chunk": lambda gate: Shielded(gate, 1),
    "stubborn chunk": Stubborn,
    "shielded file": ShieldedFile,
    "shielded awaitable": Awaited,
    "closed": lambda gate: Asked(gate, "closed"),
    "name": lambda gate: Asked(gate, "name"),
    "read as a property": lambda gate: Asked(gate, "read"),
    "seekable as a property": lambda gate: Asked(gate, "seekable"),
    "content_type": lambda gate: Asked(gate, "content_type"),
    "fileno": lambda gate: Asked(gate, "fileno"),
    "a property of an async file": lambda gate: AskedAsync(gate, "seekable"),
}


@pytest.mark.parametrize("kind", SOURCES)
async def test_a_stalled_source_can_be_canceled(gate: Gate, kind: str) -> None:
    """A cancel scope ends the call at once while the source's own method blocks."""
    scope = anyio.CancelScope()

    async def cancel() -> None:
        """Cancel once the source is known to block."""
        await anyio.to_thread.run_sync(gate.reached.wait)
        scope.cancel()

    async with client() as imagekit, anyio.create_task_group() as tasks:
        tasks.start_soon(cancel)
        with scope:
            await imagekit.files.upload(file=SOURCES[kind](gate), file_name="a.png")
    gate.open()

    assert scope.cancelled_caught


@pytest.mark.parametrize("kind", SOURCES)
async def test_a_stalled_source_does_not_outlast_the_deadline(gate: Gate, kind: str) -> None:
    """The deadline ends the call whatever the source does."""
    async with client() as imagekit:
        with pytest.raises(APIConnectionError) as caught:
            await imagekit.files.upload(file=SOURCES[kind](gate), file_name="a.png", deadline=0.05)
    gate.open()

    assert isinstance(caught.value.__cause__ or caught.value, DeadlineExceededError) or caught.value.request_sent


@pytest.mark.parametrize("kind", SOURCES)
async def test_a_stalled_source_does_not_outlast_the_timeout(gate: Gate, kind: str) -> None:
    """The timeout of an attempt counts what comes before it: opening the source and reading its first chunk."""
    async with client() as imagekit:
        with pytest.raises(APIConnectionError) as caught:
            await imagekit.files.upload(file=SOURCES[kind](gate), file_name="a.png", timeout=0.05)
    gate.open()

    assert isinstance(caught.value, APITimeoutError) or caught.value.request_sent


async def test_an_error_while_opening_names_the_argument(gate: Gate) -> None:
    """Nothing was sent while the source was opened, and the error says what it waited for."""
    async with client() as imagekit:
        with pytest.raises(APITimeoutError, match=r"^file could not be opened and read within 0\.05 s") as caught:
            await imagekit.files.upload(file=stalled_chunks(gate), file_name="a.png", timeout=0.05)

    assert (False, 0) == (caught.value.request_sent, caught.value.attempts)


async def test_an_async_iterable_may_hold_a_scope_open() -> None:
    """All steps of an async generator run in one task, with the context of the caller."""
    variable.set("the caller's")

    async def chunks() -> AsyncIterator[bytes]:
        with anyio.move_on_after(60):
            for _ in range(3):
                seen.append((variable.get(), anyio.get_current_task().id))
                yield DATA

    seen: list[tuple[str, int]] = []
    async with client() as imagekit:
        await imagekit.files.upload(file=chunks(), file_name="a.png")

    assert (3, {("the caller's", seen[0][1])}) == (len(seen), set(seen))


async def test_an_async_iterable_that_is_not_sent_leaves_no_task_behind(gate: Gate) -> None:
    """The task of an iterable whose first chunk was read ends with the call, also if it is never sent."""
    before = len(anyio.get_running_tasks())
    async with httpx.AsyncClient() as closed:
        pass
    async with AsyncImageKit("key", http_client=closed) as imagekit:
        with pytest.raises(ClientClosedError):
            await imagekit.files.upload(file=Shielded(gate, 9), file_name="a.png")
    for _ in range(9):
        await anyio.sleep(0)

    assert before == len(anyio.get_running_tasks())


async def test_the_error_of_an_async_iterable_is_the_callers() -> None:
    """What an async generator raises ends the call, unless something was sent."""

    async def chunks() -> AsyncIterator[bytes]:
        raise LookupError("mine")
        yield DATA

    async with client() as imagekit:
        with pytest.raises(LookupError, match="mine"):
            await imagekit.files.upload(file=chunks(), file_name="a.png")


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_a_cancellation_that_a_source_makes_up_is_an_error() -> None:
    """A source that ends as if it was canceled, while the call is not, does not cancel the call."""

    async def chunks() -> AsyncIterator[bytes]:
        raise anyio.get_cancelled_exc_class()
        yield DATA

    async with client() as imagekit:
        with pytest.raises(RuntimeError, match=r"^file was canceled while it was read$"):
            await imagekit.files.upload(file=chunks(), file_name="a.png")


async def test_stalled_sources_leave_threads_to_others(tmp_path: Path) -> None:
    """A hundred sources that stall keep neither uploads nor the application from getting threads."""
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(DATA)
    gates = [Gate() for _ in range(100)]
    async with client() as imagekit:
        for stalling in gates:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(open_source, Stalling(stalling, "tell"))
                await anyio.to_thread.run_sync(stalling.reached.wait)
                tasks.cancel_scope.cancel()
        await imagekit.files.upload(file=photo, file_name="a.png")
        await anyio.to_thread.run_sync(int)
    for stalling in gates:
        stalling.open()


async def test_more_sources_than_threads_take_turns(gate: Gate) -> None:
    """Of a hundred sources that stall at once, forty have a thread, and the others get theirs afterwards."""
    files = [Stalling(gate, "tell") for _ in range(100)]
    async with anyio.create_task_group() as tasks:
        for file in files:
            tasks.start_soon(open_source, file)
        await anyio.wait_all_tasks_blocked()
        waiting = [file.most_inside for file in files].count(0)
        gate.open()

    assert 60 <= waiting
    assert [1] * 100 == [file.most_inside for file in files]


async def _byte_source(file: FileInput) -> ByteSource:
    source = await open_source(file)
    assert isinstance(source, ByteSource)
    return source


async def _stop_while_reading(source: ByteSource, gate: Gate) -> None:
    """Give up a pass whose read stalls."""

    async def cancel() -> None:
        await anyio.to_thread.run_sync(gate.reached.wait)
        scope.cancel()

    scope, chunks = anyio.CancelScope(), source.chunks()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(cancel)
        with scope:
            await anext(chunks)
    chunks.close()

    assert scope.cancelled_caught


async def test_a_retry_waits_for_the_read_that_was_given_up(gate: Gate) -> None:
    """Two attempts never read one file at once, and the second one reads it from its start."""
    file = Stalling(gate, "read", 1)
    source = await _byte_source(file)
    await _stop_while_reading(source, gate)
    given: list[bytes] = []

    async def read_again() -> None:
        given.extend([chunk async for chunk in source.chunks()])

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(read_again)
        await anyio.wait_all_tasks_blocked()
        gate.open()

    assert DATA == b"".join(given)
    assert 1 == file.most_inside


async def test_an_attempt_that_was_given_up_before_its_turn_never_reads(gate: Gate) -> None:
    """An attempt that waited for another one's read, and was given up, does not move the file later."""
    file = Stalling(gate, "read", 1)
    source = await _byte_source(file)
    await _stop_while_reading(source, gate)
    with anyio.move_on_after(0.05) as scope:
        await anext(source.chunks())
    gate.open()
    data = b"".join([chunk async for chunk in source.chunks()])

    assert scope.cancelled_caught
    assert DATA == data
    assert 1 == file.most_inside


class Unawaited(Coroutine[Any, Any, bytes]):
    """
    A coroutine that says when it is closed.
    """

    def __init__(self) -> None:
        self.closed = threading.Event()

    def __await__(self) -> Any:
        raise AssertionError

    def send(self, value: Any) -> Any:
        """Never run."""
        raise AssertionError

    def throw(self, *arguments: Any) -> Any:
        """Never run."""
        raise AssertionError

    def close(self) -> None:
        """Note the end."""
        self.closed.set()


async def test_a_coroutine_that_comes_too_late_is_closed(gate: Gate) -> None:
    """What a method returns after its call was given up is closed, so that Python does not warn about it."""
    late = Unawaited()

    class Late:
        def read(self, size: int, /) -> Any:
            """Block, and return a coroutine."""
            gate.wait()
            return late

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(open_source, Late())
        await anyio.to_thread.run_sync(gate.reached.wait)
        tasks.cancel_scope.cancel()
    gate.open()
    await anyio.to_thread.run_sync(late.closed.wait)

    assert late.closed.is_set()


async def test_a_path_that_was_given_up_is_closed(gate: Gate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread that was left behind closes the file as soon as the disk lets it."""
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(DATA * 1000)
    source = await _byte_source(photo)
    closed = threading.Event()
    read, close = os.read, os.close

    def stalled_read(descriptor: int, size: int) -> bytes:
        """Read from a disk that stalls."""
        gate.wait()
        return read(descriptor, size)

    def noted_close(descriptor: int) -> None:
        """Close, and say so."""
        close(descriptor)
        closed.set()

    with monkeypatch.context() as patch:
        patch.setattr(os, "read", stalled_read)
        patch.setattr(os, "close", noted_close)
        await _stop_while_reading(source, gate)
        was_open = await anyio.to_thread.run_sync(is_open, photo)
        gate.open()
        await anyio.to_thread.run_sync(closed.wait)

    assert was_open
    assert not is_open(photo)


async def test_a_path_that_becomes_a_pipe_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A named pipe that takes the place of a file after the check is opened without waiting for its writer."""
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(DATA)
    opening = os.open

    def swap(path: Any, flags: int, mode: int = 0o777) -> int:
        """Open the pipe that has come meanwhile."""
        if path == str(photo):
            photo.unlink()
            os.mkfifo(photo)
        return opening(path, flags, mode)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", swap)
        with pytest.raises(ValueError, match=r"^file must be the path of a regular file, got '.*photo\.jpg'"):
            await open_source(photo)

    assert not is_open(photo)
