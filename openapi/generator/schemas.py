"""
Brings the schemas of a document into one form: objects are named components, a type that can be null says so as OpenAPI
3.1 does, `allOf` is merged, and a union of objects has a discriminator with a mapping if it can have one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .document import Document
from .naming import class_name, joined
from .problems import Problem
from .reading import Place

PREFIX = "#/components/schemas/"
_NULL = {"type": "null"}
_STRUCTURE = ("$ref", "type", "properties", "items", "allOf", "oneOf", "anyOf", "enum", "const", "additionalProperties")
_BESIDE_REFERENCES = {*_STRUCTURE} - {"$ref", "type"}


class Schemas:
    """
    Normalizes schemas in place, and moves objects that have no name of their own to the components.
    """

    def __init__(self, document: Document, problems: list[Problem]) -> None:
        self._document = document
        self._problems = problems
        self._components: dict[str, Any] = document.data.setdefault("components", {}).setdefault("schemas", {})
        self._done: set[str] = set()

    def normalize_components(self) -> None:
        """
        Normalize every named schema.
        """
        for name in [*self._components]:
            self._component(name)

    def _component(self, name: str) -> Any:
        if name not in self._done:
            self._done.add(name)
            self._components[name] = self.normalized(self._components[name], class_name(name), named=True)
        return self._components[name]

    def normalized(self, schema: Any, name: str, *, named: bool = False) -> Any:
        """
        Return a schema in its normal form.

        Args:
            schema: The schema as the document has it.
            name: The class of the object, should it need one.
            named: Whether it is a component already.
        """
        if not isinstance(schema, Place):
            return {}  # true: any value
        if "x-python-class" in schema:
            return self._read_as(schema)
        self._check(schema)
        content = {key: value for key, value in schema.items() if key != "title"}
        if content.get("format") == "uuid":
            del content["format"]  # A text, as all formats are that the SDK does not decode.
        schema, nullable = _without_null(content, schema)
        if "$ref" in schema and _BESIDE_REFERENCES & schema.keys():
            rest = {key: value for key, value in schema.items() if key != "$ref"}
            parts = [schema.like({"$ref": schema["$ref"]}), *schema.get("allOf", ())]
            schema = schema.like({**rest, "allOf": parts})
        if "allOf" in schema:
            schema = self._merged(schema)
        if "$ref" in schema:
            found = self._referenced(schema)
        elif "oneOf" in schema or "anyOf" in schema:
            return self._union(schema, name, nullable)
        elif schema.get("properties"):
            found = self._object(schema, name, named)
        else:
            # A named enum that can be null is a union of null and an enum of another name.
            is_named_enum = named and nullable and "enum" in schema
            return self._plain(schema, name + "Value" if is_named_enum else name, nullable)
        return _or_null(found) if nullable else found

    def _read_as(self, schema: Place) -> Place:
        name = schema["x-python-class"]
        missing = [wire for wire in schema.get("properties", {}) if wire not in self._fields_of(name)]
        if missing:
            reason = f"The schema {name} has no field {missing[0]}."
            instead = "A schema below `components/schemas` that has all of these fields."
            self._problems.append(schema.problem(reason, instead, "x-python-class"))
        return schema.like({"$ref": f"{PREFIX}{name}"})

    def _fields_of(self, name: str) -> dict[str, Any]:
        return self._document.fields(self._component(name)) if name in self._components else {}

    def _check(self, schema: Place) -> None:
        if "discriminator" in schema and not {"oneOf", "anyOf"} & schema.keys():
            reason = "A discriminator without `oneOf` lists no variants."
            self._problems.append(schema.problem(reason, "`oneOf` with a reference to each variant.", "discriminator"))

    def _referenced(self, schema: Place) -> Place:
        reference = str(schema["$ref"])
        try:
            target = self._document.target(reference)
        except (KeyError, TypeError):
            target = None
        name = reference.removeprefix(PREFIX)
        if target is None or name not in self._components:
            reason = f"The reference {reference} leads to no schema."
            self._problems.append(schema.problem(reason, f"A reference to a component: `{PREFIX}...`.", "$ref"))
            return schema.like({})
        resolved = self._component(name)
        # A component that only refers to another is not a class of its own.
        return schema.like({**schema, "$ref": resolved["$ref"]}) if "$ref" in resolved else schema

    def _object(self, schema: Place, name: str, named: bool) -> Place:
        fields = schema["properties"]
        for wire, field in fields.items():
            fields[wire] = self.normalized(field, joined(name, wire))
        if isinstance(schema.get("additionalProperties"), Place):
            schema["additionalProperties"] = self.normalized(schema["additionalProperties"], name + "Value")
        content = schema.like({**schema, "type": "object"})
        return content if named else self._lifted(content, name)

    def _lifted(self, schema: Place, name: str) -> Place:
        taken = {class_name(key): key for key in self._components}
        if name in taken:
            reason = f"This object would be called {name}, as is the component {taken[name]}."
            self._problems.append(schema.problem(reason, "Move it to `components/schemas` under a name of its own."))
        self._components[name] = schema
        self._done.add(name)
        described = {"description": schema["description"]} if "description" in schema else {}
        return schema.like({"$ref": PREFIX + name, **described})

    def _plain(self, schema: Place, name: str, nullable: bool) -> Place:
        if "items" in schema or schema.get("type") == "array":
            schema["items"] = self.normalized(schema.get("items", True), name + "Item")
        if isinstance(schema.get("additionalProperties"), Place):
            schema["additionalProperties"] = self.normalized(schema["additionalProperties"], name + "Value")
        if "enum" in schema:
            return self._enumerated(schema, name, nullable)
        if nullable and "const" in schema:
            return _or_null(schema)
        if nullable and "type" in schema:
            kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
            schema["type"] = [*kinds, "null"]
        return schema

    def _enumerated(self, schema: Place, name: str, nullable: bool) -> Place:
        values = schema["enum"]
        if len(values) == 1 and isinstance(values[0], bool):
            schema["const"] = schema.pop("enum")[0]
            return _or_null(schema) if nullable else schema
        if len({type(value) for value in values}) != 1 or type(values[0]) not in (str, int):
            reason = "An enum must list only texts or only integers."
            self._problems.append(schema.problem(reason, "`oneOf` with an enum for each type.", "enum"))
        return _or_null(self._lifted(schema, name)) if nullable else schema

    def _union(self, schema: Place, name: str, nullable: bool) -> Place:
        given = [*schema.pop("anyOf", ()), *schema.pop("oneOf", ())]
        schema.pop("type", None)
        tag = schema.get("discriminator", {}).get("propertyName")
        members = list(self._members(given, name, tag))
        nullable = nullable or _NULL in members
        members = [member for index, member in enumerate(members) if member != _NULL and member not in members[:index]]
        if len(members) == 1:
            schema.pop("discriminator", None)
            only = schema.like({**members[0], **schema})
            return self.normalized(only, name) if not nullable else _or_null(only)
        for wire in schema.pop("properties", {}):
            if any(wire not in self._document.fields(member) for member in members):
                reason = f"{wire} beside a union is not a property of each variant."
                self._problems.append(schema.problem(reason, "The property in each variant.", "properties", wire))
        discriminator = self._discriminator(schema, members)
        schema.pop("discriminator", None)
        added = {"discriminator": discriminator} if discriminator else {}
        return schema.like({**schema, **added, "oneOf": [*members, *([dict(_NULL)] if nullable else [])]})

    def _members(self, given: list[Any], name: str, tag: str | None) -> Iterator[Any]:
        for index, member in enumerate(given):
            found = self.normalized(member, joined(name, self._variant_name(member, index, tag)))
            target = self._document.resolve(found)
            if "oneOf" in target:
                yield from target["oneOf"]
            else:
                yield found

    def _variant_name(self, member: Any, index: int, tag: str | None) -> str:
        fields = self._document.fields(member) if isinstance(member, dict) and "$ref" not in member else {}
        tags = _values(fields.get(tag, {})) if tag else [v for field in fields.values() for v in _values(field)]
        return str(tags[0]).lower() if tags else f"variant {index + 1}"

    def _discriminator(self, schema: Place, members: list[Any]) -> dict[str, Any] | None:
        models = [part["$ref"] for part in members if "$ref" in part and self._document.fields(part)]
        if len(models) < 2:
            return None
        given: dict[str, Any] = schema.get("discriminator", {})
        if not given:
            return self._derived(models)
        tag = given["propertyName"]
        listed = {value: PREFIX + target.rpartition("/")[2] for value, target in (given.get("mapping") or {}).items()}
        implied = {
            value: model
            for model in models
            if model not in listed.values()
            for value in _values(self._document.fields({"$ref": model}).get(tag, {})) or [model.rpartition("/")[2]]
        }
        missing = sorted({*listed.values()} - {*models})
        if missing:
            reason = f"The mapping names {missing[0]}, which is not one of the variants."
            self._problems.append(schema.problem(reason, "List it in `oneOf`, or remove it.", "discriminator"))
        return {"propertyName": tag, "mapping": {**listed, **implied}}

    def _derived(self, models: list[str]) -> dict[str, Any] | None:
        """
        Return the first property that has different constants in all variants, as a discriminator.
        """
        fields = [self._document.fields({"$ref": model}) for model in models]
        for tag in fields[0]:
            values = [_values(variant.get(tag, {})) for variant in fields]
            flat = [value for each in values for value in each]
            if all(values) and len(flat) == len(set(flat)):
                pairs = zip(values, models, strict=True)
                return {"propertyName": tag, "mapping": {value: model for each, model in pairs for value in each}}
        return None

    def _merged(self, schema: Place) -> Place:
        """
        Return one schema in the place of `allOf`.
        """
        rest = schema.like({key: value for key, value in schema.items() if key != "allOf"})
        parts = [part for part in schema["allOf"] if isinstance(part, Place)]
        beside = {*_STRUCTURE} & rest.keys() - {"type"}
        if len(parts) == 1 and not beside:
            rest.pop("type", None)
            return (
                self._merged(schema.like({**parts[0], **rest}))
                if "allOf" in parts[0]
                else parts[0].like({**parts[0], **rest})
            )
        merged = schema.like({})
        for part in [*parts, rest]:
            self._merge(merged, self._flat(part))
        return merged

    def _flat(self, part: Place) -> Place:
        if "$ref" in part:
            found = self._referenced(part)
            if "$ref" not in found:
                return found
            name = found["$ref"].removeprefix(PREFIX)
            target = self._component(name)
            self._name_enums(target.get("properties", {}), class_name(name))
            return part.like({**target, **{key: value for key, value in part.items() if key != "$ref"}})
        return self._merged(part) if "allOf" in part else part

    def _name_enums(self, fields: dict[str, Any], name: str) -> None:
        # What is merged into another schema keeps the class that its enums have in this one.
        for wire, field in fields.items():
            if "enum" in field:
                fields[wire] = self._lifted(field, joined(name, wire))

    def _merge(self, merged: Place, part: Place) -> None:
        if {"oneOf", "anyOf"} & part.keys():
            reason = "A union inside `allOf` cannot be merged with the other parts."
            self._problems.append(part.problem(reason, "A union whose variants are each an `allOf`."))
        fields = merged.setdefault("properties", {})
        for wire, field in part.get("properties", {}).items():
            fields[wire] = self._narrowed(fields[wire], field) if wire in fields else field
        required = [*merged.get("required", ()), *part.get("required", ())]
        merged.update(
            {key: value for key, value in part.items() if key not in ("properties", "required", "oneOf", "anyOf")}
        )
        merged["required"] = list(dict.fromkeys(required))

    def _narrowed(self, base: Any, field: Any) -> Any:
        first, second = self._document.resolve(base), self._document.resolve(field)
        kinds = first.get("type"), second.get("type")
        if first != second and None not in kinds and kinds[0] != kinds[1] and set(kinds) != {"number", "integer"}:
            reason = f"`allOf` gives this property two types, {kinds[0]} and {kinds[1]}."
            self._problems.append(field.problem(reason, "The same type in both parts."))
        narrows = field if isinstance(field, Place) else Place({}, "")
        return field if "$ref" in field else narrows.like({**first, **field})


def _without_null(content: dict[str, Any], schema: Place) -> tuple[Place, bool]:
    """
    Return a schema without null among its types and values, and whether it was there.
    """
    kinds = content.get("type")
    nullable = content.pop("nullable", False)
    if isinstance(kinds, list):
        named = [kind for kind in kinds if kind not in (None, "null")]
        nullable = nullable or len(named) < len(kinds)
        content["type"] = named[0] if len(named) == 1 else named
    if "enum" in content and None in content["enum"]:
        nullable = True
        content["enum"] = [value for value in content["enum"] if value is not None]
    return schema.like(content), nullable and kinds != "null"


def _or_null(schema: Place) -> Place:
    described = {"description": schema.pop("description")} if "description" in schema else {}
    return schema.like({"oneOf": [schema, dict(_NULL)], **described})


def _values(field: dict[str, Any]) -> list[str]:
    found = [field["const"]] if "const" in field else field.get("enum", [])
    return [value for value in found if isinstance(value, str)]
