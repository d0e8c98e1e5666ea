"""
What the documentation shows, runs.
"""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import mypy.api
import pytest
from PIL import Image

from imagekit_async import AsyncImageKit, models
from imagekit_async.testing import LocalImageKit

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[LocalImageKit]:
    """
    A local ImageKit that the environment points to, and a folder with the picture that the examples name.
    """
    Image.new("RGB", (32, 24), "navy").save(tmp_path / "photo.jpg")
    monkeypatch.chdir(tmp_path)
    with LocalImageKit() as server:
        monkeypatch.setenv("IMAGEKIT_PRIVATE_KEY", server.private_key)
        monkeypatch.setenv("IMAGEKIT_BASE_URL", server.url)
        yield server


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.splitlines()[-3].strip()[:30])
def test_readme_block_runs(server: LocalImageKit, block: str) -> None:
    """Each Python block of the README runs as it stands against the local ImageKit."""
    exec(compile(block, "README.md", "exec"), {"__name__": "readme"})


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
    "page",
    [
        "README.md",
        "docs/how-to/browser-uploads.md",
        "docs/how-to/migrate-from-imagekitio.md",
        "docs/how-to/sync-client.md",
        "docs/how-to/web-frameworks.md",
        "docs/how-to/webhooks.md",
    ],
)
def test_blocks_are_typed(tmp_path: Path, page: str) -> None:
    """The Python blocks of a page can be copied into a program that mypy checks strictly."""
    for number, block in enumerate(
        re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    ):
        (tmp_path / f"block_{number}.py").write_text(block)
    out, err, status = mypy.api.run(["--strict", f"--cache-dir={ROOT / '.mypy_cache'}", str(tmp_path)])

    assert (0, "") == (status, err), out


MIGRATING = (ROOT / "docs" / "how-to" / "migrate-from-imagekitio.md").read_text(encoding="utf-8")
SYNC = (ROOT / "docs" / "how-to" / "sync-client.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("block", re.findall(r"```python\n(.*?)```", MIGRATING + SYNC, re.DOTALL))
def test_page_block_runs(server: LocalImageKit, block: str) -> None:
    """Each Python block of the migration guide and of the page on the sync client runs as it stands."""
    exec(compile(block, "page.md", "exec"), {"__name__": "page"})


@pytest.mark.parametrize(
    "call", sorted(set(re.findall(r"\| `(\w+(?:\.\w+)+)\(", MIGRATING.partition("## From 4.x")[2])))
)
def test_migration_table_names_real_calls(server: LocalImageKit, call: str) -> None:
    """Every call that the table of 4.x calls points to exists on the client."""
    target = AsyncImageKit(server.private_key, base_url=server.url)
    for name in call.split("."):
        target = getattr(target, name)

    assert callable(target)


@pytest.mark.parametrize("table", re.findall(r"(?:^\|.*\n)+", MIGRATING, re.MULTILINE))
def test_migration_tables_render(table: str) -> None:
    """Every row of a table has as many cells as its head."""
    cells = [len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()]

    assert 1 == len(set(cells))


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
