"""
Turn the converter's collection into ours: fixed ids and values, requests in an order that succeeds, and tests.

Usage: `python -m openapi.postman.complete CONVERTED [--check]`; with `--check`, nothing is written, and files that
differ are an error.
"""

from __future__ import annotations

import argparse
import copy
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ruamel.yaml import YAML

from imagekit_local._document.document import METHODS, resolve

OPENAPI = Path(__file__).parents[1]
COLLECTION = OPENAPI / "imagekit-v1.postman_collection.json"
ENVIRONMENT = OPENAPI / "imagekit-v1.postman_environment.json"
SCENARIO = Path(__file__).with_name("scenario.yaml")
_SERVERS = {"https://api.imagekit.io": "baseUrl", "https://upload.imagekit.io": "uploadUrl"}
_AUTH = {
    "type": "basic",
    "basic": [
        {"key": "username", "value": "{{privateKey}}", "type": "string"},
        {"key": "password", "value": "", "type": "string"},
    ],
}
# Postman refuses formats that it does not know.
_NOT_CHECKED = {"description", "title", "example", "examples", "discriminator", "format"}


def main() -> None:
    """
    Write collection and environment, or compare them with the files.
    """
    arguments = argparse.ArgumentParser(prog="python -m openapi.postman.complete")
    arguments.add_argument("converted", type=Path)
    arguments.add_argument("--check", action="store_true")
    options = arguments.parse_args()
    document = YAML(typ="safe").load(OPENAPI / "imagekit-v1.yaml")
    converted = json.loads(options.converted.read_text(encoding="utf-8"))
    scenario = YAML(typ="safe").load(SCENARIO)
    files = {COLLECTION: as_text(completed(converted, document, scenario)), ENVIRONMENT: as_text(environment())}
    for path, text in files.items():
        if not options.check:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            sys.exit(f'{path.name} is not what the document gives; run "make postman"')


def completed(converted: Mapping[str, Any], document: Mapping[str, Any], scenario: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return the collection.

    Args:
        converted: What the converter made of the document.
        document: The OpenAPI document.
        scenario: Steps by folder. Operations without one are sent last in the folder of their tag, with their example.

    Raises:
        ValueError: The scenario has an operation that is not in the document.
    """
    operations = {node["operationId"]: (key, node) for key, node in _operations(document)}
    folders = {folder: list(steps) for folder, steps in scenario.items()}
    used = {step["operation"] for steps in folders.values() for step in steps}
    if used - set(operations):
        raise ValueError(f"scenario.yaml has operations that are not in the document: {sorted(used - set(operations))}")
    for name, (_, node) in operations.items():
        if name not in used:
            folders.setdefault(node["tags"][0], []).append({"operation": name})
    requests = {_key(item["request"]): item["request"] for item in _items(converted["item"])}
    descriptions = {tag["name"]: tag.get("description", "") for tag in document.get("tags", ())}
    items = [
        {
            "name": folder,
            "description": descriptions.get(folder, ""),
            "item": [_item(folder, step, requests, operations, document) for step in steps],
        }
        for folder, steps in folders.items()
    ]
    schemas = _bare(document["components"]["schemas"], names=True)
    return {
        "info": {**converted["info"], "_postman_id": _id("collection")},
        "auth": _AUTH,
        "variable": [{"key": "schemas", "value": json.dumps({"schemas": schemas}, separators=(",", ":"))}],
        "item": items,
    }


def environment() -> dict[str, Any]:
    """
    Return the environment: where requests are sent, and the private key, which is empty.
    """
    urls = [{"key": name, "value": url, "type": "default", "enabled": True} for url, name in _SERVERS.items()]
    key = {"key": "privateKey", "value": "", "type": "secret", "enabled": True}
    return {"id": _id("environment"), "name": "ImageKit", "values": [*urls, key]}


def as_text(content: Mapping[str, Any]) -> str:
    """
    Return content as JSON, the way it is committed.
    """
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield (method.upper(), path.strip("/").replace("{", ":").replace("}", "")), item[method]


def _items(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in items:
        if "item" in item:
            yield from _items(item["item"])
        else:
            yield item


def _key(request: Mapping[str, Any]) -> tuple[str, str]:
    return request["method"], "/".join(request["url"]["path"])


def _item(
    folder: str,
    step: Mapping[str, Any],
    requests: Mapping[tuple[str, str], Any],
    operations: Mapping[str, tuple[tuple[str, str], dict[str, Any]]],
    document: Mapping[str, Any],
) -> dict[str, Any]:
    key, operation = operations[step["operation"]]
    request = copy.deepcopy(requests[key])
    del request["auth"]
    name = step.get("name", operation["summary"].rstrip("."))
    server = operation.get("servers", document["servers"])[0]["url"]
    request |= {"name": name, "body": _body(request, operation, step, document)}
    parameters = [resolve(document, each) for each in operation.get("parameters", ())]
    examples = {each["name"]: each.get("example") for each in parameters if each.get("required")}
    request["url"] = _url(request["url"], examples, step, _SERVERS[server])
    if "formdata" in request["body"]:
        # Only the client knows the boundary, which belongs to the media type.
        request["header"] = [header for header in request["header"] if header["key"] != "Content-Type"]
    script = {"type": "text/javascript", "exec": _tests(operation, step.get("save", {}), document)}
    return {
        "id": _id(f"{folder}/{name}"),
        "name": name,
        "request": request,
        "response": [],
        "event": [{"listen": "test", "script": script}],
    }


def _url(url: dict[str, Any], examples: Mapping[str, Any], step: Mapping[str, Any], server: str) -> dict[str, Any]:
    values = {**examples, **step.get("query", {}), **step.get("path", {})}
    for parameter in url["query"]:
        name = parameter["key"]
        parameter |= {"value": str(values.get(name, "")), "disabled": name not in values}
    for variable in url["variable"]:
        variable |= {"value": str(values.get(variable["key"], "")), "type": "string"}
    raw = "/".join([f"{{{{{server}}}}}", *url["path"]])
    return {"raw": raw, "host": [f"{{{{{server}}}}}"], **{name: url[name] for name in ("path", "query", "variable")}}


def _body(
    request: Mapping[str, Any], operation: Mapping[str, Any], step: Mapping[str, Any], document: Mapping[str, Any]
) -> dict[str, Any]:
    if "formdata" in request["body"]:
        form = step.get("form", {})
        for field in request["body"]["formdata"]:
            field |= {"type": "text", "value": form.get(field["key"], ""), "disabled": field["key"] not in form}
            field.pop("src", None)
            field.pop("contentType", None)
        return {"mode": "formdata", "formdata": request["body"]["formdata"]}
    content = resolve(document, operation.get("requestBody", {})).get("content", {})
    if not content:
        return {}
    raw = json.dumps(step.get("body", _example(content["application/json"])), indent=2, ensure_ascii=False)
    return {"mode": "raw", "raw": raw, "options": {"raw": {"language": "json"}}}


def _example(media_type: Mapping[str, Any]) -> Any:
    if "example" in media_type:
        return media_type["example"]
    return next(iter(media_type["examples"].values()))["value"]


def _tests(operation: Mapping[str, Any], save: Mapping[str, Any], document: Mapping[str, Any]) -> list[str]:
    responses = {
        int(status): resolve(document, node) for status, node in operation["responses"].items() if status < "3"
    }
    schemas = {
        status: _bare(node["content"]["application/json"]["schema"])
        for status, node in responses.items()
        if "content" in node
    }
    lines = [
        f'pm.test("status is documented", () => pm.expect({sorted(responses)}).to.include(pm.response.code));',
        'pm.test("x-ik-requestId is set", () => pm.expect(pm.response.headers.get("x-ik-requestId")).to.match(/\\S/));',
    ]
    if schemas:
        lines += [
            f"const schema = {json.dumps(schemas)}[pm.response.code];",
            'const components = JSON.parse(pm.collectionVariables.get("schemas"));',
            'pm.test("body fits the schema", () => pm.response.to.have.jsonSchema({ ...schema, components }));',
        ]
    elif responses:
        lines.append('pm.test("body is empty", () => pm.expect(pm.response.text()).to.equal(""));')
    for name, path in save.items():
        place = "".join(f"[{json.dumps(part)}]" for part in path)
        lines.append(f"pm.collectionVariables.set({json.dumps(name)}, pm.response.json(){place});")
    return lines


def _bare(node: Any, *, names: bool = False) -> Any:
    # Under `properties` and in the table of schemas, a key is a name and no keyword.
    if isinstance(node, list):
        return [_bare(each) for each in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _bare(value, names=key in ("properties", "patternProperties") and not names)
        for key, value in node.items()
        if names or not (key in _NOT_CHECKED or key.startswith("x-"))
    }


def _id(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"https://github.com/imagekit-async/imagekit-async/postman/{name}"))


if __name__ == "__main__":
    main()
