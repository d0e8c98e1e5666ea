"""
Compares the operations and webhooks of two documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from .differences import Difference, DifferenceKind, Effect, merged
from .document import SourceDocument
from .operation import Operation, operations, parameters, security, servers, style
from .schema import Schema
from .schemas import SchemaComparison, normalized


def compared(base: SourceDocument, document: SourceDocument) -> list[Difference]:
    """
    Return the differences between two documents that a client can notice, each once, sorted by what they mean.
    """
    mine, theirs = operations(base), operations(document)
    comparison = OperationComparison(base, document)
    found: list[Difference] = []
    for key in dict.fromkeys([*mine, *theirs]):
        if key in mine and key in theirs:
            found += comparison.compare(mine[key], theirs[key])
            continue
        effect, operation = (Effect.ADDED, theirs[key]) if key in theirs else (Effect.REMOVED, mine[key])
        parent = "/webhooks" if key[0] == "webhook" else "/paths"
        ends = (parent, operation.node.pointer) if key in theirs else (operation.node.pointer, parent)
        fact = "operation" if key[0] == "path" else key[0]
        values = (None, operation.name) if key in theirs else (operation.name, None)
        found.append(Difference(effect.kind(True), operation.name, "", fact, values[0], values[1], *ends))
    return merged(found)


@attrs.define
class OperationComparison:
    """
    Compares pairs of operations of two documents.
    """

    _base: SourceDocument
    _document: SourceDocument
    _schemas: SchemaComparison = attrs.field(factory=SchemaComparison)

    def compare(self, base: Operation, document: Operation) -> Iterator[Difference]:
        """
        Yield what differs between two operations.
        """
        name = base.name
        yield from _wording(name, base.node, document.node, "description", "summary")
        yield from _flag(name, "deprecated", base.node, document.node, Effect.ADDED, Effect.ADDED)
        if base.is_sent:
            yield from _set(name, "server", servers(base), servers(document))
            yield from _set(name, "security", security(base), security(document))
        yield from self._parameters(base, document)
        yield from self._body(base, document)
        yield from self._responses(base, document)

    def _parameters(self, base: Operation, document: Operation) -> Iterator[Difference]:
        mine, theirs = parameters(base), parameters(document)
        for key in dict.fromkeys([*mine, *theirs]):
            ours, other = mine.get(key), theirs.get(key)
            shown = (ours or other or base.node).get("name")
            where = f"{base.name}, {key[0]} parameter {shown}"
            if ours and other:
                yield from self._parameter(where, ours, other, base.is_sent)
            else:
                kind = _kind_of_input(other, base.is_sent)
                yield _member(where, "parameter", (ours, other), (base.node, document.node), kind)

    def _parameter(self, where: str, base: Schema, document: Schema, sent: bool) -> Iterator[Difference]:
        yield from _wording(where, base, document, "description")
        yield from _flag(where, "required", base, document, Effect.NARROWER, Effect.WIDER, sent)
        yield from _flag(where, "deprecated", base, document, Effect.ADDED, Effect.ADDED)
        yield from _flag(where, "allowEmptyValue", base, document, Effect.WIDER, Effect.NARROWER, sent)
        yield from _flag(where, "allowReserved", base, document, Effect.CHANGED, Effect.CHANGED)
        styles = style(base), style(document)
        for key, before, after in zip(("style", "explode"), *styles, strict=True):
            if before != after:
                yield Difference(
                    Effect.CHANGED.kind(sent), where, "", key, before, after, base.where(key), document.where(key)
                )
        yield from self._schema(where, base, document, sent)
        yield from self._contents(where, base, document, sent)

    def _schema(self, where: str, base: Schema, document: Schema, sent: bool) -> Iterator[Difference]:
        for each in self._schemas.compare(base.below("schema"), document.below("schema"), sent):
            yield each.below(where)

    def _body(self, base: Operation, document: Operation) -> Iterator[Difference]:
        mine, theirs = base.node.child("requestBody"), document.node.child("requestBody")
        where = f"{base.name}, body"
        if mine and theirs:
            yield from _wording(where, mine, theirs, "description")
            yield from _flag(where, "required", mine, theirs, Effect.NARROWER, Effect.WIDER, base.is_sent)
            yield from self._contents(where, mine, theirs, base.is_sent)
        elif mine or theirs:
            kind = _kind_of_input(theirs, base.is_sent)
            yield _member(where, "body", (mine, theirs), (base.node, document.node), kind)

    def _responses(self, base: Operation, document: Operation) -> Iterator[Difference]:
        mine, theirs = (_children(each.node, "responses") for each in (base, document))
        sent = not base.is_sent
        for status in dict.fromkeys([*mine, *theirs]):
            where = f"{base.name}, response {status}"
            ours, other = mine.get(status), theirs.get(status)
            if ours and other:
                yield from _wording(where, ours, other, "description")
                yield from self._headers(where, ours, other, sent)
                yield from self._contents(where, ours, other, sent)
                continue
            # Clients meet undocumented errors anyway, and must know what a success holds.
            kind = DifferenceKind.BREAKING if status.startswith("2") else DifferenceKind.ADDITION
            yield _member(where, "response", (ours, other), (base.node, document.node), kind)

    def _headers(self, where: str, base: Schema, document: Schema, sent: bool) -> Iterator[Difference]:
        mine, theirs = (_children(node, "headers", str.lower) for node in (base, document))
        names = {name.lower(): name for node in (document, base) for stated in node.all("headers") for name in stated}
        for name in dict.fromkeys([*mine, *theirs]):
            ours, other = mine.get(name), theirs.get(name)
            at = f"{where}, header {names[name]}"
            if ours and other:
                yield from self._parameter(at, ours, other, sent)
            else:
                kind = DifferenceKind.ADDITION if other else DifferenceKind.BREAKING
                yield _member(at, "header", (ours, other), (base, document), kind)

    def _contents(self, where: str, base: Schema, document: Schema, sent: bool) -> Iterator[Difference]:
        mine, theirs = _children(base, "content"), _children(document, "content")
        for media in dict.fromkeys([*mine, *theirs]):
            ours, other = mine.get(media), theirs.get(media)
            at = where if len({*mine, *theirs}) == 1 else f"{where} {media}"
            if ours and other:
                yield from self._schema(at, ours, other, sent)
                yield from _encodings(at, ours, other)
            else:
                kind = Effect.WIDER.kind(sent) if other else DifferenceKind.BREAKING
                yield _member(f"{where} {media}", "content", (ours, other), (base, document), kind)


def _children(node: Schema, key: str, known_as: Callable[[str], str] = str) -> dict[str, Schema]:
    names = dict.fromkeys(name for each in node.all(key) for name in each or ())
    children = {known_as(name): node.child(key, name) for name in names}
    return {name: child for name, child in children.items() if child is not None}


def _encodings(where: str, base: Schema, document: Schema) -> Iterator[Difference]:
    mine, theirs = _children(base, "encoding"), _children(document, "encoding")
    for name in dict.fromkeys([*mine, *theirs]):
        ours, other = mine.get(name), theirs.get(name)
        for key in ("contentType", "style", "explode", "allowReserved"):
            before, after = (each and each.get(key) for each in (ours, other))
            if before != after:
                ends = [
                    end.where(key) if end else node.where("encoding") for end, node in ((ours, base), (other, document))
                ]
                kind = Effect.CHANGED.kind(True)
                yield Difference(kind, where, name, f"encoding {key}", before, after, ends[0], ends[1])


def _set(where: str, fact: str, base: dict[str, str], document: dict[str, str]) -> Iterator[Difference]:
    ends = [next(iter(each.values())).rpartition("/")[0] for each in (base, document)]
    gone, new = [each for each in base if each not in document], [each for each in document if each not in base]
    if len(base) == len(document) == 1 and gone:
        pointers = (base[gone[0]], document[new[0]])
        yield Difference(Effect.CHANGED.kind(True), where, "", fact, gone[0], new[0], *pointers)
        return
    for value in gone:
        yield Difference(Effect.REMOVED.kind(True), where, "", fact, value, None, base[value], ends[1])
    for value in new:
        yield Difference(Effect.ADDED.kind(True), where, "", fact, None, value, ends[0], document[value])


def _kind_of_input(added: Schema | None, sent: bool) -> DifferenceKind:
    if added is None:
        return DifferenceKind.BREAKING
    return Effect.NARROWER.kind(sent) if added.get("required") else DifferenceKind.ADDITION


def _member(
    where: str,
    fact: str,
    ends: tuple[Schema | None, Schema | None],
    parents: tuple[Schema, Schema],
    kind: DifferenceKind,
) -> Difference:
    """
    Return the difference that only one document has something.
    """
    before, after = (None if end is None else "present" for end in ends)
    pointers = [(end or parent).pointer for end, parent in zip(ends, parents, strict=True)]
    return Difference(kind, where, "", fact, before, after, pointers[0], pointers[1])


def _flag(
    where: str, key: str, base: Schema, document: Schema, on: Effect, off: Effect, sent: bool = True
) -> Iterator[Difference]:
    before, after = base.get(key) is True, document.get(key) is True
    if before != after:
        kind = (on if after else off).kind(sent)
        yield Difference(kind, where, "", key, before, after, base.where(key), document.where(key))


def _wording(where: str, base: Schema, document: Schema, *keys: str) -> Iterator[Difference]:
    for key in keys:
        before, after = normalized(base.get(key)), normalized(document.get(key))
        if before != after:
            ends = (base.where(key), document.where(key))
            yield Difference(Effect.REWORDED.kind(True), where, "", key, before, after, *ends)
