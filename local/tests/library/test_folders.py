"""
Folders created and deleted.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx
import pytest

from imagekit_local import LocalImageKit
from imagekit_local._errors import ApiError
from imagekit_local._folders.jobs import start_copy, start_delete, start_move
from imagekit_local._folders.trees import check_size
from imagekit_local._store import Folder

pytestmark = pytest.mark.anyio
Upload = Callable[..., Awaitable[dict[str, Any]]]
Call = Callable[..., Awaitable[tuple[int, Any]]]
Listed = Callable[..., Awaitable[list[dict[str, Any]]]]
Paths = Callable[[], Awaitable[list[str]]]
Events = list[tuple[str, Mapping[str, Any]]]
CREATE, DELETE = ("POST", "/v1/folder"), ("DELETE", "/v1/folder")
GENERAL = "Your request is missing parameters / contains invalid parameters."
DOTS = "'.' & '..' can not be used as folder-name"


async def test_create(call: Call, listed: Listed, events: Events) -> None:
    """A folder is created with the folders above it, each with an event."""
    response = await call(*CREATE, folderName="c d-é_1.x", parentFolderPath="a//b/")
    folders = await listed(type="folder")

    assert (201, {}) == response
    assert ["/a", "/a/b", "/a/b/c_d-é_1_x"] == [folder["folderPath"] for folder in folders]
    assert [("folder.created", folder) for folder in folders] == events


async def test_create_existing(upload: Upload, call: Call, listed: Listed, events: Events) -> None:
    """A folder that exists already stays unchanged."""
    await upload("a.txt", folder="/a")
    before = await listed(type="folder")
    events.clear()
    response = await call(*CREATE, folderName="a", parentFolderPath="/")

    assert (201, {}) == response
    assert before == await listed(type="folder")
    assert [] == events


async def test_upload_tells_folders(upload: Upload, events: Events) -> None:
    """The folders that an upload creates have events like any other."""
    await upload("a.txt", folder="/a/b")

    assert ["/a", "/a/b"] == [data["folderPath"] for type, data in events if type == "folder.created"]


@pytest.mark.parametrize(
    ("body", "reason", "message"),
    [
        ({}, "MISSING_PARAMETER", GENERAL),
        ({"folderName": "a"}, "MISSING_PARAMETER", GENERAL),
        ({"parentFolderPath": "/"}, "MISSING_PARAMETER", GENERAL),
        ({"folderName": ["a"], "parentFolderPath": "/"}, "INVALID_PARAMETER", GENERAL),
        ({"folderName": "..", "parentFolderPath": "/"}, "INVALID_FOLDER_PATH", DOTS),
        ({"folderName": "a", "parentFolderPath": "/b/./c"}, "INVALID_FOLDER_PATH", DOTS),
        ({"folderName": "a", "parentFolderPath": "/b" * 50}, "INVALID_FOLDER_PATH", GENERAL),
        (
            {"folderName": "a/b", "parentFolderPath": "/"},
            "INVALID_FOLDER_PATH",
            "folderName parameter cannot have a slash.",
        ),
    ],
)
async def test_create_refused(body: dict[str, Any], reason: str, message: str, call: Call, paths: Paths) -> None:
    """An invalid folder is refused with the reason."""
    status, response = await call(*CREATE, **body)

    assert (400, reason, message) == (status, response["reason"], response["message"])
    assert [] == await paths()


async def test_delete(upload: Upload, client: httpx.AsyncClient, call: Call, paths: Paths, events: Events) -> None:
    """A folder is deleted with everything below it, bytes included, and nothing else is deleted."""
    await upload("x.txt", folder="/a-b")
    await upload("x.txt", folder="/a0")
    await upload("a")
    old = await upload("x.txt", folder="/a/b")
    new = await upload("x.txt", folder="/a/b")
    deep = await upload("y.txt", folder="/a")
    ids = {folder["folderPath"]: folder["folderId"] for folder in (await client.get("/v1/files?type=folder")).json()}
    events.clear()
    response = await call(*DELETE, folderPath="a/")

    assert (204, None) == response
    assert ["/a", "/a-b/", "/a-b/x.txt", "/a0/", "/a0/x.txt"] == await paths()
    assert 404 == (await client.get(deep["url"])).status_code
    assert [
        ("file-version.deleted", {"fileId": new["fileId"], "versionId": old["versionInfo"]["id"]}),
        ("file.deleted", {"fileId": new["fileId"]}),
        ("folder.deleted", {"folderId": ids["/a/b"]}),
        ("file.deleted", {"fileId": deep["fileId"]}),
        ("folder.deleted", {"folderId": ids["/a"]}),
    ] == events


async def test_delete_frees_bytes(upload: Upload, call: Call, server: LocalImageKit) -> None:
    """No bytes are left of a folder that is deleted."""
    file = await upload("x.txt", folder="/a/b")
    blob = server._account.store.blobs.path(file["fileId"])
    before = blob.exists()
    await call(*DELETE, folderPath="/a")

    assert (True, False) == (before, blob.exists())


@pytest.mark.parametrize(
    ("body", "status", "reason", "message"),
    [
        ({}, 400, "MISSING_PARAMETER", GENERAL),
        ({"folderPath": 1}, 400, "INVALID_PARAMETER", GENERAL),
        ({"folderPath": "//"}, 400, "INVALID_FOLDER_PATH", GENERAL),
        ({"folderPath": "/b/"}, 404, "FOLDER_NOT_FOUND", "No folder found with folderPath `/b/`."),
    ],
)
async def test_delete_refused(
    body: dict[str, Any], status: int, reason: str, message: str, call: Call, upload: Upload
) -> None:
    """Neither the root nor a folder that does not exist can be deleted."""
    await upload("b")
    response = await call(*DELETE, **body)

    assert (status, reason, message) == (response[0], response[1]["reason"], response[1]["message"])


def test_too_many_assets(server: LocalImageKit, clock: Any) -> None:
    """A folder with 100,000 assets below it can be deleted by one call, and a larger one cannot."""
    account = server._account
    body = {"folderPath": "/a", "sourceFolderPath": "/a", "destinationPath": "/b"}
    errors: list[ApiError] = []
    with account.store.transaction():
        account.store.assets.add_folder(Folder("a", "/a", clock()))
        account.store._database.execute(
            "WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 100000) "
            "INSERT INTO asset (id, type, file_id, folder, name, created_at, updated_at) "
            "SELECT n, 'folder', n, '/a', n, 0, 0 FROM n"
        )
        for operation in (start_copy, start_move, start_delete):
            with pytest.raises(ApiError) as caught:
                operation(account, body)
            errors.append(caught.value)
        account.store._database.execute("DELETE FROM asset WHERE id = '0'")
        size = account.store.trees.size("/a")
        check_size(account, "/a")

    assert [
        (
            400,
            "TOO_MANY_OBJECTS",
            "Total nested assets (files, folders and file versions) are more than allowed limit of 100000 items.",
        )
    ] * 3 == [(error.status, error.extras["reason"], error.message) for error in errors]
    assert 100_000 == size
