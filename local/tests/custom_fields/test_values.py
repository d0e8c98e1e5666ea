"""
Values of custom metadata fields on files.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import httpx
import pytest

pytestmark = pytest.mark.anyio
Define: TypeAlias = Callable[..., Awaitable[dict[str, Any]]]
Upload: TypeAlias = Callable[..., Awaitable[dict[str, Any]]]
FIELDS: dict[str, dict[str, Any]] = {
    "text": {"type": "Text", "minLength": 2, "maxLength": 3},
    "number": {"type": "Number", "minValue": 0, "maxValue": 9.5},
    "date": {"type": "Date", "minValue": "2020-01-01", "maxValue": "2020-12-31T23:00:00+01:00"},
    "flag": {"type": "Boolean"},
    "one": {"type": "SingleSelect", "selectOptions": ["a", 1, False]},
    "many": {"type": "MultiSelect", "selectOptions": ["a", 1, False]},
}
WRONG_OPTION = "should be one of the allowed values"


@pytest.fixture
async def fields(define: Define) -> None:
    """
    A field of each type.
    """
    for name, schema in FIELDS.items():
        await define(name, **schema)


async def errors_of(response: Awaitable[httpx.Response]) -> dict[str, str]:
    """
    Return the errors for values.
    """
    reply = await response
    assert (400, "Invalid custom metadata.") == (reply.status_code, reply.json()["message"])
    errors: dict[str, str] = reply.json()["errors"]
    return errors


def uploaded(client: httpx.AsyncClient, metadata: dict[str, Any]) -> Awaitable[httpx.Response]:
    """
    An upload with custom metadata.
    """
    data = {"fileName": "a.txt", "customMetadata": json.dumps(metadata), "responseFields": "customMetadata"}
    return client.post("/api/v1/files/upload", data=data, files={"file": b"text"})


@pytest.mark.usefixtures("fields")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", "ab"),
        ("text", "äöü"),
        ("number", 0),
        ("number", 9.5),
        ("date", "2020-01-01"),
        ("date", "2020-12-31T22:00:00.000Z"),
        ("flag", True),
        ("one", "a"),
        ("one", 1.0),
        ("one", False),
        ("many", []),
        ("many", ["a", False]),
    ],
)
async def test_good_values(client: httpx.AsyncClient, name: str, value: Any) -> None:
    """A valid value is stored as sent."""
    response = await uploaded(client, {name: value})

    assert {name: value} == response.json()["customMetadata"]


@pytest.mark.usefixtures("fields")
@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("text", 7, "should be of type string"),
        ("text", "a", "should not be below minLength 2"),
        ("text", "abcd", "should not be above maxLength 3"),
        ("number", "7", "should be of type number"),
        ("number", True, "should be of type number"),
        ("number", -1, "should not be below minValue 0"),
        ("number", 9.6, "should not be above maxValue 9.5"),
        ("date", 2020, "should be of type date"),
        ("date", "soon", "should be of type date"),
        ("date", "2019-12-31", "should not be below minValue 2020-01-01"),
        ("date", "2020-12-31T22:00:01Z", "should not be above maxValue 2020-12-31T23:00:00+01:00"),
        ("flag", 1, "should be of type boolean"),
        ("one", ["a"], "should be of type string, number or boolean"),
        ("one", "b", WRONG_OPTION),
        ("one", True, WRONG_OPTION),
        ("many", "a", "should be of type array"),
        ("many", [{}], "should be of type array"),
        ("many", ["a", "b"], WRONG_OPTION),
        ("unknown", 7, "no such field"),
        ("unknown", None, "no such field"),
    ],
)
async def test_bad_values(client: httpx.AsyncClient, name: str, value: Any, problem: str) -> None:
    """An invalid value is refused with the reason, on upload and on update."""
    at_upload = await errors_of(uploaded(client, {"flag": False, name: value}))
    file_id = (await uploaded(client, {})).json()["fileId"]
    at_update = await errors_of(client.patch(f"/v1/files/{file_id}/details", json={"customMetadata": {name: value}}))

    assert {name: problem} == at_upload == at_update


async def test_required(client: httpx.AsyncClient, define: Define, upload: Upload) -> None:
    """A required field gets its default without any metadata, and must be in the metadata otherwise."""
    await define("price", "Number", isValueRequired=True, defaultValue=10)
    await define("note", "Text", defaultValue="-")
    filled = await upload("a.txt", responseFields="customMetadata")
    path = f"/v1/files/{filled['fileId']}/details"
    lacking = await errors_of(uploaded(client, {"note": "x"}))
    unset = await errors_of(client.patch(path, json={"customMetadata": {"price": None}}))
    merged = await client.patch(path, json={"customMetadata": {"note": "x"}})
    given = await uploaded(client, {"price": 1, "note": None})

    assert {"price": 10} == filled["customMetadata"]
    assert {"price": "is required"} == lacking == unset
    assert {"price": 10, "note": "x"} == merged.json()["customMetadata"]
    assert {"price": 1} == given.json()["customMetadata"]


async def test_required_since(client: httpx.AsyncClient, define: Define, upload: Upload) -> None:
    """A file that is older than a required field needs its value with the next metadata only."""
    await define("note", "Text")
    file_id = (await upload("a.txt", customMetadata='{"note": "x"}'))["fileId"]
    await define("price", "Number", isValueRequired=True, defaultValue=10)
    path = f"/v1/files/{file_id}/details"
    described = await client.patch(path, json={"description": "d"})
    lacking = await errors_of(client.patch(path, json={"customMetadata": {"note": "y"}}))

    assert 200 == described.status_code
    assert {"price": "is required"} == lacking


async def test_values_of_a_deleted_field(client: httpx.AsyncClient, define: Define, upload: Upload) -> None:
    """Deleting a field deletes its values from all versions of a file, whatever its name."""
    name = 'a".b[0]'
    field = await define(name, "Number")
    await define("kept", "Number")
    for number in (1, 2):
        body = await upload("a.txt", customMetadata=json.dumps({name: number, "kept": number}))
    await upload("b.txt", customMetadata='{"kept": 3}')
    await client.delete(f"/v1/customMetadataFields/{field['id']}")
    versions = (await client.get(f"/v1/files/{body['fileId']}/versions")).json()

    assert [{"kept": 2}, {"kept": 1}] == [version["customMetadata"] for version in versions]
    assert {name: "no such field"} == await errors_of(uploaded(client, {name: 1}))
