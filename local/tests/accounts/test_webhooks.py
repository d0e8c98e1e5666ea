"""
Account webhooks.
"""

from __future__ import annotations

import base64
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio
PATH = "/v1/accounts/webhooks"
WEBHOOK = {"endpoint": "https://example.test/a", "events": ["file.created"]}


async def created(client: httpx.AsyncClient, **changes: Any) -> dict[str, Any]:
    """
    A new webhook.
    """
    response = await client.post(PATH, json={**WEBHOOK, **changes})
    assert 201 == response.status_code
    webhook: dict[str, Any] = response.json()
    return webhook


async def test_webhook(client: httpx.AsyncClient) -> None:
    """A webhook is enabled by default, and every response contains its secret."""
    webhook = await created(client)
    other = await created(client, endpoint="http://example.test/b", enabled=False)
    listed = (await client.get(PATH)).json()
    read = (await client.get(f"{PATH}/{webhook['id']}")).json()

    assert [webhook, other] == listed
    assert webhook == read
    assert (True, False) == (webhook["enabled"], other["enabled"])
    assert webhook["secret"].startswith("whsec_")
    assert 24 == len(base64.b64decode(webhook["secret"].removeprefix("whsec_"), validate=True))
    assert webhook["secret"] != other["secret"]


async def test_change(client: httpx.AsyncClient) -> None:
    """An update changes the fields that were sent and not the secret, and can repeat the endpoint."""
    webhook = await created(client)
    body = {"endpoint": WEBHOOK["endpoint"], "events": ["file.deleted", "folder.created"], "secret": "whsec_mine"}
    response = await client.patch(f"{PATH}/{webhook['id']}", json=body)

    assert 200 == response.status_code
    assert {**webhook, "events": body["events"], "updatedAt": "2030-01-02T03:04:06.000Z"} == response.json()


async def test_delete(client: httpx.AsyncClient) -> None:
    """A deleted webhook is not found by any operation."""
    path = f"{PATH}/{(await created(client))['id']}"
    deleted = await client.delete(path)
    responses = [await client.get(path), await client.patch(path, json={}), await client.delete(path)]

    assert (204, b"") == (deleted.status_code, deleted.content)
    assert {(404, "The requested webhook does not exist.")} == {(r.status_code, r.json()["message"]) for r in responses}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("endpoint", 7),
        ("endpoint", "ftp://example.test"),
        ("endpoint", "https://"),
        ("endpoint", "https://[::1"),
        ("endpoint", "https://example.test/a b"),
        ("events", []),
        ("events", "file.created"),
        ("events", ["file.read"]),
        ("enabled", "true"),
    ],
)
async def test_bad_value(client: httpx.AsyncClient, name: str, value: Any) -> None:
    """The error names an invalid setting, and nothing is stored."""
    response = await client.post(PATH, json={**WEBHOOK, name: value})

    assert 400 == response.status_code
    assert f"Your request contains invalid value for {name} parameter." == response.json()["message"]
    assert [] == (await client.get(PATH)).json()


@pytest.mark.parametrize("name", ["endpoint", "events"])
async def test_missing_value(client: httpx.AsyncClient, name: str) -> None:
    """Endpoint and events are required."""
    response = await client.post(PATH, json={key: value for key, value in WEBHOOK.items() if key != name})

    assert (400, f"Your request is missing {name} parameter.") == (response.status_code, response.json()["message"])


async def test_limits(client: httpx.AsyncClient) -> None:
    """An account has at most three webhooks, with unique endpoints."""
    await created(client)
    duplicate = await client.post(PATH, json=WEBHOOK)
    for name in "bc":
        last = await created(client, endpoint=f"https://example.test/{name}")
    taken = await client.patch(f"{PATH}/{last['id']}", json={"endpoint": WEBHOOK["endpoint"]})
    fourth = await client.post(PATH, json={**WEBHOOK, "endpoint": "https://example.test/d"})

    assert {400} == {response.status_code for response in (duplicate, taken, fourth)}
    assert "A webhook with this endpoint already exists." == duplicate.json()["message"] == taken.json()["message"]
    assert "A maximum of 3 webhooks can be created." == fourth.json()["message"]


async def test_body_that_is_no_object(client: httpx.AsyncClient) -> None:
    """A body must be a JSON object."""
    responses = [await client.post(PATH, content=content) for content in (b"{", b"[]")]

    assert [
        (400, "Your request contains invalid JSON."),
        (400, "Your request contains invalid parameters."),
    ] == [(response.status_code, response.json()["message"]) for response in responses]
