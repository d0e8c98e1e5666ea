"""
The page on Django: what it shows, runs.
"""

from __future__ import annotations

from pathlib import Path

import anyio
import httpx
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import override_settings

from tests.docs.pages import blocks
from tests.docs.running import reading

PAGE = "docs/how-to/django.md"


def test_page(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The settings make storages, and the other blocks run with them."""
    if not settings.configured:
        settings.configure(USE_TZ=True)
    setup, *others = blocks(PAGE, "python")
    with reading(tmp_path) as reader:
        chosen = reader.run_python(setup).STORAGES
        with override_settings(STORAGES=chosen):
            _, view, static = map(reader.run_python, others)
            url = anyio.run(view.store, b"a note")
            static_storage = static.ManifestStorage(manifest_folder=str(tmp_path), location="static")
            static_storage.save("a.css", ContentFile(b"a {}"))
            for client in (*(storages[name].client for name in ("default", "documents")), static_storage.client):
                client.close()
        printed = capsys.readouterr().out.splitlines()
        note = httpx.get(url).content

    assert "My_photos/harbor__1_.jpg" == printed[0]
    assert "b'\\xff\\xd8'" == printed[1]
    assert "ik-t=" in printed[2]
    assert "/media/My_photos/harbor__1_.jpg?tr=w-320" in printed[3]
    assert b"a note" == note
