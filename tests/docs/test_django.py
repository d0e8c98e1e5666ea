"""
The page on Django: what it shows, runs.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import override_settings
from PIL import Image

from imagekit_async import ImageKit
from imagekit_async.testing import LocalImageKit

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "django.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def test_page(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The settings make storages, and the other blocks run with them."""
    if not settings.configured:
        settings.configure(USE_TZ=True)
    Image.new("RGB", (32, 24), "navy").save(tmp_path / "photo.jpg")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "page"}
    setup, use, view, static = BLOCKS
    with LocalImageKit() as server:
        monkeypatch.setenv("IMAGEKIT_PRIVATE_KEY", server.private_key)
        monkeypatch.setenv("IMAGEKIT_BASE_URL", server.url)
        monkeypatch.setenv("IMAGEKIT_URL_ENDPOINT", server.url_endpoint)
        exec(compile(setup, "django.md", "exec"), names)
        with override_settings(STORAGES=names["STORAGES"]):
            exec(compile(use, "django.md", "exec"), names)
            exec(compile(view, "django.md", "exec"), names)
            exec(compile(static, "django.md", "exec"), names)
            url = anyio.run(names["store"], b"a note")
            static_storage = names["ManifestStorage"](manifest_folder=str(tmp_path), location="static")
            static_storage.save("a.css", ContentFile(b"a {}"))
            used: list[ImageKit] = [storages[name].client for name in ("default", "documents")]
            for client in [*used, static_storage.client]:
                client.close()
        printed = capsys.readouterr().out.splitlines()
        note = httpx.get(url).content

    assert "My_photos/harbour__1_.jpg" == printed[0]
    assert "/media/My_photos/harbour__1_.jpg?tr=w-320" in printed[1]
    assert "b'\\xff\\xd8'" == printed[2]
    assert "ik-t=" in printed[3]
    assert b"a note" == note
