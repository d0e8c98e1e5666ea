"""
Unknown fields, enum values and event types never break a response or an event.

Every example of the document is changed in one place at a time, in every place, and must still be read and given back.
"""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest
from ruamel.yaml import YAML

from imagekit_async import AsyncImageKit
from imagekit_async._generated import api
from imagekit_async._json import Kind
from imagekit_async._model import PLAIN, Model, Reference, UnknownModel

Step = str | int
Trail = tuple[Step, ...]

DOCUMENT = YAML(typ="safe").load(Path(__file__).parents[2] / "openapi" / "imagekit-v1.yaml")
UNKNOWN = "of the next release"
BROKEN_DATE = "not a date"
OTHER_TYPES: list[Any] = [None, True, 7, "text", ["text"], {"key": "value"}]
DROPPED = object()


@attrs.frozen
class Example:
    """A documented JSON value, its schema, what reads it, and the operation, event or error it belongs to."""

    source: str
    detail: str
    schema: dict[str, Any]
    value: Any
    kind: Kind


@attrs.frozen
class Node:
    """One value inside an example; the owner is the object whose variant it decides, if it is a discriminator."""

    trail: Trail
    schema: dict[str, Any]
    value: Any
    owner: Trail | None = None


@attrs.frozen
class Mutation:
    """One change, and the trail of the subtree that reads differently because of it."""

    trail: Trail
    replacement: Any
    affected: Trail

    def apply(self, value: Any) -> Any:
        """Return a copy of the value with the change made."""
        changed = json.loads(json.dumps(value))
        parent = descend(changed, self.trail[:-1])
        if self.replacement is DROPPED:
            del parent[self.trail[-1]]
        else:
            parent[self.trail[-1]] = self.replacement
        return changed

    def expected(self, mutant: Any, parent: Any) -> list[dict[Trail, Any]]:
        """Return what the affected subtree may read as, inside a parent of the given type."""
        if self.affected != self.trail:
            return [dict(reading(UnknownModel.from_dict(descend(mutant, self.affected)), self.affected))]
        if self.replacement is DROPPED:
            return [{self.affected: None} if issubclass(parent, Model) else {}]
        nothing = {self.affected: None}
        if self.replacement in (UNKNOWN, BROKEN_DATE):
            return [{self.affected: UNKNOWN} if self.replacement == UNKNOWN else nothing]
        return [nothing, dict(reading(self.replacement, self.affected))]


def descend(value: Any, trail: Trail) -> Any:
    """Return the value at a place inside a JSON value."""
    for step in trail:
        value = value[step]
    return value


def resolve(schema: dict[str, Any], value: Any = None) -> dict[str, Any]:
    """Follow references, merge what is composed, and choose the variant that a value names."""
    while "$ref" in schema:
        schema = {**DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]], "title": schema["$ref"]}
    if "discriminator" in schema:
        tag = schema["discriminator"]["propertyName"]
        return {**resolve({"$ref": schema["discriminator"]["mapping"][value[tag]]}), "x-tag": tag}
    for part in map(resolve, schema.get("allOf", ())):
        schema = {**schema, "properties": {**schema.get("properties", {}), **part.get("properties", {})}}
    return schema


def nodes(schema: dict[str, Any], value: Any, trail: Trail = (), owner: Trail | None = None) -> Iterator[Node]:
    """Walk through a value together with its schema."""
    schema = resolve(schema, value)
    yield Node(trail, schema, value, owner)
    if isinstance(value, dict):
        others = schema.get("additionalProperties")
        for key, item in value.items():
            inner = schema.get("properties", {}).get(key, others if isinstance(others, dict) else {})
            yield from nodes(inner, item, (*trail, key), trail if key == schema.get("x-tag") else None)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from nodes(schema.get("items", {}), item, (*trail, index))


def mutations(node: Node) -> Iterator[Mutation]:
    """Return every change of one node; the whole value is never replaced, nor an item of a list by another type."""
    if node.schema.get("properties") and isinstance(node.value, dict):
        added = (*node.trail, UNKNOWN)
        yield Mutation(added, UNKNOWN, added)
    if not node.trail:
        return
    affected = node.trail if node.owner is None else node.owner
    replacements: list[Any] = [None]
    if isinstance(node.trail[-1], str):
        replacements.append(DROPPED)
    if {"enum", "const"} & node.schema.keys():
        replacements.append(UNKNOWN)
    if node.schema.get("format") in ("date", "date-time"):
        replacements.append(BROKEN_DATE)
    if node.value is not None and (len(node.trail) > 1 or isinstance(node.trail[0], str)):
        replacements += [other for other in OTHER_TYPES if type(other) is not type(node.value)]
    for replacement in replacements:
        yield Mutation(node.trail, replacement, affected)


def reading(value: Any, trail: Trail = ()) -> Iterator[tuple[Trail, Any]]:
    """Read every attribute of a decoded value, each with its place in the JSON; a missing one is None."""
    parts: dict[Any, Any] = {}
    if isinstance(value, Model):
        parts = {prop.wire: getattr(value, name, None) for name, prop in value._properties.items()}
        parts |= value.additional_properties
    elif isinstance(value, dict):
        parts = value
    elif isinstance(value, list):
        parts = dict(enumerate(value))
    yield trail, type(value) if isinstance(value, Model | dict | list) else value
    for key, part in parts.items():
        yield from reading(part, (*trail, key))


@cache
def operations() -> dict[str, Any]:
    """Return every generated operation by its name."""
    found = pkgutil.walk_packages(api.__path__, api.__name__ + ".")
    modules = [import_module(module.name) for module in found if not module.ispkg]
    return {module.OPERATION.name: module.OPERATION for module in modules if hasattr(module, "OPERATION")}


def documented(content: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Return the examples of a JSON body, each with a suffix for its name."""
    body = content.get("application/json", {})
    if "example" in body:
        yield "", body["example"]
    for name, example in body.get("examples", {}).items():
        yield f"-{name}", example["value"]


def event_kind(schema: dict[str, Any]) -> Reference:
    """Return what reads an event."""
    return Reference("imagekit_async.models", schema["$ref"].rpartition("/")[2])


def examples() -> Iterator[Example]:
    """Return the documented responses, events and errors."""
    for path in DOCUMENT["paths"].values():
        for operation in (item for item in path.values() if "operationId" in item):
            for status, response in operation["responses"].items():
                content = response.get("content", {})
                for suffix, value in documented(content):
                    name = operation["operationId"]
                    kind = operations()[name].responses[int(status)]
                    yield Example(name, f"-{status}{suffix}", content["application/json"]["schema"], value, kind)
    for name, path in DOCUMENT["webhooks"].items():
        content = path["post"]["requestBody"]["content"]
        for suffix, value in documented(content):
            schema = content["application/json"]["schema"]
            yield Example(name, suffix, schema, value, event_kind(schema))
    for name, response in DOCUMENT["components"]["responses"].items():
        for suffix, value in documented(response["content"]):
            schema = {"$ref": "#/components/schemas/Error"}
            yield Example(name, suffix, schema, value, event_kind(schema))


EXAMPLES = list(examples())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.source + example.detail)
def test_one_change_costs_no_more_than_itself(example: Example) -> None:
    """After one change all attributes can be read, no other reads differently, and the JSON comes back as it was."""
    before = dict(reading(example.kind.decode(example.value)))
    for mutation in (change for node in nodes(example.schema, example.value) for change in mutations(node)):
        mutant = mutation.apply(example.value)
        text = json.dumps(mutant)
        decoded = example.kind.decode(mutant)
        after = dict(reading(decoded))
        inside = {trail: after[trail] for trail in after if within(trail, mutation.affected)}
        outside = [(trail, leaf) for trail, leaf in after.items() if trail not in inside]

        assert [item for item in before.items() if not within(item[0], mutation.affected)] == outside, mutation
        assert inside in mutation.expected(mutant, before.get(mutation.affected[:-1])), mutation
        assert text == json.dumps(PLAIN.encode(decoded)), mutation


def test_every_example_is_covered() -> None:
    """Each operation that returns a body, and each event, has an example to change."""
    responding = {name for name, operation in operations().items() if any(operation.responses.values())}

    assert set() == {*responding, *DOCUMENT["webhooks"]} - {example.source for example in EXAMPLES}


@pytest.mark.anyio
async def test_an_unknown_item_leaves_the_others_alone() -> None:
    """An item of a type not known yet becomes an `UnknownModel`; the items beside it are what they were."""
    known = next(example.value for example in EXAMPLES if example.source == "assets.list")
    unknown = {"type": "smart-album", "albumId": "a1", "createdAt": "2027-01-01T00:00:00Z"}
    async with client_receiving(known) as client:
        expected = await client.assets.list()
    async with client_receiving([known[0], unknown, *known[1:]]) as client:
        items = await client.assets.list()

    assert expected == [items[0], *items[2:]]
    assert isinstance(items[1], UnknownModel)
    assert ("smart-album", "a1", unknown) == (items[1].type, items[1].album_id, items[1].to_dict())


@pytest.mark.anyio
async def test_changes_pass_through_a_call() -> None:
    """A call returns a response of unknown values and fields, broken dates and missing fields instead of raising."""
    reply = {"type": "hologram", "fileType": "volumetric", "createdAt": BROKEN_DATE, "depth": 3}
    async with client_receiving(reply) as client:
        file = await client.files.get("66f1a0c4e37b9d5f2a8c1b01")

    assert ("hologram", "volumetric", None, None) == (
        file.type,
        file.file_type,
        getattr(file, "created_at", None),
        file.mime,
    )
    assert ({"depth": 3}, reply) == (file.additional_properties, file.to_dict())


def client_receiving(reply: Any) -> AsyncImageKit:
    """Make a client whose every call returns the given JSON."""
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json=reply))
    return AsyncImageKit("private_key_of_tests", transport=transport)


def within(trail: Trail, subtree: Trail) -> bool:
    """Return whether a place lies inside a subtree."""
    return trail[: len(subtree)] == subtree
