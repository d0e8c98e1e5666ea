"""
The vendor's clients take the local ImageKit's account, its webhooks and its errors for the real ones.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from imagekit_async.testing import LocalImageKit
from imagekit_local._accounts.webhooks import EVENT_TYPES

Content = Callable[..., dict[str, str]]


def test_custom_metadata_fields(vendor: Any) -> None:
    """Fields of every type are defined, changed, listed and deleted."""
    schemas: dict[str, dict[str, Any]] = {
        "Text": {"minLength": 1, "maxLength": 9, "defaultValue": "a"},
        "Textarea": {},
        "Number": {"minValue": 1, "maxValue": 9.5},
        "Date": {"minValue": "2030-01-01T00:00:00.000Z"},
        "Boolean": {"isValueRequired": True, "defaultValue": False},
        "SingleSelect": {"selectOptions": ["a", 1, True]},
        "MultiSelect": {"selectOptions": ["a", 1, True], "defaultValue": ["a"]},
    }
    made = [
        vendor("custom_metadata_fields.create", name=name, label=name, schema={"type": name, **schema})
        for name, schema in schemas.items()
    ]
    changed = vendor("custom_metadata_fields.update", made[0]["id"], label="Other", schema={"maxLength": 5})
    for field in made[1:]:
        vendor("custom_metadata_fields.delete", field["id"])
    listed = vendor("custom_metadata_fields.list")
    everything = vendor("custom_metadata_fields.list", includeDeleted=True)

    assert list(schemas) == [field["schema"]["type"] for field in made]
    assert ("Other", 5, 1) == (changed["label"], changed["schema"]["maxLength"], changed["schema"]["minLength"])
    assert [changed] == listed
    assert {field["id"] for field in made} <= {field["id"] for field in everything}
    vendor("custom_metadata_fields.delete", changed["id"])


def test_named_transformations(vendor: Any) -> None:
    """Named transformations are made, read, changed, listed and deleted."""
    made = vendor("named_transformations.create", name="small", transformation="w-10")
    changed = vendor("named_transformations.update", made["id"], enabled=False)

    assert (True, False) == (made["enabled"], changed["enabled"])
    assert changed == vendor("named_transformations.get", made["id"])
    assert [changed] == vendor("named_transformations.list")
    assert vendor("named_transformations.delete", made["id"]) is None
    assert [] == vendor("named_transformations.list")


ORIGINS: list[dict[str, Any]] = [
    {"type": "S3", "bucket": "b", "accessKey": "a", "secretKey": "s"},
    {"type": "S3_COMPATIBLE", "bucket": "b", "endpoint": "https://s3.test", "accessKey": "a", "secretKey": "s"},
    {"type": "CLOUDINARY_BACKUP", "bucket": "b", "accessKey": "a", "secretKey": "s"},
    {"type": "WEB_FOLDER", "baseUrl": "https://images.test"},
    {"type": "WEB_PROXY"},
    {"type": "GCS", "bucket": "b", "clientEmail": "me@example.test", "privateKey": "k"},
    {"type": "AZURE_BLOB", "container": "c", "accountName": "a", "sasToken": "t"},
    {"type": "AKENEO_PIM", "baseUrl": "https://pim.test", "clientId": "c", "clientSecret": "s", "username": "u",
     "password": "p"},
]  # fmt: skip


@pytest.mark.parametrize("origin", ORIGINS, ids=lambda origin: origin["type"])
def test_origins(vendor: Any, origin: dict[str, Any]) -> None:
    """An origin of each type is made, replaced, read and deleted, and no secret comes back."""
    secrets = {"accessKey", "secretKey", "privateKey", "sasToken", "clientId", "clientSecret", "username", "password"}
    made = vendor("accounts.origins.create", **origin, name="Store")
    changed = vendor("accounts.origins.update", made["id"], **origin, name="Other")

    assert {key: value for key, value in origin.items() if key not in secrets}.items() <= made.items()
    assert not secrets & made.keys()
    assert "Other" == changed["name"]
    assert changed == vendor("accounts.origins.get", made["id"])
    assert [changed] == vendor("accounts.origins.list")
    assert vendor("accounts.origins.delete", made["id"]) is None


def test_url_endpoints(vendor: Any) -> None:
    """An endpoint is made, replaced, read, listed beside the default one and deleted; its origin stays meanwhile."""
    origin = vendor("accounts.origins.create", **ORIGINS[3], name="Store")
    given = {"description": "Shop", "urlPrefix": "shop", "origins": [origin["id"]]}
    rewriter = {"type": "CLOUDINARY", "preserveAssetDeliveryTypes": True}
    made = vendor("accounts.url_endpoints.create", **given, urlRewriter=rewriter)
    changed = vendor("accounts.url_endpoints.update", made["id"], **{**given, "description": "Other"})
    conflict = vendor.failure("accounts.origins.delete", origin["id"])

    assert ("ConflictError", 409, "Origin is used by a URL-endpoint.") == conflict
    assert {**given, "urlRewriter": rewriter}.items() <= made.items()
    assert "Other" == changed["description"]
    assert changed == vendor("accounts.url_endpoints.get", made["id"])
    assert ["default", made["id"]] == [endpoint["id"] for endpoint in vendor("accounts.url_endpoints.list")]
    assert vendor("accounts.url_endpoints.delete", made["id"]) is None
    assert vendor("accounts.origins.delete", origin["id"]) is None


def test_usage(vendor: Any, server: LocalImageKit) -> None:
    """Usage and analytics of a period are read."""
    today = server.clock().date().isoformat()
    usage = vendor("accounts.usage.get", startDate="2026-01-01", endDate="2026-02-01")
    analytics = vendor("accounts.usage_analytics.get", startDate=today, endDate=f"{today[:4]}-12-31")

    assert {"bandwidthBytes", "mediaLibraryStorageBytes"} <= usage.keys()
    assert {"requestCount", "cache", "statusCodes"} <= analytics.keys()


def change_everything(vendor: Any, server: LocalImageKit, content: Content) -> None:
    """
    Cause every event that the local ImageKit can.
    """
    steps = [{"type": "transformation", "value": "w-1"}, {"type": "transformation", "value": "w-("}]
    place = {"fileName": "event.png", "folder": "/events", "useUniqueFileName": False}
    file = vendor("files.upload", file=content(), transformation={"pre": "w-2", "post": steps}, **place)
    vendor("files.update", file["fileId"], tags=["a"])
    vendor("files.upload", file=content(), **place)
    vendor("files.versions.delete", file["versionInfo"]["id"], fileId=file["fileId"])
    vendor("files.delete", file["fileId"])
    video = {"file": content(b"\x00\x00\x00\x18ftypmp42"), "fileName": "event.mp4", "folder": "/events"}
    vendor("files.upload", transformation={"pre": "w-2"}, **video)
    assert 400 == httpx.get(vendor("files.upload", **video)["url"], params={"tr": "w-2"}).status_code
    vendor("folders.rename", folderPath="/events", newFolderName="past")
    server.clock.advance(timedelta(seconds=60))
    vendor("folders.delete", folderPath="/past")


def test_webhooks(vendor: Any, server: LocalImageKit, received: Any, content: Content) -> None:
    """A webhook is made, changed and deleted, and every event it gets passes the vendor's check, unless altered."""
    url, events = received
    names = EVENT_TYPES - {"video.transformation.ready"}
    made = vendor("accounts.webhooks.create", endpoint=url, events=["file.created"])
    changed = vendor("accounts.webhooks.update", made["id"], events=sorted(names))
    # The vendor's check goes by the time of the machine.
    server.clock.reset()
    change_everything(vendor, server, content)
    sent: list[Any] = []
    while names - {json.loads(body)["type"] for _, body in sent}:
        sent.append(events.get(timeout=20))
    unwrapped = [vendor("webhooks.unwrap", body, headers=headers, key=made["secret"]) for headers, body in sent]
    altered = vendor.failure("webhooks.unwrap", f"{sent[0][1]} ", headers=sent[0][0], key=made["secret"])
    server.clock.set(server.clock())

    assert names == {event["type"] for event in unwrapped}
    assert [json.loads(body)["id"] for _, body in sent] == [event["id"] for event in unwrapped]
    assert "WebhookVerificationError" == altered[0]
    assert changed == vendor("accounts.webhooks.get", made["id"])
    assert [changed] == vendor("accounts.webhooks.list")
    assert vendor("accounts.webhooks.delete", made["id"]) is None


def test_errors(vendor: Any, server: LocalImageKit, content: Content) -> None:
    """Each status becomes the vendor's error for it, with our message in its body."""
    for name in ("a.txt", "b.txt"):
        vendor("files.upload", file=content(b"text"), fileName=name, folder="/errors", useUniqueFileName=False)
    rename = {"filePath": "/errors/a.txt", "newFileName": "b.txt"}
    server.faults.add("rate-limit", operation="assets.list", times=1)
    errors = [
        vendor.failure("assets.list"),
        vendor.failure("assets.list", limit=0),
        vendor.failure("assets.list", anonymous=True),
        vendor.failure("assets.list", private_key="private_other"),
        vendor.failure("files.get", "0" * 24),
        vendor.failure("files.rename", **rename),
        vendor.failure("files.upload", file=content(), fileName="c.png", checks='"file.size" < 1'),
    ]
    server.faults.add("status", operation="assets.list", times=1, status=503)

    assert [
        ("RateLimitError", 429, "The local ImageKit failed on purpose."),
        ("BadRequestError", 400, "Minimum value of limit parameter is 1. Value sent is 0."),
        ("AuthenticationError", 401, "Your request does not contain private API key."),
        ("PermissionDeniedError", 403, "Your account cannot be authenticated."),
        ("NotFoundError", 404, "The requested file does not exist."),
        ("ConflictError", 409, "File with name b.txt already exists at the same location."),
        ("BadRequestError", 400, "Your request failed 'checks' validation."),
    ] == errors
    assert ("InternalServerError", 503) == vendor.failure("assets.list")[:2]
