"""
The OpenAPI document as plain data, for what the parser of openapi-python-client leaves out: servers, discriminators,
limits, the encoding of form fields, the dots of tags and operation ids.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from .naming import class_name


@attrs.frozen
class Document:
    """
    The OpenAPI document as plain data, for what the generator's parser leaves out.
    """

    data: dict[str, Any]

    def resolve(self, node: Any) -> Any:
        """
        Follow `$ref`; keys beside it (OpenAPI 3.1) win.
        """
        while isinstance(node, dict) and "$ref" in node:
            target: Any = self.data
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
        return node

    def fields(self, schema: Any) -> dict[str, dict[str, Any]]:
        """
        Return the resolved properties of an object schema by JSON name; those of all alternatives for a union.
        """
        schema = self.resolve(schema)
        found: dict[str, dict[str, Any]] = {}
        for part in [*schema.get("allOf", ()), *schema.get("oneOf", ()), *schema.get("anyOf", ())]:
            found |= self.fields(part)
        return found | {name: self.resolve(field) for name, field in schema.get("properties", {}).items()}

    def schema(self, name: str) -> dict[str, Any]:
        """
        Return the component schema that a class was made from.
        """
        schemas = self.data["components"]["schemas"]
        return next(schema for key, schema in schemas.items() if class_name(key) == name)

    def discriminators(self) -> dict[frozenset[str], tuple[str, dict[str, str]]]:
        """
        Return tag and variants (value to class) of every union, keyed by the classes it joins.
        """
        found: dict[frozenset[str], tuple[str, dict[str, str]]] = {}
        for node in walk(self.data):
            if "discriminator" in node and "oneOf" in node:
                classes = frozenset(class_name(part["$ref"]) for part in node["oneOf"])
                found[classes] = self.union(node)
        return found

    def union(self, schema: dict[str, Any]) -> tuple[str, dict[str, str]]:
        """
        Return tag and variants (value to class) of a union with a discriminator.
        """
        discriminator = schema["discriminator"]
        return discriminator["propertyName"], {
            value: class_name(reference) for value, reference in discriminator["mapping"].items()
        }


def walk(node: Any) -> Iterator[dict[str, Any]]:
    """
    Yield every object of a JSON document.
    """
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from walk(child)
