"""
Host names that a listening server accepts, so that DNS rebinding does not reach it.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator

import httpx
import pytest

from imagekit_local import LocalImageKit


@pytest.fixture(scope="module")
def listening() -> Iterator[LocalImageKit]:
    """
    A server that listens and serves one more name.
    """
    with LocalImageKit(allowed_hosts=["imagekit.internal"]) as server:
        yield server


def fetched(server: LocalImageKit, host: str) -> httpx.Response:
    """
    Return the response to a request that names a host.
    """
    headers = {"host": host}
    with httpx.Client(trust_env=False) as client:
        return client.get(f"{server.url}/v1/files", headers=headers, auth=(server.private_key, ""))


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST:80", "127.0.0.1", "127.0.0.1:1", "127.8.9.10", "[::1]", "[::1]:8080", "ImageKit.internal"],
)
def test_own_host(listening: LocalImageKit, host: str) -> None:
    """Loopback by name or number, and names that are allowed, are served with any port."""
    assert 200 == fetched(listening, host).status_code


@pytest.mark.parametrize(
    "host",
    [
        "evil.test",
        "evil.test:8080",
        "127.0.0.1.evil.test",
        "localhost.evil.test",
        "evil.test:127.0.0.1",
        "127.0.0.1@evil.test",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0.0.0.0",
        "[::ffff:7f00:1]",
        "[evil.test]",
        "a.imagekit.internal",
        "imagekit.test",
        "192.0.2.1",
    ],
)
def test_foreign_host(listening: LocalImageKit, host: str) -> None:
    """A request to any other name, as a rebound one makes it, is refused with the way to allow it."""
    response = fetched(listening, host)

    assert 421 == response.status_code
    assert f"The local ImageKit is not {host!r}." in response.json()["message"]
    assert "allowed_hosts" in response.json()["message"]


def test_no_host(listening: LocalImageKit) -> None:
    """A request that names no host is refused, and one that brings a body still gets the response."""
    url = httpx.URL(listening.url)
    with socket.create_connection((url.host, url.port or 80), timeout=30) as connection:
        body = b"x" * 1_000_000
        connection.sendall(b"POST /v1/files HTTP/1.0\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        response = b"".join(iter(lambda: connection.recv(4096), b""))

    assert response.startswith(b"HTTP/1.1 421 ")


@pytest.mark.parametrize(("host", "family"), [("0.0.0.0", "127.0.0.1"), ("localhost", "localhost")])
def test_bound_host(host: str, family: str) -> None:
    """What the server listens on is served by that name, and so is the address that a connection comes in at."""
    with LocalImageKit(host=host) as server:
        url = server.url.replace(host, family)
        responses = [httpx.get(f"{url}/v1/files", headers={"host": name}) for name in (host, family, "evil.test")]

    assert [401, 401, 421] == [response.status_code for response in responses]


@pytest.mark.anyio
async def test_any_host_in_process() -> None:
    """A transport serves whatever host a request names: no network leads to it."""
    server = LocalImageKit()
    async with httpx.AsyncClient(transport=server.transport()) as client:
        response = await client.get("https://api.imagekit.io/v1/files", auth=(server.private_key, ""))
    server.stop()

    assert 200 == response.status_code
