"""
Uploading a folder: what a plan decides, and what a run of it does.
"""

from __future__ import annotations

import pytest

from .conftest import decisions

pytestmark = pytest.mark.anyio


async def test_a_folder_is_uploaded_once(world):
    """The first run stores all files in their folders, and the second finds nothing to do."""
    world.write("a.txt", "one")
    world.write("sub/deep/b.txt", "two")
    first = await world.upload()
    second = await world.plan_upload()

    assert first.ok
    assert {"a.txt": "one", "sub/deep/b.txt": "two"} == await world.remote()
    assert {"a.txt": "skip", "sub/deep/b.txt": "skip"} == decisions(second)
