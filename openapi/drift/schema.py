"""
A schema seen apart from how it is written: references, `allOf`, and the styles of OpenAPI 3.0 and 3.1 read the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final

import attrs

from .document import SourceDocument, UnreadableDocumentError, pointer
from .layers import Layer, layers

UNIONS: Final = ("oneOf", "anyOf")
#: Of two limits that hold at once, the larger lower one and the smaller upper one count.
LOWER: Final = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
UPPER: Final = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
NUMERIC: Final = {"integer", "number"}
_MOST_VARIANTS: Final = 200
_NUMBER_FORMATS: Final = {"int32", "int64", "float", "double"}
_OF_TYPE: Final = {
    "minimum": NUMERIC,
    "maximum": NUMERIC,
    "exclusiveMinimum": NUMERIC,
    "exclusiveMaximum": NUMERIC,
    "multipleOf": NUMERIC,
    "minLength": {"string"},
    "maxLength": {"string"},
    "pattern": {"string"},
    "contentEncoding": {"string"},
    "contentMediaType": {"string"},
    "minItems": {"array"},
    "maxItems": {"array"},
    "uniqueItems": {"array"},
    "minProperties": {"object"},
    "maxProperties": {"object"},
}
LIMITS: Final = (*_OF_TYPE, "format")


@attrs.frozen(slots=False)
class Schema:
    """
    What all layers of a schema say together.
    """

    document: SourceDocument
    layers: tuple[Layer, ...]

    @classmethod
    def at(cls, document: SourceDocument, value: Any, at: str) -> Schema:
        """
        Read the schema at a JSON pointer.
        """
        return cls(document, layers(document, value, at))

    @property
    def key(self) -> tuple[str, ...]:
        """
        Return what distinguishes the schema from others of its document.
        """
        return tuple(layer.pointer for layer in self.layers)

    @cached_property
    def pointer(self) -> str:
        """
        Return the JSON pointer of the first object that says what is valid.
        """
        return next((layer.pointer for layer in self.layers if not layer.is_reference), self.layers[-1].pointer)

    def where(self, *keys: str) -> str:
        """
        Return the JSON pointer of the first of some keys that is stated, or of the schema.
        """
        stated = self.stated(*keys)
        return pointer(stated[0].pointer, stated[1]) if stated else self.pointer

    def stated(self, *keys: str) -> tuple[Layer, str] | None:
        """
        Return the first of some keys that is stated, with the object that states it.
        """
        return next(((layer, key) for key in keys for layer in self.layers if layer.has(key)), None)

    def at_pointer(self, place: str) -> Layer | None:
        """
        Return the object of the schema that is at a JSON pointer.
        """
        return next((layer for layer in self.layers if layer.pointer == place), None)

    def all(self, key: str) -> list[Any]:
        """
        Return what each layer states for a key.
        """
        return [layer.value[key] for layer in self.layers if layer.has(key)]

    def get(self, key: str) -> Any:
        """
        Return what holds for a key when all layers do; None if none states it.
        """
        stated = [value for value in self.all(key) if value is not None]
        if len(stated) > 1 and key in (*LOWER, *UPPER) and all(isinstance(value, (int, float)) for value in stated):
            return max(stated) if key in LOWER else min(stated)
        return stated[0] if stated else None

    def child(self, *path: str) -> Schema | None:
        """
        Return the schema below some keys, as all layers state it together; None if none does.
        """
        found: tuple[Layer, ...] = ()
        for layer in self.layers:
            if not layer.has(path[0]):
                continue
            value: Any = layer.value
            for step in path:
                value = value.get(step) if isinstance(value, dict) else None
            if isinstance(value, (dict, bool)):
                found += layers(self.document, value, pointer(layer.pointer, *path))
        return Schema(self.document, found) if found else None

    def below(self, *path: str) -> Schema:
        """
        Return the schema below some keys; one that allows anything if none is stated.
        """
        return self.child(*path) or Schema(self.document, (Layer({}, self.pointer),))

    @cached_property
    def allows_anything(self) -> bool:
        """
        Return whether a value may have any type.
        """
        return any(variant.type == "any" for variant in self.variants)

    @cached_property
    def properties(self) -> list[str]:
        """
        Return the names of all fields, in the order in which they are stated.
        """
        return list(dict.fromkeys([name for fields in self.all("properties") for name in fields] + self.required))

    @cached_property
    def required(self) -> list[str]:
        """
        Return the names of the fields that are always there.
        """
        # OpenAPI 3.0 documents are seen with `required: true` on a field, which means nothing there.
        return [name for names in self.all("required") if isinstance(names, list) for name in names]

    @cached_property
    def variants(self) -> list[Variant]:
        """
        Return the alternatives of the schema, one for each type and member of a union, without null.
        """
        return [
            variant for layers_, own in self._alternatives(self.layers, ()) for variant in self._split(layers_, own)
        ]

    @cached_property
    def alternatives(self) -> list[Schema]:
        """
        Return the members of a union, null included; the schema itself if it is none.
        """
        return [Schema(self.document, found) for found, _ in self._alternatives(self.layers, ())]

    @cached_property
    def nullable_alternative(self) -> Schema | None:
        """
        Return the first alternative for which null is valid; None if it is for none.
        """
        return next((each for each in self.alternatives if each._types[1]), None)

    def _alternatives(
        self, found: tuple[Layer, ...], own: tuple[Layer, ...]
    ) -> Iterator[tuple[tuple[Layer, ...], tuple[Layer, ...]]]:
        """
        Yield all layers of each alternative, and those that are its own.
        """
        union = next((layer for layer in found if any(layer.has(key) for key in UNIONS)), None)
        if union is None:
            yield found, own
            return
        key = next(key for key in UNIONS if union.has(key))
        rest = tuple(attrs.evolve(each, ignored=each.ignored | {key}) if each is union else each for each in found)
        kept = tuple(attrs.evolve(each, ignored=each.ignored | {key}) if each is union else each for each in own)
        parts = union.value[key]
        if len(parts) > _MOST_VARIANTS:
            raise UnreadableDocumentError(f"{self.document.place(union.pointer)} has over {_MOST_VARIANTS} variants")
        for index, part in enumerate(parts):
            added = layers(self.document, part, pointer(union.pointer, key, index))
            yield from self._alternatives(rest + added, kept + added)

    def _split(self, found: tuple[Layer, ...], own: tuple[Layer, ...]) -> Iterator[Variant]:
        schema = Schema(self.document, found)
        types, _ = schema._types
        for kind in types:
            yield Variant(self.document, found, kind, len(types) == 1, own)

    @cached_property
    def _types(self) -> tuple[list[str], bool]:
        """
        Return the types that all layers allow, and whether null is one.
        """
        stated = [kinds if isinstance(kinds, list) else [kinds] for kinds in self.all("type")]
        # Documents of version 3.1 are seen with an unquoted null for the type.
        named = [["null" if kind is None else str(kind) for kind in kinds] for kinds in stated]
        types = list(named[0]) if named else self._inferred
        for other in named[1:]:
            types = [kind for kind in types if kind in other or (kind == "integer" and "number" in other)] or types
        nullable = "null" in types or self.get("nullable") is True
        return [kind for kind in types if kind != "null"], nullable

    @property
    def _inferred(self) -> list[str]:
        values = self.values
        if values is not None:
            kinds = dict.fromkeys(_type_of(value) for value in values)
            return ["number"] if NUMERIC <= kinds.keys() and kinds.keys() <= NUMERIC else list(kinds)
        if any(layer.has(key) for layer in self.layers for key in ("properties", "additionalProperties", "required")):
            return ["object"]
        return ["array"] if any(layer.has("items") for layer in self.layers) else ["any"]

    @cached_property
    def values(self) -> list[Any] | None:
        """
        Return the values that `enum` and `const` allow; None if any is allowed.

        Of lists that share none, the last holds.
        """
        stated = self.all("enum") + [[value] for value in self.all("const")]
        if not stated:
            return None
        return [value for value in stated[0] if all(value in other for other in stated[1:])] or stated[-1]


@attrs.frozen(slots=False)
class Variant(Schema):
    """
    One alternative of a schema, of one type.

    Attributes:
        type: A JSON type, or `any`.
        is_only: Whether the alternative allows no other type.
        own: The layers that it does not share with the other alternatives.
    """

    type: str
    is_only: bool
    own: tuple[Layer, ...]

    def limit(self, key: str) -> Any:
        """
        Return the limit that values of the type must keep, the same for all styles of writing it; None without.
        """
        of_type = _OF_TYPE.get(key)
        if self.type != "any" and of_type is not None and self.type not in of_type:
            return None
        if key == "format" and not self.is_only and (self.get(key) in _NUMBER_FORMATS) != (self.type in NUMERIC):
            return None
        return self._normalized(key)

    def _normalized(self, key: str) -> Any:
        value = self.get(key)
        match key, value:
            case (("minimum" | "maximum"), int() | float()) if self.get(f"exclusive{key.capitalize()}") is True:
                return None
            case (("exclusiveMinimum" | "exclusiveMaximum"), bool()):
                return self.get(key.removeprefix("exclusive").lower()) if value else None
            case "format", None if self.get("contentEncoding") == "base64":
                return "byte"
            case "format", None if self.get("contentMediaType") == "application/octet-stream":
                return "binary"
            case "contentEncoding", "base64":
                return None
            case "contentMediaType", "application/octet-stream":
                return None
            case "uniqueItems", False:
                return None
            case (("minLength" | "minItems" | "minProperties"), 0):
                return None
        return value

    @cached_property
    def choices(self) -> list[Any] | None:
        """
        Return the values of the type that are allowed; None if any is.
        """
        if self.values is None:
            return None
        kinds = NUMERIC if self.type in NUMERIC else {self.type}
        return [value for value in self.values if self.type == "any" or _type_of(value) in kinds]

    @cached_property
    def tags(self) -> dict[str, Any]:
        """
        Return the fields that have only one value, which distinguish objects.
        """
        found: dict[str, Any] = {}
        for name in self.properties if self.type == "object" else ():
            child = self.child("properties", name)
            values = child.values if child else None
            if values is not None and len(values) == 1:
                found[name] = values[0]
        return found


def _type_of(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"
