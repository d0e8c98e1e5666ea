"""
Saved extensions, and which settings an extension may have.
"""

from __future__ import annotations

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio
PATH = "/v1/saved-extensions"
TAGGING = {"name": "google-auto-tagging", "minConfidence": 80, "maxTags": 5}
SELECT = {"type": "select_tags", "instruction": "Tag it."}
ANSWER = {"type": "yes_no", "instruction": "Is it?"}


def tasks(*items: Any) -> dict[str, Any]:
    """
    The settings of an extension with some tasks.
    """
    return {"name": "ai-tasks", "tasks": list(items)}


async def created(client: httpx.AsyncClient, config: Any = TAGGING) -> httpx.Response:
    """
    Return the response to a new saved extension.
    """
    return await client.post(PATH, json={"name": "Tags", "description": "Tag it", "config": config})


async def test_saved_extension(client: httpx.AsyncClient) -> None:
    """A saved extension is listed and read as created; names need not be unique."""
    response = await created(client)
    other = (await created(client)).json()
    saved = response.json()

    assert 201 == response.status_code
    assert {
        "name": "Tags",
        "description": "Tag it",
        "config": TAGGING,
        "createdAt": "2030-01-02T03:04:05.000Z",
        "updatedAt": "2030-01-02T03:04:05.000Z",
    }.items() <= saved.items()
    assert saved["id"].startswith("ext_")
    assert [saved, other] == (await client.get(PATH)).json()
    assert saved == (await client.get(f"{PATH}/{saved['id']}")).json()


async def test_change_and_delete(client: httpx.AsyncClient) -> None:
    """An update replaces the parts that were sent, and a deleted extension no longer exists."""
    saved = (await created(client)).json()
    path = f"{PATH}/{saved['id']}"
    changed = await client.patch(path, json={"config": {"name": "remove-bg"}, "description": "Cut it"})
    deleted = await client.delete(path)
    gone = await client.get(path)

    assert {
        **saved,
        "config": {"name": "remove-bg"},
        "description": "Cut it",
        "updatedAt": "2030-01-02T03:04:06.000Z",
    } == changed.json()
    assert 204 == deleted.status_code
    assert (404, "The requested saved extension does not exist.") == (gone.status_code, gone.json()["message"])


async def test_bad_id(client: httpx.AsyncClient) -> None:
    """A malformed id is refused."""
    responses = [await client.request(method, f"{PATH}/abc", json={}) for method in ("GET", "PATCH", "DELETE")]

    assert {(400, "Invalid saved extension ID.")} == {(r.status_code, r.json()["message"]) for r in responses}


async def test_parts(client: httpx.AsyncClient) -> None:
    """All three parts are required, and texts must not be empty."""
    path = f"{PATH}/{(await created(client)).json()['id']}"
    missing = await client.post(PATH, json={"name": "Tags", "config": TAGGING})
    empty = await client.patch(path, json={"name": ""})

    assert (400, "Your request is missing description parameter.") == (missing.status_code, missing.json()["message"])
    assert (400, "Your request contains invalid value for name parameter.") == (
        empty.status_code,
        empty.json()["message"],
    )


async def test_limit(client: httpx.AsyncClient) -> None:
    """An account has at most 100 saved extensions."""
    statuses = [(await created(client)).status_code for _ in range(101)]

    assert [*[201] * 100, 400] == statuses


@pytest.mark.parametrize(
    "config",
    [
        {"name": "remove-bg", "options": {"add_shadow": True, "semitransparency": False, "bg_color": "fff"}},
        {"name": "aws-auto-tagging", "minConfidence": 0, "maxTags": 30},
        {"name": "ai-auto-description"},
        tasks(*[SELECT] * 10),
        tasks({**SELECT, "vocabulary": ["a", "b"], "min_selections": 0, "max_selections": 1}),
        tasks({"type": "select_metadata", "instruction": "?", "field": "f", "vocabulary": ["a", 1, True]}),
        tasks({**ANSWER, "on_yes": {"add_tags": ["a"], "remove_tags": [], "unset_metadata": [{"field": "f"}]}}),
        tasks({**ANSWER, "on_no": {"set_metadata": [{"field": "f", "value": [1]}]}, "on_unknown": {}}),
    ],
)
async def test_good_config(client: httpx.AsyncClient, config: dict[str, Any]) -> None:
    """Every documented setting is accepted."""
    assert config == (await created(client, config)).json()["config"]


@pytest.mark.parametrize(
    "config",
    [
        7,
        {},
        {"name": 7},
        {"name": "saved-extension", "id": "ext_1"},
        {"name": "remove-bg", "options": 7},
        {"name": "remove-bg", "options": {"bg_color": "fff", "bg_image_url": "https://a.test"}},
        {"name": "remove-bg", "options": {"add_shadow": 1}},
        {"name": "google-auto-tagging", "minConfidence": 80},
        {"name": "google-auto-tagging", "minConfidence": 101, "maxTags": 1},
        {"name": "google-auto-tagging", "minConfidence": 80, "maxTags": 31},
        {"name": "google-auto-tagging", "minConfidence": True, "maxTags": 1},
        {"name": "ai-tasks"},
        {"name": "ai-tasks", "tasks": 7},
        tasks(),
        tasks(*[SELECT] * 11),
        tasks(7),
        tasks({"type": "new", "instruction": "?"}),
        tasks({**SELECT, "instruction": ""}),
        tasks({**SELECT, "instruction": "?" * 2001}),
        tasks({**SELECT, "vocabulary": []}),
        tasks({**SELECT, "vocabulary": [1]}),
        tasks({**SELECT, "vocabulary": ["%"]}),
        tasks({**SELECT, "vocabulary": ["a" * 501]}),
        tasks({**SELECT, "vocabulary": ["a"] * 31}),
        tasks({**SELECT, "min_selections": -1}),
        tasks({**SELECT, "max_selections": 0}),
        tasks({"type": "select_metadata", "instruction": "?"}),
        tasks({"type": "select_metadata", "instruction": "?", "field": "f", "vocabulary": [None]}),
        tasks(ANSWER),
        tasks({**ANSWER, "on_unknown": {}}),
        tasks({**ANSWER, "on_yes": 7}),
        tasks({**ANSWER, "on_yes": {"add_tags": [7]}}),
        tasks({**ANSWER, "on_yes": {"set_metadata": 7}}),
        tasks({**ANSWER, "on_yes": {"set_metadata": [7]}}),
        tasks({**ANSWER, "on_yes": {"set_metadata": [{"field": "f"}]}}),
        tasks({**ANSWER, "on_yes": {"unset_metadata": [{}]}}),
    ],
)
async def test_bad_config(client: httpx.AsyncClient, config: object) -> None:
    """An invalid config is refused."""
    response = await created(client, config)

    assert (400, "Invalid extension configuration.") == (response.status_code, response.json()["message"])
