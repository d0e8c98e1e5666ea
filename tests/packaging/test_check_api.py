"""
The check of the public Python surface against the last release, on small packages in repositories of their own.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from openapi.check_api import main

CLIENT = """
class Client:
    retries: int = 3

    def get(self, file_id: str, *, timeout: float = 1.0) -> str | None: ...

    def list(self) -> None: ...
"""
RESOURCE = """
class FilesResource:
    async def upload(self, *, folder: str = "/", tags: str | None = None) -> File: ...
"""
MODEL = """
class File:
    name: str | None = None
    size: float
"""
FILES = {
    "_version.py": '__version__ = "0.1.0"\n',
    "__init__.py": 'from ._client import Client\n\n__all__ = ["Client"]\n',
    "_client.py": CLIENT,
    "_generated/__init__.py": "",
    "_generated/models/__init__.py": "",
    "_generated/models/file.py": MODEL,
    "_generated/api/__init__.py": "",
    "_generated/api/files/__init__.py": "",
    "_generated/api/files/resource.py": RESOURCE,
}
CHANGELOG = "## [Unreleased]\n\n{entries}\n\n## [0.1.0] - 2026-01-01\n\n- `upload`, `timeout` and `File`.\n"

Edit = Callable[..., None]


def git(folder: Path, *arguments: str) -> None:
    """
    Run git in a folder.
    """
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """
    Return a repository with a package of version 0.1.0, committed and not tagged.
    """
    for name, text in FILES.items():
        path = tmp_path / "imagekit_async" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG.format(entries=""), encoding="utf-8")
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message=Release")
    return tmp_path


@pytest.fixture
def edit(repository: Path) -> Edit:
    """
    Return a function that tags the release and changes the package after it.
    """

    def change(name: str, old: str, new: str, *, version: str = "0.1.0", entries: str = "", released: str = "") -> None:
        package = repository / "imagekit_async"
        if released:
            path = package / "_version.py"
            path.write_text(f'__version__ = "{released}"\n', encoding="utf-8")
            text = CHANGELOG.format(entries="").replace("0.1.0", released)
            (repository / "CHANGELOG.md").write_text(text, encoding="utf-8")
            git(repository, "commit", "--quiet", "--all", "--message=Release")
        git(repository, "tag", f"v{released or '0.1.0'}")
        text = (package / name).read_text(encoding="utf-8")
        assert old in text
        (package / name).write_text(text.replace(old, new), encoding="utf-8")
        (package / "_version.py").write_text(f'__version__ = "{version}"\n', encoding="utf-8")
        text = (repository / "CHANGELOG.md").read_text(encoding="utf-8")
        (repository / "CHANGELOG.md").write_text(text.replace("[Unreleased]\n", f"[Unreleased]\n{entries}"), "utf-8")

    return change


BREAKING = {
    "removed method": ("_client.py", "    def list(self) -> None: ...\n", "", "list"),
    "removed keyword": ("_client.py", ", *, timeout: float = 1.0", "", "timeout"),
    "required keyword": ("_client.py", "timeout: float = 1.0", "timeout: float", "timeout"),
    "new required keyword": ("_client.py", "timeout: float", "deadline: float, timeout: float", "deadline"),
    "narrower argument": ("_generated/api/files/resource.py", "tags: str | None", "tags: str", "tags"),
    "wider result": ("_client.py", "-> str | None", "-> str | int | None", "get"),
    "other type of an attribute": ("_client.py", "retries: int", "retries: float", "retries"),
    "removed call": ("_generated/api/files/resource.py", "upload", "put", "upload"),
    "removed keyword of a call": ("_generated/api/files/resource.py", 'folder: str = "/", ', "", "folder"),
    "removed field": ("_generated/models/file.py", "    size: float\n", "", "size"),
    "wider field": ("_generated/models/file.py", "size: float", "size: float | None", "size"),
    "removed model": ("_generated/models/file.py", "class File:", "class Asset:", "File"),
}


@pytest.mark.parametrize("case", BREAKING)
def test_breaking_change_needs_version_and_changelog(repository, edit, capsys, case):
    """A breaking change fails until the version is raised and the changelog names it; older entries do not count."""
    *change, name = BREAKING[case]
    edit(*change)

    assert 1 == main(root=repository)
    streams = capsys.readouterr()
    assert streams.out.startswith("breaking  ")
    assert [f"CHANGELOG.md does not mention {name}", "the minor version must rise above 0.1.0"] == (
        streams.err.splitlines()
    )


@pytest.mark.parametrize("case", BREAKING)
def test_breaking_change_with_version_and_changelog(repository, edit, capsys, case):
    """A breaking change passes with a new minor version before 1.0 and a line in the changelog."""
    *change, name = BREAKING[case]
    edit(*change, version="0.2.0", entries=f"- `{name}` differs.\n")

    assert 0 == main(root=repository)
    assert "" == capsys.readouterr().err


@pytest.mark.parametrize(("version", "status"), [("1.0.1", 1), ("1.1.0", 1), ("2.0.0", 0)])
def test_stable_releases_need_a_major_version(repository, edit, capsys, version, status):
    """From 1.0 on, a breaking change needs a new major version."""
    edit(*BREAKING["removed field"][:3], version=version, entries="- `size` is gone.\n", released="1.0.0")

    assert status == main(root=repository)
    assert ["the major version must rise above 1.0.0"] * status == capsys.readouterr().err.splitlines()


ADDITIONS = {
    "method": ("_client.py", "    def list", "    def find(self) -> None: ...\n\n    def list", "Client.find: added"),
    "keyword": ("_client.py", "timeout: float", "deadline: float = 2.0, timeout: float", "get(deadline): added"),
    "wider argument": ("_client.py", "timeout: float", "timeout: float | None", "get(timeout): type float -> "),
    "narrower result": ("_client.py", "-> str | None", "-> str", "get: type str | None -> str"),
    "field": ("_generated/models/file.py", "    size", "    width: int\n    size", "models.File.width: added"),
    "model": ("_generated/models/file.py", "class File", "class Asset: ...\n\nclass File", "models.Asset: added"),
    "keyword of a call": ("_generated/api/files/resource.py", "tags", "name: str = '', tags", "upload(name): added"),
}


@pytest.mark.parametrize("case", ADDITIONS)
def test_additions_are_listed(repository, edit, capsys, case):
    """What code can use in addition is listed and needs no version."""
    *change, line = ADDITIONS[case]
    edit(*change)

    assert 0 == main(root=repository)
    [addition, count] = capsys.readouterr().out.splitlines()
    assert addition.startswith("addition  imagekit_async.")
    assert line in addition
    assert "1 changes since v0.1.0" == count


def test_private_changes_are_not_listed(repository, edit, capsys):
    """Private names and values may change."""
    edit("_client.py", "retries: int = 3", "_limit: int = 4\n    retries: int = 5")

    assert 0 == main(root=repository)
    assert "0 changes since v0.1.0\n" == capsys.readouterr().out


def test_nothing_is_released(repository, capsys):
    """Without a tag there is nothing to promise; a base can be given."""
    assert 0 == main(root=repository)
    assert "nothing is released yet\n" == capsys.readouterr().out
    assert 0 == main("HEAD", repository)
    assert "0 changes since HEAD\n" == capsys.readouterr().out


def test_tags_that_cannot_be_seen(repository, tmp_path_factory, capsys):
    """A clone that may lack tags is an error, instead of passing unchecked; so is a base that does not exist."""
    git(repository, "commit", "--quiet", "--allow-empty", "--message=Another")
    clone = tmp_path_factory.mktemp("clone") / "clone"
    git(repository, "clone", "--quiet", "--depth=1", "--no-tags", repository.as_uri(), str(clone))

    assert 2 == main(root=clone)
    assert "the clone is shallow: fetch the tags" in capsys.readouterr().err
    assert 2 == main("v9", repository)
    assert capsys.readouterr().err
