"""
Jobs that copy, move and rename folders: acceptance, locks and status.
"""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import anyio.to_thread
import httpx
import pytest

from imagekit_local import LocalImageKit

pytestmark = pytest.mark.anyio
Upload = Callable[..., Awaitable[dict[str, Any]]]
Call = Callable[..., Awaitable[tuple[int, Any]]]
Paths = Callable[[], Awaitable[list[str]]]
COPY, MOVE, RENAME = (("POST", f"/v1/bulkJobs/{name}Folder") for name in ("copy", "move", "rename"))
GENERAL = "Your request is missing parameters / contains invalid parameters."
SAME = "sourceFolderPath and destinationPath is same"
INTO_CHILD = "This operation is not allowed because parent folder cannot be moved into child folder."
SOURCE_LOCKED = "A bulk job is running on given folder path, please try after sometime."
TARGET_LOCKED = "Destination folder path is already locked. Please try after sometime."


@pytest.mark.parametrize(
    ("operation", "body", "status", "type"),
    [
        (COPY, {"sourceFolderPath": "/a", "destinationPath": "/b"}, 200, "COPY_FOLDER"),
        (MOVE, {"sourceFolderPath": "/a", "destinationPath": "/b"}, 200, "MOVE_FOLDER"),
        (RENAME, {"folderPath": "/a", "newFolderName": "b"}, 202, "RENAME_FOLDER"),
    ],
)
async def test_status(
    operation: tuple[str, str],
    body: dict[str, Any],
    status: int,
    type: str,
    upload: Upload,
    call: Call,
    paths: Paths,
    clock: Any,
) -> None:
    """A job is pending, and nothing changes, until its time has passed."""
    await upload("x.txt", folder="/a")
    before = await paths()
    accepted = await call(*operation, **body)
    job = ("GET", f"/v1/bulkJobs/{accepted[1]['jobId']}")
    clock.advance(9.999)
    pending, meanwhile = await call(*job), await paths()
    clock.advance(0.001)
    completed, after = await call(*job), await paths()

    assert (status, {"jobId": accepted[1]["jobId"]}) == accepted
    assert (200, {"jobId": accepted[1]["jobId"], "type": type, "status": "Pending"}) == pending
    assert (200, {"jobId": accepted[1]["jobId"], "type": type, "status": "Completed"}) == completed
    assert before == meanwhile != after


async def test_unknown_job(call: Call) -> None:
    """An unknown id is not found, whatever its form."""
    responses = [await call("GET", f"/v1/bulkJobs/{id}") for id in ("00000000000000000000beef", "x")]

    assert [(404, "The requested job does not exist.")] * 2 == [(status, body["message"]) for status, body in responses]


async def test_due_without_asking_for_the_job(
    upload: Upload, client: httpx.AsyncClient, call: Call, clock: Any
) -> None:
    """A job finishes before the first request after its time is served, including delivery."""
    file = await upload("x.txt", b"bytes", folder="/a")
    await call(*RENAME, folderPath="/a", newFolderName="b")
    clock.advance()
    delivered = await client.get(file["url"].replace("/a/", "/b/"))

    assert b"bytes" == delivered.content


async def test_done_without_a_request() -> None:
    """A listening server finishes a job without another request."""
    renamed = threading.Event()

    def note(type: str, data: Mapping[str, Any]) -> None:
        if type == "folder.updated":
            renamed.set()

    async with LocalImageKit(job_delay_seconds=0) as server:
        server._account.listeners.append(note)
        async with httpx.AsyncClient(base_url=server.url, auth=(server.private_key, "")) as client:
            await client.post("/v1/folder", json={"folderName": "a", "parentFolderPath": "/"})
            await client.post("/v1/bulkJobs/renameFolder", json={"folderPath": "/a", "newFolderName": "b"})
        is_renamed = await anyio.to_thread.run_sync(renamed.wait, 30)

    assert is_renamed


async def test_restart(tmp_path: Path, clock: Any) -> None:
    """An accepted job finishes even if the server restarts."""

    async def request(method: str, path: str, **body: str) -> Any:
        async with httpx.AsyncClient(transport=server.transport(), base_url=server.url, auth=auth) as client:
            return (await client.request(method, path, json=body)).raise_for_status().json()

    server = LocalImageKit(data=tmp_path, clock=clock)
    auth = (server.private_key, "")
    await request("POST", "/v1/folder", folderName="a", parentFolderPath="/")
    job = await request(*RENAME, folderPath="/a", newFolderName="b")
    server.stop()
    clock.advance()
    server = LocalImageKit(data=tmp_path, clock=clock)
    view = await request("GET", f"/v1/bulkJobs/{job['jobId']}")
    folders = await request("GET", "/v1/files?type=folder")
    server.stop()

    assert "Completed" == view["status"]
    assert ["/b"] == [folder["folderPath"] for folder in folders]


async def test_locks(upload: Upload, call: Call, clock: Any) -> None:
    """A running job locks the folders that it reads or writes, and those above and below."""
    for folder in ("/a/b/c", "/t", "/x/b", "/ab"):
        await upload("x.txt", folder=folder)
    await call(*MOVE, sourceFolderPath="/a/b", destinationPath="/t")
    attempts = [
        (MOVE, {"sourceFolderPath": "/a", "destinationPath": "/y"}),
        (COPY, {"sourceFolderPath": "/a/b/c", "destinationPath": "/y"}),
        (RENAME, {"folderPath": "/t", "newFolderName": "y"}),
        (("DELETE", "/v1/folder"), {"folderPath": "/a/b"}),
        (("DELETE", "/v1/folder"), {"folderPath": "/t"}),
        (COPY, {"sourceFolderPath": "/x/b", "destinationPath": "/t"}),
        (COPY, {"sourceFolderPath": "/x", "destinationPath": "/a/b/c"}),
        (RENAME, {"folderPath": "/x/b", "newFolderName": "y"}),
    ]
    during = [await call(*operation, **body) for operation, body in attempts]
    clock.advance()
    after = await call("DELETE", "/v1/folder", folderPath="/t")

    assert [SOURCE_LOCKED] * 5 + [TARGET_LOCKED] * 2 == [body["message"] for status, body in during if status == 423]
    assert 202 == during[7][0]
    assert 204 == after[0]


async def test_rename_target_is_locked(upload: Upload, call: Call) -> None:
    """A folder cannot get the name that a pending rename gives to another one."""
    await upload("x.txt", folder="/a")
    await upload("x.txt", folder="/b")
    await call(*RENAME, folderPath="/a", newFolderName="c")
    status, body = await call(*RENAME, folderPath="/b", newFolderName="c")

    assert (423, SOURCE_LOCKED) == (status, body["message"])


async def test_files_are_not_locked(upload: Upload, call: Call, paths: Paths, clock: Any) -> None:
    """Files can be added and deleted below a locked folder, and the job handles those that it finds."""
    file = await upload("x.txt", folder="/a")
    await call(*MOVE, sourceFolderPath="/a", destinationPath="/b")
    statuses = [
        (await call("DELETE", f"/v1/files/{file['fileId']}"))[0],
        (await call("POST", "/v1/folder", folderName="c", parentFolderPath="/a"))[0],
    ]
    await upload("y.txt", folder="/a/c")
    clock.advance()

    assert [204, 201] == statuses
    assert ["/b/", "/b/a/", "/b/a/c/", "/b/a/c/y.txt"] == await paths()


@pytest.mark.parametrize(
    ("body", "status", "reason", "message"),
    [
        ({}, 400, "MISSING_PARAMETER", GENERAL),
        ({"sourceFolderPath": "/a"}, 400, "MISSING_PARAMETER", GENERAL),
        ({"sourceFolderPath": "/a", "destinationPath": 1}, 400, "INVALID_PARAMETER", GENERAL),
        ({"sourceFolderPath": "/", "destinationPath": "/b"}, 400, "SOURCE_IS_ROOT", GENERAL),
        ({"sourceFolderPath": "/a", "destinationPath": "a/"}, 400, "SAME_SOURCE_AND_DESTINATION", SAME),
        ({"sourceFolderPath": "/a", "destinationPath": "/"}, 400, "SAME_SOURCE_AND_DESTINATION", SAME),
        ({"sourceFolderPath": "/a", "destinationPath": "/b/.."}, 400, "INVALID_FOLDER_PATH", GENERAL),
        (
            {"sourceFolderPath": "/x/", "destinationPath": "/b"},
            404,
            "NO_FILES_FOLDER",
            "No files & folder found at sourceFolderPath `/x/`.",
        ),
    ],
)
@pytest.mark.parametrize("operation", [COPY, MOVE])
async def test_refused(
    operation: tuple[str, str],
    body: dict[str, Any],
    status: int,
    reason: str,
    message: str,
    upload: Upload,
    call: Call,
) -> None:
    """The errors of copy and move name the reason."""
    await upload("x.txt", folder="/a")
    response = await call(*operation, **body)

    assert (status, reason, message) == (response[0], response[1]["reason"], response[1]["message"])


async def test_refused_flag(upload: Upload, call: Call) -> None:
    """Whether versions are copied is a boolean."""
    await upload("x.txt", folder="/a")
    status, body = await call(*COPY, sourceFolderPath="/a", destinationPath="/b", includeVersions=1)

    assert (400, "INVALID_PARAMETER") == (status, body["reason"])


async def test_move_into_itself(upload: Upload, call: Call) -> None:
    """A folder cannot move below itself."""
    await upload("x.txt", folder="/a")
    status, body = await call(*MOVE, sourceFolderPath="/a", destinationPath="/a/b")

    assert (400, "INVALID_DESTINATION_PATH", INTO_CHILD) == (status, body["reason"], body["message"])


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ({"newFolderName": "c"}, 400, "folderPath parameter is missing."),
        ({"folderPath": "", "newFolderName": "c"}, 400, "folderPath parameter is missing."),
        ({"folderPath": "/a"}, 400, "newFolderName parameter is missing."),
        ({"folderPath": "/a", "newFolderName": "c", "purgeCache": "true"}, 400, GENERAL),
        ({"folderPath": "//", "newFolderName": "c"}, 400, "folderPath cannot be root."),
        ({"folderPath": "/x", "newFolderName": "c"}, 404, "Source folder not found."),
        ({"folderPath": "/a", "newFolderName": "a"}, 409, "Folder with name a already exists at the same location."),
        (
            {"folderPath": "/a", "newFolderName": "b c"},
            409,
            "Folder with name b_c already exists at the same location.",
        ),
    ],
)
async def test_refused_rename(body: dict[str, Any], status: int, message: str, upload: Upload, call: Call) -> None:
    """A rename needs a folder below the root, and a free name."""
    await upload("x.txt", folder="/a")
    await upload("x.txt", folder="/b c")
    response = await call(*RENAME, **body)

    assert (status, message) == (response[0], response[1]["message"])


async def test_rename_and_purge(upload: Upload, call: Call, paths: Paths, clock: Any) -> None:
    """A rename counts as one purge, and without a purge left the job succeeds in part."""
    await upload("x.txt", folder="/0")
    views: list[tuple[int, dict[str, Any]]] = []
    for number in range(3):
        _, accepted = await call(*RENAME, folderPath=f"/{number}", newFolderName=f"{number + 1}", purgeCache=True)
        clock.advance()
        views.append(await call("GET", f"/v1/bulkJobs/{accepted['jobId']}"))
    purge = await call("GET", f"/v1/files/purge/{views[0][1]['purgeRequestId']}")

    assert [(200, "Completed"), (200, "Completed"), (207, "Partial success")] == [
        (status, view["status"]) for status, view in views
    ]
    assert (200, {"status": "Completed"}) == purge
    assert {"jobId", "type", "status", "message", "help"} == views[2][1].keys()
    assert "Folder renamed successfully but purging cache on nested files failed." == views[2][1]["message"]
    assert ["/3/", "/3/x.txt"] == await paths()
