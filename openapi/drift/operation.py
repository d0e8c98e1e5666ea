"""
The operations and webhooks of a document, with what they take from their path and from the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import attrs

from .document import SourceDocument, pointer
from .schema import Schema

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
#: OpenAPI says to ignore parameters of these names.
_NOT_PARAMETERS: Final = {"accept", "authorization", "content-type"}


@attrs.frozen
class Operation:
    """
    One operation, callback or webhook of a document.

    Attributes:
        name: What to call it in a report.
        node: The operation.
        item: The path item around it.
        is_sent: Whether the client sends the request, instead of receiving it.
    """

    name: str
    node: Schema
    item: Schema
    is_sent: bool


def template(path: str) -> str:
    """
    Return a path without the names of its parameters.
    """
    return re.sub(r"\{[^}]*\}", "{}", path)


def operations(document: SourceDocument) -> dict[tuple[str, ...], Operation]:
    """
    Return all operations, callbacks and webhooks, by what is the same for them in another document.
    """
    found: dict[tuple[str, ...], Operation] = {}
    for path, item in _items(document, document.content.get("paths"), "/paths"):
        for method, node in _methods(item):
            name = f"{method.upper()} {path}"
            found["path", method, template(path)] = Operation(name, node, item, True)
            for callback, value in (node.get("callbacks") or {}).items():
                at = pointer(node.where("callbacks"), callback)
                for expression, called in _items(document, value, at):
                    for verb, inner in _methods(called):
                        key = ("callback", method, template(path), callback, verb, expression)
                        found[key] = Operation(f"{name}, callback {callback}", inner, called, False)
    for event, item in _items(document, document.content.get("webhooks"), "/webhooks"):
        for method, node in _methods(item):
            found["webhook", method, event] = Operation(f"webhook {event}", node, item, False)
    return found


def _items(document: SourceDocument, items: Any, at: str) -> Iterator[tuple[str, Schema]]:
    for name, item in (items or {}).items():
        if not name.startswith("x-"):
            yield name, Schema.at(document, item, pointer(at, name))


def _methods(item: Schema) -> Iterator[tuple[str, Schema]]:
    for method in METHODS:
        node = item.child(method)
        if node is not None:
            yield method, node


def parameters(operation: Operation) -> dict[tuple[str, str], Schema]:
    """
    Return the parameters of an operation and its path by location and name; by position for those in the path.
    """
    found: dict[tuple[str, str], Schema] = {}
    names = re.findall(r"\{([^}]*)\}", operation.name)
    positions = {name: str(index) for index, name in enumerate(names)}
    for node in (operation.item, operation.node):
        at = node.where("parameters")
        for index, value in enumerate(node.get("parameters") or ()):
            parameter = Schema.at(node.document, value, pointer(at, index))
            location, name = str(parameter.get("in")), str(parameter.get("name"))
            if location == "header":
                name = name.lower()
                if name in _NOT_PARAMETERS:
                    continue
            found[location, positions.get(name, name) if location == "path" else name] = parameter
    return found


def style(parameter: Schema) -> tuple[str | None, bool | None]:
    """
    Return how a list or object is written; nothing for a plain value, which is always written the same.
    """
    schema = parameter.child("schema")
    if schema is None or not any(each.type in ("array", "object", "any") for each in schema.variants):
        return None, None
    style = parameter.get("style") or ("form" if parameter.get("in") in ("query", "cookie") else "simple")
    explode = parameter.get("explode")
    return style, style == "form" if explode is None else explode


def servers(operation: Operation) -> dict[str, str]:
    """
    Return the JSON pointers of the servers of an operation by URL, with variables at their defaults.
    """
    document = operation.node.document
    nodes = (operation.node, operation.item, Schema.at(document, document.content, ""))
    owner = next((node for node in nodes if node.get("servers")), None)
    found: dict[str, str] = {}
    for index, server in enumerate(owner.get("servers") if owner else ()):
        url = server["url"]
        for name, variable in (server.get("variables") or {}).items():
            url = url.replace(f"{{{name}}}", str(variable.get("default")))
        found[url.rstrip("/")] = pointer(owner.where("servers") if owner else "", index)
    return found or {"": ""}


def security(operation: Operation) -> dict[str, str]:
    """
    Return the JSON pointers of the ways to authenticate, by what is sent whatever the scheme is called.
    """
    document = operation.node.document
    root = Schema.at(document, document.content, "")
    owner = operation.node if operation.node.get("security") is not None else root
    schemes = document.content.get("components", {}).get("securitySchemes", {})
    found: dict[str, str] = {}
    for index, alternative in enumerate(owner.get("security") or ()):
        parts = []
        for name, scopes in alternative.items():
            scheme = schemes.get(name, {"type": name})
            known = [str(scheme[key]) for key in ("type", "scheme", "in", "name") if key in scheme]
            parts.append(" ".join([*known, *scopes]))
        found[" and ".join(sorted(parts)) or "none"] = pointer(owner.where("security"), index)
    return found or {"none": owner.where("security")}
