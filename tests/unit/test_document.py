"""
The OpenAPI document is valid, complete, and shaped so that the generator makes one class of each object.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from ruamel.yaml import YAML

METHODS = {"get", "put", "post", "patch", "delete"}
# Values of these keys are data of the API's users, not part of the description.
DATA = {"example", "examples", "mapping", "enum", "const", "default"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """
    Load the document once.
    """
    path = Path(__file__).parents[2] / "openapi" / "imagekit-v1.yaml"
    return YAML(typ="safe").load(path)


def resolve(document: dict[str, Any], node: Any) -> Any:
    """
    Follow references within the document.
    """
    while "$ref" in node:
        target: Any = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        node = target
    return node


def walk(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """
    Yield every object of the description with its path; keys below `properties` are names, not keywords.
    """
    named = bool(path) and path[-1] == "properties"
    if isinstance(node, dict) and not named:
        yield path, node
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in pairs:
        if named or key not in DATA:
            yield from walk(child, (*path, str(key)))


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """
    Yield every operation with its path.
    """
    for path, item in document["paths"].items():
        yield from ((path, node) for method, node in item.items() if method in METHODS)


def test_document_is_valid_openapi(document):
    """The document is valid OpenAPI 3.1."""
    errors = [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()]

    assert not errors


def examples(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """
    Yield place, schema and value of every example of a parameter, body, response or header.
    """
    for path, node in walk(document):
        if "schema" not in node:
            continue
        place = "/".join(path)
        if "example" in node:
            yield place, node["schema"], node["example"]
        for name, example in node.get("examples", {}).items():
            yield f"{place} ({name})", node["schema"], resolve(document, example)["value"]


def absolute(node: Any) -> Any:
    """
    Return a schema whose references name the document.
    """
    if isinstance(node, list):
        return [absolute(child) for child in node]
    if not isinstance(node, dict):
        return node
    return {
        key: f"urn:document{child}" if key == "$ref" and isinstance(child, str) else absolute(child)
        for key, child in node.items()
    }


def test_examples_are_valid(document):
    """Every example is valid under its schema, formats included."""
    registry = Registry().with_resource("urn:document", Resource(absolute(document), DRAFT202012))
    found = list(examples(document))
    errors = [
        f"{place}: {error.json_path}: {error.message}"
        for place, schema, value in found
        for error in Draft202012Validator(
            absolute(schema), registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER
        ).iter_errors(value)
    ]

    assert not errors
    assert len(found) > len(list(operations(document))) + len(document["webhooks"])


def test_every_call_has_an_example(document):
    """Every parameter, request body, response body and webhook shows an example."""
    parts = [
        (path, node)
        for path, node in walk({name: document[name] for name in ("paths", "webhooks", "components")})
        if "schema" in node and "headers" not in path
    ]
    missing = ["/".join(path) for path, node in parts if not {"example", "examples"} & node.keys()]

    assert not missing


def test_operation_ids_spell_the_call(document):
    """An operation's id is its tag and a method name, and no two are the same."""
    found = {node["operationId"]: node["tags"] for _, node in operations(document)}
    misnamed = [name for name, tags in found.items() if [name.rpartition(".")[0]] != tags]
    tags = {tag["name"] for tag in document["tags"]}

    assert not misnamed
    assert len(list(operations(document))) == len(found)
    assert {tag for (tag,) in found.values()} == tags


def test_every_response_tells_the_request_id(document):
    """Every response declares the header with the id of the request."""
    missing = [
        (node["operationId"], status)
        for _, node in operations(document)
        for status, response in node["responses"].items()
        if "x-ik-requestId" not in resolve(document, response).get("headers", {})
    ]

    assert not missing


def test_objects_are_named_once(document):
    """An object with properties is a named schema or a part of an allOf, so that no class is made twice."""
    places = [path for path, node in walk(document) if isinstance(node.get("properties"), dict)]
    inline = [
        path
        for path in places
        if path[:2] != ("components", "schemas") or not (len(path) == 3 or (len(path) == 5 and path[3] == "allOf"))
    ]

    assert not inline
    assert places


def test_schemas_are_used(document):
    """Every named schema is referred to by another part of the document."""
    used = {node["$ref"].rpartition("/")[2] for _, node in walk(document) if "$ref" in node}
    unused = document["components"]["schemas"].keys() - used

    assert {"WebhookEvent"} == unused


def test_descriptions_say_something(document):
    """Operations, parameters, responses, schemas, properties and tags have a description, and none is empty."""
    schemas = document["components"]["schemas"]
    described = {
        **{f"tag {tag['name']}": tag for tag in document["tags"]},
        **{node["operationId"]: node for _, node in operations(document)},
        **{
            f"{node['operationId']} {status}": resolve(document, response)
            for _, node in operations(document)
            for status, response in node["responses"].items()
        },
        **{
            f"{node['operationId']} {part.get('name')}": part
            for _, node in operations(document)
            for part in (resolve(document, parameter) for parameter in node.get("parameters", ()))
        },
        **schemas,
        **{
            f"{name}.{key}": field if "description" in field else resolve(document, field)
            for name, schema in schemas.items()
            for part in (schema, *schema.get("allOf", ()))
            for key, field in part.get("properties", {}).items()
        },
    }
    silent = [name for name, node in described.items() if not str(node.get("description") or "").strip()]

    assert not silent


def test_unions_of_objects_have_a_discriminator(document):
    """Variants are distinguished by a mapped property; but for the shapes of a file update, which become arguments."""
    unions = {
        path[-1]: node
        for path, node in walk(document["components"]["schemas"])
        for parts in [node.get("oneOf", []) + node.get("anyOf", [])]
        if sum("properties" in resolve(document, part) for part in parts if part != {"type": "null"}) > 1
    }
    unmapped = {
        name
        for name, node in unions.items()
        if {part["$ref"] for part in node["oneOf"]} != set(node.get("discriminator", {}).get("mapping", {}).values())
    }

    assert {"FileUpdateRequest"} == unmapped
    assert {"Asset", "Origin", "WebhookEvent"} <= unions.keys()
