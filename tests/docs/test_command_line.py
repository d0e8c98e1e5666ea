"""
The page about the command line: its commands run one after the other as they stand.
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.docs.pages import code, text_of
from tests.docs.running import reading

PAGE = "docs/how-to/command-line.md"


def test_commands_run(tmp_path: Path) -> None:
    """Every command of the page succeeds, in the page's order, and leaves the files that the page names."""
    with reading(tmp_path) as reader:
        reader.follow(PAGE)

    assert 20 <= "".join(code(PAGE, "console")).count("$ imagekit ")
    assert (tmp_path / "photos/cat.jpg").read_bytes() == (tmp_path / "cat-copy.jpg").read_bytes()
    assert {"cat.jpg", "dog.jpg"} <= {path.name for path in (tmp_path / "copy").iterdir()}


def test_key_is_never_an_argument() -> None:
    """No command of the page contains a key."""
    assert not re.search(r"(?m)^\$ .*(private_|--private)", text_of(PAGE))
