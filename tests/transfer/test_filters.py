"""
Which files take part, and that the others are safe.
"""

from __future__ import annotations

import os
import sys

import pytest

from .conftest import decisions

pytestmark = pytest.mark.anyio

ALL = ["a.txt", "b.jpg", "build/c.txt", "build/keep.txt", "sub/build/d.txt", "sub/e.tmp"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ALL),
        ({"exclude": ["*.txt"]}, ["b.jpg", "sub/e.tmp"]),
        ({"exclude": ["build/"]}, ["a.txt", "b.jpg", "sub/e.tmp"]),
        ({"exclude": ["/build/"]}, ["a.txt", "b.jpg", "sub/build/d.txt", "sub/e.tmp"]),
        ({"exclude": ["build/*", "!keep.txt"]}, ["a.txt", "b.jpg", "build/keep.txt", "sub/build/d.txt", "sub/e.tmp"]),
        ({"exclude": ["build/", "!keep.txt"]}, ["a.txt", "b.jpg", "sub/e.tmp"]),
        ({"exclude": ["# comment", "", "sub/**"]}, ["a.txt", "b.jpg", "build/c.txt", "build/keep.txt"]),
        ({"include": ["*.txt"], "exclude": ["build"]}, ["a.txt"]),
        ({"include": ["sub/"]}, ["sub/build/d.txt", "sub/e.tmp"]),
    ],
)
async def test_patterns(world, options, expected):
    """Patterns mean what they mean to git, the same for uploads as for downloads."""
    for path in ALL:
        world.write(path, "one")
        await world.put(path, "one")

    assert sorted(expected) == sorted(decisions(await world.plan_upload(**options)))
    assert sorted(expected) == sorted(decisions(await world.plan_download(**options)))


async def test_the_ignore_file(world):
    """`.imagekitignore` in the local folder excludes, and `exclude` has the last word; it is not uploaded itself."""
    world.write(".imagekitignore", "*.txt\n")
    for path in ("a.txt", "b.txt", "c.jpg"):
        world.write(path, "one")

    assert ["b.txt", "c.jpg"] == sorted(decisions(await world.plan_upload(exclude=["!b.txt"], hidden=True)))


async def test_an_ignore_file_that_is_not_utf_8(world):
    """Patterns with bytes that are not UTF-8 match such names, and the other lines hold as well."""
    (world.local / ".imagekitignore").write_bytes(b"bad\xff\n*.txt\n")
    for path in ("a.txt", "c.jpg"):
        world.write(path, "one")
    (world.local / os.fsdecode(b"bad\xff")).write_text("one")

    assert ["c.jpg"] == sorted(decisions(await world.plan_upload()))


async def test_hidden_files(world):
    """Names that begin with a dot are left alone on both sides, unless asked for."""
    for path in (".git/config", ".env", "a.txt"):
        world.write(path, "one")
    for path in (".remote", "_git/HEAD"):
        await world.put(path, "one")

    assert ["a.txt"] == sorted(decisions(await world.plan_upload(delete=True)))
    shown = decisions(await world.plan_upload(delete=True, hidden=True))
    assert [".env", ".git/config", ".remote", "_git/HEAD", "a.txt"] == sorted(shown)


@pytest.mark.parametrize("pattern", ["my files/", "my files/*.txt", "v1.0 x/*", "*.tmp", "my files"])
async def test_excluded_files_are_not_deleted(world, pattern):
    """What is excluded is not deleted from the remote folder, under the name that ImageKit gave it."""
    paths = {"my files/": "my_files/a", "my files/*.txt": "my_files/a.txt", "v1.0 x/*": "v1_0_x/a"}
    stored = paths.get(pattern, "a.tmp" if pattern == "*.tmp" else "my_files")
    world.write("b.txt", "one")
    await world.put(stored, "kept")

    assert ["b.txt"] == list(decisions(await world.plan_upload(delete=True, exclude=[pattern])))


async def test_files_excluded_later_are_not_deleted(world):
    """A file that was uploaded and then excluded stays where it is, though its local name was another."""
    world.write("a b.txt", "one")
    world.write("c.txt", "one")
    await world.upload()

    assert {"c.txt": "skip"} == decisions(await world.plan_upload(delete=True, exclude=["a b.txt"]))
    (world.local / "a b.txt").unlink()
    assert {"c.txt": "skip"} == decisions(await world.plan_upload(delete=True, exclude=["a b.txt"]))


async def test_excluded_local_files_are_not_deleted(world):
    """A download deletes no excluded file."""
    await world.put("a.txt", "one")
    world.write("mine.tmp", "one")
    world.write(".hidden", "one")
    report = await world.download(delete=True, exclude=["*.tmp"])

    assert report.ok
    assert {"a.txt", "mine.tmp", ".hidden"} == set(world.files())


@pytest.mark.parametrize(
    ("module", "options", "hint"),
    [
        ("pathspec", {"exclude": ["*"]}, "patterns need"),
        ("platformdirs", {"state": ""}, "the default state file needs"),
    ],
)
async def test_a_missing_extra_is_named(world, monkeypatch, module, options, hint):
    """What needs the extra names it, and all else works without."""
    world.write("a.txt", "one")
    monkeypatch.setitem(sys.modules, module, None)

    assert {"a.txt": "create"} == decisions(await world.plan_upload())
    with pytest.raises(ModuleNotFoundError, match=rf"{module}.*{hint}.*pip install 'imagekit-async\[transfer\]'"):
        await world.plan_upload(**options)
