"""
The sync client: the calls of the async one, from threads and from within running event loops.
"""

from __future__ import annotations

import asyncio
import io
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from imagekit_async import (
    APIConnectionError,
    ClientClosedError,
    ConfigurationError,
    Hooks,
    ImageKit,
    JobFailedError,
    NotFoundError,
    _background,
    capture_calls,
)
from imagekit_async.models import File, Folder
from imagekit_async.testing import LocalImageKit


def mocked(*replies: Any, **settings: Any) -> ImageKit:
    """
    Return a client that gets the given JSON replies in order.
    """
    queue = list(replies)
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=queue.pop(0)))
    return ImageKit("private_key", transport=transport, **settings)


def test_uploads_and_reads(client, tmp_path: Path):
    """Uploads take every kind of source, and the calls return what those of the async client do."""
    path = tmp_path / "a.bin"
    path.write_bytes(b"x" * 600_000)
    sent: list[tuple[int, int | None]] = []
    with path.open("rb") as file:
        sources = [path, file, b"bytes", io.BytesIO(b"buffer"), (part for part in (b"two", b"parts"))]
        uploaded = [client.files.upload(file=source, file_name="a.bin") for source in sources]
    client.files.upload(file=path, file_name="b.bin", progress=lambda done, total: sent.append((done, total)))
    read = client.files.get(uploaded[0].file_id)

    assert [600_000, 600_000, 5, 6, 8] == [upload.size for upload in uploaded]
    assert (600_000, 600_000) == sent[-1]
    assert isinstance(read, File)
    assert client.files.delete(read.file_id) is None
    with pytest.raises(NotFoundError):
        client.files.get(read.file_id)


@pytest.mark.parametrize(("installed", "module"), [(True, "uvloop"), (False, "asyncio.unix_events")])
def test_background_loop(monkeypatch, server, installed: bool, module: str):
    """Calls run in a uvloop if it is installed."""
    if not installed:
        monkeypatch.setitem(sys.modules, "uvloop", None)
    monkeypatch.setattr(_background, "_background", None)
    loops: list[str] = []
    hooks = Hooks(on_request=lambda _: loops.append(type(asyncio.get_running_loop()).__module__))
    with ImageKit(server.private_key, base_url=server.url, hooks=hooks) as client:
        client.assets.list()
    _background._running().stop()

    assert [module] == loops


def test_response(client):
    """`with_response`, also by the vendor's name, and `request` return the response."""
    created = client.with_response.folders.create(folder_name="a", parent_folder_path="/")
    listed = client.with_raw_response.assets.list(type="folder")
    raw = client.request("GET", "/v1/files", query={"type": "folder"})

    assert (201, 200, 200) == (created.status_code, listed.status_code, raw.status_code)
    assert isinstance(listed.value[0], Folder)
    assert "a" == raw.value[0]["name"]


def test_iterate(client):
    """`iterate` is a plain iterator over all pages, which can be left early and limited."""
    for number in range(7):
        client.files.upload(file=b"x", file_name=f"{number}.txt", use_unique_file_name=False)
    names = [f"{number}.txt" for number in range(7)]
    early = client.assets.iterate(sort="ASC_NAME", page_size=3)

    assert names == [file.name for file in client.assets.iterate(sort="ASC_NAME", page_size=3)]
    assert names[:5] == [file.name for file in client.assets.iterate(sort="ASC_NAME", page_size=3, limit=5)]
    assert names[0] == next(early).name
    assert names[1:] == [file.name for file in early]
    assert [] == list(early)
    with pytest.raises(ValueError, match=r"^page_size"):
        client.assets.iterate(page_size=1)


def test_iterate_goes_on_after_an_error():
    """After an error, the iterator repeats the request that failed."""
    replies = [[{"fileId": "a"}, {"fileId": "b"}], None, [{"fileId": "b"}, {"fileId": "c"}], [{"fileId": "c"}]]
    client = mocked(*replies, max_retries=0)
    files = client.assets.iterate(page_size=2, prefetch=0)
    found = [next(files).file_id, next(files).file_id]
    with pytest.raises(Exception, match="files"):
        next(files)

    assert ["a", "b", "c"] == [*found, *(file.file_id for file in files)]


def test_wait():
    """`wait` blocks until the job is done, reports its progress, and raises if it failed."""
    pending, done = ({"jobId": "1", "status": status} for status in ("Pending", "Completed"))
    seen: list[str] = []
    client = mocked(pending, done, {"jobId": "1", "status": "Failed"})

    assert "Completed" == client.folders.job.wait("1", on_progress=lambda job: seen.append(job.status)).status
    assert ["Pending"] == seen
    with pytest.raises(JobFailedError):
        client.folders.job.wait("1")


def test_capture_calls(client):
    """`capture_calls` collects the calls of its block, and not those of other threads."""
    with capture_calls() as calls, ThreadPoolExecutor() as pool:
        client.assets.list()
        pool.submit(client.files.metadata.get, "0" * 24).exception()
        with pytest.raises(NotFoundError):
            client.files.get("0" * 24)
    client.assets.list()

    assert [("assets.list", 200), ("files.get", 404)] == [(call.operation, call.status_code) for call in calls]


def test_settings():
    """The settings are those of the async client, with the same checks."""
    with pytest.raises(ConfigurationError, match="private key"):
        ImageKit()
    with pytest.raises(TypeError, match="timeouts"):
        ImageKit("key", timeouts=5)
    requests: list[httpx.Request] = []
    transport = httpx.MockTransport(lambda request: requests.append(request) or httpx.Response(200, json=[]))
    with httpx.Client() as _, ImageKit("key", transport=transport, default_headers={"X-Team": "web"}) as client:
        client.assets.list()

    assert "web" == requests[0].headers["X-Team"]
    assert "ImageKit(base_url='https://api.imagekit.io', upload_base_url='https://upload.imagekit.io')" == repr(client)


def test_helper_webhooks_and_limits():
    """`helper`, `webhooks` and `rate_limits` need no call."""
    client = ImageKit("key", url_endpoint="https://ik.imagekit.io/demo", webhook_secret="whsec_dGVzdA==")

    assert "https://ik.imagekit.io/demo/a.jpg" == client.helper.build_url(src="a.jpg")
    assert callable(client.webhooks.unwrap)
    assert {} == client.rate_limits


def test_close(server):
    """A client is closed by its block or by `close`, once and for all, whether it was used or not."""
    used, unused = (ImageKit(server.private_key, base_url=server.url) for _ in range(2))
    with used as entered:
        entered.assets.list()
    for client in (used, used, unused):
        client.close()

    assert (True, True) == (used.is_closed, unused.is_closed)
    with pytest.raises(ClientClosedError, match=r"^This client is closed; create a new one$"):
        used.assets.list()


def test_connections_of_a_dropped_client_are_closed():
    """A client that is dropped without being closed has its connections closed with the next call of any client."""
    closed = threading.Event()

    class Transport(httpx.MockTransport):
        async def aclose(self) -> None:
            closed.set()

    transport = Transport(lambda _: httpx.Response(200, json=[]))
    ImageKit("key", transport=transport).assets.list()
    with mocked([]) as other:
        other.assets.list()

    assert closed.wait(10)


def test_resources_outlive_their_client():
    """A resource that is kept goes on working when its client is dropped."""
    assets = mocked([], []).assets

    assert [] == assets.list()
    assert [] == assets.list()


def test_threads(server):
    """Any number of threads share a client and one background thread."""
    with ImageKit(server.private_key, base_url=server.url) as client, ThreadPoolExecutor(16) as pool:
        ids = [client.files.upload(file=b"x", file_name="a.txt").file_id for _ in range(4)]
        read = list(pool.map(lambda number: client.files.get(ids[number % 4]).file_id, range(160)))

    assert ids * 40 == read
    assert 1 == [thread.name for thread in threading.enumerate()].count("imagekit_async")


@pytest.mark.anyio
async def test_running_loop(client, anyio_backend):
    """In a thread whose event loop is running, as in a notebook, a call blocks that loop and returns."""
    with capture_calls() as calls:
        assert [] == client.assets.list()
    assert [] == list(client.assets.iterate())

    assert ["assets.list"] == [call.operation for call in calls]


def test_callbacks_must_not_call():
    """A callback that calls a sync client gets an error instead of waiting for ever, and other calls still work."""
    client = mocked({"status": "Pending"}, [])
    message = r"^a callback of an ImageKit call must not call ImageKit"
    with pytest.raises(RuntimeError, match=message):
        client.folders.job.wait("1", on_progress=lambda _: client.assets.list())

    assert [] == client.assets.list()


def test_callbacks_may_exit(client):
    """A SystemExit of a callback is raised by the call, and the background loop goes on."""

    def leave(done: int, total: int | None) -> None:
        raise SystemExit(3)

    with pytest.raises(SystemExit):
        client.files.upload(file=b"x", file_name="a.txt", progress=leave)

    assert [] == client.assets.list()


def test_interrupt(server, monkeypatch):
    """An interrupted call is canceled before the interruption reaches the caller."""
    monkeypatch.setattr(_background, "_STEP_SECONDS", 0.01)
    ended: list[str] = []
    main = threading.main_thread().ident
    hooks = Hooks(
        on_request=lambda event: event.operation == "files.get" and signal.pthread_kill(main, signal.SIGINT),
        on_response=lambda event: ended.append(type(event.error).__name__),
    )
    server.faults.add("delay", operation="files.get", seconds=3600)
    with ImageKit(server.private_key, base_url=server.url, hooks=hooks) as client:
        with pytest.raises(KeyboardInterrupt):
            client.files.get("0" * 24)

        assert ["CancelledError"] == ended
        assert [] == client.assets.list()


def test_sources_may_call(client):
    """A generator given as `file` is read in a worker thread, so it may call the client."""

    def parts():
        yield client.files.upload(file=b"x", file_name="a.txt").name.encode()

    assert client.files.upload(file=parts(), file_name="b.txt").size


def test_errors_pass_through(server):
    """Errors reach the calling thread as the async client raises them."""
    client = ImageKit("key", base_url=server.url, max_retries=0, hooks=Hooks())
    server.faults.add("disconnect-before")
    with client, pytest.raises(APIConnectionError):
        client.assets.list()


def test_two_clients_on_one_loop(server):
    """All clients of a process share the background loop, and closing one leaves the others open."""
    with LocalImageKit() as other, ImageKit(other.private_key, base_url=other.url) as second:
        with ImageKit(server.private_key, base_url=server.url) as first:
            first.files.upload(file=b"x", file_name="a.txt")
            second.assets.list()

        assert [] == second.assets.list()
