"""
Files copied, moved and renamed.
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
COPY, MOVE, RENAME = ("POST", "/v1/files/copy"), ("POST", "/v1/files/move"), ("PUT", "/v1/files/rename")
GENERAL = "Your request is missing parameters / contains invalid parameters."


async def versions(client: httpx.AsyncClient, file_id: str) -> list[tuple[str, bytes]]:
    """
    Name and bytes of each version of a file, the current one first.
    """
    listed = (await client.get(f"/v1/files/{file_id}/versions")).json()
    return [(item["versionInfo"]["name"], (await client.get(item["url"])).content) for item in listed]


async def test_copy(
    upload: Upload, client: httpx.AsyncClient, call: Call, listed: Listed, events: Events, clock: Any
) -> None:
    """A copy is a new file with the same bytes, tags and metadata, in a folder that is created."""
    first = await upload("a.txt", b"old", tags="x")
    await upload("a.txt", b"new", tags="x,y", description="d", isPrivateFile="false")
    clock.advance(1)
    events.clear()
    response = await call(*COPY, sourceFilePath="a.txt", destinationPath="/b/c/")
    source, copy = await listed(name="a.txt")
    told = list(events)
    await client.delete(f"/v1/files/{first['fileId']}")

    assert (204, None) == response
    assert ("/a.txt", "/b/c/a.txt") == (source["filePath"], copy["filePath"])
    assert copy["fileId"] == copy["versionInfo"]["id"] != source["fileId"]
    assert (["x", "y"], "d", "2030-01-02T03:04:06.000Z") == (copy["tags"], copy["description"], copy["createdAt"])
    assert [("Version 1", b"new")] == await versions(client, copy["fileId"])
    assert ["folder.created", "folder.created", "file.created"] == [type for type, _ in told]
    assert ["/b", "/b/c"] == [data["folderPath"] for _, data in told[:2]]
    assert copy["fileId"] == told[2][1]["fileId"]


async def test_copy_with_versions(upload: Upload, client: httpx.AsyncClient, call: Call, listed: Listed) -> None:
    """All versions are copied on request, in order, and the current one stays current even if it is the oldest."""
    for text in (b"one", b"two", b"three"):
        file = await upload("a.txt", text)
    await call("PUT", f"/v1/files/{file['fileId']}/versions/{file['fileId']}/restore")
    await call(*COPY, sourceFilePath="/a.txt", destinationPath="/b", includeFileVersions=True)
    copy = (await listed(path="/b"))[0]

    assert [("Version 3", b"one"), ("Version 2", b"three"), ("Version 1", b"two")] == await versions(
        client, copy["fileId"]
    )


async def test_copy_onto_name(
    upload: Upload, client: httpx.AsyncClient, call: Call, listed: Listed, events: Events
) -> None:
    """A copy onto a taken name becomes the current version of the file with that name, which keeps its id."""
    await upload("a.txt", b"source 1", tags="source")
    await upload("a.txt", b"source 2", tags="source")
    await upload("a.txt", b"target", folder="/b")
    target = (await listed(path="/b"))[0]
    events.clear()
    await call(*COPY, sourceFilePath="/a.txt", destinationPath="/b", includeFileVersions=True)
    after = (await listed(path="/b"))[0]

    assert (target["fileId"], ["source"]) == (after["fileId"], after["tags"])
    assert [("Version 3", b"source 2"), ("Version 2", b"source 1"), ("Version 1", b"target")] == await versions(
        client, target["fileId"]
    )
    assert [("file-version.created", target["fileId"], "Version 3")] == [
        (type, data["fileId"], data["versionInfo"]["name"]) for type, data in events
    ]


async def test_move(upload: Upload, client: httpx.AsyncClient, call: Call, events: Events, clock: Any) -> None:
    """A file moves with its id and all versions, and its old URL stops working."""
    await upload("a.txt", b"old")
    file = await upload("a.txt", b"new")
    clock.advance(1)
    events.clear()
    response = await call(*MOVE, sourceFilePath="/a.txt", destinationPath="b")
    details = (await client.get(f"/v1/files/{file['fileId']}/details")).json()

    assert (204, None) == response
    assert ("/b/a.txt", "2030-01-02T03:04:06.000Z") == (details["filePath"], details["updatedAt"])
    assert [("Version 2", b"new"), ("Version 1", b"old")] == await versions(client, file["fileId"])
    assert 404 == (await client.get(file["url"])).status_code
    assert ["folder.created", "file.updated"] == [type for type, _ in events]
    assert details == events[1][1]


async def test_move_onto_name(
    upload: Upload, client: httpx.AsyncClient, call: Call, paths: Paths, events: Events
) -> None:
    """A file moved onto a taken name becomes versions of the file with that name, and no longer exists."""
    source = await upload("a.txt", b"source 1")
    await upload("a.txt", b"source 2")
    target = await upload("a.txt", b"target", folder="/b")
    events.clear()
    await call(*MOVE, sourceFilePath="/a.txt", destinationPath="/b")

    assert ["/b/", "/b/a.txt"] == await paths()
    assert 404 == (await client.get(f"/v1/files/{source['fileId']}/details")).status_code
    assert [("Version 3", b"source 2"), ("Version 2", b"source 1"), ("Version 1", b"target")] == await versions(
        client, target["fileId"]
    )
    assert ["file-version.created", "file.deleted"] == [type for type, _ in events]
    assert {"fileId": source["fileId"]} == events[1][1]


async def test_version_limit(
    long_histories: LongHistories, client: httpx.AsyncClient, call: Call, paths: Paths
) -> None:
    """Files with more than 100 versions in total are not merged, and nothing changes."""
    _, target = await long_histories("/a", "/b")
    before = await paths()
    refused = [
        await call(*COPY, sourceFilePath="/a/x.txt", destinationPath="/b", includeFileVersions=True),
        await call(*MOVE, sourceFilePath="/a/x.txt", destinationPath="/b"),
    ]
    length = len((await client.get(f"/v1/files/{target}/versions")).json())
    accepted = await call(*COPY, sourceFilePath="/a/x.txt", destinationPath="/b")

    assert [(400, GENERAL, "VERSION_LIMIT_EXCEEDED")] * 2 == [
        (status, body["message"], body["reason"]) for status, body in refused
    ]
    assert 89 == length
    assert 204 == accepted[0]
    assert before == await paths()


@pytest.mark.parametrize("operation", [COPY, MOVE])
@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({}, "MISSING_PARAMETER"),
        ({"sourceFilePath": "/a.txt"}, "MISSING_PARAMETER"),
        ({"sourceFilePath": None, "destinationPath": "/b"}, "MISSING_PARAMETER"),
        ({"sourceFilePath": "/a.txt", "destinationPath": ""}, "MISSING_PARAMETER"),
        ({"sourceFilePath": 1, "destinationPath": "/b"}, "INVALID_PARAMETER"),
        ({"sourceFilePath": "/a.txt", "destinationPath": "/"}, "SAME_SOURCE_AND_DESTINATION"),
        ({"sourceFilePath": "/b//a.txt", "destinationPath": "b/"}, "SAME_SOURCE_AND_DESTINATION"),
        ({"sourceFilePath": "/a.txt", "destinationPath": "/b/../c"}, "INVALID_FOLDER_PATH"),
        ({"sourceFilePath": "/a.txt", "destinationPath": "/b" * 51}, "INVALID_FOLDER_PATH"),
    ],
)
async def test_refused(
    operation: tuple[str, str], body: dict[str, Any], reason: str, upload: Upload, call: Call, paths: Paths
) -> None:
    """The errors of copy and move name the reason."""
    await upload("a.txt")
    status, response = await call(*operation, **body)

    assert (400, GENERAL, reason) == (status, response["message"], response["reason"])
    assert ["/a.txt"] == await paths()


async def test_refused_flag(upload: Upload, call: Call) -> None:
    """Whether versions are copied is a boolean."""
    await upload("a.txt")
    status, body = await call(*COPY, sourceFilePath="/a.txt", destinationPath="/b", includeFileVersions="true")

    assert (400, GENERAL, "INVALID_PARAMETER") == (status, body["message"], body["reason"])


@pytest.mark.parametrize("operation", [COPY, MOVE])
async def test_missing_source(operation: tuple[str, str], call: Call, paths: Paths) -> None:
    """The error contains the path of the missing file as sent, and no folder is created."""
    status, body = await call(*operation, sourceFilePath="x//a.txt", destinationPath="/b")

    assert (404, "No file found with filePath `x//a.txt`.", "SOURCE_FILE_MISSING") == (
        status,
        body["message"],
        body["reason"],
    )
    assert [] == await paths()


async def test_rename(upload: Upload, client: httpx.AsyncClient, call: Call, events: Events) -> None:
    """All versions get the new name, with only the characters that names can have."""
    await upload("a.txt", b"old", folder="/f")
    file = await upload("a.txt", b"new", folder="/f")
    events.clear()
    response = await call(*RENAME, filePath="/f/a.txt", newFileName="b é/1.txt")
    details = (await client.get(f"/v1/files/{file['fileId']}/details")).json()

    assert (200, {}) == response
    assert "/f/b_é_1.txt" == details["filePath"]
    assert [("Version 2", b"new"), ("Version 1", b"old")] == await versions(client, file["fileId"])
    assert [("file.updated", details)] == events


async def test_rename_and_purge(upload: Upload, call: Call, paths: Paths) -> None:
    """A rename purges the old URL on request, and succeeds even if the purges of the month are used up."""
    await upload("a.txt")
    responses = [
        await call(*RENAME, filePath=f"/{old}", newFileName=new, purgeCache=True)
        for old, new in (("a.txt", "b.txt"), ("b.txt", "c.txt"), ("c.txt", "d.txt"))
    ]
    purge = await call("GET", f"/v1/files/purge/{responses[0][1]['purgeRequestId']}")

    assert [200, 200, 207] == [status for status, _ in responses]
    assert (200, {"status": "Pending"}) == purge
    assert {
        "message": "File renamed successfully but we could not purge the CDN cache for old URL "
        "because of rate limits on purge API.",
        "help": "For support kindly contact us at support@imagekit.io.",
        "reason": "PURGE_FAILED",
    } == responses[2][1]
    assert ["/d.txt"] == await paths()


@pytest.mark.parametrize(
    ("body", "status", "reason", "message"),
    [
        ({"newFileName": "b.txt"}, 400, "MISSING_PARAMETER", GENERAL),
        ({"filePath": "/a.txt"}, 400, "MISSING_PARAMETER", GENERAL),
        ({"filePath": "/a.txt", "newFileName": 1}, 400, "INVALID_PARAMETER", GENERAL),
        ({"filePath": "/a.txt", "newFileName": ".."}, 400, "INVALID_PARAMETER", GENERAL),
        ({"filePath": "/a.txt", "newFileName": "c.txt", "purgeCache": 1}, 400, "INVALID_PARAMETER", GENERAL),
        (
            {"filePath": "/a.txt", "newFileName": "a.txt"},
            400,
            "SAME_OLD_AND_NEW_NAME",
            "newFileName cannot be the same as its existing name.",
        ),
        (
            {"filePath": "x.txt", "newFileName": "b.txt"},
            404,
            "FILE_MISSING",
            "No file found in media library at filePath x.txt",
        ),
        (
            {"filePath": "/a.txt", "newFileName": "b.txt"},
            409,
            "FILE_ALREADY_EXISTS",
            "File with name b.txt already exists at the same location.",
        ),
    ],
)
async def test_refused_rename(
    body: dict[str, Any], status: int, reason: str, message: str, upload: Upload, call: Call, paths: Paths
) -> None:
    """The error of a rename names the reason."""
    await upload("a.txt")
    await upload("b.txt")
    response = await call(*RENAME, **body)

    assert (status, reason, message) == (response[0], response[1]["reason"], response[1]["message"])
    assert ["/a.txt", "/b.txt"] == await paths()
