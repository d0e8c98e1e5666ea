"""
The arguments of a generated method, and their names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
from openapi_python_client.parser.properties.protocol import PropertyProtocol

from .annotations import Types
from .docstrings import described, quoted
from .document import Document
from .naming import OPTIONS, own_name
from .reading import Place


def arguments(document: Document, operation: dict[str, Any]) -> Iterator[tuple[str, str, str, Place]]:
    """
    Yield location, JSON name, Python name and place of the parameters and body fields of an operation.

    A body field that would have the name of a parameter gets `_body` appended.
    """
    taken: set[str] = set()
    for parameter in operation.get("parameters", ()):
        name = own_name(parameter["name"], {**parameter.get("schema", {}), **parameter}, OPTIONS)
        taken.add(name)
        yield parameter["in"], parameter["name"], name, parameter
    for media in operation.get("requestBody", {}).get("content", {}).values():
        fields = document.fields(media.get("schema", {}))
        if not fields:
            yield "whole", "body", "body", media
        for wire, field in fields.items():
            if field.get("readOnly"):
                continue
            name = own_name(wire, field, OPTIONS)
            yield "body", wire, f"{name}_body" if name in taken else name, field


@attrs.frozen
class Argument:
    """
    One argument of a method: a parameter, a field of the body, or the body.
    """

    wire: str
    name: str
    location: str
    props: tuple[PropertyProtocol, ...]
    required: bool
    schema: dict[str, Any]
    types: Types
    as_text: bool
    limits: dict[str, Any]

    @property
    def annotation(self) -> str:
        """
        Return the type as an argument, without the marker of a left-out one.
        """
        return " | ".join(dict.fromkeys(self.types.annotation(prop, True) for prop in self.props))

    @property
    def declaration(self) -> str:
        """
        Return the argument as it stands in a signature.
        """
        if self.required:
            return f"{self.name}: {self.annotation}"
        # In JSON, None is null; text has no null, so that None is left out like UNSET.
        left_out = " | None" if self.as_text and "None" not in self.annotation.split(" | ") else ""
        return f"{self.name}: {self.annotation}{left_out} | Unset = UNSET"

    @property
    def kind(self) -> str:
        """
        Return the expression of the kind that encodes it.
        """
        return self.types.kind(self.props[0], request=True)

    @property
    def field(self) -> str:
        """
        Return the expression of the field or parameter that it becomes.
        """
        required = self.required and "None" not in self.annotation.split(" | ")
        options = f"{', required=True' if required else ''}{f', limits={self.limits}' if self.limits else ''}"
        return f"Field({quoted(self.wire)}, {self.kind}{options})"

    @property
    def doc(self) -> str:
        """
        Return its description, with the limits that the prose does not mention.
        """
        return described(self.schema)
