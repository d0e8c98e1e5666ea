"""
Details, updates, versions and deletion of one file.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import attrs
import httpx
import pytest

from imagekit_local import LocalImageKit

pytestmark = pytest.mark.anyio
Upload = Callable[..., Awaitable[dict[str, Any]]]
UNKNOWN = "00000000000000000000beef"
NO_FILE = "The requested file does not exist."
NO_VERSION = "The requested file version does not exist."
BAD_PARAMETERS = "Your request contains invalid parameters."


async def patch(client: httpx.AsyncClient, file_id: str, body: Any) -> dict[str, Any]:
    """
    Update a file, which must succeed.
    """
    response = await client.patch(f"/v1/files/{file_id}/details", json=body)
    response.raise_for_status()
    view: dict[str, Any] = response.json()
    return view


async def refusal(client: httpx.AsyncClient, file_id: str, **options: Any) -> str:
    """
    Return the message of an update that must be refused.
    """
    response = await client.patch(f"/v1/files/{file_id}/details", **options)
    assert 400 == response.status_code
    return str(response.json()["message"])


async def test_details(
    upload: Upload, client: httpx.AsyncClient, server: LocalImageKit, picture: Callable[..., bytes]
) -> None:
    """Details show everything about the current version."""
    content = picture(mode="RGBA")
    file_id = (await upload("Größe.png", content, folder="f", tags="a,b"))["fileId"]
    response = await client.get(f"/v1/files/{file_id}/details")

    assert 200 == response.status_code
    assert {
        "type": "file",
        "fileId": file_id,
        "name": "Größe.png",
        "filePath": "/f/Größe.png",
        "versionInfo": {"id": file_id, "name": "Version 1"},
        "url": f"{server.url_endpoint}/f/Gr%C3%B6%C3%9Fe.png",
        "thumbnail": f"{server.url_endpoint}/f/Gr%C3%B6%C3%9Fe.png?tr=n-ik_ml_thumbnail",
        "createdAt": "2030-01-02T03:04:05.000Z",
        "updatedAt": "2030-01-02T03:04:05.000Z",
        "size": len(content),
        "mime": "image/png",
        "fileType": "image",
        "height": 3,
        "width": 4,
        "hasAlpha": True,
        "tags": ["a", "b"],
        "AITags": None,
        "customCoordinates": None,
        "customMetadata": {},
        "embeddedMetadata": {},
        "isPrivateFile": False,
        "isPublished": True,
    } == response.json()


@pytest.mark.parametrize(
    ("method", "path", "message"),
    [
        ("GET", "/v1/files/{}/details", NO_FILE),
        ("PATCH", "/v1/files/{}/details", NO_FILE),
        ("DELETE", "/v1/files/{}", NO_FILE),
        ("GET", "/v1/files/{}/versions", NO_FILE),
        ("GET", "/v1/files/{}/versions/00000000000000000000beef", NO_VERSION),
    ],
)
async def test_ids(client: httpx.AsyncClient, method: str, path: str, message: str) -> None:
    """An id of the wrong form is a 400, an unknown one a 404."""
    malformed = await client.request(method, path.format("XYZ"))
    unknown = await client.request(method, path.format(UNKNOWN))

    assert (400, "Your request contains invalid fileId parameter.") == (
        (
            malformed.status_code,
            malformed.json()["message"],
        )
    )
    assert (404, message) == (unknown.status_code, unknown.json()["message"])


async def test_update_details(upload: Upload, client: httpx.AsyncClient, define: Upload) -> None:
    """An update changes the keys that were sent and the time of the last update."""
    for name in "abc":
        await define(name, "Number")
    file_id = (await upload("a.txt", tags="old", customMetadata='{"a": 1, "b": 2}'))["fileId"]
    before = (await client.get(f"/v1/files/{file_id}/details")).json()
    body = {
        "tags": ["x", "y"],
        "customCoordinates": "1,2,3,4",
        "customMetadata": {"a": None, "c": 3},
        "description": "text",
        "webhookUrl": "https://example.test/hook",
        "unknown": 1,
    }
    after = await patch(client, file_id, body)
    changes = {name: value for name, value in after.items() if before.get(name) != value}

    assert (
        {
            "tags": ["x", "y"],
            "customCoordinates": "1,2,3,4",
            "customMetadata": {"b": 2, "c": 3},
            "description": "text",
            "updatedAt": "2030-01-02T03:04:06.000Z",
        }
    ) == changes
    assert after == (await client.get(f"/v1/files/{file_id}/details")).json()


async def test_clear_details(upload: Upload, client: httpx.AsyncClient) -> None:
    """Null or an empty value clears a value."""
    file_id = (await upload("a.txt", tags="t", customCoordinates="1,2,3,4", description="d"))["fileId"]
    after = await patch(client, file_id, {"tags": None, "customCoordinates": None, "description": ""})
    emptied = await patch(client, file_id, {"tags": []})

    assert (None, None) == (after["tags"], after["customCoordinates"])
    assert "description" not in after
    assert emptied["tags"] is None


async def test_update_without_change(upload: Upload, client: httpx.AsyncClient) -> None:
    """An update that names nothing known changes nothing, not even the time."""
    file_id = (await upload("a.txt"))["fileId"]
    after = await patch(client, file_id, {"unknown": 1, "extensions": []})

    assert "2030-01-02T03:04:05.000Z" == after["updatedAt"]


async def test_update_with_extensions(upload: Upload, client: httpx.AsyncClient) -> None:
    """Requested extensions are pending at first."""
    file_id = (await upload("a.txt"))["fileId"]
    after = await patch(client, file_id, {"extensions": [{"name": "ai-auto-description"}]})

    assert {"ai-auto-description": "pending"} == after["extensionStatus"]


async def test_remove_ai_tags(upload: Upload, client: httpx.AsyncClient, server: LocalImageKit) -> None:
    """AI tags are removed by name or all at once, and an upload over the file keeps or removes them."""
    file_id = (await upload("a.txt"))["fileId"]
    store = server._account.store
    tags = tuple({"name": name, "confidence": 90.0, "source": "google-auto-tagging"} for name in "abc")

    def tag() -> None:
        file = store.assets.file(file_id)
        assert file is not None
        store.assets.save(attrs.evolve(file, current=attrs.evolve(file.current, ai_tags=tags)))

    await store.run(tag)
    one_less = await patch(client, file_id, {"removeAITags": ["b", "z"]})
    kept = await upload("a.txt", overwriteAITags="false")
    none_left = await patch(client, file_id, {"removeAITags": "all"})

    assert ["a", "c"] == [tag["name"] for tag in one_less["AITags"]]
    assert one_less["AITags"] == kept["AITags"]
    assert none_left["AITags"] is None


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ([], BAD_PARAMETERS),
        ({"description": 7}, BAD_PARAMETERS),
        ({"webhookUrl": None}, BAD_PARAMETERS),
        ({"publish": True}, BAD_PARAMETERS),
        ({"publish": {}}, BAD_PARAMETERS),
        ({"publish": {"isPublished": True, "includeFileVersions": 1}}, BAD_PARAMETERS),
        ({"publish": {"isPublished": True}, "tags": ["a"]}, BAD_PARAMETERS),
        ({"publish": {"isPublished": True}, "extensions": []}, BAD_PARAMETERS),
        ({"customCoordinates": [1, 2, 3, 4]}, "Your request contains invalid value for customCoordinates parameter."),
        ({"customMetadata": "{}"}, "Invalid custom metadata."),
        (
            {"tags": "a,b"},
            "Your request contains invalid value for tags parameter. "
            "Combined length of all tags should be less than or equal to 500.",
        ),
        (
            {"removeAITags": [7]},
            "Your request contains invalid value for AITags. "
            "Please provide an array of strings. Example - ['t-shirt','summer-sale'].",
        ),
    ],
)
async def test_bad_update(upload: Upload, client: httpx.AsyncClient, body: Any, message: str) -> None:
    """A value of the wrong kind, or both kinds of update at once, is refused, and nothing changes."""
    file_id = (await upload("a.txt"))["fileId"]
    refused = await refusal(client, file_id, json=body)

    assert message == refused
    assert "2030-01-02T03:04:05.000Z" == (await client.get(f"/v1/files/{file_id}/details")).json()["updatedAt"]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b'{"tags": NaN}', b"[" * 100_000])
async def test_bad_json(upload: Upload, client: httpx.AsyncClient, content: bytes) -> None:
    """A body that is not JSON is reported as such."""
    file_id = (await upload("a.txt"))["fileId"]

    assert "Your request contains invalid JSON." == await refusal(client, file_id, content=content)


async def test_large_body(client: httpx.AsyncClient, upload: Upload) -> None:
    """A body that is larger than any request needs is refused."""
    file_id = (await upload("a.txt"))["fileId"]
    content = b'{"description": "' + b"a" * 5_000_000 + b'"}'

    assert "Your request is too large." == await refusal(client, file_id, content=content)


async def test_publication(upload: Upload, client: httpx.AsyncClient) -> None:
    """Only the current version is published or unpublished unless older ones are included."""
    file_id = (await upload("a.txt"))["fileId"]
    await upload("a.txt")

    async def published() -> list[bool]:
        versions = (await client.get(f"/v1/files/{file_id}/versions")).json()
        return [version["isPublished"] for version in versions]

    await patch(client, file_id, {"publish": {"isPublished": False}})
    current_only = await published()
    await patch(client, file_id, {"publish": {"isPublished": False, "includeFileVersions": True}})
    all_versions = await published()

    assert ([False, True], [False, False]) == (current_only, all_versions)


async def test_publication_renews_version_urls(upload: Upload, client: httpx.AsyncClient) -> None:
    """Publishing or unpublishing a version changes its URL, and leaves other URLs alone."""
    file_id = (await upload("a.txt"))["fileId"]
    await upload("a.txt")

    async def older_url() -> str:
        return str((await client.get(f"/v1/files/{file_id}/versions/{file_id}")).json()["url"])

    first = await older_url()
    await patch(client, file_id, {"publish": {"isPublished": True, "includeFileVersions": True}})
    second = await older_url()
    await patch(client, file_id, {"publish": {"isPublished": False, "includeFileVersions": True}})
    third = await older_url()

    assert first == second
    assert second != third


async def test_versions(upload: Upload, client: httpx.AsyncClient, server: LocalImageKit) -> None:
    """The current version comes first, then the older ones from new to old, all with the file's id."""
    file_id = (await upload("a.txt", b"1"))["fileId"]
    for content in (b"22", b"333"):
        await upload("a.txt", content)
    versions = (await client.get(f"/v1/files/{file_id}/versions")).json()

    assert [("file", 3), ("file-version", 2), ("file-version", 1)] == [(v["type"], v["size"]) for v in versions]
    assert {file_id} == {version["fileId"] for version in versions}
    assert ["Version 3", "Version 2", "Version 1"] == [version["versionInfo"]["name"] for version in versions]
    assert f"{server.url_endpoint}/a.txt?updatedAt=1893553445000&ik-obj-version={file_id}" == versions[2]["url"]


async def test_one_version(upload: Upload, client: httpx.AsyncClient) -> None:
    """The type distinguishes older versions from the current one; a version of another file is not found."""
    file_id = (await upload("a.txt"))["fileId"]
    current_id = (await upload("a.txt"))["versionInfo"]["id"]
    older = await client.get(f"/v1/files/{file_id}/versions/{file_id}")
    current = await client.get(f"/v1/files/{file_id}/versions/{current_id}")
    malformed = await client.get(f"/v1/files/{file_id}/versions/x")
    missing = await client.get(f"/v1/files/{file_id}/versions/{UNKNOWN}")

    assert ("file-version", "file") == (older.json()["type"], current.json()["type"])
    assert (400, "Your request contains invalid versionId parameter.") == (
        (
            malformed.status_code,
            malformed.json()["message"],
        )
    )
    assert (404, NO_VERSION) == (missing.status_code, missing.json()["message"])


async def test_only_current_version_is_edited(upload: Upload, client: httpx.AsyncClient) -> None:
    """The id of a version is not the id of a file."""
    await upload("a.txt")
    version_id = (await upload("a.txt"))["versionInfo"]["id"]
    response = await client.patch(f"/v1/files/{version_id}/details", json={"tags": ["a"]})

    assert 404 == response.status_code


async def test_delete(upload: Upload, client: httpx.AsyncClient, server: LocalImageKit) -> None:
    """A deleted file is gone with its versions and their bytes, and its name is free."""
    file_id = (await upload("a.txt"))["fileId"]
    await upload("a.txt")
    directory = server._account.store.blobs.path(file_id).parent
    response = await client.delete(f"/v1/files/{file_id}")
    again = await client.delete(f"/v1/files/{file_id}")

    assert (204, b"", 404) == (response.status_code, response.content, again.status_code)
    assert [] == list(directory.iterdir())
    assert file_id != (await upload("a.txt"))["fileId"]
