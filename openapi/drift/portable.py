"""
Carries a part of one document over to another: without prose, in the style of OpenAPI 3.1, with what it refers to.
"""

from __future__ import annotations

from typing import Any, Final

import attrs

from .document import SourceDocument, pointer, steps
from .schema import Schema
from .schemas import SchemaComparison

#: Prose is written by hand, and what is left out here has no effect on calls.
_DROPPED: Final = {"title", "example", "examples", "externalDocs", "description", "summary", "xml", "nullable"}
#: Keys whose values are objects by name; the names are not keywords.
_BY_NAME: Final = {"properties", "patternProperties", "responses", "headers", "content", "encoding", "dependentSchemas"}
_DESCRIBED: Final = {"properties", "responses", "headers"}
_VERBATIM: Final = {"default", "enum", "const", "required", "mapping"}


@attrs.define
class Carrier:
    """
    Carries parts of a document over to another one.

    Attributes:
        base: The document to carry to.
        document: The document to carry from.
        components: What the carried parts refer to and the base lacks, by section and name.
    """

    base: SourceDocument
    document: SourceDocument
    components: dict[str, dict[str, Any]] = attrs.field(factory=dict)
    _names: dict[str, str] = attrs.field(factory=dict)

    def carry(self, value: Any, described: bool = False) -> Any:
        """
        Return a part of the document as the base would state it.

        Args:
            value: The part, as the document states it.
            described: Whether the part needs a description; it gets an empty one.
        """
        if isinstance(value, list):
            return [self.carry(each) for each in value]
        if not isinstance(value, dict):
            return value
        if "$ref" in value:
            rest = {key: child for key, child in value.items() if key != "$ref"}
            return {**self._referred(value["$ref"]), **self.carry(rest)}
        carried = {key: self._below(key, child) for key, child in value.items() if not _is_dropped(key)}
        _modernize(carried, value)
        return {"description": "", **carried} if described else carried

    def _below(self, key: str, value: Any) -> Any:
        if key in _VERBATIM:
            return {name: self._named(target) for name, target in value.items()} if key == "mapping" else value
        if key in _BY_NAME and isinstance(value, dict):
            return {name: self.carry(child, key in _DESCRIBED) for name, child in value.items()}
        if key == "parameters" and isinstance(value, list):
            return [self.carry(each, True) for each in value]
        return self.carry(value)

    def _referred(self, reference: str) -> dict[str, Any]:
        path = steps(reference.removeprefix("#"))
        if len(path) == 3 and path[0] == "components":
            return {"$ref": self._named(reference)}
        carried: dict[str, Any] = self.carry(self.document.find(reference, "")[0])
        return carried

    def _named(self, reference: str) -> str:
        path = steps(reference.removeprefix("#"))
        if path[:1] != ["components"]:
            # A mapping may hold the bare name of a schema.
            return self._named(f"#/components/schemas/{reference}")
        if reference not in self._names:
            self._names[reference] = self._name(path[1], path[2], reference)
        return "#" + pointer("", "components", path[1], self._names[reference])

    def _name(self, section: str, name: str, reference: str) -> str:
        """
        Return what to call a component in the base, and carry it over unless the base has the same.
        """
        known = self.base.content.get("components", {}).get(section, {})
        value, at = self.document.find(reference, "")
        if name in known and (section != "schemas" or self._is_same(name, value, at)):
            return name
        taken = {*known, *self.components.get(section, {})}
        free = next(each for each in (name, *(f"{name}{number}" for number in range(2, 99))) if each not in taken)
        self._names[reference] = free
        carried = self.components.setdefault(section, {})
        carried[free] = None  # keeps the name while a recursive component is carried
        carried[free] = self.carry(value, True)
        return free

    def _is_same(self, name: str, value: Any, at: str) -> bool:
        mine = Schema.at(self.base, *self.base.find(f"#/components/schemas/{name}", ""))
        differences = SchemaComparison().compare(mine, Schema.at(self.document, value, at), True)
        return all(each.kind.value == "wording" for each in differences)


def _is_dropped(key: str) -> bool:
    return key in _DROPPED or key.startswith("x-")


def _modernize(carried: dict[str, Any], value: dict[str, Any]) -> None:
    """
    Restate what OpenAPI 3.0 says in its own way.
    """
    kinds = carried.get("type")
    if isinstance(kinds, list):
        carried["type"] = ["null" if kind is None else kind for kind in kinds]
    elif kinds is None and "type" in carried:
        carried["type"] = "null"
    elif isinstance(kinds, str) and value.get("nullable") is True:
        carried["type"] = [kinds, "null"]
    for key, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(carried.get(key), bool):
            exclusive = carried.pop(key)
            if exclusive and limit in carried:
                carried[key] = carried.pop(limit)
