"""
An example for each operation: the requests of the Postman collection's scenario, as Python.

`openapi/postman/scenario.yaml` has the order in which they succeed, so that a test can execute them one after another.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import attrs
from ruamel.yaml import YAML

from openapi.generator.arguments import Argument
from openapi.generator.calls import Method
from openapi.generator.document import Document
from openapi.generator.extensions import Pagination, Waiting
from openapi.generator.naming import model_names, python_name
from openapi.postman.complete import SCENARIO

_MARK = "# ---"


@attrs.frozen
class Example:
    """
    One example.

    Attributes:
        name: The operation's id; `ID.iterate` and `ID.wait` for what goes beyond one call.
        code: Statements for an async function. `client` is an `AsyncImageKit`.
        result: The variable that the code assigns; None if it assigns none.
        saves: Where later examples find their variables: name to path in the result, as JSON.
    """

    name: str
    code: str
    result: str | None
    saves: Mapping[str, Sequence[str | int]]


def examples(calls: Sequence[Method]) -> list[Example]:
    """
    Return the examples in the order in which they succeed; the first of an operation is the one to show.
    """
    scenario: dict[str, list[dict[str, Any]]] = YAML(typ="safe").load(SCENARIO)
    known = {call.id: call for call in calls}
    steps = [step for folder in scenario.values() for step in folder]
    used = {step["operation"] for step in steps}
    steps += [{"operation": name} for name in known if name not in used]
    found = [example for step in steps for example in _of_step(known[step["operation"]], step)]
    formatted = _formatted([example.code for example in found])
    return [attrs.evolve(example, code=code) for example, code in zip(found, formatted, strict=True)]


def shown(found: Sequence[Example]) -> dict[str, str]:
    """
    Return the code to show by name.
    """
    return {example.name: example.code for example in reversed(found)}


def _of_step(call: Method, step: Mapping[str, Any]) -> list[Example]:
    given = [(argument, value) for argument in call.arguments for value in _value(call, argument, step)]
    arguments = ", ".join(
        value if argument in call.positional else f"{argument.name}={value}" for argument, value in given
    )
    saves = {python_name(name): path for name, path in step.get("save", {}).items()}
    result = _result(call)
    imports = "from pathlib import Path\n\n" if any("Path(" in value for _, value in given) else ""
    assigned = f"{result} = " if result else ""
    found = [Example(call.id, f"{imports}{assigned}await client.{call.id}({arguments})", result, saves)]
    if Waiting.of(call):
        name = f"{call.resource}.wait"
        found.append(Example(name, f"{result} = await client.{name}({arguments})", result, {}))
    pages = Pagination.of(call)
    if pages:
        name = f"{call.resource}.iterate"
        kept = ", ".join(f"{argument.name}={value}" for argument, value in given if argument in pages.filters)
        item = _noun(pages.item)
        found.append(Example(name, f"async for {item} in client.{name}({kept}):\n    print({item})", None, {}))
    return found


def _value(call: Method, argument: Argument, step: Mapping[str, Any]) -> list[str]:
    """
    Return the expression of an argument; none if the example leaves it out.
    """
    if argument.location in ("path", "query", "header"):
        given = {**step.get("path", {}), **step.get("query", {})}
        parameters = {node["name"]: node for node in call.operation.get("parameters", ())}
        if argument.wire in given:
            return [_literal(given[argument.wire])]
        return [_literal(parameters[argument.wire].get("example"))] if argument.required else []
    body = step.get("form") or step.get("body") or _first_example(call)
    if argument.location == "file":
        return [f"Path({body['fileName']!r})"]
    value = body if argument.location == "whole" else body.get(argument.wire)
    if call.is_form and isinstance(value, str) and value in ("true", "false"):
        value = value == "true"
    if call.is_form and argument.annotation.startswith("Sequence[str]") and isinstance(value, str):
        value = value.split(",")
    return [] if value is None else [_literal(_with_python_names(call.document, argument.schema, value))]


def _with_python_names(document: Document, schema: Any, value: Any) -> Any:
    """
    Return a value whose keys are the names that the dicts of models have.
    """
    schema = document.resolve(schema)
    if isinstance(value, list):
        return [_with_python_names(document, schema.get("items", {}), item) for item in value]
    if not isinstance(value, dict):
        return value
    fields = document.fields(schema)
    names = model_names(fields)
    return {names.get(key, key): _with_python_names(document, fields.get(key, {}), item) for key, item in value.items()}


def _first_example(call: Method) -> Any:
    media = call.media_type
    named = media.get("examples")
    if named:
        return next(iter(named.values()))["value"]
    return media.get("example", {})


def _literal(value: Any) -> str:
    """
    Return a value as Python; `{{fileId}}` becomes the variable `file_id`.
    """
    return re.sub(r"'\{\{(\w+)\}\}'", lambda match: python_name(match[1]), repr(value))


def _result(call: Method) -> str | None:
    if call.returns == "None":
        return None
    return _noun(call.returns)


def _noun(annotation: str) -> str:
    plain = annotation.replace("builtins.", "").replace(" | UnknownModel", "")
    if plain.startswith("list["):
        noun = _noun(plain[5:-1])
        return noun if noun.endswith("s") else f"{noun}s"
    return re.sub(r"_(response|result)$", "", python_name(plain)) if re.fullmatch(r"\w+", plain) else "item"


def _formatted(codes: Sequence[str]) -> list[str]:
    command = [sys.executable, "-m", "ruff", "format", "--line-length", "88", "--isolated", "-"]
    joined = f"\n{_MARK}\n".join(codes)
    done = subprocess.run(command, input=joined, capture_output=True, text=True, check=True)
    return [code.strip() + "\n" for code in done.stdout.split(_MARK)]
