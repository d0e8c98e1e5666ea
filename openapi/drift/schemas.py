"""
Compares two schemas by the values that they allow.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import attrs

from .differences import Difference, Effect
from .document import pointer
from .layers import Layer
from .schema import LIMITS, LOWER, UPPER, Schema, Variant
from .variants import alike, labels, paired

_WORDING: Final = ("description", "title")
_STATED: Final = ("default", "deprecated", "readOnly", "writeOnly", "discriminator")
_TYPE_KEYS: Final = ("oneOf", "anyOf", "type", "enum", "const")
#: Keys that are compared as they are written, since what they mean together is seldom used.
_VERBATIM: Final = (
    "contains",
    "contentSchema",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "minContains",
    "not",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
)


def normalized(text: Any) -> Any:
    """
    Return prose without its line breaks.
    """
    return " ".join(text.split()) if isinstance(text, str) else text


@attrs.define
class SchemaComparison:
    """
    Compares pairs of schemas, each pair once.
    """

    _known: dict[Any, list[Difference]] = attrs.field(factory=dict)
    _open: set[Any] = attrs.field(factory=set)

    def compare(self, base: Schema, document: Schema, sent: bool) -> list[Difference]:
        """
        Return what differs between two schemas and below.

        Args:
            base: Schema of the first document.
            document: Schema of the second document.
            sent: Whether the client sends the values, instead of receiving them.
        """
        key = (base.key, document.key, sent)
        if key in self._open:
            return []
        if key not in self._known:
            self._open.add(key)
            self._known[key] = list(self._schema(base, document, sent))
            self._open.remove(key)
        return self._known[key]

    def _schema(self, base: Schema, document: Schema, sent: bool) -> Iterator[Difference]:
        if base.allows_anything != document.allows_anything:
            types = [", ".join(dict.fromkeys(each.type for each in schema.variants)) for schema in (base, document)]
            effect = Effect.WIDER if document.allows_anything else Effect.NARROWER
            yield _difference(effect, sent, "type", (types[0], types[1]), base, document, *_TYPE_KEYS)
            return
        yield from stated(base, document, sent)
        yield from _nullable(base, document, sent)
        pairs = paired(base.variants, document.variants)
        alone = len(base.variants) < 2 and len(document.variants) < 2
        yield from _types(base, document, pairs, sent)
        for mine, theirs in pairs:
            if mine is None or theirs is None or not alike(mine, theirs):
                continue
            label = "" if alone else f"<{labels(base.variants)[mine.key, mine.type]}>"
            for each in self._variant(mine, theirs, sent):
                yield each.below("", label + ("." if label and each.field[:1] not in ("", "[", "{") else ""))

    def _variant(self, base: Variant, document: Variant, sent: bool) -> Iterator[Difference]:
        if base.own and document.own:
            yield from stated(Schema(base.document, base.own), Schema(document.document, document.own), sent)
        yield from _limits(base, document, sent)
        yield from _choices(base, document, sent)
        for key in _VERBATIM:
            before, after = base.get(key), document.get(key)
            if before != after:
                yield _difference(Effect.CHANGED, sent, key, (before, after), base, document, key)
        if base.type == "array":
            for each in self.compare(base.below("items"), document.below("items"), sent):
                yield each.below("", "[]" + _dot(each))
        if base.type == "object":
            yield from self._fields(base, document, sent)
            yield from self._further(base, document, sent)

    def _fields(self, base: Variant, document: Variant, sent: bool) -> Iterator[Difference]:
        for name in dict.fromkeys(base.properties + document.properties):
            if name in base.properties and name in document.properties:
                yield from _requirement(base, document, name, sent)
                below = (base.below("properties", name), document.below("properties", name))
                for each in self.compare(*below, sent):
                    yield each.below("", name + _dot(each))
            else:
                yield _presence(base, document, name, sent)

    def _further(self, base: Variant, document: Variant, sent: bool) -> Iterator[Difference]:
        """
        Compare what an object may hold beside its declared fields.
        """
        keys = ("additionalProperties", "unevaluatedProperties")
        rules = []
        for schema in (base, document):
            value = next((schema.get(key) for key in keys if schema.get(key) is not None), True)
            rules.append("any" if value in (True, {}) else "none" if value is False else "some")
        if rules[0] != rules[1]:
            order = ("none", "some", "any")
            effect = Effect.WIDER if order.index(rules[1]) > order.index(rules[0]) else Effect.NARROWER
            yield _difference(effect, sent, "further fields", (rules[0], rules[1]), base, document, *keys)
        elif rules[0] == "some":
            below = [schema.below(next(key for key in keys if schema.child(key))) for schema in (base, document)]
            for each in self.compare(below[0], below[1], sent):
                yield each.below("", "{}" + _dot(each))


def _nullable(base: Schema, document: Schema, sent: bool) -> Iterator[Difference]:
    """
    Compare whether null is valid, at the alternative of a union that says so.
    """
    nulls = [each.nullable_alternative for each in (base, document)]
    holder = nulls[0] or nulls[1]
    if holder is None or (nulls[0] and nulls[1]):
        return
    keys = ("nullable", "type", "oneOf", "anyOf")
    other = document if nulls[0] else base
    same = next((each for each in other.alternatives if each.layers[-1].pointer == holder.layers[-1].pointer), other)
    ends_ = (holder, same) if nulls[0] else (same, holder)
    effect = Effect.NARROWER if nulls[0] else Effect.WIDER
    values = (nulls[0] is not None, nulls[1] is not None)
    yield _difference(effect, sent, "nullable", values, *ends_, *keys)


def stated(base: Schema, document: Schema, sent: bool) -> Iterator[Difference]:
    """
    Compare what two schemas say about their values without limiting them.
    """
    for key in _STATED:
        before, after = base.get(key) or None, document.get(key) or None
        if key == "default":
            before, after = base.get(key), document.get(key)
        if key == "discriminator":
            before, after = (each and each.get("propertyName") for each in (before, after))
        # In Python, false equals 0.
        if before == after and isinstance(before, bool) == isinstance(after, bool):
            continue
        effect = Effect.ADDED if before is None else Effect.REMOVED if after is None else Effect.CHANGED
        if key == "deprecated":
            effect = Effect.ADDED
        elif key in ("readOnly", "writeOnly"):
            effect = Effect.NARROWER if (after is True) == (key == "readOnly") else Effect.WIDER
        yield _difference(effect, sent, key, (before, after), base, document, key)
    for key in _WORDING:
        before, after = normalized(base.get(key)), normalized(document.get(key))
        if before != after:
            yield _difference(Effect.REWORDED, sent, key, (before, after), base, document, key)


def ends(base: Variant, document: Variant, name: str) -> tuple[Layer, Layer]:
    """
    Return the objects that declare a field; for a schema without it, the object that would.
    """
    owners = [_owner(schema, name) for schema in (base, document)]
    mine = owners[0] or _counterpart(base, owners[1])
    return mine, owners[1] or _counterpart(document, mine)


def _owner(schema: Schema, name: str) -> Layer | None:
    return next((each for each in schema.layers if each.has("properties") and name in each.value["properties"]), None)


def _counterpart(schema: Schema, layer: Layer | None) -> Layer:
    """
    Return the object of a schema at the place of one of another schema, or with most fields in common with it.
    """
    if layer and (same := schema.at_pointer(layer.pointer)):
        return same
    fields = layer.value["properties"].keys() if layer and layer.has("properties") else set()
    declaring = [each for each in schema.layers if each.has("properties")]
    default = next(each for each in schema.layers if each.pointer == schema.pointer)
    return max(declaring, key=lambda each: len(each.value["properties"].keys() & fields), default=default)


def _presence(base: Variant, document: Variant, name: str, sent: bool) -> Difference:
    """
    Return the difference that only one of two objects has a field.
    """
    values: list[str | None] = []
    at: list[str] = []
    for schema, layer in zip((base, document), ends(base, document, name), strict=True):
        has = name in schema.properties
        values.append(("required" if name in schema.required else "optional") if has else None)
        at.append(pointer(layer.pointer, "properties", name) if has else layer.pointer)
    effect = Effect.REMOVED if values[1] is None else Effect.ADDED
    if values[1] == "required" and sent:
        effect = Effect.NARROWER
    return Difference(effect.kind(sent), "", name, "field", values[0], values[1], at[0], at[1], member=name)


def _requirement(base: Variant, document: Variant, name: str, sent: bool) -> Iterator[Difference]:
    """
    Compare whether a field must be there, at the lists that say so or should.
    """
    needed = [name in schema.required for schema in (base, document)]
    if needed[0] == needed[1]:
        return
    at: list[str] = []
    for schema, declaring in zip((base, document), ends(base, document, name), strict=True):
        lists = [each for each in schema.layers if each.has("required") and name in each.value["required"]]
        layer = lists[0] if lists else declaring
        at.append(pointer(layer.pointer, "required") if layer.has("required") else layer.pointer)
    kind = (Effect.NARROWER if needed[1] else Effect.WIDER).kind(sent)
    yield Difference(kind, "", name, "required", needed[0], needed[1], at[0], at[1], member=name)


def _types(
    base: Schema, document: Schema, pairs: list[tuple[Variant | None, Variant | None]], sent: bool
) -> Iterator[Difference]:
    """
    Compare the alternatives that two schemas allow.
    """
    names = [labels(base.variants), labels(document.variants)]
    for mine, theirs in pairs:
        if mine and theirs:
            if mine.type != theirs.type:
                effect = {"integer": Effect.WIDER, "number": Effect.NARROWER}.get(mine.type, Effect.CHANGED)
                effect = effect if alike(mine, theirs) else Effect.CHANGED
                yield _difference(effect, sent, "type", (mine.type, theirs.type), mine, theirs, *_TYPE_KEYS)
        elif mine:
            at = (_own(mine) or base.where(*_TYPE_KEYS), document.where(*_TYPE_KEYS))
            label = names[0][mine.key, mine.type]
            yield Difference(Effect.NARROWER.kind(sent), "", "", "type", label, None, *at)
        elif theirs:
            at = (base.where(*_TYPE_KEYS), _own(theirs) or document.where(*_TYPE_KEYS))
            label = names[1][theirs.key, theirs.type]
            yield Difference(Effect.WIDER.kind(sent), "", "", "type", None, label, *at)


def _own(variant: Variant) -> str | None:
    return variant.own[0].pointer if variant.own else None


def _limits(base: Variant, document: Variant, sent: bool) -> Iterator[Difference]:
    for key in LIMITS:
        before, after = base.limit(key), document.limit(key)
        if before == after:
            continue
        effect = Effect.NARROWER if before is None else Effect.WIDER if after is None else Effect.CHANGED
        if effect is Effect.CHANGED and key in (*LOWER, *UPPER):
            effect = Effect.NARROWER if (after > before) == (key in LOWER) else Effect.WIDER
        keys = (key, key.removeprefix("exclusive").lower())
        yield _difference(effect, sent, key, (before, after), base, document, *keys)


def _choices(base: Variant, document: Variant, sent: bool) -> Iterator[Difference]:
    before, after = base.choices, document.choices
    at = (_choice(base, document), _choice(document, base))

    def difference(effect: Effect, old: Any, new: Any) -> Difference:
        return Difference(effect.kind(sent), "", "", "enum", old, new, at[0], at[1])

    if before is None or after is None:
        if before != after:
            yield difference(Effect.WIDER if after is None else Effect.NARROWER, before, after)
        return
    gone = [value for value in before if value not in after]
    new = [value for value in after if value not in before]
    if len(before) == len(after) == 1 and gone:
        yield difference(Effect.CHANGED, gone[0], new[0])
        return
    for value in gone:
        yield difference(Effect.NARROWER, value, None)
    for value in new:
        yield difference(Effect.WIDER, None, value)


def _choice(schema: Schema, other: Schema) -> str:
    """
    Return the JSON pointer of the shortest list of values that holds, or of the object that would hold one.
    """
    lists = [(1, pointer(layer.pointer, "const")) for layer in schema.layers if layer.has("const")]
    lists += [
        (len(layer.value["enum"]), pointer(layer.pointer, "enum")) for layer in schema.layers if layer.has("enum")
    ]
    return min(lists, key=lambda each: each[0])[1] if lists else _place(schema, other, "enum", "const")


def _difference(
    effect: Effect, sent: bool, fact: str, values: tuple[Any, Any], base: Schema, document: Schema, *keys: str
) -> Difference:
    at = (_place(base, document, *keys), _place(document, base, *keys))
    return Difference(effect.kind(sent), "", "", fact, values[0], values[1], at[0], at[1])


def _place(schema: Schema, other: Schema, *keys: str) -> str:
    """
    Return the JSON pointer of a key, or of the object that would hold it if the other schema were right.
    """
    stated = other.stated(*keys)
    same = schema.at_pointer(stated[0].pointer) if stated else None
    return same.pointer if same and not schema.stated(*keys) else schema.where(*keys)


def _dot(each: Difference) -> str:
    return "" if each.field[:1] in ("", "[", "{", "<") else "."
