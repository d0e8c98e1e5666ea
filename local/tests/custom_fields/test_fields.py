"""
Definitions of custom metadata fields.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import httpx
import pytest

pytestmark = pytest.mark.anyio
Define: TypeAlias = Callable[..., Awaitable[dict[str, Any]]]
PATH = "/v1/customMetadataFields"
NAME_EXISTS = "A custom metadata field with this name already exists."
LABEL_EXISTS = "A custom metadata field with this label already exists."
RESERVED_NAME = "_internal_original_created_datetime"
RESERVED_LABEL = "Original creation date"


async def refused(response: Awaitable[httpx.Response]) -> tuple[str, Any]:
    """
    Return the message and errors of a request that must get 400.
    """
    reply = await response
    assert 400 == reply.status_code
    return reply.json()["message"], reply.json().get("errors")


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "Text", "minLength": 1, "maxLength": 3, "defaultValue": "abc", "isValueRequired": True},
        {"type": "Textarea", "maxLength": 3},
        {"type": "Number", "minValue": -1.5, "maxValue": 3, "defaultValue": 0},
        {"type": "Date", "minValue": "2020-01-01T00:00:00.000Z", "defaultValue": "2020-01-01"},
        {"type": "Boolean", "isValueRequired": True, "defaultValue": False},
        {"type": "SingleSelect", "selectOptions": ["a", 1, True], "defaultValue": 1},
        {"type": "MultiSelect", "selectOptions": ["a", 1, True], "defaultValue": ["a", True]},
    ],
    ids=lambda schema: schema["type"],
)
async def test_types(client: httpx.AsyncClient, schema: dict[str, Any]) -> None:
    """A valid schema of any type is stored as sent, without unknown keys."""
    body = {"name": "f", "label": "F", "schema": {**schema, "unknown": 1}, "description": "what for", "unknown": 1}
    response = await client.post(PATH, json=body)
    field = response.json()

    assert 201 == response.status_code
    assert {
        "id": "000000000000000000000001",
        "name": "f",
        "label": "F",
        "schema": schema,
        "description": "what for",
    } == field
    assert [field] == (await client.get(PATH)).json()


@pytest.mark.parametrize(
    ("schema", "errors"),
    [
        (
            {"type": "Number", "minValue": "a", "maxLength": 3},
            {"minValue": "should be of type number", "maxLength": "not allowed for this type"},
        ),
        ({"type": "Boolean", "selectOptions": []}, {"selectOptions": "not allowed for this type"}),
        ({"type": "Text", "maxLength": True}, {"maxLength": "should be of type number"}),
        ({"type": "Date", "maxValue": "soon"}, {"maxValue": "should be of type date"}),
        ({"type": "Text", "isValueRequired": 1}, {"isValueRequired": "should be of type boolean"}),
        ({"type": "Text", "isValueRequired": True}, {"defaultValue": "is required"}),
        ({"type": "SingleSelect"}, {"selectOptions": "is required"}),
        ({"type": "Text", "defaultValue": 7}, {"defaultValue": "should be of type string"}),
        ({"type": "Number", "maxValue": 3, "defaultValue": 4}, {"defaultValue": "should not be above maxValue 3"}),
        (
            {"type": "MultiSelect", "selectOptions": ["a"], "defaultValue": "a"},
            {"defaultValue": "should be of type array"},
        ),
        (
            {"type": "SingleSelect", "selectOptions": [1], "defaultValue": True},
            {"defaultValue": "should be one of the allowed values"},
        ),
        ({"type": "Color"}, {"type": "should be one of the allowed values"}),
        ({}, {"type": "should be one of the allowed values"}),
        ([], {"schema": "should be of type object"}),
    ],
)
async def test_bad_schema(client: httpx.AsyncClient, schema: object, errors: dict[str, str]) -> None:
    """All errors in a schema are reported, by key."""
    outcome = await refused(client.post(PATH, json={"name": "f", "label": "F", "schema": schema}))

    assert ("Invalid field object", errors) == outcome


@pytest.mark.parametrize("options", [[], "a", [None]])
async def test_bad_options(client: httpx.AsyncClient, options: object) -> None:
    """Options are strings, numbers or booleans, and there is at least one."""
    schema = {"type": "SingleSelect", "selectOptions": options}
    _, errors = await refused(client.post(PATH, json={"name": "f", "label": "F", "schema": schema}))

    assert {"selectOptions"} == errors.keys()


async def test_bad_texts(client: httpx.AsyncClient) -> None:
    """Name, label and schema are required, and the description has a maximum length."""
    empty = await refused(client.post(PATH, json={}))
    body = {"name": 7, "label": "", "description": "d" * 501, "schema": {"type": "Text"}}
    wrong = await refused(client.post(PATH, json=body))

    assert ("Invalid field object", dict.fromkeys(("name", "label", "schema"), "is required")) == empty
    assert {"name", "label", "description"} == wrong[1].keys()


@pytest.mark.parametrize(
    ("name", "label", "message"),
    [
        ("a", "New", NAME_EXISTS),
        ("gone", "New", NAME_EXISTS),
        (RESERVED_NAME, "New", NAME_EXISTS),
        ("new", "a", LABEL_EXISTS),
        ("new", RESERVED_LABEL, LABEL_EXISTS),
    ],
)
async def test_taken(client: httpx.AsyncClient, define: Define, name: str, label: str, message: str) -> None:
    """A name is taken forever, a label while its field exists, and those of the reserved field always."""
    await define("a", "Text")
    gone = await define("gone", "Text")
    await client.delete(f"{PATH}/{gone['id']}")
    outcome = await refused(client.post(PATH, json={"name": name, "label": label, "schema": {"type": "Text"}}))
    free = await client.post(PATH, json={"name": "other", "label": "gone", "schema": {"type": "Text"}})

    assert (message, None) == outcome
    assert 201 == free.status_code


async def test_change(client: httpx.AsyncClient, define: Define) -> None:
    """An update merges the schema, keeps the type, and clears an empty description."""
    field = await define("price", "Number", minValue=0)
    path = f"{PATH}/{field['id']}"
    body = {"label": "Price", "description": "net", "schema": {"type": "Text", "maxValue": 9}}
    changed = await client.patch(path, json=body)
    relabelled = await client.patch(path, json={"label": "Price"})
    cleared = await client.patch(path, json={"description": ""})
    expected = {**field, "label": "Price", "schema": {"type": "Number", "minValue": 0, "maxValue": 9}}

    assert 200 == changed.status_code
    assert {**expected, "description": "net"} == changed.json() == relabelled.json()
    assert expected == cleared.json()
    assert [expected] == (await client.get(PATH)).json()


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "Either label or schema should be provided."),
        ({"name": "a", "label": "b"}, "Name cannot be updated."),
        ({"label": "other"}, LABEL_EXISTS),
        ({"label": 7}, "Invalid field object"),
        ({"schema": []}, "Invalid schema object."),
        ({"schema": {"minLength": 1}}, "Invalid schema object."),
    ],
)
async def test_bad_change(client: httpx.AsyncClient, define: Define, body: dict[str, Any], message: str) -> None:
    """An invalid update changes nothing."""
    field = await define("price", "Number")
    await define("other", "Text")
    outcome = await refused(client.patch(f"{PATH}/{field['id']}", json=body))

    assert message == outcome[0]
    assert field == (await client.get(PATH)).json()[0]


async def test_delete(client: httpx.AsyncClient, define: Define) -> None:
    """A deleted field is listed on request only, and can be neither updated nor deleted again."""
    field, other = await define("a", "Text"), await define("b", "Text")
    path = f"{PATH}/{field['id']}"
    deleted = await client.delete(path)
    changed = await refused(client.patch(path, json={"label": "A"}))
    again = await client.delete(path)

    assert (204, b"") == (deleted.status_code, deleted.content)
    assert [other] == (await client.get(PATH, params={"includeDeleted": "false"})).json()
    assert [other, field] == (await client.get(PATH, params={"includeDeleted": "true"})).json()
    assert "Cannot update a deleted custom metadata fields." == changed[0]
    assert (404, "No such custom metadata field exists.") == (again.status_code, again.json()["message"])


async def test_bad_id(client: httpx.AsyncClient) -> None:
    """A malformed id is a 400, an unknown one a 404."""
    malformed = await refused(client.delete(f"{PATH}/a"))
    unknown = await client.patch(f"{PATH}/{'0' * 24}", json={"label": "a"})

    assert "Your request contains invalid ID parameter." == malformed[0]
    assert (404, "No such custom metadata field exists.") == (unknown.status_code, unknown.json()["message"])
