"""
Calls that are canceled at every point at which they can be: nothing stays open, taken or counted.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import re
import time
import types
from collections.abc import Awaitable, Callable, Generator
from datetime import timedelta
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import anyio
import anyio.lowlevel
import attrs
import pytest
from packaging.version import Version

from imagekit_async import AsyncImageKit, Hooks, Pacing
from imagekit_async._http.in_process_store import InProcessStore
from imagekit_async.integrations.aiohttp import AiohttpTransport
from imagekit_async.integrations.httpx2 import Httpx2Transport

closes_what_connects = pytest.mark.skipif(
    Version(version("anyio")) < Version("4.16"),
    reason="older releases of anyio leave a socket to the garbage collector when connecting is canceled natively",
)
# Three chunks.
SOURCE_BYTES = 600_000
PATIENCE_SECONDS = 200
FILES = 5


class Ledger(InProcessStore):
    """
    A store that shows how many requests hold a slot.
    """

    def held(self) -> int:
        """Return how many requests hold a slot."""
        return sum(len(bucket.leases) for bucket in self._buckets.values())


class Api:
    """
    Responds to the calls of this module; what needs several requests starts again for each value of the header X-Call.
    """

    def __init__(self) -> None:
        self._seen: set[bytes] = set()

    def __call__(self, peer) -> None:
        """Serve a connection."""
        while head := peer.request():
            status, value = self._respond(head)
            body = json.dumps(value).encode()
            peer.send(b"HTTP/1.1 %d Whatever\r\nContent-Length: %d\r\n\r\n%b" % (status, len(body), body))

    def _respond(self, head: bytes) -> tuple[int, object]:
        target = head.split(b" ")[1]
        call = re.search(rb"x-call: (\d+)", head, re.IGNORECASE)
        first = call is not None and call[1] not in self._seen
        self._seen.update({call[1]} if call else ())
        if target == b"/v1/slow":
            time.sleep(0.01)
        if target == b"/v1/flaky" and first:
            return 503, {"message": "again"}
        if target.startswith(b"/v1/bulkJobs/"):
            return 200, {"jobId": "1", "type": "COPY_FOLDER", "status": "Pending" if first else "Completed"}
        if target.startswith(b"/v1/files/purge/"):
            return 200, {"status": "Pending" if first else "Completed"}
        if target.startswith(b"/v1/files?"):
            skip, limit = (int(re.search(rb"%b=(\d+)" % name, target)[1]) for name in (b"skip", b"limit"))
            return 200, [{"type": "file", "fileId": str(i)} for i in range(FILES)][skip : skip + limit]
        return 200, {"name": "a"}


class Chunks:
    """
    An asynchronous iterator of bytes.
    """

    def __init__(self) -> None:
        self._left = [bytes(SOURCE_BYTES // 3)] * 3

    def __aiter__(self) -> Chunks:
        return self

    async def __anext__(self) -> bytes:
        await anyio.lowlevel.checkpoint()
        if not self._left:
            raise StopAsyncIteration
        return self._left.pop()


@attrs.frozen
class Source:
    """
    What uploads read.
    """

    path: Path
    file: Any
    memory: io.BytesIO

    def opened(self) -> int:
        """
        Return how often the file is open.
        """
        opened = 0
        for number in os.listdir("/proc/self/fd"):
            try:
                opened += os.readlink(f"/proc/self/fd/{number}") == str(self.path)
            except FileNotFoundError:
                continue
        return opened


@pytest.fixture
def source(tmp_path):
    """A file on disk, open already, and one in memory."""
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(SOURCE_BYTES))
    with path.open("rb") as file:
        yield Source(path, file, io.BytesIO(bytes(SOURCE_BYTES)))


async def drain(items) -> int:
    """Iterate to the end and count."""
    return len([item async for item in items])


def upload(file: object) -> Callable[..., Awaitable[Any]]:
    """Upload what the function gives for the source."""

    def call(client: AsyncImageKit, source: Source, number: int) -> Awaitable[Any]:
        source.file.seek(0)
        source.memory.seek(0)
        return client.files.upload(file=file(source), file_name="a.bin")

    return call


CALLS = {
    "retried": lambda client, _, n: client.request("GET", "/v1/flaky", extra_headers={"X-Call": str(n)}, deadline=60),
    "post": lambda client, _, n: client.request("POST", "/v1/things", json={"a": 1}),
    "list": lambda client, _, n: client.assets.list(skip=0, limit=FILES),
    "with-response": lambda client, _, n: client.with_response.files.update("f1", tags=["a"]),
    "iterate": lambda client, _, n: drain(client.assets.iterate(page_size=2)),
    "wait-purge": lambda client, _, n: client.cache.invalidation.wait("1", extra_headers={"X-Call": str(n)}),
    "wait": lambda client, _, n: client.folders.job.wait("1", extra_headers={"X-Call": str(n)}),
    "upload-path": upload(lambda source: source.path),
    "upload-file": upload(lambda source: source.file),
    "upload-memory": upload(lambda source: source.memory),
    "upload-iterator": upload(lambda source: iter([bytes(SOURCE_BYTES // 3)] * 3)),
    "upload-async-iterator": upload(lambda source: Chunks()),
    "upload-url": upload(lambda source: "https://example.com/a.bin"),
}


@types.coroutine
def stepped(
    coroutine, at: int, waiting: Callable[[Any], None], resumed: Callable[[], None]
) -> Generator[Any, Any, bool]:
    """
    Run a coroutine, and call one function when it is about to wait for the n-th time, another when it goes on.

    Returns:
        Whether the coroutine waited that often.
    """
    steps = 0
    resume = partial(coroutine.send, None)
    while True:
        try:
            request = resume()
        except StopIteration:
            return steps >= at
        steps += 1
        if steps == at:
            waiting(request)
        try:
            resume = partial(coroutine.send, (yield request))
        except BaseException as error:
            resume = partial(coroutine.throw, error)
        if steps == at:
            resumed()


def nothing(*_: object) -> None:
    """Do nothing."""


async def cancelled_by_scope(style: str, call, at: int) -> bool:
    """Cancel a call through a cancel scope; return whether it got that far."""
    with anyio.CancelScope() as scope:
        cancel = lambda *_: scope.cancel()  # noqa: E731
        steps = {"waiting": (cancel, nothing), "resumed": (nothing, cancel)}
        return await stepped(call, at, *steps[style])
    return True


async def cancelled_by_task(style: str, call, at: int) -> bool:
    """Cancel a call as asyncio does by itself; return whether it got that far."""

    def cancel(*_: object) -> None:
        task.cancel()

    def cancel_late(future: asyncio.Future[Any] | None) -> None:
        # Before the task wakes, which is the callback that comes next.
        cancel() if future is None else future.add_done_callback(cancel)

    async def run() -> bool:
        return await stepped(call, at, *steps[style])

    steps = {"waiting": (cancel, nothing), "woken": (cancel_late, nothing), "resumed": (nothing, cancel)}
    task = asyncio.create_task(run())
    await asyncio.wait([task])
    return True if task.cancelled() else task.result()


async def check(client: AsyncImageKit, server, ledger: Ledger, source: Source) -> None:
    """Fail if anything is still open, taken or counted; a lost connection would keep the only slot."""
    with anyio.fail_after(PATIENCE_SECONDS):
        response = await client.request("POST", "/v1/next")
        # Threads may outlive the call that waited for them.
        while source.opened() > 1:
            await anyio.sleep(0.1)
    settled = await anyio.to_thread.run_sync(server.settles_at, 1)

    assert 200 == response.status_code
    assert settled
    assert 0 == ledger.held()
    assert not source.file.closed
    assert not source.memory.closed


async def sweep(make, cancelled, check) -> int:
    """Cancel a call at each of its steps, check each time, and return how many there were."""
    for at in range(1, 500):
        with anyio.fail_after(PATIENCE_SECONDS):
            again = await cancelled(make(at), at)
        await check()
        if not again:
            return at - 1
    raise AssertionError("the call does not end")


async def sweep_call(server, source, cancelled, name: str, *, transport: Any = None, **pacing: Any) -> None:
    """Sweep a kind of call on one client that has a single slot."""
    ledger = Ledger()
    server.play(Api())
    client = AsyncImageKit(
        "private",
        base_url=f"http://{server.address}",
        pacing=Pacing(max_concurrency=1, store=ledger, **pacing),
        transport=transport,
    )
    async with client:
        await client.request("GET", "/v1/first")
        make = partial(CALLS[name], client, source)
        steps = await sweep(make, cancelled, partial(check, client, server, ledger, source))

        async with anyio.create_task_group() as tasks:
            for _ in range(20):
                tasks.start_soon(client.request, "POST", "/v1/next")

    # aiohttp buffers what it sends, and may wait only for the response.
    assert steps > (0 if isinstance(transport, AiohttpTransport) else 2)


@pytest.mark.anyio
@pytest.mark.parametrize("style", ["waiting", "resumed"])
@pytest.mark.parametrize("name", CALLS)
async def test_cancelled_scopes(server, source, name, style):
    """A call that a cancel scope cuts off anywhere leaves the client as it was."""
    await sweep_call(server, source, partial(cancelled_by_scope, style), name)


@closes_what_connects
@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"], indirect=True)
@pytest.mark.parametrize("style", ["waiting", "woken", "resumed"])
@pytest.mark.parametrize("name", sorted(CALLS.keys() - {"upload-memory", "upload-iterator", "upload-url"}))
async def test_cancelled_tasks(server, source, name, style):
    """A call whose asyncio task is canceled anywhere leaves the client as it was."""
    await sweep_call(server, source, partial(cancelled_by_task, style), name)


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"], indirect=True)
@pytest.mark.parametrize("by", [cancelled_by_scope, cancelled_by_task])
@pytest.mark.parametrize("style", ["waiting", "resumed"])
@pytest.mark.parametrize("name", CALLS)
async def test_calls_over_aiohttp(server, source, name, style, by):
    """A call over aiohttp that is cut off anywhere leaves the client as it was."""
    await sweep_call(server, source, partial(by, style), name, transport=AiohttpTransport())


@pytest.mark.anyio
@pytest.mark.parametrize("style", ["waiting", "resumed"])
@pytest.mark.parametrize("name", CALLS)
async def test_calls_over_httpx2(server, source, name, style):
    """A call over httpx2 that a cancel scope cuts off anywhere leaves the client as it was."""
    await sweep_call(server, source, partial(cancelled_by_scope, style), name, transport=Httpx2Transport())


@closes_what_connects
@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"], indirect=True)
@pytest.mark.parametrize("style", ["waiting", "woken", "resumed"])
@pytest.mark.parametrize("name", sorted(CALLS.keys() - {"upload-memory", "upload-iterator", "upload-url"}))
async def test_tasks_over_httpx2(server, source, name, style):
    """A call over httpx2 whose asyncio task is canceled anywhere leaves the client as it was."""
    await sweep_call(server, source, partial(cancelled_by_task, style), name, transport=Httpx2Transport())


@pytest.mark.anyio
@pytest.mark.parametrize("style", ["waiting", "resumed"])
async def test_calls_that_wait_for_their_turn(server, source, style):
    """A call that is canceled while the pacer makes it wait takes no other call's turn."""
    await sweep_call(
        server,
        source,
        partial(cancelled_by_scope, style),
        "post",
        budgets=[(1, timedelta(seconds=0.2))],
    )


@pytest.mark.anyio
@pytest.mark.parametrize("style", ["waiting", "resumed"])
async def test_calls_that_wait_for_a_connection(server, source, style):
    """A call that is canceled while another one holds the only slot does not keep it."""
    ledger = Ledger()
    server.play(Api())
    begun = anyio.Event()
    client = AsyncImageKit(
        "private",
        base_url=f"http://{server.address}",
        pacing=Pacing(max_concurrency=1, store=ledger, budgets=[(1000, timedelta(hours=1))]),
        hooks=Hooks(on_request=lambda _: begun.set()),
    )

    async def cancelled(call: Any, at: int) -> bool:
        nonlocal begun
        begun = anyio.Event()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(client.request, "GET", "/v1/slow")
            await begun.wait()
            return await cancelled_by_scope(style, call, at)

    async with client:
        steps = await sweep(
            lambda at: CALLS["upload-path"](client, source, at),
            cancelled,
            partial(check, client, server, ledger, source),
        )

    assert steps > 2


async def sweep_first_call(server, certificates, source, cancelled, transport) -> None:
    """Sweep the first call of a client, over TLS; a new client for each step."""
    server.tls = certificates.trusted
    server.play(Api())
    clients: list[AsyncImageKit] = []

    def first_call(number: int) -> Awaitable[Any]:
        pacing = Pacing(max_concurrency=1)
        url = f"https://{server.address}"
        clients.append(AsyncImageKit("private", base_url=url, pacing=pacing, transport=transport()))
        return CALLS["post"](clients[-1], source, number)

    async def check_and_close() -> None:
        async with clients[-1]:
            await check(clients[-1], server, Ledger(), source)

        assert await anyio.to_thread.run_sync(server.settles_at, 0)

    steps = await sweep(first_call, cancelled, check_and_close)

    assert steps > 10


@closes_what_connects
@pytest.mark.anyio
@pytest.mark.parametrize("style", ["waiting", "resumed"])
async def test_first_calls(server, certificates, source, style, transport):
    """A client whose first call a cancel scope cuts off anywhere works, and closes what it opened."""
    await sweep_first_call(server, certificates, source, partial(cancelled_by_scope, style), transport)


@closes_what_connects
@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"], indirect=True)
@pytest.mark.parametrize("style", ["waiting", "woken", "resumed"])
async def test_first_calls_of_tasks(server, certificates, source, style, transport):
    """A client whose first call's asyncio task is canceled anywhere works, and closes what it opened."""
    await sweep_first_call(server, certificates, source, partial(cancelled_by_task, style), transport)


@pytest.mark.anyio
async def test_pages_under_way(server, source):
    """An iteration that is canceled while it reads several pages at once gives all their connections back."""
    ledger = Ledger()
    server.play(Api())
    requests = at = 0
    scope = anyio.CancelScope()

    def count(_: object) -> None:
        nonlocal requests
        requests += 1
        if requests == at:
            scope.cancel()

    client = AsyncImageKit(
        "private",
        base_url=f"http://{server.address}",
        pacing=Pacing(max_concurrency=2, store=ledger),
        hooks=Hooks(on_request=count, on_response=count),
    )
    async with client:
        while requests >= at:
            requests, at, scope = 0, at + 1, anyio.CancelScope()
            with scope:
                await drain(client.assets.iterate(page_size=2, prefetch=2))
            last, requests = requests, at
            with anyio.fail_after(PATIENCE_SECONDS):
                async with anyio.create_task_group() as tasks:
                    tasks.start_soon(client.request, "POST", "/v1/next")
                    tasks.start_soon(client.request, "POST", "/v1/next")
            requests = last

            assert 0 == ledger.held()
            assert await anyio.to_thread.run_sync(server.settles_at, 2)

    assert at > 4
