"""
What a call returns for each response that the API documents.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from operator import attrgetter
from typing import Any

import httpx
import pytest

from imagekit_async.models import Model


def snake_case(name: str) -> str:
    """
    Give the Python name of a JSON name.
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|-", "_", name).lower()


def differences(document: Any, schema: dict[str, Any], raw: Any, value: Any, where: str) -> Iterator[tuple[Any, ...]]:
    """
    Compare a value with the JSON it was made from, field by field: yields place, expected and actual where they differ.
    """
    schema = document.resolve(schema)
    if "discriminator" in schema:
        tags = schema["discriminator"]
        schema = document.resolve({"$ref": tags["mapping"][raw[tags["propertyName"]]]})
    if raw is not None and "properties" in schema:
        yield from model_differences(document, schema, raw, value, where)
    elif isinstance(raw, dict) and isinstance(schema.get("additionalProperties"), dict):
        if type(value) is not dict or raw.keys() != value.keys():
            yield where, raw, value
            return
        for key, item in raw.items():
            yield from differences(document, schema["additionalProperties"], item, value[key], f"{where}[{key!r}]")
    elif isinstance(raw, list) and "items" in schema:
        if type(value) is not list or len(raw) != len(value):
            yield where, raw, value
            return
        for index, item in enumerate(raw):
            yield from differences(document, schema["items"], item, value[index], f"{where}[{index}]")
    else:
        expected = parsed(raw, schema.get("format"))
        if (type(expected), expected) != (type(value), value):
            yield where, expected, value


def model_differences(
    document: Any, schema: dict[str, Any], raw: dict[str, Any], value: Any, where: str
) -> Iterator[tuple[Any, ...]]:
    """
    Compare a model with its JSON object: its class, what it gives back, and each documented field by its Python name.
    """
    if (schema.get("x-python-class", schema["name"]), raw) != (
        type(value).__name__,
        value.to_dict() if isinstance(value, Model) else None,
    ):
        yield where, (schema.get("x-python-class", schema["name"]), raw), value
        return
    for key, item in raw.items():
        if key in schema["properties"]:
            name = snake_case(key)
            yield from differences(document, schema["properties"][key], item, getattr(value, name), f"{where}.{name}")
    unknown = {key: item for key, item in raw.items() if key not in schema["properties"]}
    if unknown != value.additional_properties:
        yield f"{where}.additional_properties", unknown, value.additional_properties


def parsed(raw: Any, form: str | None) -> Any:
    """
    Give the Python value of a JSON scalar or of free-form JSON.
    """
    if raw is not None and form == "date-time":
        return datetime.datetime.fromisoformat(raw)
    if raw is not None and form == "date":
        return datetime.date.fromisoformat(raw)
    return raw


def respond(success: Any) -> httpx.Response:
    """
    Make the response that a success stands for.
    """
    headers = {"x-ik-requestId": "request-1"}
    if success.schema is None:
        return httpx.Response(success.status, headers=headers)
    return httpx.Response(success.status, headers=headers, json=success.body)


@pytest.mark.anyio
async def test_documented_response_becomes_its_value(success, responding, document):
    """Each documented response comes back typed, every field readable, nothing lost; no content comes back as None."""
    client, _ = responding(respond(success))
    request = success.operation.minimal

    async with client:
        value = await attrgetter(success.operation.call)(client)(*request.args, **request.keywords)

    assert not list(differences(document, success.schema or {}, success.body, value, "value"))


@pytest.mark.anyio
async def test_response_carries_the_same_value(success, responding, document):
    """The call with its response gives the same value, and the status and request id it came with."""
    client, _ = responding(respond(success))
    request = success.operation.minimal

    async with client:
        call = attrgetter(success.operation.call)(client.with_response)
        response = await call(*request.args, **request.keywords)

    assert not list(differences(document, success.schema or {}, success.body, response.value, "value"))
    assert (success.status, "request-1", 1) == (response.status_code, response.request_id, response.attempts)


@pytest.mark.anyio
async def test_partial_success_is_no_error(operation, responding, document):
    """A 207 raises nothing and reports what failed in `errors` or `message`."""
    _, bodies = document.documented(operation.call, 207) if 207 in operation.statuses else (None, {})
    client, _ = responding(*(httpx.Response(207, json=body) for body in bodies.values()))
    request = operation.minimal

    async with client:
        values = [
            await attrgetter(operation.call)(client)(*request.args, **request.keywords) for _ in range(len(bodies))
        ]

    assert (207 in operation.statuses) == bool(values)
    assert not [value for value in values if not (getattr(value, "errors", None) or getattr(value, "message", None))]


@pytest.mark.anyio
async def test_unknown_fields_and_values_are_kept(success, responding):
    """A field added to any object of a response changes neither the other fields nor the call's success."""

    def extend(node: Any) -> Any:
        """
        Add a field to each object of a JSON value.
        """
        if isinstance(node, dict):
            return {**{key: extend(item) for key, item in node.items()}, "brandNew": {"a": [1]}}
        return [extend(item) for item in node] if isinstance(node, list) else node

    body = extend(success.body)
    response = httpx.Response(success.status) if body is None else httpx.Response(success.status, json=body)
    client, _ = responding(response)
    request = success.operation.minimal

    async with client:
        value = await attrgetter(success.operation.call)(client)(*request.args, **request.keywords)

    items = value if isinstance(value, list) else [value]
    plain = [item.to_dict() if isinstance(item, Model) else item for item in items]
    assert body == (plain if isinstance(value, list) else plain[0])
