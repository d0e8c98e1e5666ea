"""
The wheel, installed alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from email.message import Message
from importlib.metadata import distribution
from pathlib import Path

import httpx
import pytest
from packaging.requirements import Requirement

import imagekit_local
from imagekit_local._document.reading import packaged_document

PROJECT = Path(__file__).parents[1]


def required(requirements: Iterable[str]) -> Iterator[str]:
    """
    Return the names of the distributions that requirements ask for, and those that these require.
    """
    for requirement in map(Requirement, requirements):
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield requirement.name
            yield from required(distribution(requirement.name).requires or ())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    Build the sdist, and the wheel from what the sdist holds.
    """
    folder = tmp_path_factory.mktemp("built")
    build = [sys.executable, "-m", "hatchling", "build", "-d", str(folder), "-t"]
    subprocess.run([*build, "sdist"], cwd=PROJECT, check=True, capture_output=True)
    (sdist,) = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    source = folder / sdist.name.removesuffix(".tar.gz")
    subprocess.run([*build, "wheel"], cwd=source, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    """
    Return the path of the wheel.
    """
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    Install the wheel into an environment of its own, and return the folder of its commands.

    The packages that the wheel requires are linked from this environment, which needs no network. Nothing else is in
    there: neither imagekit_async nor a package that the wheel forgets to require.
    """
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=True)
    variables = {"base": str(folder), "platbase": str(folder)}
    packages = Path(sysconfig.get_path("purelib", "venv", variables))
    for name in sorted(set(required(metadata(wheel).get_all("Requires-Dist") or ()))):
        files = distribution(name).files or []
        for top in {file.parts[0] for file in files} - {"..", "__pycache__"}:
            if not (packages / top).exists():
                (packages / top).symlink_to(str(distribution(name).locate_file(top)))
    scripts = Path(sysconfig.get_path("scripts", "venv", variables))
    pip = [sys.executable, "-m", "pip", "--python", str(scripts / "python"), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--no-index", "--no-deps", str(wheel)], check=True, capture_output=True)
    return scripts


def metadata(wheel: Path) -> Message:
    """
    Return the metadata of a wheel.
    """
    archive = zipfile.ZipFile(wheel)
    (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    return message_from_bytes(archive.read(name))


def test_wheel_content(wheel: Path) -> None:
    """The wheel holds the package, its type marker, its license and the document, and nothing else."""
    names = zipfile.ZipFile(wheel).namelist()
    package = {path.relative_to(PROJECT).as_posix() for path in (PROJECT / "imagekit_local").rglob("*.py")}
    others = {name for name in names if not name.endswith(".py") and ".dist-info/" not in name}

    assert imagekit_local.__version__ == metadata(wheel)["Version"]
    assert package == {name for name in names if name.endswith(".py")}
    assert {"imagekit_local/py.typed", "imagekit_local/_document/openapi.json"} == others
    assert [True] == [name.endswith("/licenses/LICENSE") for name in names if "LICENSE" in name]


@pytest.mark.parametrize("command", [["imagekit-local"], ["python", "-m", "imagekit_local", "--port", "0"]])
def test_installed_alone(installed: Path, tmp_path: Path, command: list[str]) -> None:
    """Without imagekit_async, the command serves requests, by its name and as a module."""
    program, *arguments = command
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "PYTHON"))}
    with subprocess.Popen(
        [str(installed / program), *arguments], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        files = httpx.get(f"{url}/v1/files", auth=("private_local", ""))
        document = httpx.get(f"{url}/openapi.yaml")
        process.terminate()

    assert (200, []) == (files.status_code, files.json())
    assert packaged_document().content["info"]["title"] in document.text


def test_library_alone(installed: Path, tmp_path: Path) -> None:
    """LocalImageKit is imported from the installed wheel, and imagekit_async is not there."""
    program = (
        "import imagekit_local, importlib.util\n"
        "with imagekit_local.LocalImageKit() as server: print(server.url)\n"
        "print(importlib.util.find_spec('imagekit_async'), imagekit_local.__file__)"
    )
    command = [str(installed / "python"), "-I", "-W", "error", "-c", program]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    lines = done.stdout.splitlines()

    assert 0 == done.returncode, done.stderr
    assert lines[0].startswith("http://127.0.0.1:")
    assert lines[1].startswith(f"None {installed.parent}")
