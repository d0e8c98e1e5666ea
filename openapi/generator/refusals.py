"""
What a normalized document has that cannot be generated faithfully, so that it is refused and not dropped.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from typing import Any

from .arguments import arguments
from .document import Document
from .naming import IMPORTED, class_name, model_names, python_name
from .own_keys import own_key_problems, wait_problems
from .paging import paging_problems
from .problems import Problem
from .reading import Place, operations

# Each resource is a folder with these modules, and one for each of its calls.
_MODULES = ("resource", "views")
_HEADERS_OF_CALLS = ("accept", "authorization", "content-type", "content-length", "host")
RATE_LIMIT = "X-RateLimit-Limit"


def refusals(document: Document) -> Iterator[Problem]:
    """
    Yield what is wrong with the operations and names of a normalized document.
    """
    yield from _server_problems(document.data)
    yield from _security_problems(document.data)
    yield from own_key_problems(document)
    yield from _class_problems(document)
    for _, _, operation in operations(document.data):
        yield from _operation_problems(document, operation)
    yield from _tree_problems(document)


def _operation_problems(document: Document, operation: Place) -> Iterator[Problem]:
    if not operation.get("operationId"):
        yield operation.problem("The operation has no name.", "`operationId`, such as `files.versions.list`.")
    yield from _server_problems(operation)
    if not operation.get("servers") and not document.data.get("servers"):
        yield operation.problem("No server is documented.", "`servers` of the document or the operation.")
    known = {name for scheme in document.data.get("security", ()) for name in scheme}
    if any({*scheme} - known for scheme in operation.get("security", ())) or operation.get("security") == []:
        reason = "Calls are authorized by the private key as the document's `security` says, and in no other way."
        yield operation.problem(reason, "No `security` of its own.", "security")
    if "callbacks" in operation:
        yield operation.problem("Callbacks are not generated.", "`webhooks` for what the API sends.", "callbacks")
    for parameter in operation.get("parameters", ()):
        yield from _parameter_problems(document, parameter)
    yield from _body_problems(document, operation)
    yield from _response_problems(operation)
    yield from _argument_problems(document, operation)
    yield from paging_problems(document, operation)
    yield from wait_problems(document, operation)


def _security_problems(data: Place) -> Iterator[Problem]:
    schemes = data["components"].get("securitySchemes", {})
    for name in {name for scheme in data.get("security", ()) for name in scheme}:
        scheme = schemes.get(name, {})
        if (scheme.get("type"), str(scheme.get("scheme")).lower()) != ("http", "basic"):
            reason = f"Calls are authorized with the private key as HTTP Basic, and {name} is something else."
            yield data.problem(reason, "`{type: http, scheme: basic}`.", "components", "securitySchemes", name)


def _server_problems(node: Place) -> Iterator[Problem]:
    for index, server in enumerate(node.get("servers", ())):
        if index or server.get("variables"):
            reason = "A call is sent to one server with a fixed URL."
            yield server.problem(reason, "One server without variables; the client's `base_url` replaces it.")
        elif not str(server.get("url")).startswith(("https://", "http://")) or "{" in server["url"]:
            yield server.problem(
                "This is not a URL that calls can be sent to.", "A URL such as `https://api.imagekit.io`.", "url"
            )


def _parameter_problems(document: Document, parameter: Place) -> Iterator[Problem]:
    if "schema" not in parameter:
        yield parameter.problem("The parameter has no `schema`.", "`schema`; a parameter cannot have `content`.")
        return
    name, location = parameter["name"], parameter["in"]
    schema = document.resolve(parameter["schema"])
    if location == "cookie":
        yield parameter.problem("Cookies are not sent.", "`in: header` or `in: query`.", "in")
    if location == "header" and name.lower() in _HEADERS_OF_CALLS:
        yield parameter.problem(f"The header {name} is set for every call.", "No parameter of that name.", "name")
    if location == "path" and schema.get("type") != "string":
        yield parameter.problem("A path parameter must be text.", "`type: string`.", "schema")
    if parameter.get("style", "form") not in ("form", "simple"):
        yield parameter.problem("A value is sent as plain text.", "`style: form`, or `simple` in a path.", "style")
    if "array" in _kinds(schema) and parameter.get("explode", location == "query"):
        yield parameter.problem("A list is sent as one text, separated by commas.", "`explode: false`.")
    if schema.get("properties") or "object" in _kinds(schema):
        yield parameter.problem("An object has no text that all servers read.", "A parameter for each field.", "schema")


def _kinds(schema: dict[str, Any]) -> list[str]:
    kinds = schema.get("type", [])
    return kinds if isinstance(kinds, list) else [kinds]


def _body_problems(document: Document, operation: Place) -> Iterator[Problem]:
    body = operation.get("requestBody")
    if body is None:
        return
    content = body.get("content", {})
    if len(content) != 1:
        reason = f"A body is sent as one media type, and this one has {len(content)}."
        yield body.problem(reason, "One of `application/json` and `multipart/form-data`.", "content")
    for kind, media in content.items():
        if kind not in ("application/json", "multipart/form-data"):
            reason = f"A body is never sent as {kind}."
            yield body.problem(reason, "`application/json` or `multipart/form-data`.", "content", kind)
            continue
        if "schema" not in media:
            yield media.problem("The body has no schema.", "`schema`.")
            continue
        fields = document.fields(media["schema"])
        files = [name for name, field in fields.items() if field.get("format") == "binary"]
        if kind == "multipart/form-data" and len(files) != 1:
            yield media.problem(f"A form sends one file, and this one has {len(files)}.", "One `format: binary` field.")
        for name, rule in media.get("encoding", {}).items():
            yield from _encoding_problems(rule, name in files)
        if kind == "application/json" and files:
            yield media.problem(f"JSON cannot hold the bytes of {files[0]}.", "`multipart/form-data`.")


def _encoding_problems(rule: Place, is_file: bool) -> Iterator[Problem]:
    if rule.get("contentType", "text/plain") not in ("application/json", "text/plain") and not is_file:
        yield rule.problem("A field is sent as text or as JSON.", "`application/json`, or no such key.", "contentType")
    if rule.get("explode") or rule.get("style", "form") != "form":
        key = "explode" if rule.get("explode") else "style"
        yield rule.problem("A list is sent as one text, separated by commas.", "`explode: false`.", key)


def _response_problems(operation: Place) -> Iterator[Problem]:
    successes = {status: node for status, node in operation["responses"].items() if status.startswith("2")}
    if not successes:
        yield operation.problem("No success is documented.", "A response for `200`, `201` or `204`.", "responses")
    for response in successes.values():
        content = response.get("content", {})
        if len(content) > 1:
            reason = f"The SDK asks for one media type, and this response has {len(content)}."
            yield response.problem(reason, "The one to ask for, such as `application/json`.", "content")
        for kind in content:
            if kind not in ("application/json", "application/octet-stream") and not kind.startswith("text/"):
                reason = f"A response of {kind} is not read."
                instead = "`application/json`, `text/plain` or `application/octet-stream`."
                yield response.problem(reason, instead, "content", kind)
            elif kind == "application/json" and "schema" not in content[kind]:
                yield content[kind].problem("The response has no schema.", "`schema`; `{}` for any JSON.")
    if "x-paced" not in operation and not is_paced(operation):
        reason = f"No success or 429 has the header {RATE_LIMIT}, so the calls would not be paced."
        yield operation.problem(reason, "The header, or `x-paced: false` if no rate limit applies.", "responses")


def is_paced(operation: dict[str, Any]) -> bool:
    """
    Return whether the account's rate limits apply to an operation: by `x-paced`, or because its responses report them.
    """
    reported = (
        RATE_LIMIT.lower() in map(str.lower, node.get("headers", {}))
        for status, node in operation["responses"].items()
        if status.startswith("2") or status == "429"
    )
    return bool(operation.get("x-paced", any(reported)))


def _argument_problems(document: Document, operation: Place) -> Iterator[Problem]:
    names: dict[str, str] = {}
    for _, wire, name, place in arguments(document, operation):
        if name in names:
            reason = f"{wire} and {names[name]} would both be the argument {name}."
            yield place.problem(reason, "`x-python-name` with a name of its own in one of them.")
        names.setdefault(name, wire)


def _class_problems(document: Document) -> Iterator[Problem]:
    schemas = document.data["components"]["schemas"]
    classes: dict[str, str] = {}
    for key, schema in schemas.items():
        name = class_name(key)
        if name in classes:
            reason = f"{key} and {classes[name]} would both be the class {name}."
            yield Problem(f"/components/schemas/{key}", reason, "Another name for one of them.")
        classes.setdefault(name, key)
        if name in IMPORTED or not (key[:1].isalpha() or key[:1] == "_"):
            yield Problem(f"/components/schemas/{key}", f"{key} cannot be the name of a class.", "Another name.")
        if name.endswith("Dict") and name[:-4] in map(class_name, schemas):
            reason = f"{key} would be the class {name}, which types arguments that are a {name[:-4]}."
            yield Problem(f"/components/schemas/{key}", reason, "Another name.")
        fields: dict[str, str] = {}
        for wire, python in model_names(schema.get("properties", {})).items():
            if python in fields:
                reason = f"{wire} and {fields[python]} would both be the attribute {python}."
                instead = "`x-python-name` with a name of its own in one of them."
                yield schema.problem(reason, instead, "properties", wire)
            fields.setdefault(python, wire)


def _is_name(step: str) -> bool:
    words = re.sub(r"[\W_]+", " ", step).split()
    return bool(words) and words[0].isidentifier() and not keyword.iskeyword("_".join(words).lower())


def _tree_problems(document: Document) -> Iterator[Problem]:
    found: dict[str, Place] = {}
    resources: set[str] = set()
    for _, _, operation in operations(document.data):
        given = operation.get("operationId", "").split(".")
        steps = [python_name(step) for step in given]
        is_possible = all(map(_is_name, given)) and steps[0] != "root" and steps[-1] not in _MODULES
        if operation.get("operationId") and not is_possible:
            reason = f"{operation['operationId']} cannot be the name of a call."
            yield operation.problem(reason, "A name such as `files.versions.list`.", "operationId")
        resources |= {".".join(steps[:depth]) for depth in range(1, len(steps))}
        names = [".".join(steps)]
        names += [
            ".".join([*steps[:-1], method])
            for key, method in (("x-pagination", "iterate"), ("x-wait", "wait"))
            if key in operation
        ]
        for name in names:
            if name in found:
                yield operation.problem(f"There are two methods {name}.", "Another `operationId`.", "operationId")
            found.setdefault(name, operation)
    for name in sorted(resources & found.keys()):
        reason = f"The method {name} would hide the resource of that name."
        yield found[name].problem(reason, "Another `operationId` for one of them.", "operationId")
