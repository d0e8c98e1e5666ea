"""
Fixtures for tests against a local ImageKit; pytest finds them by itself once the package is installed.

It is imported in every project that has the package, used or not, so it imports all else when a fixture is asked for.
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
    A local ImageKit of this test alone that listens on a socket.
    """
    from imagekit_async.testing import LocalImageKit

    with LocalImageKit() as server:
        yield server


@pytest.fixture
async def imagekit_client(imagekit_server: LocalImageKit, anyio_backend: Any) -> AsyncIterator[AsyncImageKit]:
    """
    A client of `imagekit_server`, for async tests that anyio runs.
    """
    from imagekit_async import AsyncImageKit

    async with AsyncImageKit(private_key=imagekit_server.private_key, base_url=imagekit_server.url) as client:
        yield client


@pytest.fixture
def imagekit_in_process_server() -> Iterator[LocalImageKit]:
    """
    A local ImageKit of this test alone that is reached through its transport.
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
    A client of `imagekit_in_process_server` that needs no socket, for async tests that anyio runs.
    """
    from imagekit_async import AsyncImageKit

    server = imagekit_in_process_server
    async with AsyncImageKit(
        private_key=server.private_key, base_url=server.url, transport=server.transport()
    ) as client:
        yield client
