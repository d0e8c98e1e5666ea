"""
The page on uploads from a browser: its examples run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from imagekit_async.testing import LocalImageKit

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "browser-uploads.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalImageKit]:
    """
    A local ImageKit that the environment points to.
    """
    with LocalImageKit() as server:
        monkeypatch.setenv("IMAGEKIT_PRIVATE_KEY", server.private_key)
        monkeypatch.setenv("IMAGEKIT_PUBLIC_KEY", server.public_key)
        monkeypatch.setenv("IMAGEKIT_BASE_URL", server.url)
        yield server


@pytest.mark.parametrize("block", BLOCKS, ids=["v1", "v2"])
def test_block_runs(server: LocalImageKit, block: str) -> None:
    """Each Python block runs as written."""
    exec(compile(block, "client-side-uploads.md", "exec"), {"__name__": "client_side_uploads"})
