"""
The suite of an application, whose tests have a server each: pytest runs it, with `-k in_process` or `-k over_a_socket`.
"""

from __future__ import annotations

import pytest

from imagekit_async import AsyncImageKit

TESTS = 100
pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("number", range(TESTS))]


@pytest.fixture
def anyio_backend() -> str:
    """
    Run on asyncio only.
    """
    return "asyncio"


async def scenario(client: AsyncImageKit) -> None:
    """
    Do what such a test does: upload, list, change, read, delete.
    """
    files = [await client.files.upload(file=b"text", file_name=f"{number}.txt") for number in range(3)]
    assert 3 == len(await client.assets.list(path="/"))
    for file in files:
        await client.files.update(str(file.file_id), tags=["seen"])
        assert ["seen"] == (await client.files.get(str(file.file_id))).tags
        await client.files.delete(str(file.file_id))


async def test_in_process(imagekit_in_process_client: AsyncImageKit, number: int) -> None:
    """Without a socket."""
    await scenario(imagekit_in_process_client)


async def test_over_a_socket(imagekit_client: AsyncImageKit, number: int) -> None:
    """With one."""
    await scenario(imagekit_client)
