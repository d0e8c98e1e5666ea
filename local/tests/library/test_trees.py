"""
Results of folder jobs on folders, files and versions.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio
Upload = Callable[..., Awaitable[dict[str, Any]]]
Call = Callable[..., Awaitable[tuple[int, Any]]]
Listed = Callable[..., Awaitable[list[dict[str, Any]]]]
Paths = Callable[[], Awaitable[list[str]]]
LongHistories = Callable[[str, str], Awaitable[tuple[str, str]]]
Events = list[tuple[str, Mapping[str, Any]]]
Run = Callable[..., Awaitable[None]]


@pytest.fixture
def run(call: Call, clock: Any) -> Run:
    """
    Run a job to its end.
    """

    async def done(name: str, **body: Any) -> None:
        status, _ = await call("POST", f"/v1/bulkJobs/{name}Folder", **body)
        clock.advance()
        await call("GET", "/v1/files")

        assert status in {200, 202}

    return done


async def contents(client: httpx.AsyncClient, file_id: str) -> list[bytes]:
    """
    The bytes of all versions of a file, the current one first.
    """
    return [
        (await client.get(item["url"])).content for item in (await client.get(f"/v1/files/{file_id}/versions")).json()
    ]


async def folder_ids(listed: Listed) -> dict[str, str]:
    """
    The ids of all folders by path.
    """
    return {folder["folderPath"]: folder["folderId"] for folder in await listed(type="folder")}


@pytest.mark.parametrize(
    ("flags", "copied"),
    [
        ({}, [b"new"]),
        ({"includeVersions": True}, [b"new", b"old"]),
        ({"includeFileVersions": True}, [b"new", b"old"]),
    ],
)
async def test_copy(
    flags: dict[str, bool],
    copied: list[bytes],
    upload: Upload,
    client: httpx.AsyncClient,
    run: Run,
    paths: Paths,
    listed: Listed,
    events: Events,
) -> None:
    """A copy has its own folders and files, with older versions on request, under either name of the flag."""
    for content in (b"old", b"new"):
        await upload("x.txt", content, folder="/a/b/c", tags="t")
    events.clear()
    await run("copy", sourceFolderPath="/a/b", destinationPath="/z", **flags)
    source, copy = await listed(name="x.txt")
    ids = await folder_ids(listed)

    assert ["/a/", "/a/b/", "/a/b/c/", "/a/b/c/x.txt", "/z/", "/z/b/", "/z/b/c/", "/z/b/c/x.txt"] == await paths()
    assert source["fileId"] != copy["fileId"]
    assert ["t"] == copy["tags"]
    assert copied == await contents(client, copy["fileId"])
    assert [
        *(("folder.created", ids[path]) for path in ("/z", "/z/b", "/z/b/c")),
        ("file.created", copy["fileId"]),
    ] == [(type, data["fileId" if "fileId" in data else "folderId"]) for type, data in events]


async def test_copy_below_itself(upload: Upload, run: Run, paths: Paths) -> None:
    """A folder can be copied below itself, and the copy has what was there before."""
    await upload("x.txt", folder="/a/b")
    await run("copy", sourceFolderPath="/a", destinationPath="/a/b")

    assert ["/a/", "/a/b/", "/a/b/a/", "/a/b/a/b/", "/a/b/a/b/x.txt", "/a/b/x.txt"] == await paths()


async def test_merge(upload: Upload, client: httpx.AsyncClient, run: Run, paths: Paths, listed: Listed) -> None:
    """Existing folders and files keep their ids, and files get the versions of the source."""
    target = await upload("x.txt", b"target", folder="/z/a")
    await upload("x.txt", b"source", folder="/a")
    await upload("y.txt", b"other", folder="/a/b")
    before = await folder_ids(listed)
    await run("move", sourceFolderPath="/a", destinationPath="/z")
    after = await folder_ids(listed)

    assert ["/z/", "/z/a/", "/z/a/b/", "/z/a/b/y.txt", "/z/a/x.txt"] == await paths()
    assert [b"source", b"target"] == await contents(client, target["fileId"])
    assert before["/z/a"] == after["/z/a"]


async def test_move(
    upload: Upload, client: httpx.AsyncClient, run: Run, paths: Paths, listed: Listed, events: Events
) -> None:
    """Moved files keep their ids and versions, moved folders get new ids."""
    for content in (b"old", b"new"):
        file = await upload("x.txt", content, folder="/a/b")
    before = await folder_ids(listed)
    events.clear()
    await run("move", sourceFolderPath="/a/b", destinationPath="/")
    after = await folder_ids(listed)

    assert ["/a/", "/b/", "/b/x.txt"] == await paths()
    assert [b"new", b"old"] == await contents(client, file["fileId"])
    assert before["/a/b"] != after["/b"]
    assert [
        ("folder.created", after["/b"]),
        ("folder.deleted", before["/a/b"]),
        ("file.updated", file["fileId"]),
    ] == [(type, data["fileId" if "fileId" in data else "folderId"]) for type, data in events]


async def test_move_up_onto_its_own_parent(upload: Upload, run: Run, paths: Paths) -> None:
    """A folder that is merged into one above it puts each file at its own new place."""
    await upload("1.txt", folder="/a/b/a")
    await upload("2.txt", folder="/a/b/a/b/a")
    await run("move", sourceFolderPath="/a/b/a", destinationPath="/")

    assert ["/a/", "/a/1.txt", "/a/b/", "/a/b/a/", "/a/b/a/2.txt"] == await paths()


async def test_rename(
    upload: Upload, client: httpx.AsyncClient, run: Run, paths: Paths, listed: Listed, events: Events
) -> None:
    """All paths below change, all ids stay, and the folders are updated at the end of the job."""
    file = await upload("x.txt", b"bytes", folder="/a/b")
    await upload("x.txt", folder="/ab")
    before = await folder_ids(listed)
    events.clear()
    await run("rename", folderPath="a/", newFolderName="c.d/é")
    folders = await listed(type="folder")

    assert ["/ab/", "/ab/x.txt", "/c_d_é/", "/c_d_é/b/", "/c_d_é/b/x.txt"] == await paths()
    assert [before["/ab"], before["/a"], before["/a/b"]] == [folder["folderId"] for folder in folders]
    assert ["2030-01-02T03:04:05.000Z", "2030-01-02T03:04:15.000Z"] == [
        folders[1]["createdAt"],
        folders[1]["updatedAt"],
    ]
    assert [b"bytes"] == await contents(client, file["fileId"])
    assert [("folder.updated", folder) for folder in folders[1:]] == events[:2]
    assert [("file.updated", file["fileId"])] == [(type, data["fileId"]) for type, data in events[2:]]


async def test_rename_to_name_taken_meanwhile(
    upload: Upload, call: Call, clock: Any, paths: Paths, listed: Listed
) -> None:
    """A folder that an upload creates at the target after acceptance is merged."""
    await upload("x.txt", folder="/a")
    await call("POST", "/v1/bulkJobs/renameFolder", folderPath="/a", newFolderName="b")
    await upload("y.txt", folder="/b")
    before = await folder_ids(listed)
    clock.advance()

    assert ["/b/", "/b/x.txt", "/b/y.txt"] == await paths()
    assert {"/b": before["/b"]} == await folder_ids(listed)


@pytest.mark.parametrize(("name", "flags"), [("copy", {"includeVersions": True}), ("move", {})])
async def test_history_too_long(
    name: str, flags: dict[str, bool], long_histories: LongHistories, upload: Upload, run: Run, paths: Paths
) -> None:
    """A file that would have more than 100 versions stays where it is with its folder; the rest is moved."""
    await long_histories("/a", "/z/a")
    await upload("y.txt", folder="/a/b")
    await run(name, sourceFolderPath="/a", destinationPath="/z", **flags)
    left = ["/a/", "/a/x.txt"] if name == "move" else ["/a/", "/a/b/", "/a/b/y.txt", "/a/x.txt"]

    assert [*left, "/z/", "/z/a/", "/z/a/b/", "/z/a/b/y.txt", "/z/a/x.txt"] == await paths()
