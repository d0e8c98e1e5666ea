"""
The vendor's clients take the local ImageKit's media library for the real one.
"""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from imagekit_async.testing import LocalImageKit

Content = Callable[..., dict[str, str]]


@pytest.fixture
def stored(vendor: Any, content: Content) -> Callable[..., dict[str, Any]]:
    """
    Store the image under an exact name.
    """

    def upload(name: str, folder: str, **fields: Any) -> dict[str, Any]:
        result: dict[str, Any] = vendor(
            "files.upload", file=content(), fileName=name, folder=folder, useUniqueFileName=False, **fields
        )
        return result

    return upload


def v2_token(server: LocalImageKit, **form: str) -> str:
    """
    A token that signs a form for the second version of uploads.
    """
    issued_at = int(server.clock().timestamp())
    header = {"alg": "HS256", "typ": "JWT", "kid": server.public_key}
    payload = {**form, "iat": issued_at, "exp": issued_at + 60}
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (header, payload)]
    signature = hmac.digest(server.private_key.encode(), b".".join(parts), "sha256")
    return b".".join([*parts, base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()


def test_upload_forms(vendor: Any, server: LocalImageKit, picture: bytes, content: Content, tmp_path: Path) -> None:
    """Bytes with and without name and type, a path, an open file, base64, a data URL and a URL become the same file."""
    server.add_reachable(server.url)
    path = tmp_path / "beach.png"
    path.write_bytes(picture)
    encoded = base64.b64encode(picture).decode()
    first = vendor("files.upload", file=content(name="beach.png"), fileName="beach.png", folder="/forms")
    forms: list[Any] = [
        content(),
        content(name="beach.png", type="image/png"),
        {"$path": str(path)},
        {"$open": str(path)},
        encoded,
        f"data:image/png;base64,{encoded}",
        first["url"],
    ]
    others = [vendor("files.upload", file=form, fileName="beach.png", folder="/forms") for form in forms]
    size = {"width": 4, "height": 3, "size": len(picture), "fileType": "image"}

    assert [size] * 8 == [{key: file[key] for key in size} for file in (first, *others)]
    assert 8 == len({file["fileId"] for file in (first, *others)})


def test_upload_options(vendor: Any, content: Content) -> None:
    """An upload sets what it is asked to set, and returns what it is asked to return."""
    vendor(
        "custom_metadata_fields.create", name="uploadedBy", label="Uploaded by", schema={"type": "Text", "maxLength": 9}
    )
    file = vendor(
        "files.upload",
        file=content(),
        fileName="options.png",
        folder="/options/deep",
        useUniqueFileName=False,
        tags=["a", "b"],
        isPrivateFile=True,
        customCoordinates="0,0,2,2",
        customMetadata={"uploadedBy": "me"},
        description="A picture",
        responseFields=["tags", "customCoordinates", "isPrivateFile", "isPublished", "customMetadata", "metadata"],
        transformation={"pre": "w-2", "post": [{"type": "transformation", "value": "w-1"}]},
        checks='"file.size" < "1mb"',
    )
    expected = {
        "filePath": "/options/deep/options.png",
        "tags": ["a", "b"],
        "isPrivateFile": True,
        "isPublished": True,
        "customCoordinates": "0,0,2,2",
        "customMetadata": {"uploadedBy": "me"},
        "description": "A picture",
        "width": 2,
    }

    assert expected == {key: file[key] for key in expected}
    assert 2 == file["metadata"]["width"]


def test_client_side_uploads(vendor: Any, server: LocalImageKit, content: Content) -> None:
    """A signature by the vendor's own function, and a token over the form, replace the key."""
    expire = int(server.clock().timestamp()) + 600
    signed = vendor("helper.get_authentication_parameters", f"token-{vendor.name}", expire)
    signed["expire"] = int(signed["expire"])
    first = vendor(
        "files.upload",
        anonymous=True,
        file=content(),
        fileName="signed.png",
        publicKey=server.public_key,
        **signed,
    )
    form = {"fileName": "token.png", "useUniqueFileName": "false", "tags": "a,b"}
    second = vendor(
        "beta.v2.files.upload",
        anonymous=True,
        file=content(),
        fileName="token.png",
        useUniqueFileName=False,
        tags=["a", "b"],
        token=v2_token(server, **form),
    )

    assert first["name"].startswith("signed_")
    assert "/token.png" == second["filePath"]


def test_listing_and_search(vendor: Any, stored: Callable[..., dict[str, Any]]) -> None:
    """Files and folders are listed, sorted, paged and searched."""
    for name, tag in (("one.png", "x"), ("two.png", "y"), ("three.png", "x")):
        stored(name, "/listed", tags=[tag])
    vendor("folders.create", folderName="below", parentFolderPath="/listed")
    listed = vendor("assets.list", path="/listed", sort="ASC_NAME")
    page = vendor("assets.list", path="/listed", sort="DESC_NAME", skip=1, limit=1, fileType="image")
    folders = vendor("assets.list", path="/listed", type="folder")
    found = vendor("assets.list", searchQuery='path : "/listed" AND tags IN ["x"] AND name : "t"')

    assert ["one.png", "three.png", "two.png"] == [file["name"] for file in listed]
    assert [("three.png", "file")] == [(file["name"], file["type"]) for file in page]
    assert [("folder", "/listed/below")] == [(folder["type"], folder["folderPath"]) for folder in folders]
    assert ["three.png"] == [file["name"] for file in found]


def test_update(vendor: Any, stored: Callable[..., dict[str, Any]]) -> None:
    """Details are changed and cleared, and a file is unpublished."""
    file_id = stored("update.png", "/updated", tags=["old"])["fileId"]
    changed = vendor("files.update", file_id, tags=["new"], description="Changed", customCoordinates="0,0,1,1")
    cleared = vendor("files.update", file_id, tags=None, customCoordinates=None)
    unpublished = vendor("files.update", file_id, publish={"isPublished": False})

    assert (["new"], "Changed", "0,0,1,1") == (
        changed["tags"],
        changed["description"],
        changed["customCoordinates"],
    )
    assert (None, None) == (cleared["tags"], cleared["customCoordinates"])
    assert unpublished["isPublished"] is False
    assert "Changed" == vendor("files.get", file_id)["description"]


def test_versions(vendor: Any, stored: Callable[..., dict[str, Any]]) -> None:
    """An overwritten file has versions, which are read, restored and deleted."""
    first, second = (stored("version.png", "/versions") for _ in range(2))
    file_id, old, new = second["fileId"], first["versionInfo"]["id"], second["versionInfo"]["id"]
    listed = vendor("files.versions.list", file_id)
    read = vendor("files.versions.get", old, fileId=file_id)
    restored = vendor("files.versions.restore", old, fileId=file_id)

    assert [(new, "file"), (old, "file-version")] == [(item["versionInfo"]["id"], item["type"]) for item in listed]
    assert "Version 1" == read["versionInfo"]["name"]
    assert old == restored["versionInfo"]["id"]
    assert vendor("files.versions.delete", new, fileId=file_id) is None
    assert [old] == [item["versionInfo"]["id"] for item in vendor("files.versions.list", file_id)]


def test_bulk(vendor: Any, stored: Callable[..., dict[str, Any]]) -> None:
    """Many files are tagged and deleted with one call, and what failed is listed beside what did not."""
    ids = [stored(f"{name}.png", "/bulk")["fileId"] for name in "abc"]
    results = [
        vendor("files.bulk.add_tags", fileIds=ids, tags=["a", "b"]),
        vendor("files.bulk.remove_tags", fileIds=ids, tags=["a"]),
        vendor("files.bulk.remove_ai_tags", fileIds=ids, AITags=["a"]),
    ]
    tags = [file["tags"] for file in vendor("assets.list", path="/bulk")]
    partial = vendor("files.bulk.add_tags", fileIds=ids, tags=["x" * 500])
    deleted = vendor("files.bulk.delete", fileIds=ids[:2])

    assert [{"successfullyUpdatedFileIds": ids}] * 3 == results
    assert [["b"]] * 3 == tags
    assert [] == partial["successfullyUpdatedFileIds"]
    assert [{"fileId": id, "error": "Error in adding tags"} for id in ids] == partial["errors"]
    assert {"successfullyDeletedFileIds": ids[:2]} == deleted
    assert vendor("files.delete", ids[2]) is None
    assert [] == vendor("assets.list", path="/bulk")


def test_copy_move_rename(vendor: Any, stored: Callable[..., dict[str, Any]]) -> None:
    """A file is copied, moved and renamed."""
    stored("file.png", "/placed")
    vendor("files.copy", sourceFilePath="/placed/file.png", destinationPath="/placed/copy", includeFileVersions=True)
    vendor("files.move", sourceFilePath="/placed/copy/file.png", destinationPath="/placed/moved")
    vendor("files.rename", filePath="/placed/moved/file.png", newFileName="renamed.png")
    found = vendor("assets.list", searchQuery='path : "/placed"', sort="ASC_NAME")

    assert ["/placed/file.png", "/placed/moved/renamed.png"] == [file["filePath"] for file in found]


def test_folders(vendor: Any, server: LocalImageKit, stored: Callable[..., dict[str, Any]]) -> None:
    """Folders are copied, moved and renamed by jobs that are pending first and completed later, and deleted at once."""
    vendor("folders.create", folderName="source", parentFolderPath="/trees")
    stored("leaf.png", "/trees/source/branch")
    calls = {
        "copy": {"sourceFolderPath": "/trees/source", "destinationPath": "/trees/copies", "includeVersions": True},
        "move": {"sourceFolderPath": "/trees/source", "destinationPath": "/trees/moved"},
        "rename": {"folderPath": "/trees/moved/source", "newFolderName": "renamed", "purgeCache": False},
    }
    seen = []
    for name, parameters in calls.items():
        job_id = vendor(f"folders.{name}", **parameters)["jobId"]
        before = vendor("folders.job.get", job_id)
        server.clock.advance(timedelta(seconds=60))
        after = vendor("folders.job.get", job_id)
        seen.append((before["type"], before["status"], after["status"]))
    found = [file["filePath"] for file in vendor("assets.list", searchQuery='path : "/trees"', sort="ASC_CREATED")]
    deleted = vendor("folders.delete", folderPath="/trees")

    assert [(f"{name.upper()}_FOLDER", "Pending", "Completed") for name in calls] == seen
    assert {"/trees/moved/renamed/branch/leaf.png", "/trees/copies/source/branch/leaf.png"} == set(found)
    assert not deleted
    assert [] == vendor("assets.list", searchQuery='path : "/trees"')


def test_purge(vendor: Any, server: LocalImageKit, stored: Callable[..., dict[str, Any]]) -> None:
    """A purge is pending first and completed later."""
    url = stored("purged.png", "/purged")["url"]
    request_id = vendor("cache.invalidation.create", url=url)["requestId"]
    before = vendor("cache.invalidation.get", request_id)
    server.clock.advance(timedelta(seconds=60))

    assert {"status": "Pending"} == before
    assert {"status": "Completed"} == vendor("cache.invalidation.get", request_id)


def test_purges_that_are_used_up(vendor: Any, server: LocalImageKit) -> None:
    """A purge beyond those of the month is refused as too many requests are, and passes in the next month."""
    url = f"{server.url_endpoint}/a.png"
    outcomes = [vendor.failure("cache.invalidation.create", url=url) for _ in range(4)]

    assert ("RateLimitError", 429, "You have used up the cache purges of this month.") == outcomes[-1]
    assert None is outcomes[0]


def test_metadata(vendor: Any, stored: Callable[..., dict[str, Any]]) -> None:
    """Technical properties are read of a file and of a URL, transformed if it says so."""
    file = stored("metadata.png", "/metadata")
    by_id = vendor("files.metadata.get", file["fileId"])
    by_url = vendor("files.metadata.get_from_url", url=f"{file['url']}?tr=w-2")

    assert ("png", 4, 3, False) == (by_id["format"], by_id["width"], by_id["height"], by_id["hasTransparency"])
    assert 2 == by_url["width"]


def test_extensions(vendor: Any, server: LocalImageKit, content: Content) -> None:
    """Extensions of an upload are pending first and done later, those that are saved included."""
    saved = vendor(
        "saved_extensions.create",
        name="Tags",
        description="Tags by the name",
        config={"name": "google-auto-tagging", "minConfidence": 0, "maxTags": 5},
    )
    file = vendor(
        "files.upload",
        file=content(),
        fileName="red-shoe.png",
        useUniqueFileName=False,
        extensions=[{"name": "saved-extension", "id": saved["id"]}, {"name": "ai-auto-description"}],
    )
    server.clock.advance(timedelta(seconds=60))
    after = vendor("files.get", file["fileId"])
    changed = vendor("saved_extensions.update", saved["id"], description="Other")
    removed = vendor("files.update", file["fileId"], removeAITags="all")

    assert {"google-auto-tagging": "pending", "ai-auto-description": "pending"} == file["extensionStatus"]
    assert {"red", "shoe"} == {tag["name"] for tag in after["AITags"]}
    assert after["description"]
    assert None is removed["AITags"]
    assert changed == vendor("saved_extensions.get", saved["id"])
    assert [changed] == vendor("saved_extensions.list")
    assert vendor("saved_extensions.delete", saved["id"]) is None
