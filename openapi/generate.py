"""
Runs openapi-python-client on the document with our configuration and templates.

openapi-python-client reads the document and writes the files; its parser drops a few things that the templates need (servers,
discriminators, limits, the encoding of form fields, the dots of tags and operation ids). Those are looked up in the document here and
handed to the templates. Usage: `python openapi/generate.py [OUTPUT]`, by default `imagekit_async/_generated`.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs
from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import LiteralEnumProperty, ModelProperty, Property
from openapi_python_client.parser.properties.any import AnyProperty
from openapi_python_client.parser.properties.date import DateProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.parser.responses import Response
from openapi_python_client.strings import ClassName
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from imagekit_async.errors import status_error

DOCUMENT = ROOT / "openapi" / "imagekit-v1.yaml"
IDEMPOTENT_METHODS = ("get", "head", "options", "put", "delete")  # RFC 9110, section 9.2.2
LIMITS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "default": "default {}",
}


def python_name(name: str) -> str:
    """
    Return the snake_case identifier of a JSON name: `removeAITags` gives `remove_ai_tags`.
    """
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    identifier = re.sub(r"\W", "_", words).lower()
    return identifier if identifier.isidentifier() else f"field_{identifier}"


def class_name(reference: str) -> str:
    """
    Return the class of a `$ref` or of a dotted tag.
    """
    return str(ClassName(reference.rpartition("/")[2], "Model"))


def resource_class(path: str) -> str:
    """
    Return the class of a resource by its dotted path.
    """
    return f"{class_name(path)}Resource" if path else "Resources"


def prose(text: object, indent: int = 0, lead: str = "") -> str:
    """
    Return text of the document wrapped for a docstring.

    Args:
        text: The text.
        indent: Columns before it.
        lead: What stands before it on its first line; further lines are indented by four more columns then.
    """
    plain = " ".join(f"{lead}{text or ''}".split()).replace("\\", "\\\\").replace('"""', "'''")
    plain = re.sub(r"`([a-z]\w*[A-Z]\w*)`", lambda match: f"`{python_name(match[1])}`", plain)
    hanging = " " * (indent + 4 if lead else indent)
    lines = textwrap.wrap(
        plain,
        120,
        initial_indent=" " * indent,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines).lstrip()


@attrs.frozen
class Document:
    """
    The OpenAPI document as plain data, for what the generator's parser leaves out.
    """

    data: dict[str, Any]

    def resolve(self, node: Any) -> Any:
        """
        Follow `$ref`; keys beside it (OpenAPI 3.1) win.
        """
        while isinstance(node, dict) and "$ref" in node:
            target: Any = self.data
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
        return node

    def fields(self, schema: Any) -> dict[str, dict[str, Any]]:
        """
        Return the resolved properties of an object schema by JSON name; those of all alternatives for a union.
        """
        schema = self.resolve(schema)
        found: dict[str, dict[str, Any]] = {}
        for part in [*schema.get("allOf", ()), *schema.get("oneOf", ()), *schema.get("anyOf", ())]:
            found |= self.fields(part)
        return found | {name: self.resolve(field) for name, field in schema.get("properties", {}).items()}

    def schema(self, name: str) -> dict[str, Any]:
        """
        Return the component schema that a class was made from.
        """
        schemas = self.data["components"]["schemas"]
        return next(schema for key, schema in schemas.items() if class_name(key) == name)

    def discriminators(self) -> dict[frozenset[str], tuple[str, dict[str, str]]]:
        """
        Return tag and variants (value to class) of every union, keyed by the classes it joins.
        """
        found: dict[frozenset[str], tuple[str, dict[str, str]]] = {}
        for node in walk(self.data):
            if "discriminator" in node and "oneOf" in node:
                mapping = {value: class_name(ref) for value, ref in node["discriminator"]["mapping"].items()}
                classes = frozenset(class_name(part["$ref"]) for part in node["oneOf"])
                found[classes] = (node["discriminator"]["propertyName"], mapping)
        return found


def walk(node: Any) -> Iterator[dict[str, Any]]:
    """
    Yield every object of a JSON document.
    """
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from walk(child)


@attrs.frozen
class Types:
    """
    Turns the parser's properties into annotations, kinds (how values are decoded and encoded) and imports.
    """

    discriminators: dict[frozenset[str], tuple[str, dict[str, str]]]
    models: dict[str, ModelProperty]

    def fields(self, model: ModelProperty) -> list[Property]:
        """
        Return the properties of a model; of the parser's many copies of one model only the registered one has them.
        """
        known = self.models[model.class_info.name]
        return [*(known.required_properties or ()), *(known.optional_properties or ())]

    def is_free_form(self, prop: Property) -> bool:
        """
        Whether an object has no declared properties, so that it stays a dict.
        """
        return isinstance(prop, ModelProperty) and not self.fields(prop)

    def annotation(self, prop: Property, request: bool) -> str:
        """
        Return the type of a value, None included if it is nullable.

        Args:
            prop: The parsed property.
            request: True for an argument, which takes more than a response gives (mappings for models, any sequence for lists).
        """
        return " | ".join(dict.fromkeys(self._alternatives(prop, request)))

    def _alternatives(self, prop: Property, request: bool) -> Iterator[str]:
        match prop:
            case UnionProperty():
                members = [inner for inner in prop.inner_properties if not isinstance(inner, NoneProperty)]
                for inner in members:
                    yield from self._alternatives(inner, request)
                if not request and len(self._modelled(members)) > 1:
                    yield "UnknownModel"
                if len(members) < len(prop.inner_properties):
                    yield "None"
            case ListProperty():
                item = self.annotation(prop.inner_property, request)
                yield f"Sequence[{item}]" if request else f"builtins.list[{item}]"
            case ModelProperty() if self.is_free_form(prop):
                additional = self.models[prop.class_info.name].additional_properties
                plain = additional is None or isinstance(additional, AnyProperty)
                item = ("object" if request else "Any") if plain else self.annotation(additional, request)
                yield f"Mapping[str, {item}]" if request else f"dict[str, {item}]"
            case ModelProperty():
                yield prop.class_info.name
                if request:
                    yield "Mapping[str, object]"
            case LiteralEnumProperty():
                yield prop.class_info.name
                if not request:
                    yield "str"
            case DateTimeProperty() | DateProperty():
                yield "datetime.datetime" if isinstance(prop, DateTimeProperty) else "datetime.date"
                if request:
                    yield "str"
            case FileProperty():
                yield "FileInput"
            case AnyProperty():
                yield "object" if request else "Any"
            case _:
                yield prop.get_type_string(no_optional=True).as_unembedded_code()

    def kind(self, prop: Property, package: str = "__package__") -> str:
        """
        Return the expression of the `Kind` that decodes and encodes a value.

        Args:
            prop: The parsed property.
            package: Expression of the package in which the models live.
        """
        match prop:
            case DateTimeProperty():
                return "DATE_TIME"
            case DateProperty():
                return "DATE"
            case ListProperty():
                return f"Array({self.kind(prop.inner_property, package)})"
            case ModelProperty() if self.is_free_form(prop):
                additional = self.models[prop.class_info.name].additional_properties
                return f"MapOf({self.kind(additional, package) if additional else 'PLAIN'})"
            case ModelProperty():
                return f'Reference({package} + ".{prop.class_info.module_name}", "{prop.class_info.name}")'
            case UnionProperty():
                return self._union_kind(prop, package)
            case _:
                return "PLAIN"

    def _union_kind(self, prop: UnionProperty, package: str) -> str:
        members = [inner for inner in prop.inner_properties if not isinstance(inner, NoneProperty)]
        models = {inner.class_info.name: inner for inner in self._modelled(members)}
        if len(members) == 1:
            return self.kind(members[0], package)
        if not models:
            return "PLAIN"
        tag, mapping = self.discriminators[frozenset(models)]
        variants = ", ".join(f'"{value}": {self.kind(models[name], package)}' for value, name in mapping.items())
        return f'OneOf("{tag}", {{{variants}}})'

    def _modelled(self, props: list[Property]) -> list[ModelProperty]:
        return [prop for prop in props if isinstance(prop, ModelProperty) and not self.is_free_form(prop)]

    def imports(self, props: list[Property], prefix: str) -> list[str]:
        """
        Return the import lines for the classes that annotations name, sorted.
        """
        found = {(p.class_info.module_name, p.class_info.name) for prop in props for p in self._classes(prop)}
        return [f"from {prefix}{module} import {name}" for module, name in sorted(found)]

    def _classes(self, prop: Property | None) -> Iterator[ModelProperty | LiteralEnumProperty]:
        match prop:
            case UnionProperty():
                for inner in prop.inner_properties:
                    yield from self._classes(inner)
            case ListProperty():
                yield from self._classes(prop.inner_property)
            case ModelProperty() if self.is_free_form(prop):
                yield from self._classes(self.models[prop.class_info.name].additional_properties)
            case ModelProperty() | LiteralEnumProperty():
                yield prop


@attrs.frozen
class Argument:
    """
    One argument of a method: a path or query parameter or a field of the body.
    """

    wire: str
    location: str
    props: tuple[Property, ...]
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
        return self.types.kind(self.props[0], "MODELS")

    @property
    def doc(self) -> str:
        """
        Return its description, with the limits that the prose does not mention.
        """
        return described(self.schema)


def described(schema: dict[str, Any]) -> str:
    """
    Return a description with the schema's limits and default, as far as the prose does not mention them.
    """
    text = " ".join(str(schema.get("description", "")).split())
    missing = []
    for key, phrase in LIMITS.items():
        value = schema.get(key)
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        if value not in (None, "", []) and not re.search(rf"(?<![\w.]){re.escape(shown)}(?!\w)", text.replace(",", "")):
            missing.append(phrase.format(shown))
    return f"{text} ({', '.join(missing)}.)" if missing else text


@attrs.frozen
class Call:
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
    def server(self) -> str:
        """
        Return the base URL of the server that serves it.
        """
        return str((self.operation.get("servers") or self.document.data["servers"])[0]["url"])

    @property
    def idempotent(self) -> bool:
        """
        Return whether repeating it does no harm: by its method, or by `x-idempotent`.
        """
        return bool(self.operation.get("x-idempotent", self.endpoint.method in IDEMPOTENT_METHODS))

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

    def _parameters(self, location: str, props: list[Property]) -> list[Argument]:
        declared = [self.document.resolve(node) for node in self.operation.get("parameters", ())]
        raw = {node["name"]: node for node in declared if node["in"] == location}
        return [
            Argument(name, location, (prop,), prop.required, self._parameter_schema(raw[name]), self.types)
            for prop in props
            for name in [prop.name.get_untrusted_value()]
        ]

    def _parameter_schema(self, node: dict[str, Any]) -> dict[str, Any]:
        schema = self.document.resolve(node["schema"])
        return {**schema, "description": node.get("description", schema.get("description", ""))}

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
        merged: dict[str, list[Property]] = {}
        for variant in variants:
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
        Return the form fields that are sent as JSON text (`encoding` of the document).
        """
        encoding = self.media_type.get("encoding", {})
        return [name for name, rule in encoding.items() if rule.get("contentType") == "application/json"]

    @property
    def credentials(self) -> list[Argument]:
        """
        Return the fields that take the place of the Authorization header (`x-replaces-authorization`).
        """
        return [argument for argument in self.arguments if argument.schema.get("x-replaces-authorization")]

    @property
    def successes(self) -> list[Response]:
        """
        Return the 2xx responses.
        """
        return [r for r in self.endpoint.responses if r.status_code.range and r.status_code.range[0] // 100 == 2]

    def _has_body(self, response: Response) -> bool:
        return response.source["attribute"] != "None"

    @property
    def returns(self) -> str:
        """
        Return the annotation of the value.
        """
        found = [self.types.annotation(r.prop, False) if self._has_body(r) else "None" for r in self.successes]
        return " | ".join(dict.fromkeys(found))

    @property
    def kinds(self) -> dict[int, str]:
        """
        Return the expression of the value's kind by status.
        """
        return {
            r.status_code.range[0]: self.types.kind(r.prop, "MODELS") if self._has_body(r) else "None"
            for r in self.successes
        }

    @property
    def imports(self) -> list[Property]:
        """
        Return the properties whose classes the signature names.
        """
        return [prop for argument in self.arguments for prop in argument.props] + [r.prop for r in self.successes]

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
    calls: list[Call]
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


class Generator(Project):
    """
    openapi-python-client with a resource tree in the place of a module of functions a tag.
    """

    def __init__(self, *, openapi: GeneratorData, config: Config) -> None:
        super().__init__(openapi=openapi, config=config, custom_template_path=ROOT / "openapi" / "templates")
        self.document = Document(YAML(typ="safe").load(DOCUMENT))
        models = {model.class_info.name: model for model in openapi.models}
        self.types = Types(self.document.discriminators(), models)
        openapi.models = [
            model for model in openapi.models if not self.types.is_free_form(model) and self._is_used(model)
        ]
        self.env.filters.update(python_name=python_name, prose=prose, described=described, quoted=quoted)
        self.env.globals.update(document=self.document, types=self.types, resource_class=resource_class)

    def _is_used(self, model: ModelProperty) -> bool:
        # Request bodies are flattened into arguments, so no class stands for them.
        bodies = [body for node in walk(self.document.data["paths"]) for body in [node.get("requestBody")] if body]
        refs = [media["schema"] for body in bodies for media in self.document.resolve(body)["content"].values()]
        names = {
            class_name(part["$ref"]) for ref in refs for part in [ref, *self.document.resolve(ref).get("oneOf", ())]
        }
        return model.class_info.name not in names

    def calls(self) -> list[Call]:
        """
        Return all operations, in the document's order.
        """
        operations = {
            python_name(node["operationId"]): (path, node)
            for path, item in self.document.data["paths"].items()
            for node in item.values()
            if isinstance(node, dict) and "operationId" in node
        }
        return [
            Call(
                endpoint,
                operations[python_name(endpoint.name)][1],
                operations[python_name(endpoint.name)][0],
                self.document,
                self.types,
            )
            for collection in self.endpoint_collections
            for endpoint in collection.endpoints
        ]

    @property
    def endpoint_collections(self) -> list[Any]:
        """
        Return the parser's endpoints by tag.
        """
        return list(self.openapi.endpoint_collections_by_tag.values())

    def resources(self) -> list[Resource]:
        """
        Return the resource tree, parents first; the root has the path ``.
        """
        calls = self.calls()
        descriptions = {tag["name"]: tag.get("description", "") for tag in self.document.data["tags"]}
        paths = {""}
        for call in calls:
            steps = call.resource.split(".")
            paths |= {".".join(steps[: depth + 1]) for depth in range(len(steps))}
        return [
            Resource(
                path,
                descriptions.get(path, ""),
                [call for call in calls if call.resource == path],
                sorted(child for child in paths if child and child.rpartition(".")[0] == path),
            )
            for path in sorted(paths)
        ]

    def _create_package(self) -> None:
        for name in ("package_init", "types"):
            self._write(f"{name}.py.jinja", self.package_dir / f"{name.replace('package_init', '__init__')}.py")

    def _build_api(self) -> None:
        api = self.package_dir / "api"
        shutil.rmtree(api, ignore_errors=True)
        api.mkdir()
        self._write("api_init.py.jinja", api / "__init__.py")
        for resource in self.resources():
            folder = api / resource.module
            folder.mkdir()
            self._write("endpoint_init.py.jinja", folder / "__init__.py", resource=resource)
            self._write("resource.py.jinja", folder / "resource.py", resource=resource)
            self._write("with_response.py.jinja", folder / "with_response.py", resource=resource)
            for call in resource.calls:
                self._write("endpoint_module.py.jinja", folder / f"{call.method_name}.py", call=call)

    def _write(self, template: str, path: Path, **values: Any) -> None:
        path.write_text(self.env.get_template(template).render(**values), encoding="utf-8")


def quoted(value: object) -> str:
    """
    Return a Python literal for a string or number of the document.
    """
    return repr(str(value)) if not isinstance(value, int | float | bool) else repr(value)


def main(output: Path) -> int:
    """
    Generate into a folder; print what the generator could not do and return the exit status.
    """
    # The generator's hooks call ruff by name.
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    config = Config.from_sources(
        config_file=ConfigFile.load_from_path(ROOT / "generator-config.yaml"),
        meta_type=MetaType.NONE,
        document_source=DOCUMENT,
        file_encoding="utf-8",
        overwrite=True,
        output_path=output,
    )
    data = GeneratorData.from_dict(YAML(typ="safe").load(DOCUMENT), config=config)
    errors = [data] if isinstance(data, GeneratorError) else Generator(openapi=data, config=config).build()
    for error in errors:
        print(f"{error.header}\n{error.detail or ''}", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT / "imagekit_async" / "_generated"))
