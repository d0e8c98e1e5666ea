"""
Reads an OpenAPI document, keeps the line of every value, and follows references inside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import attrs
import httpx
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

#: Only these plain scalars are more than text in JSON; a date of YAML, for example, is text.
_SCALARS: Final = {"null", "bool", "int", "float"}


class UnreadableDocumentError(Exception):
    """
    A document that cannot be read or understood, with the place where that is known.
    """


def pointer(parent: str, *steps: str | int) -> str:
    """
    Return the JSON pointer (RFC 6901) of a value below another.
    """
    return parent + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def steps(pointer: str) -> list[str]:
    """
    Return the unescaped steps of a JSON pointer.
    """
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


@attrs.frozen
class SourceDocument:
    """
    An OpenAPI document as JSON values.

    Attributes:
        name: Path or URL that it was read from.
        content: The whole document; keys are strings.
        lines: Line, from 1, of the value at each JSON pointer; empty if the document was not read from text.
    """

    name: str
    content: dict[str, Any]
    lines: dict[str, int] = attrs.field(factory=dict, repr=False)

    @classmethod
    def read(cls, source: str) -> SourceDocument:
        """
        Read a document from a path or an http(s) URL.

        Args:
            source: Path or URL of a YAML or JSON document.

        Raises:
            UnreadableDocumentError: The document cannot be fetched, parsed, or is not OpenAPI 3.0 or 3.1.
        """
        try:
            if source.startswith(("http://", "https://")):
                text = httpx.get(source, follow_redirects=True, timeout=60).raise_for_status().text
            else:
                text = Path(source).read_text(encoding="utf-8")
            root = YAML(typ="safe", pure=True).compose(text)
        except (OSError, UnicodeDecodeError, YAMLError, httpx.HTTPError) as error:
            raise UnreadableDocumentError(f"{source} cannot be read: {error}") from error
        lines: dict[str, int] = {}
        content = _value(root, "", lines) if root is not None else None
        version = content.get("openapi") if isinstance(content, dict) else None
        if not isinstance(content, dict) or not str(version).startswith(("3.0", "3.1")):
            raise UnreadableDocumentError(f"{source} must be an OpenAPI 3.0 or 3.1 document, got version {version!r}")
        return cls(source, content, lines)

    def find(self, reference: str, referrer: str) -> tuple[Any, str]:
        """
        Return the value that a reference leads to, and its JSON pointer.

        Args:
            reference: Value of `$ref`.
            referrer: JSON pointer of the object that holds it.

        Raises:
            UnreadableDocumentError: The reference leads out of the document or nowhere.
        """
        at = self.place(referrer)
        if not reference.startswith("#"):
            raise UnreadableDocumentError(f"{at} refers to {reference}; bundle the document into one file first")
        found: Any = self.content
        try:
            for step in steps(httpx.URL(reference).fragment):
                found = found[int(step)] if isinstance(found, list) else found[step]
        except (KeyError, IndexError, ValueError, TypeError) as error:
            raise UnreadableDocumentError(f"{at} refers to {reference}, which does not exist") from error
        return found, reference.removeprefix("#")

    def line(self, pointer: str) -> int | None:
        """
        Return the line, from 1, of the value at a JSON pointer or of the nearest value above it; None if unknown.
        """
        while pointer and pointer not in self.lines:
            pointer = pointer.rpartition("/")[0]
        return self.lines.get(pointer)

    def place(self, pointer: str) -> str:
        """
        Return where a value is, as `name:line#pointer`.
        """
        line = self.line(pointer)
        return f"{self.name}{f':{line}' if line else ''}#{pointer}"


def _value(node: Node, at: str, lines: dict[str, int], line: int | None = None) -> Any:
    lines[at] = line or node.start_mark.line + 1
    if isinstance(node, MappingNode):
        return {
            key.value: _value(child, pointer(at, key.value), lines, key.start_mark.line + 1)
            for key, child in node.value
        }
    if isinstance(node, SequenceNode):
        return [_value(child, pointer(at, index), lines) for index, child in enumerate(node.value)]
    return _scalar(node)


def _scalar(node: Node) -> Any:
    kind = str(node.tag).rpartition(":")[2]
    if kind not in _SCALARS:
        return node.value
    return _CONSTRUCTOR.construct_object(node)


_CONSTRUCTOR: Final = YAML(typ="safe", pure=True).constructor


def walk(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """
    Yield every value of a document with its JSON pointer, parents first.
    """
    yield at, value
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from walk(child, pointer(at, key))
