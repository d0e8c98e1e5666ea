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
from .docstrings import described, quoted
from .document import Document
from .naming import python_name, resource_class

IDEMPOTENT_METHODS = ("get", "head", "options", "put", "delete")  # RFC 9110, section 9.2.2


@attrs.frozen
class Argument:
    """
    One argument of a method: a path or query parameter or a field of the body.
    """

    wire: str
    location: str
    props: tuple[PropertyProtocol, ...]
    required: bool
    schema: dict[str, Any]
    types: Types

    @property
    def name(self) -> str:
        """
        Return the Python name.
        """
        return python_name(self.wire)

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
        return f"{self.name}: {self.annotation}" + ("" if self.required else " | Unset = UNSET")

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
        return f"Field({quoted(self.wire)}, {self.kind}{', required=True' if required else ''})"

    @property
    def doc(self) -> str:
        """
        Return its description, with the limits that the prose does not mention.
        """
        return described(self.schema)


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
        return re.sub(r"{(.*?)}", lambda match: f"{{{python_name(match[1])}}}", self.path)

    @property
    def server(self) -> str:
        """
        Return the base URL of the server that serves it.
        """
        return str((self.operation.get("servers") or self.document.data["servers"])[0]["url"])

    @property
    def paced(self) -> bool:
        """
        Return whether the account's rate limits apply to it: its successes report them.
        """
        responses: dict[str, Any] = self.operation["responses"]
        answers = [self.document.resolve(answer) for status, answer in responses.items() if status.startswith("2")]
        return any("X-RateLimit-Limit" in answer.get("headers", {}) for answer in answers)

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
        last = [argument for argument in found if argument.location == "path"][-1:]
        rest = [argument for argument in found if argument not in last]
        return last + sorted(rest, key=lambda argument: not argument.required)

    def located(self, location: str) -> list[Argument]:
        """
        Return the arguments that go to `path`, `query`, `body` or `file`.
        """
        return [argument for argument in self.arguments if argument.location == location]

    @property
    def positional(self) -> list[Argument]:
        """
        Return the argument that may be passed by position, if any.
        """
        return self.arguments[:1] if self.arguments and self.arguments[0].location == "path" else []

    def _parameters(self, location: str, props: Sequence[PropertyProtocol]) -> list[Argument]:
        declared = [self.document.resolve(node) for node in self.operation.get("parameters", ())]
        raw = {node["name"]: node for node in declared if node["in"] == location}
        return [
            Argument(name, location, (prop,), prop.required, self._parameter_schema(raw[name]), self.types)
            for prop in props
            for name in [prop.name.get_untrusted_value()]
        ]

    def _parameter_schema(self, node: dict[str, Any]) -> dict[str, Any]:
        schema = self.document.resolve(node["schema"])
        own = {key: value for key, value in node.items() if key == "description" or key.startswith("x-")}
        return {"description": "", **schema, **own}

    @cached_property
    def media_type(self) -> dict[str, Any]:
        """
        Return the media type object of the body; empty if there is none.
        """
        content = self.document.resolve(self.operation.get("requestBody", {})).get("content", {})
        return next(iter(content.values()), {})

    def _body_fields(self) -> list[Argument]:
        if not self.endpoint.bodies:
            return []
        prop = self.endpoint.bodies[0].prop
        variants = prop.inner_properties if isinstance(prop, UnionProperty) else [prop]
        merged: dict[str, list[PropertyProtocol]] = {}
        for variant in variants:
            if not isinstance(variant, ModelProperty):
                raise TypeError(f"{self.id}: a body must be an object with named properties")
            for field in self.types.fields(variant):
                merged.setdefault(field.name.get_untrusted_value(), []).append(field)
        schemas = self.document.fields(self.media_type["schema"])
        return [
            Argument(
                name,
                "file" if isinstance(props[0], FileProperty) else "body",
                tuple(props),
                len(props) == len(variants) and all(field.required for field in props),
                schemas[name],
                self.types,
            )
            for name, props in merged.items()
        ]

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
        return [python_name(name) for name, rule in encoding.items() if rule.get("contentType") == "application/json"]

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

    def _has_body(self, response: Response) -> bool:
        return response.source["attribute"] != "None"

    @property
    def returns(self) -> str:
        """
        Return the annotation of the value.
        """
        found = [self.types.annotation(r.prop, False) if self._has_body(r) else "None" for r in self.successes.values()]
        return " | ".join(dict.fromkeys(found))

    @property
    def kinds(self) -> dict[int, str]:
        """
        Return the expression of the value's kind by status.
        """
        return {
            status: self.types.kind(response.prop) if self._has_body(response) else "None"
            for status, response in self.successes.items()
        }

    @property
    def imports(self) -> list[PropertyProtocol]:
        """
        Return the properties whose classes the signature names.
        """
        arguments = [prop for argument in self.arguments for prop in argument.props]
        return arguments + [response.prop for response in self.successes.values()]

    @property
    def returns_doc(self) -> str:
        """
        Return what comes back, in words.
        """
        found = [
            self.document.resolve(self.operation["responses"][str(status)])["description"] for status in self.kinds
        ]
        return " ".join(dict.fromkeys(" ".join(text.split()) for text in found))

    @property
    def raises(self) -> dict[str, str]:
        """
        Return the documented errors: class to meaning.
        """
        codes = {code: self.document.resolve(node) for code, node in self.operation["responses"].items()}
        return {
            status_error(int(code)).__name__: f"{code}: {node['description']}"
            for code, node in codes.items()
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
