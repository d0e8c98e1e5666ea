"""
Fixtures for tests against a local ImageKit.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

import imagekit_async as sdk  # Loads next to nothing, because every pytest run imports this module.
from imagekit_async import testing


@pytest.fixture
def imagekit_server() -> Iterator[testing.LocalImageKit]:
    """
    Start a local ImageKit that listens on a socket, one per test.
    """
    with testing.LocalImageKit() as server:
        yield server


@pytest.fixture
async def imagekit_client(
    imagekit_server: testing.LocalImageKit, anyio_backend: Any
) -> AsyncIterator[sdk.AsyncImageKit]:
    """
    Open a client of `imagekit_server`, for async tests that anyio runs. It uses no proxy.
    """
    import httpx

    server = imagekit_server
    transport = httpx.AsyncHTTPTransport(verify=False)  # Without one, httpx reads HTTP_PROXY. Loopback has no TLS.
    async with sdk.AsyncImageKit(server.private_key, base_url=server.url, transport=transport) as client:
        yield client


@pytest.fixture
def imagekit_in_process_server() -> Iterator[testing.LocalImageKit]:
    """
    Create a local ImageKit that is reached through its transport, without a socket, one per test.
    """
    server = testing.LocalImageKit()
    yield server
    server.stop()


@pytest.fixture
async def imagekit_in_process_client(
    imagekit_in_process_server: testing.LocalImageKit, anyio_backend: Any
) -> AsyncIterator[sdk.AsyncImageKit]:
    """
    Open a client of `imagekit_in_process_server`, for async tests that anyio runs.
    """
    server = imagekit_in_process_server
    async with sdk.AsyncImageKit(server.private_key, base_url=server.url, transport=server.transport()) as client:
        yield client
