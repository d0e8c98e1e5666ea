"""
The pytest plugin: its fixtures, and that it costs nothing where it is not used.
"""

from __future__ import annotations

import os
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import httpx
import pytest

from imagekit_async import AsyncImageKit, testing
from imagekit_async.testing import LocalImageKit

PLUGIN = "imagekit_async.testing.pytest_plugin"
FOREIGN_SUITE = """
import sys

import httpx
import pytest


def test_nothing_heavy_is_imported():
    heavy = {"httpx", "starlette", "uvicorn", "PIL", "imagekit_async._client", "imagekit_local._server"}

    assert not heavy - {"httpx"} & sys.modules.keys()


def test_sync(imagekit_server):
    assert 200 == httpx.get(f"{imagekit_server.url}/v1/files", auth=(imagekit_server.private_key, "")).status_code


@pytest.mark.anyio
async def test_async(imagekit_client):
    await imagekit_client.files.upload(file=b"a", file_name="a.txt")

    assert 1 == len(await imagekit_client.assets.list())
"""


@pytest.mark.anyio
async def test_client(imagekit_server: LocalImageKit, imagekit_client: AsyncImageKit) -> None:
    """The client talks to the server of the same test, on either event loop."""
    file = await imagekit_client.files.upload(file=b"a", file_name="a.txt")

    assert file.url.startswith(imagekit_server.url)
    assert ["files.upload"] == [request.operation for request in imagekit_server.requests]


@pytest.mark.anyio
async def test_in_process_client(
    imagekit_in_process_server: LocalImageKit, imagekit_in_process_client: AsyncImageKit
) -> None:
    """The same goes without a socket."""
    await imagekit_in_process_client.files.upload(file=b"a", file_name="a.txt")

    assert "http://imagekit.test" == imagekit_in_process_server.url
    assert 1 == len(imagekit_in_process_server.requests)


@pytest.fixture
def proxied(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """
    Have the environment name a proxy for everything, and collect what it receives. Ask for it before a client.
    """
    received: list[bytes] = []

    class Recorder(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            received.append(self.request.recv(65_536))
            self.request.sendall(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")

    with socketserver.TCPServer(("127.0.0.1", 0), Recorder) as proxy:
        thread = threading.Thread(target=proxy.serve_forever, args=(0.01,))
        thread.start()
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            for spelling in (name, name.lower()):
                monkeypatch.setenv(spelling, f"http://127.0.0.1:{proxy.server_address[1]}")
        yield received
        proxy.shutdown()
        thread.join()


def test_proxy_is_used(proxied: list[bytes], imagekit_server: LocalImageKit) -> None:
    """A client that the environment sends to the proxy does reach it, or the next test could not fail."""
    response = httpx.get(f"{imagekit_server.url}/v1/files", auth=(imagekit_server.private_key, ""))

    assert 502 == response.status_code
    assert 1 == len(proxied)


@pytest.mark.anyio
async def test_no_proxy(
    proxied: list[bytes], imagekit_client: AsyncImageKit, imagekit_in_process_client: AsyncImageKit
) -> None:
    """Clients of the fixtures use no proxy, which would get the key."""
    for client in (imagekit_client, imagekit_in_process_client):
        await client.files.upload(file=b"a", file_name="a.txt")

        assert 1 == len(await client.assets.list())
    assert [] == proxied


def test_sync(imagekit_server: LocalImageKit) -> None:
    """A test that is not async reaches the server through its port."""
    response = httpx.get(f"{imagekit_server.url}/v1/files", auth=(imagekit_server.private_key, ""))

    assert [] == response.json()


def test_unknown_name() -> None:
    """A name that the local ImageKit does not export is an AttributeError of `imagekit_async.testing`."""
    with pytest.raises(AttributeError, match=r"'imagekit_async.testing' has no attribute 'Remote'"):
        testing.Remote  # noqa: B018 - reading it is the point


def test_entry_point() -> None:
    """An installed package brings the plugin with it."""
    (entry_point,) = entry_points(group="pytest11", name="imagekit_async")

    assert PLUGIN == entry_point.value


def test_foreign_suite(tmp_path: Path) -> None:
    """Any project can use the fixtures, with warnings as errors, and pays for them only when it does."""
    (tmp_path / "test_mine.py").write_text(FOREIGN_SUITE)
    # It is a project of its own wherever temporary files are.
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "PYTEST_"))}
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", "test_mine.py"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert 0 == result.returncode, result.stdout
    assert "4 passed" in result.stdout
