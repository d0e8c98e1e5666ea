"""
Folder jobs that run in slices: what other requests see of them, and what happens when they are interrupted.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from imagekit_local import LocalImageKit
from imagekit_local._folders.working import finish_job

pytestmark = pytest.mark.anyio
Call = Callable[..., Awaitable[tuple[int, Any]]]
Paths = Callable[[], Awaitable[list[str]]]
Upload = Callable[..., Awaitable[dict[str, Any]]]
NAMES = [f"{number:02}.txt" for number in range(1, 50)]
JOBS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "copy": ("POST", "/v1/bulkJobs/copyFolder", {"sourceFolderPath": "/a", "destinationPath": "/z"}),
    "move": ("POST", "/v1/bulkJobs/moveFolder", {"sourceFolderPath": "/a", "destinationPath": "/z"}),
    "rename": ("POST", "/v1/bulkJobs/renameFolder", {"folderPath": "/a", "newFolderName": "z"}),
    "delete": ("DELETE", "/v1/folder", {"folderPath": "/a"}),
}


def listed(*folders: str) -> list[str]:
    """
    The paths of folders, each with all files, and of those above them.
    """
    above = {"/z/"} if "/z/a/" in folders else set[str]()
    return sorted({*above, *folders, *(folder + name for folder in folders for name in NAMES)})


AFTER = {"copy": listed("/a/", "/z/a/"), "move": listed("/z/a/"), "rename": listed("/z/"), "delete": []}


@pytest.fixture
async def large(upload: Upload) -> None:
    """
    A folder with more files than are dealt with at a time.
    """
    for name in NAMES:
        await upload(name, folder="/a")


@pytest.mark.parametrize("name", JOBS)
@pytest.mark.usefixtures("large")
async def test_done_by_the_first_request(name: str, call: Call, paths: Paths, clock: Any) -> None:
    """In process, the first request after its time finds a job done, however large."""
    method, path, body = JOBS[name]
    status, _ = await call(method, path, **body)
    clock.advance()

    assert status in {200, 202, 204}
    assert AFTER[name] == await paths()


@pytest.mark.usefixtures("large")
async def test_left_to_the_worker(server: LocalImageKit, call: Call, paths: Paths, clock: Any) -> None:
    """A listening server responds while a large job runs, which is pending and keeps its locks."""
    method, path, body = JOBS["move"]
    _, accepted = await call(method, path, **body)
    server._account.has_worker = True
    clock.advance()
    pending = [await call("GET", f"/v1/bulkJobs/{accepted['jobId']}") for _ in range(2)]
    locked, _ = await call("DELETE", "/v1/folder", folderPath="/z")
    seen = await paths()
    server._account.has_worker = False
    _, completed = await call("GET", f"/v1/bulkJobs/{accepted['jobId']}")

    assert ["Pending", "Pending"] == [view["status"] for _, view in pending]
    assert 423 == locked
    assert len(NAMES) == len([path for path in seen if path.endswith(".txt")])
    assert "Completed" == completed["status"]
    assert AFTER["move"] == await paths()


@pytest.mark.parametrize("name", JOBS)
async def test_cut_short(name: str, tmp_path: Path, clock: Any, deviations: list[str]) -> None:
    """A job that a stopped server leaves behind is continued by the next server on the directory."""
    method, path, body = JOBS[name]
    told: list[str] = []

    def fail(type: str, data: Mapping[str, Any]) -> None:
        told.append(type)
        if len(told) == 40:
            raise ZeroDivisionError

    async def request(method: str, path: str, **options: Any) -> httpx.Response:
        async with httpx.AsyncClient(transport=server.transport(), base_url=server.url) as client:
            return await client.request(method, path, auth=(server.private_key, ""), **options)

    async def paths() -> list[str]:
        assets = (await request("GET", "/v1/files?type=all")).json()
        return sorted(asset.get("filePath") or asset["folderPath"] + "/" for asset in assets)

    server = LocalImageKit(data=tmp_path, clock=clock)
    for file in NAMES:
        form = {"fileName": file, "useUniqueFileName": "false", "folder": "/a"}
        await request("POST", "/api/v1/files/upload", data=form, files={"file": b"text"})
    server._account.listeners.append(fail)
    await request(method, path, json=body)
    clock.advance()
    failed = await request("GET", "/v1/files") if name != "delete" else None
    server.stop()
    server = LocalImageKit(data=tmp_path, clock=clock)
    left = await paths()
    server.stop()
    # No listener of the server's own fails.
    deviations.clear()

    assert failed is None or 500 == failed.status_code
    assert 40 == len(told)
    assert AFTER[name] == left


@pytest.mark.parametrize("name", JOBS)
@pytest.mark.usefixtures("large")
async def test_changes_meanwhile(
    name: str, server: LocalImageKit, upload: Upload, call: Call, paths: Paths, clock: Any, deviations: list[str]
) -> None:
    """While a job runs, files that leave the folder are left alone, and new files stay there with their folders."""
    method, path, body = JOBS[name]
    elsewhere = "/y/49.txt"

    async def change() -> None:
        await call("POST", "/v1/files/move", sourceFilePath="/a/49.txt", destinationPath="/y")
        await upload("new.txt", folder="/a/b")

    if name == "delete":
        # No request is served between the slices of a deletion in process; it is begun, and then left.
        server._account.listeners.append(raise_at(30))
        await call(method, path, **body)
        server._account.listeners.pop()
        deviations.clear()
    else:
        await call(method, path, **body)
    server._account.has_worker = True
    clock.advance()
    await call("GET", "/v1/files")
    await change()
    server._account.has_worker = False
    kept = {"/y/", elsewhere, "/a/", "/a/b/", "/a/b/new.txt"}
    left = {path for path in AFTER[name] if not path.endswith("49.txt")}

    assert sorted(kept | left) == await paths()


def raise_at(count: int) -> Callable[[str, Mapping[str, Any]], None]:
    """
    A listener that fails at one of the events that it hears.
    """
    told: list[str] = []

    def listener(type: str, data: Mapping[str, Any]) -> None:
        told.append(type)
        if len(told) == count:
            raise ConnectionError

    return listener


@pytest.mark.usefixtures("large")
async def test_forgotten_meanwhile(server: LocalImageKit, call: Call, paths: Paths, clock: Any) -> None:
    """A reset deletes a job, even between two slices."""
    method, path, body = JOBS["move"]
    _, accepted = await call(method, path, **body)
    server._account.has_worker = True
    clock.advance()
    await call("GET", "/v1/files")
    server.reset()
    await finish_job(server._account, accepted["jobId"])

    assert [] == await paths()
