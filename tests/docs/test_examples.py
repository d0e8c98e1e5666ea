"""
The README, the demo and the guide for users of `imagekitio`.
"""

from __future__ import annotations

import re
import runpy

import pytest

from imagekit_async import AsyncImageKit, models
from tests.docs.pages import ROOT, code, text_of

README = text_of("README.md")
BLOCKS = code("README.md")
MIGRATING = text_of("docs/how-to/migrate-from-imagekitio.md")


def test_first_block_is_a_short_upload() -> None:
    """The first example is a whole upload in at most twelve lines."""
    lines = [line for line in BLOCKS[0].splitlines() if line.strip()]

    assert "files.upload(" in BLOCKS[0]
    assert len(lines) <= 12


def test_first_screen_shows_the_two_commands() -> None:
    """The README shows `make demo` and `make test` on its first screen."""
    first_screen = README.splitlines()[:48]

    assert ["make demo", "make test"] == [
        line.split("#")[0].strip("$ ") for line in first_screen if line.startswith("$ make")
    ]


def test_demo_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """The demo does the main job and shows request ids and one error."""
    runpy.run_path(str(ROOT / "examples" / "demo.py"), run_name="__main__")
    out, err = capsys.readouterr()

    assert "" == err
    assert 4 == len(re.findall(r"uploaded \S+  request id [0-9a-f-]{36}", out))
    assert "NotFoundError: 404" in out
    assert "left in /demo/holiday: 0 files" in out
    assert "1 replace, 3 skip; " in out
    assert "second sync: 1 done, 3 skipped; " in out


@pytest.mark.parametrize(
    "call", sorted(set(re.findall(r"\| `(\w+(?:\.\w+)+)\(", MIGRATING.partition("## From 4.x")[2])))
)
def test_migration_table_names_real_calls(call: str) -> None:
    """Every call that the table of 4.x calls points to exists on the client."""
    target: object = AsyncImageKit("private")
    for name in call.split("."):
        target = getattr(target, name)

    assert callable(target)


def test_migration_names_real_types() -> None:
    """Every type that the guide names as one of ours exists."""
    rows = re.findall(
        r"^\| .* \| (.*) \|$",
        MIGRATING.partition("| `imagekitio.types` |")[2].partition("## From 4.x")[0],
        re.MULTILINE,
    )
    named = {name for row in rows for name in re.findall(r"`([A-Z]\w+)`", row)}

    assert "FolderJobStarted" in named
    assert not [name for name in named if not hasattr(models, name)]
