"""
A local ImageKit over a socket, and the command run in process against it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs

# cyclopts validates more once this is loaded, as it is in a process that has other work to do.
import pydantic  # noqa: F401
import pytest

from imagekit_async.cli import main
from imagekit_async.testing import LocalImageKit


@attrs.frozen
class Ran:
    """
    What a run of the command came to.
    """

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[Any]:
        """
        The JSON objects on standard output, one a line.
        """
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalImageKit]:
    """
    Serve a local ImageKit that the environment leads to.
    """
    with LocalImageKit(rate_limit="off") as server:
        monkeypatch.setenv("IMAGEKIT_PRIVATE_KEY", server.private_key)
        monkeypatch.setenv("IMAGEKIT_BASE_URL", server.url)
        monkeypatch.setenv("IMAGEKIT_URL_ENDPOINT", server.url_endpoint)
        yield server


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """
    Work in an empty folder, with the user's directories in it.
    """
    # Help and errors are not wrapped.
    monkeypatch.setenv("COLUMNS", "300")
    for name in ("CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """
    Run the command in process.
    """

    def run(*arguments: str) -> Ran:
        code = main(arguments)
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return run
