"""
Names: what ImageKit makes of them, and what is done about those that collide or cannot be stored.
"""

from __future__ import annotations

import os
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imagekit_async.testing import LocalImageKit
from imagekit_async.transfer import plan_upload
from imagekit_async.transfer._names import name_problem, stored_path, suffixed

from .conftest import decisions

DECOMPOSED = unicodedata.normalize("NFD", "é.txt")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="/"), min_size=1, max_size=8))
def test_stored_names_stay_as_they_are(name):
    """What ImageKit would store is stored under its own name."""
    stored = stored_path(f"v1.{name}/{name}")

    assert stored == stored_path(stored)
    assert 1 == stored.count("/")


@given(st.text(max_size=12).filter(lambda path: name_problem(path) is None))
def test_accepted_names_stay_below_the_folder(path):
    """A remote path that is accepted leads nowhere else, on no system."""
    assert ".." not in PurePosixPath(path).parts
    assert not PurePosixPath(path).is_absolute()
    assert ".." not in PureWindowsPath(path).parts
    assert not PureWindowsPath(path).drive
    assert not PureWindowsPath(path).root


@pytest.mark.parametrize(
    ("path", "suffix"), [("a/b.txt", "a/b-%s.txt"), ("b", "b-%s"), (".b", ".b-%s"), ("a.d/b", "a.d/b-%s")]
)
def test_suffixes_stand_before_the_extension(path, suffix):
    """A suffix keeps folder and extension, and follows from the name alone."""
    made = suffixed(path, "origin")

    assert made == suffix % made.partition("-")[2][:8]
    assert made == suffixed(path, "origin") != suffixed(path, "other")


@pytest.mark.anyio
@pytest.mark.parametrize("name", ["a b.txt", "a+b(1).txt", "ümläut.txt", DECOMPOSED, "日本.txt", "a%20b.txt", "-a.txt"])
async def test_names_are_foreseen(world, name):
    """The plan knows the name that the file is stored under, and the next one finds it there."""
    world.write(f"v1.0 {name}/{name}", "one")
    plan = await world.plan_upload()
    report = await world.run(plan)

    assert [plan.items[0].remote_path] == list(await world.listed())
    assert plan.items[0].remote_path == report.items[0].remote_path
    assert ["skip"] == [item.action for item in (await world.plan_upload()).items]
    assert ["skip"] == [item.action for item in (await world.plan_upload(state=None)).items]


@pytest.mark.anyio
async def test_colliding_names_are_refused(world):
    """Names that ImageKit would make one of are conflicts, and nothing is sent for them."""
    for name in ("a b.txt", "a_b.txt", "c.txt"):
        world.write(name, name)
    plan = await world.plan_upload()
    report = await world.run(plan)

    assert {"a b.txt": "conflict", "a_b.txt": "conflict", "c.txt": "create"} == decisions(plan)
    assert "a_b.txt would have the same name on the other side: a_b.txt" == plan.items[0].reason
    assert not report.ok
    assert ["c.txt"] == list(await world.listed())


@pytest.mark.anyio
async def test_colliding_names_are_disambiguated(world):
    """`collisions="rename"` gives all but one a suffix, which they keep."""
    for name in ("a b.txt", "a_b.txt", "a-b.txt", "a+b.txt"):
        world.write(name, name)
    report = await world.upload(collisions="rename")
    stored = await world.remote()
    (world.local / "a_b.txt").unlink()
    later = await world.plan_upload(collisions="rename")

    assert report.ok
    assert sorted(["a b.txt", "a_b.txt", "a-b.txt", "a+b.txt"]) == sorted(stored.values())
    assert "a_b.txt" == stored["a_b.txt"]
    assert ["skip"] * 4 == [item.action for item in later.items]


@pytest.mark.anyio
async def test_a_name_in_the_state_file_is_kept(world):
    """A file that appears later does not take over the remote name of one that is stored."""
    world.write("a b.txt", "first")
    await world.upload()
    world.write("a_b.txt", "second")
    plan = await world.plan_upload()

    assert {"a b.txt": "skip", "a_b.txt": "conflict"} == decisions(plan)


@pytest.mark.anyio
async def test_unicode_forms_are_one_name(world):
    """Composed and decomposed names collide, and a decomposed remote name is found again."""
    world.write("é.txt", "one")
    await world.put(DECOMPOSED, "one")
    found = await world.plan_upload()
    world.write(DECOMPOSED, "two")
    both = await world.plan_upload()

    assert ["skip"] == [item.action for item in found.items]
    assert {"conflict"} == set(decisions(both).values())


@pytest.mark.anyio
async def test_unicode_forms_are_one_name_for_downloads(world):
    """A composed remote name is found under a decomposed local one."""
    world.write(DECOMPOSED, "one")
    await world.put("é.txt", "one")

    assert {DECOMPOSED: "skip"} == decisions(await world.plan_download())


@pytest.mark.anyio
async def test_case_twins_are_two_remote_files(world):
    """ImageKit keeps names apart that differ in case."""
    world.write("a.txt", "one")
    world.write("A.txt", "two")
    report = await world.upload()

    assert report.ok
    assert {"A.txt": "two", "a.txt": "one"} == await world.remote()


@pytest.mark.anyio
async def test_case_twins_are_not_downloaded_together(world):
    """Not every file system keeps names apart that differ in case, so twins are refused or get a suffix."""
    await world.put("a.txt", "one")
    await world.put("A.txt", "two")
    refused = await world.plan_download()
    report = await world.download(collisions="rename")

    assert {"a.txt": "conflict", "A.txt": "conflict"} == decisions(refused)
    assert report.ok
    assert ["one", "two"] == sorted(world.files().values())
    assert ["skip", "skip"] == [item.action for item in (await world.plan_download(collisions="rename")).items]


@pytest.mark.anyio
async def test_a_local_case_twin_is_in_the_way(world):
    """A download does not overwrite a local file whose name differs in case, nor delete it."""
    world.write("A.txt", "mine")
    await world.put("a.txt", "one")
    plan = await world.plan_download(delete=True)

    assert {"a.txt": "conflict", "A.txt": "conflict"} == decisions(plan)


@pytest.mark.anyio
async def test_names_that_are_not_utf_8_are_refused(world):
    """A name that no text can hold is a conflict that can be printed and reported."""
    with open(os.fsencode(world.local) + b"/\xff.txt", "wb") as file:
        file.write(b"one")
    plan = await world.plan_upload()
    report = await world.run(plan)

    assert ["conflict"] == [item.action for item in plan.items]
    assert "conflict  \\udcff.txt: its name is not valid UTF-8\n1 conflict; 0 bytes to upload" == str(plan)
    assert "\\udcff.txt" in str(report)
    assert report.to_json().encode()


@pytest.mark.anyio
async def test_a_remote_folder_under_another_name_is_refused(world):
    """A remote folder that ImageKit would rename is refused by its argument."""
    with pytest.raises(ValueError, match=r"remote must be a folder path as ImageKit stores it, '/v1_0'; got 'v1\.0/'"):
        await plan_upload(world.client, world.local, "v1.0/")


@pytest.mark.anyio
async def test_the_root_is_a_remote_folder(world):
    """The whole media library can be one side."""
    world.write("a.txt", "one")
    plan = await plan_upload(world.client, world.local, "/", state=None)
    report = await plan.run(world.client)

    assert "/" == report.remote
    assert ["/a.txt"] == [file.file_path for file in await world.client.assets.list()]
    assert isinstance(world.server, LocalImageKit)


@pytest.mark.anyio
async def test_twins_are_shown_apart(world):
    """Names that differ in their Unicode form only are shown with escapes."""
    for name in ("e\u0301.txt", "\u00e9.txt"):
        world.write(name, "x")
    reasons = [item.reason for item in (await world.plan_upload()).items]

    assert [r"\xe9.txt", r"e\u0301.txt"] == [reason.split(" ", 1)[0] for reason in reasons]


@pytest.mark.anyio
async def test_names_cannot_control_the_terminal(world):
    """Line breaks and control characters of names are printed as escapes."""
    world.write("a\n\x1b[31m.txt", "")
    plan = await world.plan_upload()
    report = await world.run(plan)

    assert r"conflict  a\n\x1b[31m.txt: " in str(plan)
    assert r"conflict  a\n\x1b[31m.txt: " in str(report)


@pytest.mark.anyio
@pytest.mark.parametrize("target", ["self", "a.txt/b", "x" * 300], ids=["loop", "below a file", "too long"])
async def test_a_link_that_leads_nowhere_is_skipped(world, target):
    """A link to itself, or to a name below a file, does not end the plan, even if links are followed."""
    world.write("a.txt", "x")
    (world.local / "self").symlink_to(target)
    plan = await world.plan_upload(symlinks="follow")

    assert {"a.txt": "create", "self": "skip"} == decisions(plan)
