"""
The keys that each kind of object in a document may have, so that none is dropped in silence.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

import attrs

from .problems import Problem
from .reading import METHODS, Place

_FOREIGN = ("x-stainless-",)  # written for another generator
_PROSE = ("summary", "description", "externalDocs", "example", "examples")


@attrs.frozen
class ObjectKind:
    """
    One kind of object in a document.

    Attributes:
        keys: What the generator reads, or refuses with a reason of its own.
        ignored: What has no effect on a client; `docs/how-to/generator.md` lists it.
        children: The kinds of the objects below it, by key.
        entries: The kind of the objects below those keys that hold many, by names or in a list.
    """

    keys: frozenset[str]
    ignored: frozenset[str]
    children: dict[str, str]
    entries: dict[str, str]


def _kind(keys: str, ignored: str = "", entries: dict[str, str] | None = None, **children: str) -> ObjectKind:
    entries = entries or {}
    known = {*keys.split(), *children, *entries}
    return ObjectKind(frozenset(known), frozenset([*_PROSE, *ignored.split()]), children, entries)


KINDS = {
    "document": _kind(
        "openapi info servers security tags", "", {"paths": "path", "webhooks": "path"}, components="parts"
    ),
    "parts": _kind(
        "",
        "securitySchemes examples links callbacks",
        {
            **{"schemas": "schema", "parameters": "parameter", "headers": "header"},
            **{"requestBodies": "body", "responses": "response", "pathItems": "path"},
        },
    ),
    "path": _kind("$ref servers", "", {"parameters": "parameter"}, **dict.fromkeys(METHODS, "operation")),
    "operation": _kind(
        "operationId deprecated security servers callbacks x-idempotent x-paced x-pagination x-wait",
        "tags",
        {"parameters": "parameter", "responses": "response"},
        requestBody="body",
    ),
    "parameter": _kind(
        "$ref name in required deprecated explode style content x-idempotent x-python-name", "", schema="schema"
    ),
    "header": _kind("$ref", "required deprecated explode style content schema"),
    "body": _kind("$ref required", "", {"content": "media"}),
    "response": _kind("$ref", "links", {"headers": "header", "content": "media"}),
    "media": _kind("", "", {"encoding": "encoding"}, schema="schema"),
    "encoding": _kind("contentType explode style"),
    "schema": _kind(
        "$ref type required enum const discriminator nullable format default deprecated readOnly writeOnly minimum "
        "maximum exclusiveMinimum exclusiveMaximum minLength maxLength pattern minItems maxItems "
        "x-idempotent x-python-class x-python-name x-replaces-authorization",
        "title multipleOf uniqueItems minProperties maxProperties not "
        "contains minContains maxContains propertyNames dependentRequired unevaluatedProperties contentEncoding "
        "contentMediaType contentSchema xml $comment",
        {"properties": "schema", "allOf": "schema", "oneOf": "schema", "anyOf": "schema"},
        items="schema",
        additionalProperties="schema",
    ),
}
"""
The kinds of objects by name, from the document down.
"""
_INSTEAD = {
    "patternProperties": "`additionalProperties`.",
    "prefixItems": "`items`.",
    **dict.fromkeys(("if", "then", "else", "dependentSchemas"), "`oneOf`."),
    **dict.fromkeys(("$defs", "definitions", "$id", "$anchor"), "A schema below `components/schemas`."),
    **dict.fromkeys(("$dynamicRef", "$dynamicAnchor"), "`$ref`."),
    "allowReserved": "No such key; every reserved character is escaped.",
    "allowEmptyValue": "No such key; an empty text is sent as `name=`.",
}
"""
What to write instead of keys that mean something that cannot be generated.
"""


def unknown_keys(document: Place) -> Iterator[Problem]:
    """
    Yield the keys of a document, as it was written, that the generator neither reads nor knows to have no effect.
    """
    yield from _walk(document, "document")


def _walk(node: Any, name: str) -> Iterator[Problem]:
    if not isinstance(node, Place):
        return
    kind = KINDS[name]
    for key in node.keys() - kind.keys - kind.ignored:
        if not key.startswith(_FOREIGN):
            yield node.problem(f"The generator does not know the key {key}.", _instead(key, kind), key)
    for key, child in kind.children.items():
        yield from _walk(node.get(key), child)
    for key, child in kind.entries.items():
        entries = node.get(key)
        for entry in entries.values() if isinstance(entries, dict) else entries if isinstance(entries, list) else ():
            yield from _walk(entry, child)


def _instead(key: str, kind: ObjectKind) -> str:
    extensions = [known for known in kind.keys if known.startswith("x-")]
    near = difflib.get_close_matches(key, extensions if key.startswith("x-") else kind.keys | kind.ignored, n=1)
    return _INSTEAD.get(key) or (f"`{near[0]}`, or no such key." if near else "No such key.")
