"""
The OpenAPI document as plain data, for what the parser of openapi-python-client leaves out: servers, discriminators,
limits, the encoding of form fields, the dots of tags and operation ids.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from .naming import class_name, model_names
from .reading import Place


@attrs.frozen
class Document:
    """
    The OpenAPI document as plain data, for what the generator's parser leaves out.

    Attributes:
        data: The document.
        fingerprint: What it was before it was normalized, in one line.
    """

    data: Place
    fingerprint: str

    def resolve(self, node: Any) -> Any:
        """
        Follow `$ref`; keys beside it (OpenAPI 3.1) win.
        """
        while isinstance(node, dict) and "$ref" in node:
            target = self.target(node["$ref"])
            merged = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
            node = node.like(merged) if isinstance(node, Place) else merged
        return node

    def target(self, reference: str) -> Any:
        """
        Return what a local reference points at.

        Raises:
            KeyError: There is nothing.
        """
        target: Any = self.data
        for part in reference.removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        return target

    def fields(self, schema: Any) -> dict[str, Any]:
        """
        Return the resolved properties of an object schema by JSON name; those of all alternatives for a union.
        """
        schema = self.resolve(schema)
        found: dict[str, Any] = {}
        for part in [*schema.get("allOf", ()), *schema.get("oneOf", ()), *schema.get("anyOf", ())]:
            found |= self.fields(part)
        return found | {name: self.resolve(field) for name, field in schema.get("properties", {}).items()}

    def schema(self, name: str) -> dict[str, Any]:
        """
        Return the component schema that a class was made from.
        """
        schemas = self.data["components"]["schemas"]
        return next(schema for key, schema in schemas.items() if class_name(key) == name)

    def names(self, model: str) -> dict[str, str]:
        """
        Return the Python names of a class's fields by their JSON names.
        """
        return model_names(self.fields(self.schema(model)))

    def discriminators(self) -> dict[frozenset[str], tuple[str, dict[str, str]]]:
        """
        Return tag and variants (value to class) of every union, keyed by the classes it joins.
        """
        found: dict[frozenset[str], tuple[str, dict[str, str]]] = {}
        for node in walk(self.data):
            if "discriminator" in node and "oneOf" in node:
                tag, mapping = self.union(node)
                found[frozenset(mapping.values())] = tag, mapping
        return found

    def event(self) -> tuple[str, dict[str, str]]:
        """
        Return tag and variants of the union of webhook events.
        """
        schema = self.schema("WebhookEvent")
        return self.union(schema) if "discriminator" in schema else ("type", {})

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
