"""
What a document holds in the wrong shape: a list where an object belongs, a type that JSON does not have, a reference
that leads back to itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .keys import KINDS
from .problems import Problem
from .reading import Place

_LISTS = {
    "document": ("servers", "security", "tags"),
    "path": ("servers", "parameters"),
    "operation": ("servers", "security", "parameters"),
    "schema": ("allOf", "oneOf", "anyOf", "enum", "required"),
}
_TEXTS = {
    "operation": ("operationId",),
    "parameter": ("name", "in"),
    "schema": ("pattern", "format"),
}
_NEEDED = {"document": ("info", "paths"), "parameter": ("name", "in")}
_TYPES = ("string", "number", "integer", "boolean", "array", "object", "null")
_LOCATIONS = ("query", "path", "header", "cookie")


def misshapen(document: Place) -> Iterator[Problem]:
    """
    Yield what must be put right before anything else about a document, as it was written, can be checked.
    """
    yield from _walk(document, "document")
    yield from _circles(document)


def _walk(node: Any, name: str) -> Iterator[Problem]:
    kind = KINDS[name]
    yield from _values(node, name)
    for key, child in kind.children.items():
        if key not in node:
            continue
        value = node[key]
        if child == "schema" and isinstance(value, bool):
            if not value and key != "additionalProperties":
                yield node.problem("No value fits the schema `false`.", "A schema, or no such part.", key)
        elif not isinstance(value, Place):
            yield _wrong(node, "an object", key)
        else:
            yield from _walk(value, child)
    for key, child in kind.entries.items():
        if key in node:
            yield from _entries(node, key, child, is_list=key in _LISTS.get(name, ()))


def _entries(node: Place, key: str, child: str, *, is_list: bool) -> Iterator[Problem]:
    entries: Any = node[key]
    if not isinstance(entries, list if is_list else dict):
        yield _wrong(node, "a list" if is_list else "an object", key)
        return
    for step, entry in enumerate(entries) if isinstance(entries, list) else entries.items():
        if child == "schema" and entry is True:
            continue
        if not isinstance(entry, Place):
            yield _wrong(node, "an object", key, step)
        else:
            yield from _walk(entry, child)


def _values(node: Place, name: str) -> Iterator[Problem]:
    if "$ref" in node:
        if not isinstance(node["$ref"], str):
            yield _wrong(node, "a text", "$ref")
    else:
        for key in _NEEDED.get(name, ()):
            if key not in node:
                yield node.problem(f"`{key}` is missing.", f"`{key}`, which OpenAPI requires.")
    for key in _LISTS.get(name, ()):
        if key not in KINDS[name].entries and not isinstance(node.get(key, []), list):
            yield _wrong(node, "a list", key)
    for key in _TEXTS.get(name, ()):
        if not isinstance(node.get(key, ""), str):
            yield _wrong(node, "a text", key)
    if name == "parameter" and isinstance(node.get("in"), str) and node["in"] not in _LOCATIONS:
        yield node.problem(f"A parameter cannot be in {node['in']}.", "`query`, `path` or `header`.", "in")
    if name == "document":
        info = node.get("info", {})
        if not isinstance(info, dict) or ("info" in node and "version" not in info):
            yield node.problem("The document has no version.", "`info: {title: ..., version: ...}`.", "info")
    if name == "schema":
        yield from _schema_values(node)


def _schema_values(node: Place) -> Iterator[Problem]:
    given = node.get("type", "object")
    kinds = given if isinstance(given, list) else [given]
    for kind in [kind for kind in kinds if kind not in _TYPES] if kinds else [given]:
        # An unquoted null is what `type: [string, null]` means.
        if kind is not None or not isinstance(given, list):
            yield node.problem(f"{kind!r} is not a JSON type.", f"One of `{'`, `'.join(_TYPES)}`.", "type")
    if isinstance(node.get("const"), dict | list):
        yield node.problem("A constant is a text, a number or a boolean.", "A schema of its type.", "const")
    discriminator = node.get("discriminator", {"propertyName": ""})
    if not isinstance(discriminator, dict) or not isinstance(discriminator.get("propertyName"), str):
        yield node.problem("The discriminator names no property.", "`propertyName`.", "discriminator")


def _wrong(node: Place, expected: str, *path: object) -> Problem:
    return node.problem(f"This is not {expected}.", f"{expected[0].upper()}{expected[1:]}.", *path)


def _circles(document: Place) -> Iterator[Problem]:
    """
    Yield the components that consist of themselves, through references, `allOf` or unions.
    """
    parts = document.get("components", {})
    for kind, components in parts.items() if isinstance(parts, dict) else ():
        if not isinstance(components, Place):
            continue
        prefix = f"#/components/{kind}/"
        leads = {name: {*_leads(node, prefix)} for name, node in components.items()}
        for name in leads:
            reached: set[str] = set()
            waiting = [*leads[name]]
            while waiting:
                step = waiting.pop()
                if step not in reached:
                    reached.add(step)
                    waiting += leads.get(step, ())
            if name in reached:
                reason = f"{name} consists of itself."
                yield components.problem(reason, "A property or `items` that refers to it.", name)


def _leads(node: Any, prefix: str) -> Iterator[str]:
    if not isinstance(node, Place):
        return
    if str(node.get("$ref", "")).startswith(prefix):
        yield node["$ref"].removeprefix(prefix)
    for key in ("allOf", "oneOf", "anyOf"):
        for part in node.get(key, ()) if isinstance(node.get(key), list) else ():
            yield from _leads(part, prefix)
