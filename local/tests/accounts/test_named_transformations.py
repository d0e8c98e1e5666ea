"""
Named transformations.
"""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeAlias

import httpx
import pytest
from PIL import Image

from imagekit_local import LocalImageKit

pytestmark = pytest.mark.anyio
Upload: TypeAlias = Callable[..., Awaitable[dict[str, Any]]]
Picture: TypeAlias = Callable[..., bytes]
PATH = "/v1/named-transformations"


@pytest.fixture
def with_setting(new_id: Callable[[], str]) -> Iterator[LocalImageKit]:
    """
    A server whose account applies named transformations to uploads.
    """
    server = LocalImageKit(upload_transformation="w-2:n-card,h-2", new_id=new_id)
    yield server
    server.stop()


async def created(client: httpx.AsyncClient, name: str, **changes: Any) -> dict[str, Any]:
    """
    A new named transformation.
    """
    response = await client.post(PATH, json={"name": name, "transformation": "w-400", **changes})
    response.raise_for_status()
    document: dict[str, Any] = response.json()
    return document


async def test_named_transformation(client: httpx.AsyncClient) -> None:
    """The string is stored as sent, and the name is enabled by default."""
    card = await created(client, "card", transformation="tr:w-400,h-300")
    other = await created(client, "Card", enabled=False)

    assert ("card", "tr:w-400,h-300", True) == (card["name"], card["transformation"], card["enabled"])
    assert other["enabled"] is False
    assert "2030-01-02T03:04:05.000Z" == card["createdAt"]
    assert [card, other] == (await client.get(PATH)).json()
    assert card == (await client.get(f"{PATH}/{card['id']}")).json()


async def test_change_and_delete(client: httpx.AsyncClient) -> None:
    """An update changes the fields that were sent, and a deleted name no longer exists."""
    card = await created(client, "card")
    path = f"{PATH}/{card['id']}"
    changed = await client.patch(path, json={"name": "small", "transformation": "w-8", "enabled": False, "id": "x"})
    kept = await client.patch(path, json={"name": "small"})
    deleted = await client.delete(path)
    gone = await client.get(path)

    assert {**card, "name": "small", "transformation": "w-8", "enabled": False} == changed.json() == kept.json()
    assert 204 == deleted.status_code
    assert (404, "The requested named transformation does not exist.") == (gone.status_code, gone.json()["message"])


async def test_delivery(client: httpx.AsyncClient, upload: Upload, picture: Picture) -> None:
    """Delivery applies an enabled name, to private files too."""
    file = await upload("a.png", picture(size=(40, 30)), isPrivateFile="true")
    path = f"{PATH}/{(await created(client, 'card', transformation='tr:w-20'))['id']}"
    enabled = await client.get(f"{file['url']}?tr=n-card")
    await client.patch(path, json={"enabled": False})
    disabled = await client.get(f"{file['url']}?tr=n-card")

    assert (200, (20, 15)) == (enabled.status_code, Image.open(io.BytesIO(enabled.content)).size)
    assert disabled.status_code >= 400


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"transformation": "w-1"}, "Invalid name."),
        ({"name": "a-b", "transformation": "w-1"}, "Invalid name."),
        ({"name": "a"}, "Invalid transformation."),
        ({"name": "a", "transformation": " "}, "Invalid transformation."),
        ({"name": "a", "transformation": "w-1", "enabled": "true"}, "Invalid enabled."),
    ],
)
async def test_bad_value(client: httpx.AsyncClient, body: dict[str, Any], message: str) -> None:
    """The error names a missing or invalid field."""
    response = await client.post(PATH, json=body)

    assert (400, message) == (response.status_code, response.json()["message"])


async def test_taken_name(client: httpx.AsyncClient) -> None:
    """A name that is taken is a conflict, on creation and on update."""
    await created(client, "a")
    other = await created(client, "b")
    posted = await client.post(PATH, json={"name": "a", "transformation": "w-1"})
    patched = await client.patch(f"{PATH}/{other['id']}", json={"name": "a"})

    assert (409, 409) == (posted.status_code, patched.status_code)


async def test_limit(client: httpx.AsyncClient) -> None:
    """An account has at most 250 named transformations."""
    for number in range(250):
        await created(client, f"n{number}")
    response = await client.post(PATH, json={"name": "more", "transformation": "w-1"})

    assert 400 == response.status_code


async def test_name_in_the_upload_settings(with_setting: LocalImageKit) -> None:
    """A name that uploads depend on cannot be renamed, disabled or deleted; its string can change."""
    transport = with_setting.transport()
    async with httpx.AsyncClient(transport=transport, base_url=with_setting.url) as client:
        client.auth = httpx.BasicAuth(with_setting.private_key, "")
        card = f"{PATH}/{(await created(client, 'card'))['id']}"
        free = f"{PATH}/{(await created(client, 'car'))['id']}"
        refused = [
            await client.patch(card, json={"name": "other"}),
            await client.patch(card, json={"enabled": False}),
            await client.delete(card),
        ]
        changed = await client.patch(card, json={"name": "card", "enabled": True, "transformation": "w-1"})
        renamed = await client.patch(free, json={"name": "bar", "enabled": False})

    assert [409, 409, 409] == [response.status_code for response in refused]
    assert (200, 200) == (changed.status_code, renamed.status_code)
