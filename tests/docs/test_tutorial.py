"""
The tutorial, from its first block to its last in one go.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.docs.running import reading


def test_tutorial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader without an account gets an application that uploads, searches, delivers and receives webhooks."""
    with reading(tmp_path) as reader:
        shutil.rmtree(tmp_path / "photos")
        for name in ("PRIVATE_KEY", "PUBLIC_KEY", "URL_ENDPOINT", "BASE_URL", "WEBHOOK_SECRET"):
            monkeypatch.delenv(f"IMAGEKIT_{name}")
        reader.follow("docs/tutorial.md")

        assert [] == reader.server.requests
