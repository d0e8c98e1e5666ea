"""
The page about the command line: its commands run one after the other as they stand.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from imagekit_async.testing import LocalImageKit

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "command-line.md").read_text(encoding="utf-8")
COMMANDS = [
    line.removeprefix("$ ")
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("$ imagekit ")
]


@pytest.mark.skipif(os.name != "posix", reason="the page is written for a POSIX shell")
def test_commands_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of the page succeeds, in the page's order."""
    (tmp_path / "photos").mkdir()
    for name in ("cat.jpg", "dog.jpg"):
        (tmp_path / "photos" / name).write_bytes(name.encode())
    for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    imagekit = f"{sys.executable} -c 'import sys; from imagekit_async.cli import main; sys.exit(main())' \"$@\""
    script = f"set -e -o pipefail\nimagekit() {{ {imagekit}; }}\n"
    if not any(os.access(Path(path) / "jq", os.X_OK) for path in os.environ["PATH"].split(os.pathsep)):
        script += "jq() { cat; }\n"
    with LocalImageKit(rate_limit="off") as server:
        monkeypatch.setenv("IMAGEKIT_PRIVATE_KEY", server.private_key)
        monkeypatch.setenv("IMAGEKIT_BASE_URL", server.url)
        monkeypatch.setenv("IMAGEKIT_URL_ENDPOINT", server.url_endpoint)
        done = subprocess.run(
            ["bash", "-c", script + "\n".join(COMMANDS)], cwd=tmp_path, capture_output=True, text=True, check=False
        )

    assert 0 == done.returncode, done.stderr
    assert 20 <= len(COMMANDS)
    assert b"cat.jpg" == (tmp_path / "cat-copy.jpg").read_bytes()
    assert ["cat.jpg", "dog.jpg"] == sorted(path.name for path in (tmp_path / "copy").iterdir())


def test_key_is_never_an_argument() -> None:
    """No command of the page carries a key."""
    assert not re.search(r"(?m)^\$ .*(private_|--private)", PAGE)
