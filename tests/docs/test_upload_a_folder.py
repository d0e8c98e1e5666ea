"""
The page about uploading folders: its examples run one after the other as they stand.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from imagekit_async import AsyncImageKit
from imagekit_async.testing import LocalImageKit

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "upload-a-folder.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.anyio
async def test_blocks_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """All Python blocks run, and leave what the page says on both sides."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("a.jpg", "drafts/b.jpg", "internal/c.png"):
        (tmp_path / "photos" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "photos" / name).write_bytes(name.encode())
    async with LocalImageKit() as server:
        monkeypatch.setenv("IMAGEKIT_PRIVATE_KEY", server.private_key)
        monkeypatch.setenv("IMAGEKIT_BASE_URL", server.url)
        for block in BLOCKS:
            names: dict[str, Any] = {"__name__": "page"}
            await eval(compile(block, "upload-a-folder.md", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), names)
            assert "report" not in names or names["report"].ok
        async with AsyncImageKit() as client:
            notes = [asset async for asset in client.assets.iterate(path="/notes")]

    assert 6 == len(BLOCKS)
    assert 100 == len(notes)
    assert ["a.jpg", "b.jpg", "c.png"] == sorted(path.name for path in (tmp_path / "copy").rglob("*.*"))
