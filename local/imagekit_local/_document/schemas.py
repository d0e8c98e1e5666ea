"""
Make an example value from a JSON schema, the same one every time.

The examples and defaults that the schema holds come first. Patterns, `not` and `if` are not looked at.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from imagekit_local._document.document import resolve
from imagekit_local._predicates import is_array, is_object

_FORMATS = {
    "date-time": "2030-01-02T03:04:05.000Z",
    "date": "2030-01-02",
    "time": "03:04:05Z",
    "duration": "P1D",
    "email": "name@example.com",
    "idn-email": "name@example.com",
    "hostname": "example.com",
    "idn-hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.com/example",
    "iri": "https://example.com/example",
    "uri-reference": "/example",
    "iri-reference": "/example",
    "uri-template": "https://example.com/{example}",
    "uuid": "3f7a4c52-9d0e-4a64-8a1f-2c3d45b1c7d0",
    "json-pointer": "/example",
    "relative-json-pointer": "0",
    "regex": ".*",
    "byte": "ZXhhbXBsZQ==",
}
_TYPE_OF_KEY = {
    "properties": "object",
    "additionalProperties": "object",
    "items": "array",
    "prefixItems": "array",
    "format": "string",
    "pattern": "string",
    "minLength": "string",
    "maxLength": "string",
    "minimum": "number",
    "maximum": "number",
}


class _EndlessError(Exception):
    """
    A schema that needs itself.
    """


def schema_example(content: Mapping[str, Any], schema: Any) -> Any:
    """
    Return a value that a schema allows.

    Args:
        content: The document that references lead into.
        schema: The schema.

    Raises:
        ValueError: A reference leads nowhere, or the schema allows no finite value.
    """
    try:
        return _Synthesis(content).value(schema, frozenset())
    except _EndlessError as error:
        raise ValueError(f"the schema {error} requires itself, so that it has no example") from None


class _Synthesis:
    """
    Makes the values of one example. `open` names the references on the way to the schema at hand.
    """

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._content = content

    def value(self, schema: Any, open: frozenset[str]) -> Any:
        if not is_object(schema):
            return {}
        node = schema
        if "$ref" in node:
            reference = str(node["$ref"])
            if reference in open:
                raise _EndlessError(reference)
            open |= {reference}
            node = resolve(self._content, node)
        known = _known(node)
        value = self._made(node, open) if known is None else known[0]
        if is_object(value):
            # Those that another part of the schema describes are there by now.
            missing = [name for name in node.get("required", ()) if name not in value]
            value = {**value, **{name: self.value(node.get("additionalProperties"), open) for name in missing}}
        return value

    def _made(self, node: dict[str, Any], open: frozenset[str]) -> Any:
        own = {name: value for name, value in node.items() if name not in ("allOf", "anyOf", "oneOf")}
        parts = [self.value(part, open) for part in node.get("allOf", ())]
        parts += [self._branch(node[name], open) for name in ("oneOf", "anyOf") if node.get(name)]
        return _combined([*parts, self._typed(own, open)])

    def _branch(self, branches: list[Any], open: frozenset[str]) -> Any:
        *others, last = sorted(branches, key=lambda branch: is_object(branch) and _type(branch) == "null")
        for branch in others:
            try:
                return self.value(branch, open)
            except _EndlessError:
                continue
        return self.value(last, open)

    def _typed(self, node: dict[str, Any], open: frozenset[str]) -> Any:
        match _type(node):
            case "object":
                return self._object(node, open)
            case "array":
                return self._array(node, open)
            case "string":
                return _string(node)
            case "integer" | "number" as kind:
                return _number(node, is_integer=kind == "integer")
            case "boolean":
                return True
            case "null":
                return None
            case _:
                return {}

    def _object(self, node: dict[str, Any], open: frozenset[str]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name, schema in node.get("properties", {}).items():
            if is_object(schema) and resolve(self._content, schema).get("writeOnly"):
                continue
            try:
                made[name] = self.value(schema, open)
            except _EndlessError:
                if name in node.get("required", ()):
                    raise
        return made

    def _array(self, node: dict[str, Any], open: frozenset[str]) -> list[Any]:
        made = [self.value(schema, open) for schema in node.get("prefixItems", ())]
        least = node.get("minItems", 0)
        wanted = min(max(1, least), node.get("maxItems", math.inf))
        if "items" in node and len(made) < wanted:
            try:
                made += [self.value(node["items"], open)] * (wanted - len(made))
            except _EndlessError:
                if len(made) < least:
                    raise
        return made


def _known(node: dict[str, Any]) -> tuple[Any] | None:
    """
    Return the value that a schema names, in a tuple because it may be null.
    """
    for name in ("example", "const", "default"):
        if name in node:
            return (node[name],)
    for name in ("examples", "enum"):
        if node.get(name):
            return (node[name][0],)
    return None


def _type(node: dict[str, Any]) -> str | None:
    if "type" not in node:
        return next((_TYPE_OF_KEY[name] for name in node if name in _TYPE_OF_KEY), None)
    types: list[Any] = node["type"] if is_array(node["type"]) else [node["type"]]
    # YAML reads an unquoted `null` as the value, not as the name of the type.
    return next((str(name) for name in types if name not in (None, "null")), "null")


def _combined(values: list[Any]) -> Any:
    """
    Return the union of objects, or else the first value that is not an object.
    """
    scalars = [value for value in values if not isinstance(value, dict)]
    if scalars:
        return scalars[0]
    return {name: value for part in values for name, value in part.items()}


def _string(node: dict[str, Any]) -> str:
    text = _FORMATS.get(node.get("format", ""), "string")
    return text.ljust(node.get("minLength", 0), "g")[: node.get("maxLength")]


def _number(node: dict[str, Any], *, is_integer: bool) -> float:
    unit = node.get("multipleOf", 1)
    low, high = node.get("minimum", -math.inf), node.get("maximum", math.inf)
    above, below = node.get("exclusiveMinimum", -math.inf), node.get("exclusiveMaximum", math.inf)
    if isinstance(above, bool) or isinstance(below, bool):
        # OpenAPI 3.0 has flags where JSON schema has numbers.
        above, below = (low if above is True else -math.inf), (high if below is True else math.inf)
    bounds = [bound for bound in (low, above, high, below) if math.isfinite(bound)]
    candidates = [0, *((bound // unit + step) * unit for bound in bounds for step in (0, 1, -1))]
    if not is_integer and "multipleOf" not in node:
        candidates += [*bounds, sum(bounds) / max(len(bounds), 1)]
    found = next((number for number in candidates if low <= number <= high and above < number < below), 0)
    return int(found) if is_integer else found
