"""
Operations, their arguments and their place in the resource tree, as the templates see them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import attrs
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.parser.responses import Response

from imagekit_async.errors import status_error

from .annotations import Types
from .arguments import Argument, arguments
from .document import Document
from .limits import limits
from .naming import python_name, resource_class
from .refusals import is_paced

_RAW = {"None": "None", "response.text": "TEXT", "response.content": "BYTES"}
IDEMPOTENT_METHODS = ("get", "head", "options", "put", "delete")  # RFC 9110, section 9.2.2


@attrs.frozen
class Method:
    """
    One operation as the templates see it.
    """

    endpoint: Endpoint
    operation: dict[str, Any]
    path: str
    document: Document
    types: Types

    @property
    def id(self) -> str:
        """
        Return the dotted operation id, e.g. `files.versions.list`.
        """
        return str(self.operation["operationId"])

    @property
    def resource(self) -> str:
        """
        Return the dotted resource, e.g. `files.versions`.
        """
        return self.id.rpartition(".")[0]

    @property
    def method_name(self) -> str:
        """
        Return the name of the method, e.g. `list`.
        """
        return python_name(self.id.rpartition(".")[2])

    @property
    def path_template(self) -> str:
        """
        Return the path with the Python names of its parameters.
        """
        return re.sub(r"{(.*?)}", lambda match: f"{{{self._names['path', match[1]]}}}", self.path)

    @cached_property
    def _names(self) -> dict[tuple[str, str], str]:
        """
        Return the Python names of the arguments by location and JSON name.
        """
        return {(where, wire): name for where, wire, name, _ in arguments(self.document, self.operation)}

    @property
    def server(self) -> str:
        """
        Return the base URL of the server that serves it.
        """
        return str((self.operation.get("servers") or self.document.data["servers"])[0]["url"])

    @property
    def paced(self) -> bool:
        """
        Return whether the account's rate limits apply to it.
        """
        return is_paced(self.operation)

    @property
    def idempotent(self) -> bool:
        """
        Return whether repeating it does no harm: by its method, or by `x-idempotent`.
        """
        return bool(self.operation.get("x-idempotent", self.endpoint.method in IDEMPOTENT_METHODS))

    @property
    def harmful_fields(self) -> tuple[str, ...]:
        """
        Return the names of the arguments that make it harmful to repeat (`x-idempotent: false` on a field).
        """
        return tuple(argument.wire for argument in self.arguments if argument.schema.get("x-idempotent") is False)

    @cached_property
    def arguments(self) -> list[Argument]:
        """
        Return the arguments: the last path parameter, then the required ones, then the others.
        """
        found = [*self._parameters("path", self.endpoint.path_parameters), *self._body_fields()]
        found += self._parameters("query", self.endpoint.query_parameters)
        found += self._parameters("header", self.endpoint.header_parameters)
        last = [argument for argument in found if argument.location == "path"][-1:]
        rest = [argument for argument in found if argument not in last]
        return last + sorted(rest, key=lambda argument: not argument.required)

    def located(self, location: str) -> list[Argument]:
        """
        Return the arguments that go to `path`, `query`, `header`, `body`, `whole` (the body itself) or `file`.
        """
        return [argument for argument in self.arguments if argument.location == location]

    @property
    def summary(self) -> str:
        """
        Return what it does in one sentence, from its name if the document does not say.
        """
        return str(self.operation.get("summary") or f"Call `{self.operation['operationId']}`").rstrip(".")

    @property
    def deprecation(self) -> str | None:
        """
        Return the warning for callers of a deprecated operation; None for any other.
        """
        return f"{self.id} is deprecated" if self.operation.get("deprecated") else None

    @property
    def positional(self) -> list[Argument]:
        """
        Return the argument that may be passed by position, if any.
        """
        return self.arguments[:1] if self.arguments and self.arguments[0].location == "path" else []

    def _parameters(self, location: str, props: Sequence[PropertyProtocol]) -> list[Argument]:
        raw = {node["name"]: node for node in self.operation.get("parameters", ()) if node["in"] == location}
        return [
            Argument(
                wire,
                self._names[location, wire],
                location,
                (prop,),
                prop.required,
                self._parameter_schema(raw[wire]),
                self.types,
                as_text=True,
                limits=limits(self.document, raw[wire]["schema"]),
            )
            for prop in props
            for wire in [prop.name.get_untrusted_value()]
        ]

    def _parameter_schema(self, node: dict[str, Any]) -> dict[str, Any]:
        schema = self.document.resolve(node["schema"])
        own = {
            key: value for key, value in node.items() if key in ("description", "deprecated") or key.startswith("x-")
        }
        return {"description": "", **schema, **own}

    @cached_property
    def media_type(self) -> dict[str, Any]:
        """
        Return the media type object of the body; empty if there is none.
        """
        content = self.operation.get("requestBody", {}).get("content", {})
        return next(iter(content.values()), {})

    def _body_fields(self) -> list[Argument]:
        if not self.endpoint.bodies:
            return []
        prop = self.endpoint.bodies[0].prop
        variants = prop.inner_properties if isinstance(prop, UnionProperty) else [prop]
        schemas = self.document.fields(self.media_type["schema"])
        models = [variant for variant in variants if isinstance(variant, ModelProperty)]
        if not schemas or len(models) < len(variants):
            return [self._whole_body(prop)]
        by_variant = [self.document.fields(self.document.schema(variant.class_info.name)) for variant in models]
        merged: dict[str, list[PropertyProtocol]] = {}
        for variant in models:
            for field in self.types.fields(variant):
                merged.setdefault(field.name.get_untrusted_value(), []).append(field)
        return [
            Argument(
                wire,
                self._names["body", wire],
                "file" if isinstance(props[0], FileProperty) else "body",
                tuple(props),
                len(props) == len(variants) and all(field.required for field in props),
                schemas[wire],
                self.types,
                as_text=self.is_form,
                limits=limits(self.document, *(fields[wire] for fields in by_variant if wire in fields)),
            )
            for wire, props in merged.items()
            if not schemas[wire].get("readOnly")
        ]

    def _whole_body(self, prop: PropertyProtocol) -> Argument:
        return Argument(
            "body",
            self._names["whole", "body"],
            "whole",
            (prop,),
            bool(self.operation["requestBody"].get("required")),
            self.document.resolve(self.media_type["schema"]),
            self.types,
            as_text=False,
            limits=limits(self.document, self.media_type["schema"]),
        )

    @property
    def is_form(self) -> bool:
        """
        Return whether the body is multipart/form-data.
        """
        return bool(self.endpoint.bodies) and self.endpoint.bodies[0].body_type == "files"

    @property
    def json_encoded(self) -> list[str]:
        """
        Return the Python names of the form fields that are sent as JSON text (`encoding` of the document).
        """
        encoding = self.media_type.get("encoding", {})
        json = [wire for wire, rule in encoding.items() if rule.get("contentType") == "application/json"]
        return [self._names["body", wire] for wire in json]

    @property
    def credentials(self) -> list[Argument]:
        """
        Return the fields that take the place of the Authorization header (`x-replaces-authorization`).
        """
        return [argument for argument in self.arguments if argument.schema.get("x-replaces-authorization")]

    @cached_property
    def successes(self) -> dict[int, Response]:
        """
        Return the 2xx responses by status.
        """
        found = {r.status_code.range[0]: r for r in self.endpoint.responses if r.status_code.range}
        return {status: response for status, response in found.items() if status // 100 == 2}

    @property
    def returns(self) -> str:
        """
        Return the annotation of the value.
        """
        found = [self._raw(r) or self.types.annotation(r.prop, False) for r in self.successes.values()]
        return " | ".join(dict.fromkeys({"TEXT": "str", "BYTES": "bytes"}.get(text, text) for text in found))

    @property
    def kinds(self) -> dict[int, str]:
        """
        Return the expression of the value's kind by status.
        """
        return {status: self._raw(r) or self.types.kind(r.prop) for status, r in self.successes.items()}

    def _raw(self, response: Response) -> str | None:
        """
        Return how a response is read that is not JSON; None for JSON.
        """
        return _RAW.get(response.source["attribute"])

    @property
    def imports(self) -> list[PropertyProtocol]:
        """
        Return the properties whose classes the signature names.
        """
        given = [prop for argument in self.arguments for prop in argument.props]
        return given + [response.prop for response in self.successes.values() if self._raw(response) is None]

    @property
    def returns_doc(self) -> str:
        """
        Return what comes back, in words.
        """
        found = [self.operation["responses"][str(status)].get("description", "") for status in self.kinds]
        return " ".join(dict.fromkeys(" ".join(text.split()) for text in found))

    @property
    def raises(self) -> dict[str, str]:
        """
        Return the documented errors: class to meaning.
        """
        return {
            status_error(int(code)).__name__: f"{code}: {node.get('description', '')}"
            for code, node in self.operation["responses"].items()
            if code.isdigit() and int(code) >= 400
        }


@attrs.frozen
class Resource:
    """
    A node of the resource tree.
    """

    path: str
    description: str
    calls: list[Method]
    children: list[str]

    @property
    def name(self) -> str:
        """
        Return the last step of the path, as users write it.
        """
        return self.path.rpartition(".")[2]

    @property
    def class_name(self) -> str:
        """
        Return the name of its class.
        """
        return resource_class(self.path)

    @property
    def module(self) -> str:
        """
        Return the name of its package.
        """
        return self.path.replace(".", "_") or "root"
