"""
Older versions of a file, deleted and restored.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio
Upload = Callable[..., Awaitable[dict[str, Any]]]
Call = Callable[..., Awaitable[tuple[int, Any]]]
Events = list[tuple[str, Mapping[str, Any]]]
UNKNOWN = "00000000000000000000beef"


@pytest.fixture
async def versions(upload: Upload) -> tuple[str, list[str]]:
    """
    Id of a file, and ids of its three versions, oldest first.
    """
    uploads = [await upload("a.txt", text.encode(), tags=text) for text in ("one", "two", "three")]
    return uploads[0]["fileId"], [stored["versionInfo"]["id"] for stored in uploads]


async def names(client: httpx.AsyncClient, file_id: str) -> list[str]:
    """
    The names of a file's versions, the current one first.
    """
    return [version["versionInfo"]["name"] for version in (await client.get(f"/v1/files/{file_id}/versions")).json()]


async def test_delete(
    versions: tuple[str, list[str]], client: httpx.AsyncClient, call: Call, events: Events, upload: Upload
) -> None:
    """A deleted version is gone, and its number is not used again."""
    file_id, ids = versions
    events.clear()
    response = await call("DELETE", f"/v1/files/{file_id}/versions/{ids[1]}")
    told = list(events)
    await upload("a.txt", b"four")

    assert (204, None) == response
    assert ["Version 4", "Version 3", "Version 1"] == await names(client, file_id)
    assert [("file-version.deleted", {"fileId": file_id, "versionId": ids[1]})] == told


async def test_delete_first(versions: tuple[str, list[str]], client: httpx.AsyncClient, call: Call) -> None:
    """The version with the id of its file can be deleted, and the file stays."""
    file_id, ids = versions
    await call("DELETE", f"/v1/files/{file_id}/versions/{ids[0]}")

    assert file_id == ids[0]
    assert 200 == (await client.get(f"/v1/files/{file_id}/details")).status_code
    assert ["Version 3", "Version 2"] == await names(client, file_id)


async def test_delete_current(versions: tuple[str, list[str]], call: Call) -> None:
    """The current version cannot be deleted."""
    status, body = await call("DELETE", f"/v1/files/{versions[0]}/versions/{versions[1][2]}")

    assert (400, "You cannot delete current version of a file.") == (status, body["message"])


async def test_restore(
    versions: tuple[str, list[str]], client: httpx.AsyncClient, call: Call, events: Events, clock: Any
) -> None:
    """A restored version becomes current with its own bytes and tags, and no version is added."""
    file_id, ids = versions
    events.clear()
    clock.advance()
    status, body = await call("PUT", f"/v1/files/{file_id}/versions/{ids[0]}/restore")
    delivered = await client.get(body["url"])

    assert 200 == status
    assert ("file", ids[0], ["one"]) == (body["type"], body["versionInfo"]["id"], body["tags"])
    assert "2030-01-02T03:04:15.000Z" == body["updatedAt"]
    assert b"one" == delivered.content
    assert ["Version 1", "Version 3", "Version 2"] == await names(client, file_id)
    assert [("file.updated", body)] == events


async def test_restore_current(versions: tuple[str, list[str]], call: Call, events: Events, clock: Any) -> None:
    """Restoring the current version changes nothing."""
    file_id, ids = versions
    events.clear()
    clock.advance()
    status, body = await call("PUT", f"/v1/files/{file_id}/versions/{ids[2]}/restore")

    assert (200, "2030-01-02T03:04:05.000Z") == (status, body["updatedAt"])
    assert [] == events


@pytest.mark.parametrize(
    ("method", "tail", "messages"),
    [
        ("DELETE", "", ["The requested asset does not exist."] * 2),
        ("PUT", "/restore", ["The requested file does not exist.", "The requested file version does not exist."]),
    ],
)
async def test_unknown(
    method: str, tail: str, messages: list[str], versions: tuple[str, list[str]], call: Call
) -> None:
    """An unknown file or version is not found, and a malformed id is refused."""
    responses = [
        await call(method, f"/v1/files/{file_id}/versions/{version_id}{tail}")
        for file_id, version_id in ((UNKNOWN, UNKNOWN), (versions[0], UNKNOWN), ("x", UNKNOWN), (UNKNOWN, "x"))
    ]

    assert [
        (404, messages[0]),
        (404, messages[1]),
        (400, "Your request contains invalid fileId parameter."),
        (400, "Your request contains invalid versionId parameter."),
    ] == [(status, body["message"]) for status, body in responses]
