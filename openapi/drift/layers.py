"""
The objects of a document that together make up one schema, parameter, header, body or response.
"""

from __future__ import annotations

from typing import Any, Final

import attrs

from .document import SourceDocument, UnreadableDocumentError, pointer

#: Keys that say nothing about which values are valid, so that a schema with only these is its reference.
ANNOTATIONS: Final = {"$ref", "title", "description", "summary", "example", "examples", "externalDocs"}


@attrs.frozen
class Layer:
    """
    One object of a document that has its say about a schema.

    Attributes:
        value: The object, as written.
        pointer: Its JSON pointer.
        ignored: Keys that were read elsewhere.
    """

    value: dict[str, Any]
    pointer: str
    ignored: frozenset[str] = frozenset()

    def has(self, key: str) -> bool:
        """
        Return whether the object states a key.
        """
        return key in self.value and key not in self.ignored

    @property
    def is_reference(self) -> bool:
        """
        Return whether the object only leads to another one.
        """
        return self.value.keys() <= ANNOTATIONS or (
            self.value.keys() <= ANNOTATIONS | {"allOf"} and len(self.value["allOf"]) == 1
        )


def layers(document: SourceDocument, value: Any, at: str, seen: frozenset[str] = frozenset()) -> tuple[Layer, ...]:
    """
    Return an object, what it refers to, and the parts of its `allOf`, in the order in which they count.

    Raises:
        UnreadableDocumentError: A reference cannot be followed, or leads back to itself.
    """
    if isinstance(value, bool):
        value = {} if value else {"not": {}}
    if not isinstance(value, dict):
        raise UnreadableDocumentError(f"{document.place(at)} must be an object, got {value!r}")
    if at in seen:
        raise UnreadableDocumentError(f"{document.place(at)} refers to itself")
    seen |= {at}
    found: tuple[Layer, ...] = (Layer(value, at),)
    if "$ref" in value:
        found += layers(document, *document.find(value["$ref"], at), seen)
    for index, part in enumerate(value.get("allOf") or ()):
        found += layers(document, part, pointer(at, "allOf", index), seen)
    return found
