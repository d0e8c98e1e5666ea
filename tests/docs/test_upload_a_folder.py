"""
The page about uploading folders: its examples run one after the other as they stand.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from imagekit_async import ImageKit
from tests.docs.running import reading


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_blocks_run(tmp_path: Path, backend: str) -> None:
    """All transfers of the page succeed, and leave what the page says on both sides."""
    with reading(tmp_path, backend) as reader:
        reader.follow("docs/how-to/upload-a-folder.md")
        reports = [module.report for module in reader.modules if hasattr(module, "report")]
        with ImageKit() as client:
            notes = list(client.assets.iterate(path="/notes"))

    assert 5 == len(reports)
    assert all(report.ok for report in reports)
    assert 100 == len(notes)
    assert ["cat.jpg", "dog.jpg", "final.jpg"] == sorted(path.name for path in (tmp_path / "copy").rglob("*.*"))
