"""
Fixtures for tests against a local ImageKit; pytest finds them once the package is installed.

pytest imports this module in every project that has the package, so everything else is imported when a fixture is used.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from imagekit_async import AsyncImageKit
    from imagekit_async.testing import LocalImageKit


@pytest.fixture
def imagekit_server() -> Iterator[LocalImageKit]:
    """
    Serve a local ImageKit on a socket, for this test alone.
    """
    from imagekit_async.testing import LocalImageKit

    with LocalImageKit() as server:
        yield server


@pytest.fixture
async def imagekit_client(imagekit_server: LocalImageKit, anyio_backend: Any) -> AsyncIterator[AsyncImageKit]:
    """
    Return a client of `imagekit_server`, for async tests that anyio runs. It uses no proxy.
    """
    import httpx

    from imagekit_async import AsyncImageKit

    server = imagekit_server
    # httpx reads HTTP_PROXY only without a transport; a proxy would get the key. There is no TLS on loopback.
    transport = httpx.AsyncHTTPTransport(verify=False)
    async with AsyncImageKit(private_key=server.private_key, base_url=server.url, transport=transport) as client:
        yield client


@pytest.fixture
def imagekit_in_process_server() -> Iterator[LocalImageKit]:
    """
    Return a local ImageKit that is reached through its transport, for this test alone.
    """
    from imagekit_async.testing import LocalImageKit

    server = LocalImageKit()
    yield server
    server.stop()


@pytest.fixture
async def imagekit_in_process_client(
    imagekit_in_process_server: LocalImageKit, anyio_backend: Any
) -> AsyncIterator[AsyncImageKit]:
    """
    Return a client of `imagekit_in_process_server` that needs no socket, for async tests that anyio runs.
    """
    from imagekit_async import AsyncImageKit

    server = imagekit_in_process_server
    async with AsyncImageKit(
        private_key=server.private_key, base_url=server.url, transport=server.transport()
    ) as client:
        yield client
