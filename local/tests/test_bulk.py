"""
Calls on many files at once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from imagekit_local import LocalImageKit

pytestmark = pytest.mark.anyio
Upload = Callable[..., Awaitable[dict[str, Any]]]
DELETE = "/v1/files/batch/deleteByFileIds"
ADD = "/v1/files/addTags"
REMOVE = "/v1/files/removeTags"
UNKNOWN = "00000000000000000000beef"
BAD_TAGS = (
    "Your request contains invalid value for tags parameter. "
    "Combined length of all tags should be less than or equal to 500."
)


async def post(client: httpx.AsyncClient, path: str, **body: Any) -> tuple[int, dict[str, Any]]:
    """
    Call an operation, and return status and body.
    """
    response = await client.post(path, json=body)
    return response.status_code, response.json()


async def tags_of(client: httpx.AsyncClient, file_id: str) -> list[str] | None:
    """
    The tags of a file.
    """
    tags: list[str] | None = (await client.get(f"/v1/files/{file_id}/details")).json()["tags"]
    return tags


@pytest.mark.parametrize(
    ("path", "body", "message"),
    [
        (DELETE, {}, "fileIds parameter is missing."),
        (DELETE, {"fileIds": "a"}, "fileIds should be an Array."),
        (DELETE, {"fileIds": []}, "fileIds is empty."),
        (DELETE, {"fileIds": ["a"] * 101}, "fileIds cannot have more than 100 items."),
        (DELETE, {"fileIds": [7]}, "Your request contains invalid value for fileIds parameter."),
        (ADD, {"tags": ["a"]}, "fileIds parameter is missing."),
        (ADD, {"fileIds": None, "tags": ["a"]}, "fileIds should be an Array."),
        (ADD, {"fileIds": [], "tags": ["a"]}, "fileIds is empty."),
        (ADD, {"fileIds": ["a"] * 51, "tags": ["a"]}, "A maximum of 50 files can be edited at a time."),
        (ADD, {"fileIds": ["a"]}, "tags parameter is missing."),
        (REMOVE, {"fileIds": ["a"], "tags": []}, "tags array cannot be empty."),
        (ADD, {"fileIds": ["a"], "tags": "a"}, BAD_TAGS),
        (ADD, {"fileIds": ["a"], "tags": ["%"]}, BAD_TAGS),
        (REMOVE, {"fileIds": ["a"], "tags": ["a" * 501]}, BAD_TAGS),
    ],
)
async def test_bad_parameters(client: httpx.AsyncClient, path: str, body: dict[str, Any], message: str) -> None:
    """Parameters are checked in a fixed order, before any id is looked up."""
    status, reply = await post(client, path, **body)

    assert (400, message) == (status, reply["message"])


@pytest.mark.parametrize("path", [DELETE, ADD, REMOVE])
async def test_all_or_nothing(upload: Upload, client: httpx.AsyncClient, path: str) -> None:
    """With one unknown id, no file changes."""
    file_id = (await upload("a.txt", tags="a"))["fileId"]
    status, body = await post(client, path, fileIds=[file_id, UNKNOWN, "odd", UNKNOWN], tags=["a", "b"])

    assert (404, "The requested file(s) does not exist.", [UNKNOWN, "odd"]) == (
        (
            status,
            body["message"],
            body["missingFileIds"],
        )
    )
    assert ["a"] == await tags_of(client, file_id)


async def test_delete(upload: Upload, client: httpx.AsyncClient, server: LocalImageKit) -> None:
    """Each file is deleted once, however often its id is sent."""
    ids = [(await upload(name))["fileId"] for name in ("a", "b", "c")]
    directory = server._account.store.blobs.path(ids[0]).parent
    status, body = await post(client, DELETE, fileIds=[ids[0], ids[1], ids[0]])

    assert (200, {"successfullyDeletedFileIds": ids[:2]}) == (status, body)
    assert [ids[2]] == [path.name for path in directory.iterdir()]


async def test_add_tags(upload: Upload, client: httpx.AsyncClient) -> None:
    """New tags follow the old ones without duplicates."""
    first = (await upload("a.txt", tags="x,y"))["fileId"]
    second = (await upload("b.txt"))["fileId"]
    status, body = await post(client, ADD, fileIds=[first, second], tags=["z", "x"])

    assert (200, {"successfullyUpdatedFileIds": [first, second]}) == (status, body)
    assert (["x", "y", "z"], ["z", "x"]) == (await tags_of(client, first), await tags_of(client, second))


async def test_add_tags_in_part(upload: Upload, client: httpx.AsyncClient) -> None:
    """A file whose tags would become too long fails alone."""
    full = (await upload("a.txt", tags="x" * 500))["fileId"]
    free = (await upload("b.txt"))["fileId"]
    status, body = await post(client, ADD, fileIds=[full, free], tags=["y"])

    assert 207 == status
    assert {
        "successfullyUpdatedFileIds": [free],
        "errors": [{"fileId": full, "error": "Error in adding tags"}],
    } == body


async def test_remove_tags(upload: Upload, client: httpx.AsyncClient) -> None:
    """Tags that a file does not have are ignored, and a file without remaining tags has null."""
    first = (await upload("a.txt", tags="x,y"))["fileId"]
    second = (await upload("b.txt", tags="x"))["fileId"]
    third = (await upload("c.txt"))["fileId"]
    status, body = await post(client, REMOVE, fileIds=[first, second, third], tags=["x", "none"])

    assert (200, {"successfullyUpdatedFileIds": [first, second, third]}) == (status, body)
    assert [["y"], None, None] == [await tags_of(client, file_id) for file_id in (first, second, third)]


async def test_unchanged_file_keeps_its_time(upload: Upload, client: httpx.AsyncClient) -> None:
    """A file whose tags stay the same is not updated."""
    file_id = (await upload("a.txt", tags="x"))["fileId"]
    await post(client, ADD, fileIds=[file_id], tags=["x"])

    assert "2030-01-02T03:04:05.000Z" == (await client.get(f"/v1/files/{file_id}/details")).json()["updatedAt"]
