"""
The page about testing an application: its tests pass, and its fixtures exist.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from imagekit_async.testing import pytest_plugin

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "testing.md").read_text(encoding="utf-8")


def test_tests_pass(tmp_path: Path) -> None:
    """The tests of the page pass in a project of their own, on both event loops."""
    (tmp_path / "test_page.py").write_text("\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_page.py"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "PYTEST_"))}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert "4 passed" in done.stdout, done.stdout + done.stderr


def test_table_of_fixtures() -> None:
    """The table names every fixture of the plugin."""
    named = re.findall(r"^\| `(imagekit_\w+)` \|", PAGE, re.MULTILINE)

    assert sorted(name for name in vars(pytest_plugin) if re.fullmatch(r"imagekit_(?!async$)\w+", name)) == sorted(
        named
    )
