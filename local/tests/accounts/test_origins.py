"""
Origins of all types.
"""

from __future__ import annotations

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio
PATH = "/v1/accounts/origins"
KEYS = {"accessKey": "AKIA", "secretKey": "hush"}
ORIGINS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"type": "S3", "bucket": "b", **KEYS}, {"prefix": "", "useIAMRole": False}),
    (
        {"type": "S3_COMPATIBLE", "bucket": "b", "endpoint": "https://s3.test", **KEYS},
        {"prefix": "", "s3ForcePathStyle": False},
    ),
    (
        {"type": "CLOUDINARY_BACKUP", "bucket": "b", "useIAMRole": True, "accessKey": "", "secretKey": ""},
        {"prefix": ""},
    ),
    ({"type": "WEB_FOLDER", "baseUrl": "https://web.test/a"}, {"forwardHostHeaderToOrigin": False}),
    ({"type": "WEB_PROXY"}, {}),
    ({"type": "GCS", "bucket": "b", "prefix": "p", "clientEmail": "a.b@c.test", "privateKey": "hush" * 450}, {}),
    ({"type": "AZURE_BLOB", "container": "c", "accountName": "n", "sasToken": "hush" * 40}, {"prefix": ""}),
    (
        {
            "type": "AKENEO_PIM",
            "baseUrl": "https://pim.test",
            **dict.fromkeys(("clientId", "clientSecret", "username", "password"), "hush"),
        },
        {},
    ),
]
SECRETS = {*KEYS, "privateKey", "sasToken", "clientId", "clientSecret", "username", "password"}


async def created(client: httpx.AsyncClient, **origin: Any) -> dict[str, Any]:
    """
    A new origin.
    """
    response = await client.post(PATH, json={"type": "WEB_PROXY", "name": "Any", **origin})
    assert 201 == response.status_code
    document: dict[str, Any] = response.json()
    return document


async def refused(client: httpx.AsyncClient, **origin: Any) -> str:
    """
    Return the reason why an origin is refused.
    """
    response = await client.post(PATH, json={"name": "Any", **origin})
    assert 400 == response.status_code
    message: str = response.json()["message"]
    return message


@pytest.mark.parametrize(("sent", "defaults"), ORIGINS, ids=[sent["type"] for sent, _ in ORIGINS])
async def test_types(client: httpx.AsyncClient, sent: dict[str, Any], defaults: dict[str, Any]) -> None:
    """Each type has its own settings with defaults, and no response contains a credential."""
    origin = await created(client, **sent, name="My origin 1")
    shown = {name: value for name, value in sent.items() if name not in SECRETS}

    assert {"id": origin["id"], "name": "My origin 1", "includeCanonicalHeader": False, **shown, **defaults} == origin
    assert [origin] == (await client.get(PATH)).json()
    assert origin == (await client.get(f"{PATH}/{origin['id']}")).json()


@pytest.mark.parametrize(
    ("origin", "message"),
    [
        ({"type": "FTP"}, "Invalid origin type."),
        ({"type": 7}, "Invalid origin type."),
        ({}, "Invalid origin type."),
        ({"type": "WEB_PROXY", "name": 7}, "name is required and must be a string"),
        ({"type": "WEB_PROXY", "name": "a-b"}, "name must have 1 to 100 letters, digits and spaces"),
        ({"type": "WEB_PROXY", "bucket": "b"}, "bucket is not allowed"),
        ({"type": "WEB_PROXY", "includeCanonicalHeader": "no"}, "includeCanonicalHeader must be a boolean"),
        ({"type": "WEB_PROXY", "baseUrlForCanonicalHeader": "a"}, "baseUrlForCanonicalHeader must be a valid URL"),
        ({"type": "WEB_FOLDER"}, "baseUrl is required and must be a string"),
        ({"type": "WEB_FOLDER", "baseUrl": "web"}, "baseUrl must be a valid URL"),
        ({"type": "S3", **KEYS}, "bucket is required and must be a string"),
        ({"type": "S3", "bucket": "", **KEYS}, "bucket must have 1 to 100 characters"),
        ({"type": "S3", "bucket": "b", "prefix": "p" * 101, **KEYS}, "prefix must have 0 to 100 characters"),
        ({"type": "S3", "bucket": "b", "useIAMRole": True, **KEYS}, "accessKey must be empty if, and only if,"),
        ({"type": "S3", "bucket": "b", **KEYS, "secretKey": ""}, "secretKey must be empty if, and only if,"),
        ({"type": "GCS", "bucket": "b", "clientEmail": "me", "privateKey": "k"}, "clientEmail must be a valid email"),
        ({"type": "GCS", "bucket": "b", "clientEmail": "a@b.test", "privateKey": ""}, "privateKey must not be empty"),
    ],
)
async def test_refusals(client: httpx.AsyncClient, origin: dict[str, Any], message: str) -> None:
    """The error names the first invalid setting."""
    assert (await refused(client, **origin)).startswith(message)


async def test_replacing(client: httpx.AsyncClient) -> None:
    """An update replaces everything, including the type, and needs the credentials again."""
    sent = {"type": "S3", "name": "One", "bucket": "b", "prefix": "p", **KEYS}
    path = f"{PATH}/{(await created(client, **sent))['id']}"
    without_keys = await client.put(path, json={"type": "S3", "name": "One", "bucket": "b"})
    body = {"type": "WEB_PROXY", "name": "Two", "baseUrlForCanonicalHeader": "https://a.test"}
    replaced = await client.put(path, json=body)

    assert 400 == without_keys.status_code
    assert 200 == replaced.status_code
    assert {"id": path.rpartition("/")[2], **body, "includeCanonicalHeader": False} == replaced.json()
    assert replaced.json() == (await client.get(path)).json()


async def test_deleting(client: httpx.AsyncClient) -> None:
    """An origin can be deleted when no URL endpoint uses it."""
    origin = await created(client)
    path = f"{PATH}/{origin['id']}"
    body = {"description": "d", "urlPrefix": "shop", "origins": [origin["id"]]}
    endpoint = (await client.post("/v1/accounts/url-endpoints", json=body)).json()
    used = await client.delete(path)
    await client.delete(f"/v1/accounts/url-endpoints/{endpoint['id']}")
    free = await client.delete(path)
    gone = await client.put(path, json={"type": "WEB_PROXY", "name": "Any"})

    assert (409, "Origin is used by a URL-endpoint.") == (used.status_code, used.json()["message"])
    assert 204 == free.status_code
    assert (404, "Origin not found.") == (gone.status_code, gone.json()["message"])
