"""
What is published: the wheel's content and version, and nothing that belongs to one machine.
"""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

import imagekit_async

ROOT = Path(__file__).parents[2]
LOCAL_PATH = re.compile(r"(?<![\w.}])/(?:work|root|home|Users|mnt)/\w|[A-Z]:\\\\?Users")
# Bytes of the last wheel that held the local ImageKit.
SIZE_WITH_SERVER = 571_359
REGISTRY = re.compile(r"index-url|find-links|PIP_INDEX|pypi\.org/simple|pythonhosted\.org", re.IGNORECASE)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """
    Build the wheel.
    """
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


@pytest.fixture(scope="module")
def files() -> list[Path]:
    """
    List the files of the repository, new ones included.
    """
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def test_wheel_content(wheel):
    """The wheel holds the package with its type marker, generated code and testing extra, and nothing else."""
    names = wheel.namelist()
    folders = {name.partition("/")[0] for name in names}

    assert {"imagekit_async", f"imagekit_async-{imagekit_async.__version__}.dist-info"} == folders
    assert {
        "imagekit_async/py.typed",
        "imagekit_async/_generated/models/file.py",
        "imagekit_async/_generated/api/files/upload.py",
        "imagekit_async/testing/__init__.py",
    } <= set(names)
    assert not [name for name in names if "__pycache__" in name or name.endswith((".jinja", ".yaml"))]


def test_wheel_holds_no_server(wheel):
    """What production installs has no server in it, only the shim for tests; the size is printed with `-s`."""
    server = [name for name in wheel.namelist() if "imagekit_local" in name or re.search("starlette|uvicorn", name)]
    shim = [name for name in wheel.namelist() if name.startswith("imagekit_async/testing/")]
    lines = sum(wheel.read(name).count(b"\n") for name in shim)
    size = Path(wheel.filename).stat().st_size
    print(f"{Path(wheel.filename).name}: {size:,} bytes, {SIZE_WITH_SERVER:,} with the server in it")

    assert [] == server
    assert {"imagekit_async/testing/__init__.py", "imagekit_async/testing/pytest_plugin.py"} == set(shim)
    assert lines < 80
    assert size < SIZE_WITH_SERVER


def test_wheel_is_complete(wheel):
    """Every module of the package is in the wheel."""
    package = ROOT / "imagekit_async"
    modules = {path.relative_to(ROOT).as_posix() for path in package.rglob("*.py")}

    assert not modules - set(wheel.namelist())


def test_one_version(wheel):
    """The wheel, the package and the newest heading of the changelog name the same version."""
    (name,) = (name for name in wheel.namelist() if name.endswith("/METADATA"))
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = next(re.finditer(r"^## \[(\d[^\]]*)\]", changelog, re.MULTILINE))

    assert message_from_bytes(wheel.read(name))["Version"] == imagekit_async.__version__ == newest[1]


def test_required_packages(wheel):
    """Without extras, the wheel requires anyio, attrs and httpx, with lower bounds only."""
    (name,) = (name for name in wheel.namelist() if name.endswith("/METADATA"))
    required = message_from_bytes(wheel.read(name)).get_all("Requires-Dist") or []
    core = [text for text in required if "extra ==" not in text]

    assert ["anyio", "attrs", "httpx"] == [re.split(r"[<>=!~ ]", text)[0] for text in core]
    assert all(re.fullmatch(r"\w+>=[\d.]+", text) for text in core)


def test_fastapi_extra_reads_forms(wheel):
    """The FastAPI example needs nothing but its extra, whose UploadFile python-multipart reads."""
    (name,) = (name for name in wheel.namelist() if name.endswith("/METADATA"))
    required = message_from_bytes(wheel.read(name)).get_all("Requires-Dist") or []

    assert [text for text in required if text.startswith("python-multipart") and text.endswith("extra == 'fastapi'")]


def test_no_local_paths(files):
    """No file but prose names a path of the machine it was written on, or a package registry."""
    texts = {
        path: path.read_text(encoding="utf-8", errors="ignore") for path in files if path.suffix not in (".md", ".rst")
    }
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path, text in texts.items()
        for pattern in (LOCAL_PATH, REGISTRY)
        for match in pattern.finditer(text)
        if path != Path(__file__)
    ]

    assert not found
    assert len(texts) > 300


def test_no_lock_file(files):
    """A library pins nothing for its users: there is no lock file."""
    locks = [path.name for path in files if re.search(r"(^|[.-])lock(\.\w+)?$", path.name)]

    assert not locks
