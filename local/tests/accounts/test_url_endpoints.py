"""
URL endpoints.
"""

from __future__ import annotations

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio
PATH = "/v1/accounts/url-endpoints"
EMPTY_PREFIX = "urlPrefix cannot be empty string. This is reserved for the default URL-endpoint created by ImageKit."
NO_ORIGIN = "Origin does not exists. Please create origin before using it in URL-endpoint."


async def created(client: httpx.AsyncClient, **endpoint: Any) -> dict[str, Any]:
    """
    A new URL endpoint.
    """
    response = await client.post(PATH, json={"description": "d", "urlPrefix": "shop", **endpoint})
    assert 201 == response.status_code
    document: dict[str, Any] = response.json()
    return document


async def test_born_with_one(client: httpx.AsyncClient) -> None:
    """The default endpoint exists, can get a new description, keeps its empty prefix, and cannot be deleted."""
    listed = (await client.get(PATH)).json()
    read = (await client.get(f"{PATH}/default")).json()
    changed = await client.put(f"{PATH}/default", json={"description": "Mine", "urlPrefix": ""})
    again = await client.put(f"{PATH}/default", json={"description": "Mine too"})
    prefixed = await client.put(f"{PATH}/default", json={"description": "Mine", "urlPrefix": "a"})
    deleted = await client.delete(f"{PATH}/default")

    assert [("default", "")] == [(endpoint["id"], endpoint["urlPrefix"]) for endpoint in listed]
    assert [read] == listed
    assert {"id": "default", "description": "Mine", "urlPrefix": "", "origins": []} == changed.json()
    assert [again.json()] == (await client.get(PATH)).json()
    assert "Mine too" == again.json()["description"]
    assert 400 == prefixed.status_code
    assert (400, "Default URL-endpoint cannot be deleted.") == (deleted.status_code, deleted.json()["message"])


async def test_endpoint(client: httpx.AsyncClient) -> None:
    """An endpoint has a prefix and origins, and an update replaces all of it."""
    origin = (await client.post("/v1/accounts/origins", json={"type": "WEB_PROXY", "name": "Any"})).json()["id"]
    endpoint = await created(client, origins=[origin], urlRewriter={"type": "CLOUDINARY"})
    path = f"{PATH}/{endpoint['id']}"
    read = (await client.get(path)).json()
    replaced = await client.put(path, json={"description": "e", "urlPrefix": "shop"})
    deleted = await client.delete(path)
    gone = await client.get(path)

    assert [origin] == endpoint["origins"]
    assert {"type": "CLOUDINARY", "preserveAssetDeliveryTypes": False} == endpoint["urlRewriter"]
    assert endpoint == read
    assert {"id": endpoint["id"], "description": "e", "urlPrefix": "shop", "origins": []} == replaced.json()
    assert 204 == deleted.status_code
    assert (404, "URL-endpoint not found.") == (gone.status_code, gone.json()["message"])


@pytest.mark.parametrize(
    "rewriter",
    [{"type": "IMGIX"}, {"type": "AKAMAI"}, {"type": "CLOUDINARY", "preserveAssetDeliveryTypes": True}],
)
async def test_rewriters(client: httpx.AsyncClient, rewriter: dict[str, Any]) -> None:
    """Each known rewriter is stored."""
    assert rewriter == (await created(client, urlRewriter=rewriter))["urlRewriter"]


@pytest.mark.parametrize(
    ("endpoint", "message"),
    [
        ({"description": None}, "description is required"),
        ({"description": None, "urlPrefix": ""}, "description is required"),
        ({"description": ""}, "description is required"),
        ({"description": "d" * 1001}, "description must have at most 1000 characters"),
        ({"urlPrefix": 7}, "urlPrefix must be a string"),
        ({"urlPrefix": ""}, EMPTY_PREFIX),
        ({"urlPrefix": "a/b"}, "urlPrefix must have at most 100 letters, digits and hyphens"),
        ({"urlPrefix": "taken"}, "urlPrefix is used by another URL-endpoint."),
        ({"origins": ["origin_1"]}, NO_ORIGIN),
        ({"origins": "origin_1"}, "origins must be an array of at most 10 ids"),
        ({"origins": ["origin_1"] * 11}, "origins must be an array of at most 10 ids"),
        ({"urlRewriter": "IMGIX"}, "urlRewriter is invalid"),
        ({"urlRewriter": {"type": "NEW"}}, "urlRewriter is invalid"),
        ({"urlRewriter": {"type": "IMGIX", "preserveAssetDeliveryTypes": True}}, "urlRewriter is invalid"),
        ({"urlRewriter": {"type": "CLOUDINARY", "preserveAssetDeliveryTypes": 1}}, "urlRewriter is invalid"),
        ({"id": "mine"}, "id is not allowed"),
    ],
)
async def test_refusals(client: httpx.AsyncClient, endpoint: dict[str, Any], message: str) -> None:
    """The error names the invalid setting."""
    await created(client, urlPrefix="taken")
    response = await client.post(PATH, json={"description": "d", "urlPrefix": "shop", **endpoint})

    assert (400, message) == (response.status_code, response.json()["message"])
