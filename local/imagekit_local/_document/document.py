"""
The operations of an OpenAPI document, and the lookup of the one that a request is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

import attrs

from imagekit_local._predicates import is_array, is_object

# Those of a path item, in OpenAPI 3.2 as well.
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_PARAMETER = re.compile(r"\{[^{}/]*\}")
_MAX_REFERENCES = 100


@attrs.frozen(eq=False)
class Operation:
    """
    An operation of the document.

    Attributes:
        name: Its `operationId`, or method and path without one.
        method: HTTP method in upper case.
        path: Path template, with the base path of its server.
        node: The operation object.
    """

    name: str
    method: str
    path: str
    node: Mapping[str, Any]
    _pattern: re.Pattern[str] = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        literals = map(re.escape, _PARAMETER.split(self.path))
        object.__setattr__(self, "_pattern", re.compile("[^/]+".join(literals)))

    def matches(self, path: str) -> bool:
        """
        Return whether a path fits the template.
        """
        return self._pattern.fullmatch(path) is not None


@attrs.frozen(eq=False)
class Document:
    """
    A parsed OpenAPI document.

    Attributes:
        content: The whole document.
        operations: Its operations, in its order.
        names: Names of the operations.
    """

    content: Mapping[str, Any] = attrs.field(repr=False)
    operations: tuple[Operation, ...] = attrs.field(repr=False)
    names: frozenset[str] = attrs.field(repr=False)
    _by_method: Mapping[str, list[Operation]] = attrs.field(repr=False)

    @classmethod
    def from_content(cls, content: Any) -> Document:
        """
        Find the operations of a document.

        Args:
            content: The document, as JSON would be parsed.

        Raises:
            ValueError: It is not an OpenAPI 3 document.
        """
        if not is_object(content) or not str(content.get("openapi")).startswith("3."):
            raise ValueError("the key openapi with a version 3.x is missing")
        if not is_object(content.get("paths")):
            raise ValueError("the key paths is missing")
        operations = tuple(_operations(content))
        by_method: dict[str, list[Operation]] = {}
        for operation in sorted(operations, key=lambda operation: rank(operation.path)):
            by_method.setdefault(operation.method, []).append(operation)
        return cls(content, operations, frozenset(operation.name for operation in operations), by_method)

    def operation_name(self, method: str, path: str) -> str | None:
        """
        Return the name of the operation that a request is for, or None.

        Args:
            method: Method of the request; HEAD counts as GET unless the document has it.
            path: Path of its URL, decoded.
        """
        methods = ("HEAD", "GET") if method == "HEAD" else (method,)
        candidates = (operation for each in methods for operation in self._by_method.get(each, ()))
        return next((operation.name for operation in candidates if operation.matches(path)), None)


def resolve(content: Mapping[str, Any], node: Any) -> Any:
    """
    Follow the references of a node within its document.

    Keys beside a `$ref` take the place of those that it refers to.

    Raises:
        ValueError: A reference leads out of the document, nowhere or in a circle.
    """
    for _ in range(_MAX_REFERENCES):
        if not is_object(node) or "$ref" not in node:
            return node
        siblings = {name: value for name, value in node.items() if name != "$ref"}
        target = _at(content, node["$ref"])
        node = {**target, **siblings} if is_object(target) else target
    raise ValueError("a $ref refers to itself")


def shape(path: str) -> str:
    """
    Return a path template without the names of its parameters.
    """
    return _PARAMETER.sub("{}", path)


def rank(path: str) -> list[int]:
    """
    Return what to sort path templates by, so that the more literal part comes first in the same place.
    """
    return [0 if "{" not in part else 2 if _PARAMETER.fullmatch(part) else 1 for part in path.split("/")]


def base_path(*nodes: Mapping[str, Any]) -> str:
    """
    Return the path of the first server that one of the nodes names, innermost first, without a trailing slash.
    """
    default: dict[str, Any] = {"url": "/"}
    server: dict[str, Any] = next((node["servers"][0] for node in nodes if node.get("servers")), default)
    variables: dict[str, Any] = server.get("variables", {})
    url = _PARAMETER.sub(lambda match: str(variables.get(match[0][1:-1], {}).get("default", "")), server["url"])
    return urlsplit(url).path.rstrip("/")


def _operations(content: dict[str, Any]) -> Iterator[Operation]:
    for path, reference in content["paths"].items():
        if not path.startswith("/"):
            raise ValueError(f"the path {path!r} does not start with a slash")
        item = resolve(content, reference)
        for method in item:
            if method in METHODS:
                node = resolve(content, item[method])
                full = base_path(node, item, content) + path.partition("?")[0]
                yield Operation(str(node.get("operationId", f"{method.upper()} {path}")), method.upper(), full, node)


def _at(content: Mapping[str, Any], reference: object) -> Any:
    pointer = str(reference)
    if not pointer.startswith("#/"):
        raise ValueError(f"the $ref {pointer!r} leads out of the document, which is not supported")
    node: Any = content
    try:
        for step in unquote(pointer).split("/")[1:]:
            key = step.replace("~1", "/").replace("~0", "~")
            node = node[int(key)] if is_array(node) else node[key]
    except (IndexError, KeyError, TypeError, ValueError):
        raise ValueError(f"the $ref {pointer!r} leads nowhere") from None
    return node
