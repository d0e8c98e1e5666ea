"""
What the document limits is refused before a request is sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter
from typing import Any

import pytest

from imagekit_async import AsyncImageKit

from .conftest import DOCUMENT, OPERATIONS, Operation

# By keyword: a value beyond a limit, and the words of the refusal.
BEYOND: dict[str, Any] = {
    "minimum": lambda limit: (limit - 1, f"be at least {limit}, got {limit - 1}"),
    "maximum": lambda limit: (limit + 1, f"be at most {limit}, got {limit + 1}"),
    "minLength": lambda limit: ("x" * (limit - 1), f"have at least {limit} character"),
    "maxLength": lambda limit: ("x" * (limit + 1), f"have at most {limit} characters, got {limit + 1}"),
    "minItems": lambda limit: (["x"] * (limit - 1), f"contain at least {limit} item"),
    "maxItems": lambda limit: (["x"] * (limit + 1), f"contain at most {limit} items, got {limit + 1}"),
    "pattern": lambda limit: ("é", f"match the regular expression {limit}, got 'é'"),
}

AT: dict[str, Any] = {
    **dict.fromkeys(["minimum", "maximum"], lambda limit: limit),
    **dict.fromkeys(["minLength", "maxLength"], lambda limit: "x" * limit),
    **dict.fromkeys(["minItems", "maxItems"], lambda limit: ["x"] * limit),
}


def fields_of(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """
    Return the properties of each variant of a body.
    """
    schema = DOCUMENT.resolve(schema)
    variants = [found for variant in schema.get("oneOf", ()) for found in fields_of(variant)]
    return variants or [schema.get("properties", {})]


def limited(operation: Operation) -> Iterator[tuple[str, str, Any]]:
    """
    Yield name, keyword and limit of each parameter and body field, as far as all variants of the body share it.
    """
    _, node = DOCUMENT.operations[operation.call]
    parameters = {each["name"]: each["schema"] for each in map(DOCUMENT.resolve, node.get("parameters", ()))}
    content = DOCUMENT.resolve(node.get("requestBody", {})).get("content", {})
    bodies = [found for media in content.values() for found in fields_of(media["schema"])]
    for name in dict.fromkeys([*parameters, *(name for body in bodies for name in body)]):
        schemas = [DOCUMENT.resolve(each[name]) for each in (parameters, *bodies) if name in each]
        for keyword in BEYOND.keys() & schemas[0].keys():
            if all(schema.get(keyword) == schemas[0][keyword] for schema in schemas):
                yield name, keyword, schemas[0][keyword]


CASES = [
    pytest.param(operation, name, keyword, limit, id=f"{operation.call}-{name}-{keyword}")
    for operation in OPERATIONS
    for name, keyword, limit in sorted(limited(operation))
]


@pytest.mark.anyio
@pytest.mark.parametrize(("call", "name", "keyword", "limit"), CASES)
async def test_argument_beyond_a_limit_is_refused(call, name, keyword, limit, responding):
    """An argument beyond a limit of the document raises an error with its Python name, and nothing is sent."""
    argument = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    value, words = BEYOND[keyword](limit)
    client, sent = responding()
    keywords = {**call.minimal.keywords, argument: value}

    async with client:
        with pytest.raises(ValueError, match=f"^{argument} must {re.escape(words)}"):
            await attrgetter(call.call)(client)(*call.minimal.args, **keywords)

    assert [] == sent


@pytest.mark.anyio
@pytest.mark.parametrize(("call", "name", "keyword", "limit"), [case for case in CASES if case.values[2] != "pattern"])
async def test_argument_at_a_limit_is_sent(call, name, keyword, limit, responding):
    """An argument at a limit of the document is sent."""
    argument = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    client, sent = responding(call.success())
    keywords = {**call.minimal.keywords, argument: AT[keyword](limit)}

    async with client:
        await attrgetter(call.call)(client)(*call.minimal.args, **keywords)

    assert 1 == len(sent)


def test_limits_of_all_operations_are_tested():
    """The document limits arguments of these operations."""
    assert {
        *("assets.list", "files.bulk.delete", "files.bulk.add_tags", "files.bulk.remove_tags"),
        *("files.bulk.remove_ai_tags", "custom_metadata_fields.create", "custom_metadata_fields.update"),
        *("saved_extensions.create", "saved_extensions.update", "accounts.origins.create", "accounts.origins.update"),
        *("accounts.url_endpoints.create", "accounts.url_endpoints.update"),
    } <= {case.values[0].call for case in CASES}


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("extension", "message"),
    [
        (
            {"name": "google-auto-tagging", "min_confidence": 101, "max_tags": 5},
            "extensions[0]['min_confidence'] must be at most 100, got 101",
        ),
        (
            {"name": "ai-tasks", "tasks": [{"type": "yes_no", "instruction": ""}]},
            "extensions[0]['tasks'][0]['instruction'] must have at least 1 character, got 0",
        ),
        (
            {"name": "ai-tasks", "tasks": [{"type": "yes_no", "instruction": "Is it red?"}] * 11},
            "extensions[0]['tasks'] must contain at most 10 items, got 11",
        ),
    ],
    ids=["number", "text", "list"],
)
async def test_field_of_a_nested_object_beyond_a_limit_is_refused(extension, message, responding):
    """Limits hold for the fields of nested objects too."""
    client: AsyncImageKit
    client, sent = responding()

    async with client:
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            await client.files.update("6f01", extensions=[extension])

    assert [] == sent


@pytest.mark.anyio
async def test_untyped_request_has_no_limits(responding):
    """`client.request` sends what a limit of the document would refuse, so that the API can allow more."""
    client, sent = responding(OPERATIONS[0].success())

    async with client:
        await client.request("GET", "/v1/files", query={"limit": 5000})

    assert ["limit=5000"] == [request.url.query.decode() for request in sent]
