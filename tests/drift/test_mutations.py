"""
Changes one fact of our document at random: the report names that fact, in that place, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import attrs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openapi.drift.document import SourceDocument, pointer, steps
from openapi.drift.operations import compared

OURS = SourceDocument.read(str(Path(__file__).parents[2] / "openapi" / "imagekit-v1.yaml"))
METHODS = ("get", "put", "post", "patch", "delete")
LIMITS = {
    "minimum": ["integer", "number"],
    "maximum": ["integer", "number"],
    "minLength": ["string"],
    "maxLength": ["string"],
    "minItems": ["array"],
    "maxItems": ["array"],
}
TEXT = {"pattern": "^mutated$", "format": "mutated"}
ABSENT = object()
#: Schemas that are not described again at each reference.
SHOWN: set[str] = set()


@attrs.frozen
class Mutation:
    """
    One changed fact.

    Attributes:
        fact: The fact that a report must name.
        at: JSON pointer of what is changed.
        value: What it becomes; ABSENT to remove it.
        base: JSON pointer that a report must give for our document.
        document: JSON pointer that a report must give for the changed one.
    """

    fact: str
    at: str
    value: Any = attrs.field(repr=lambda value: "ABSENT" if value is ABSENT else repr(value))
    base: str
    document: str

    def apply(self) -> SourceDocument:
        """
        Return our document with the change.
        """
        return SourceDocument("mutated.yaml", changed(OURS.content, steps(self.at), self.value))


def changed(node: Any, path: list[str], value: Any) -> Any:
    """
    Return a copy with one value changed, sharing all others.
    """
    copy: Any = dict(node) if isinstance(node, dict) else list(node)
    key: Any = path[0] if isinstance(node, dict) else int(path[0])
    if len(path) > 1:
        copy[key] = changed(copy[key], path[1:], value)
    elif value is ABSENT:
        del copy[key]
    elif isinstance(copy, list) and key == len(copy):
        copy.append(value)
    else:
        copy[key] = value
    return copy


def resolved(node: Any, at: str) -> tuple[dict[str, Any], str]:
    """
    Follow references.
    """
    while "$ref" in node:
        at = node["$ref"].removeprefix("#")
        node = OURS.content
        for step in steps(at):
            node = node[int(step)] if isinstance(node, list) else node[step]
    return node, at


def calls() -> Iterator[tuple[dict[str, Any], str, bool]]:
    """
    Yield each operation and webhook, its place, and whether it is an operation.
    """
    for section in ("paths", "webhooks"):
        for name, item in OURS.content[section].items():
            for method in METHODS:
                if method in item:
                    yield item[method], pointer("", section, name, method), section == "paths"


def schemas() -> dict[str, dict[str, Any]]:
    """
    Return every schema that an operation or webhook uses, by its place.
    """
    found: dict[str, dict[str, Any]] = {}

    def visit(node: Any, at: str) -> None:
        is_described = "$ref" in node and "description" in node
        node, at = resolved(node, at)
        if not is_described:
            SHOWN.add(at)
        if at in found:
            return
        found[at] = node
        # The variants of a union state what their tag may be.
        tag = node.get("discriminator", {}).get("propertyName")
        for name, child in node.get("properties", {}).items():
            if name == tag:
                continue
            visit(child, pointer(at, "properties", name))
        for key in ("items", "additionalProperties"):
            if isinstance(node.get(key), dict):
                visit(node[key], pointer(at, key))
        for key in ("oneOf", "anyOf", "allOf"):
            for index, child in enumerate(node.get(key, ())):
                visit(child, pointer(at, key, index))

    for root, at in contents():
        visit(root["schema"], pointer(at, "schema"))
    return found


def contents() -> Iterator[tuple[dict[str, Any], str]]:
    """
    Yield all parameters, headers and bodies.
    """
    for operation, at, _ in calls():
        for index, parameter in enumerate(operation.get("parameters", ())):
            yield resolved(parameter, pointer(at, "parameters", index))
        bodies = [(operation["requestBody"], pointer(at, "requestBody"))] if "requestBody" in operation else []
        bodies += [(response, pointer(at, "responses", key)) for key, response in operation["responses"].items()]
        for body in bodies:
            node, place = resolved(*body)
            for name, header in node.get("headers", {}).items():
                yield resolved(header, pointer(place, "headers", name))
            for name, media in node.get("content", {}).items():
                yield media, pointer(place, "content", name)


def limits(node: dict[str, Any], at: str) -> Iterator[Mutation]:
    """
    Yield changes to the limits of a schema.
    """
    for key, types in LIMITS.items():
        where = pointer(at, key)
        if key in node:
            yield Mutation(key, where, node[key] + 1, where, where)
            yield Mutation(key, where, ABSENT, where, at)
        elif node.get("type") in types:
            yield Mutation(key, where, 7, at, where)
    for key, value in TEXT.items():
        where = pointer(at, key)
        if key in node:
            yield Mutation(key, where, value, where, where)
            yield Mutation(key, where, ABSENT, where, at)
        elif node.get("type") == "string":
            yield Mutation(key, where, value, at, where)


# A tag of an alternative that allows more than the union does changes nothing.
TAGS = {
    f"{reference.removeprefix('#')}/properties/{node['discriminator']['propertyName']}"
    for node in schemas().values()
    for reference in node.get("discriminator", {}).get("mapping", {}).values()
}


def types(node: dict[str, Any], at: str) -> Iterator[Mutation]:
    """
    Yield changes to the type, the values and the default of a schema.
    """
    where = pointer(at, "type")
    kind = node.get("type")
    if isinstance(kind, str):
        if not node.keys() & {"enum", "const"}:
            new = {"integer": "number", "number": "integer"}.get(kind, "boolean" if kind != "boolean" else "string")
            yield Mutation("type", where, new, where, where)
        if at not in TAGS:
            yield Mutation("nullable", where, [kind, "null"], where, where)
    elif isinstance(kind, list) and "null" in kind and len(kind) == 2:
        yield Mutation("nullable", where, next(each for each in kind if each != "null"), where, where)
    if "enum" in node:
        where = pointer(at, "enum")
        if at not in TAGS:
            yield Mutation("enum", where, [*node["enum"], "mutated" if kind != "integer" else 77], where, where)
        if len(node["enum"]) > 1:
            yield Mutation("enum", where, node["enum"][1:], where, where)
    if "const" in node:
        yield Mutation("enum", pointer(at, "const"), "mutated", pointer(at, "const"), pointer(at, "const"))
    where = pointer(at, "default")
    yield Mutation("default", where, "mutated", where if "default" in node else at, where)
    if "default" in node:
        yield Mutation("default", where, ABSENT, where, at)


def fields(node: dict[str, Any], at: str) -> Iterator[Mutation]:
    """
    Yield changes to the fields of an object.
    """
    properties, required = node.get("properties", {}), node.get("required", [])
    tag = node.get("discriminator", {}).get("propertyName")
    for name, child in properties.items():
        if name == tag:
            continue
        where = pointer(at, "properties", name)
        if name not in required and "const" not in child:
            yield Mutation("field", where, ABSENT, where, at)
        place = pointer(at, "required")
        if name in required:
            yield Mutation("required", place, [each for each in required if each != name], place, place)
        else:
            yield Mutation("required", place, [*required, name], place if required else at, place)
    if properties:
        where = pointer(at, "properties", "mutated")
        yield Mutation("field", where, {"type": "string"}, at, where)
        if "additionalProperties" not in node:
            where = pointer(at, "additionalProperties")
            yield Mutation("further fields", where, False, at, where)


def notes(node: dict[str, Any], at: str) -> Iterator[Mutation]:
    """
    Yield changes to what a schema says beside its values.
    """
    if at in SHOWN:
        where = pointer(at, "description")
        yield Mutation("description", where, "Mutated.", where if "description" in node else at, where)
    yield Mutation("deprecated", pointer(at, "deprecated"), True, at, pointer(at, "deprecated"))
    if "discriminator" in node:
        where = pointer(at, "discriminator")
        yield Mutation("discriminator", where, {"propertyName": "mutated"}, where, where)
    for key in ("oneOf", "anyOf"):
        for index in range(len(node.get(key, ()))):
            where = pointer(at, key, index)
            yield Mutation("type", where, ABSENT, where, pointer(at, key))


def operations() -> Iterator[Mutation]:
    """
    Yield changes to operations and webhooks.
    """
    for operation, at, is_sent in calls():
        section = "paths" if is_sent else "webhooks"
        fact = "operation" if is_sent else "webhook"
        yield Mutation(fact, at, ABSENT, at, f"/{section}")
        yield Mutation("deprecated", pointer(at, "deprecated"), True, at, pointer(at, "deprecated"))
        for key in ("summary", "description"):
            where = pointer(at, key)
            yield Mutation(key, where, "Mutated.", where, where)
        if is_sent and "servers" in operation:
            where = pointer(at, "servers", 0)
            yield Mutation("server", where, {"url": "https://mutated.example.com"}, where, where)
        if "requestBody" in operation and "$ref" not in operation["requestBody"]:
            where = pointer(at, "requestBody")
            yield Mutation("body", where, ABSENT, where, at)
            if "required" in operation["requestBody"]:
                key = pointer(where, "required")
                yield Mutation("required", key, ABSENT, key, where)
        for index, parameter in enumerate(operation.get("parameters", ())):
            node, where = resolved(parameter, pointer(at, "parameters", index))
            yield Mutation("parameter", pointer(at, "parameters", index), ABSENT, where, at)
            if node["in"] == "query":
                key = pointer(where, "required")
                yield Mutation("required", key, not node.get("required"), key if "required" in node else where, key)
        for status, response in operation["responses"].items():
            node, where = resolved(response, pointer(at, "responses", status))
            yield Mutation("response", pointer(at, "responses", status), ABSENT, where, at)
            for name, header in node.get("headers", {}).items():
                _, place = resolved(header, pointer(where, "headers", name))
                yield Mutation("header", pointer(where, "headers", name), ABSENT, place, where)


MUTATORS: list[Callable[[dict[str, Any], str], Iterator[Mutation]]] = [limits, types, fields, notes]


@cache
def mutations() -> dict[str, list[Mutation]]:
    """
    Return all changes that the test may make, by fact, so that each fact is as likely as any other.
    """
    found: dict[str, list[Mutation]] = {}
    for at, node in schemas().items():
        for mutator in MUTATORS:
            for mutation in mutator(node, at):
                found.setdefault(mutation.fact, []).append(mutation)
    for mutation in operations():
        found.setdefault(mutation.fact, []).append(mutation)
    return found


def test_same_document_has_no_differences():
    """A document does not differ from itself."""
    assert [] == compared(OURS, OURS)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(mutations())).flatmap(lambda fact: st.sampled_from(mutations()[fact])))
def test_one_change_is_reported_once_and_exactly_there(mutation):
    """A change of one fact gives one difference, which names that fact and both places."""
    differences = compared(OURS, mutation.apply())

    assert [(mutation.fact, mutation.base, mutation.document)] == [
        (each.fact, each.base, each.document) for each in differences
    ]
