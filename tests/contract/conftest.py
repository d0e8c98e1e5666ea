"""
The contract as test parameters: operations, requests and documented responses; and clients with canned responses.

A test that names `operation`, `sample`, `success` or `failure` as an argument runs for each of them.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import attrs
import httpx
import pytest
from ruamel.yaml import YAML

from imagekit_async import AsyncImageKit, models

_TESTS = Path(__file__).parents[1]
PRIVATE_KEY = "private_key_of_tests"


@attrs.frozen
class Request:
    """
    One call of an operation and what it must put on the wire.
    """

    name: str
    args: list[Any]
    path: str
    keywords: dict[str, Any] = attrs.field(factory=dict)
    query: dict[str, str] = attrs.field(factory=dict)
    json: Any = None
    form: dict[str, Any] | None = None
    file: dict[str, Any] | None = None
    authorized: bool = True


@attrs.frozen
class Operation:
    """
    The contract of one operation.
    """

    call: str
    method: str
    template: str
    host: str
    statuses: list[int]
    requests: dict[str, Request]

    @property
    def minimal(self) -> Request:
        """
        Return the request with only what is required.
        """
        return self.requests["minimal"]

    def success(self) -> httpx.Response:
        """
        Return the first documented success, with its example.
        """
        status = next(status for status in self.statuses if status < 300)
        schema, examples = DOCUMENT.documented(self.call, status)
        return httpx.Response(status, json=next(iter(examples.values()))) if schema else httpx.Response(status)

    @classmethod
    def parse(cls, call: str, entry: dict[str, Any]) -> Operation:
        """
        Read an entry of the data file.
        """
        method, template = entry["operation"].split(" ")
        shared = {"args": entry.get("args", []), "path": entry.get("path", template)}
        return cls(
            call=call,
            method=method,
            template=template,
            host=entry.get("host", "api.imagekit.io"),
            statuses=entry["statuses"],
            requests={name: Request(name, **{**shared, **given}) for name, given in entry["requests"].items()},
        )


@attrs.frozen
class Document:
    """
    The OpenAPI document with its references resolved.
    """

    content: dict[str, Any]

    @property
    def operations(self) -> dict[str, tuple[str, dict[str, Any]]]:
        """
        Return method with path, and the operation, by operation id.
        """
        return {
            operation["operationId"]: (f"{method.upper()} {path}", operation)
            for path, methods in self.content["paths"].items()
            for method, operation in methods.items()
        }

    def resolve(self, node: dict[str, Any]) -> dict[str, Any]:
        """
        Follow a reference and merge `allOf`, leaving the name of what was referred to under `name`.
        """
        if "$ref" in node:
            path = node["$ref"].removeprefix("#/").split("/")
            target: Any = self.content
            for step in path:
                target = target[step]
            node = {"name": path[-1], **self.resolve(target)}
        if "allOf" in node:
            properties: dict[str, Any] = {}
            for part in node["allOf"]:
                properties |= self.resolve(part)["properties"]
            node = {**node, "properties": properties}
        return node

    def documented(self, call: str, status: int) -> tuple[dict[str, Any] | None, dict[str, Any]]:
        """
        Return schema and examples by name of one status; no schema where there is no body.
        """
        response = self.resolve(self.operations[call][1]["responses"][str(status)])
        if "content" not in response:
            return None, {}
        body = response["content"]["application/json"]
        examples = {name: example["value"] for name, example in body.get("examples", {}).items()}
        return body["schema"], {**examples, **({"example": body["example"]} if "example" in body else {})}


@attrs.frozen
class Success:
    """
    A response that the document gives as an example of success; neither schema nor body where there is no body.
    """

    operation: Operation
    status: int
    schema: dict[str, Any] | None
    body: Any


@attrs.frozen
class Failure:
    """
    An error status of an operation, with the error it must raise and bodies to raise it from.
    """

    operation: Operation
    status: int
    error: str
    bodies: list[dict[str, Any]]


def _load() -> dict[str, Any]:
    yaml = YAML(typ="safe", pure=True)
    construct = yaml.constructor
    construct.add_constructor("!bytes", lambda _, node: node.value.encode("latin-1"))
    construct.add_constructor("!date", lambda _, node: datetime.date.fromisoformat(node.value))
    construct.add_constructor("!datetime", lambda _, node: datetime.datetime.fromisoformat(node.value))
    construct.add_multi_constructor(
        "!model:", lambda loader, name, node: getattr(models, name)(**loader.construct_mapping(node, deep=True))
    )
    return yaml.load(_TESTS / "data" / "operations.yaml")


_CONTRACT = _load()
DOCUMENT = Document(YAML(typ="safe").load(_TESTS.parent / "openapi" / "imagekit-v1.yaml"))
_UNDOCUMENTED_ERROR = {"error": "APIStatusError", "bodies": [{"message": "Something is wrong."}]}


def _python_name(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|-", "_", name).lower()


def _required(schema: dict[str, Any]) -> set[str]:
    """
    Return the fields that every variant of a body requires.
    """
    schema = DOCUMENT.resolve(schema)
    variants = [_required(variant) for variant in schema.get("oneOf", ())]
    return {*schema.get("required", ()), *(set.intersection(*variants) if variants else ())}


def _derived(call: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """
    Return contract and tree entry of an operation for which only the document states them.
    """
    where, node = DOCUMENT.operations[call]
    given = {each["name"]: each for each in map(DOCUMENT.resolve, node.get("parameters", ()))}
    ids = {name: given[name]["example"] for name in re.findall(r"{(.*?)}", where)}
    query = {name: each["example"] for name, each in given.items() if each["in"] == "query"}
    content = DOCUMENT.resolve(node.get("requestBody", {})).get("content", {})
    assert content.keys() <= {"application/json"}, f"state what the form of {call} sends in tests/data/operations.yaml"
    media = content.get("application/json", {"schema": {}})
    bodies = [each["value"] for each in media.get("examples", {}).values()] or [media.get("example", {})]
    *named, last = ids or [""]
    required = {*named, *_required(media["schema"]), *(name for name in query if given[name].get("required"))}

    def request(body: dict[str, Any], names: set[str] | None = None) -> dict[str, Any]:
        parts = [{name: ids[name] for name in named}, query, body]
        _, sent, fields = parts = [{k: v for k, v in part.items() if not names or k in names} for part in parts]
        return {
            "keywords": {_python_name(name): value for part in parts for name, value in part.items()},
            "query": {name: value if isinstance(value, str) else json.dumps(value) for name, value in sent.items()},
            "json": fields if content else None,
        }

    requests = {f"all {number}": request(body) for number, body in enumerate(bodies, 1)}
    contract = {
        "operation": where,
        "args": [ids[last]] if last else [],
        "path": where.partition(" ")[2].format_map({name: quote(str(value), "") for name, value in ids.items()}),
        "host": node.get("servers", DOCUMENT.content["servers"])[0]["url"].removeprefix("https://"),
        "statuses": sorted(int(status) for status in node["responses"]),
        "requests": {"minimal": request(bodies[0], required or {""}), **requests},
    }
    keywords = dict.fromkeys([*named, *query, *(name for body in bodies for name in body)])
    entries = [{"name": _python_name(last), "kind": "positional", "required": True}] if last else []
    entries += [{"name": _python_name(name), "kind": "keyword", "required": name in required} for name in keywords]
    return contract, {"call": call, "operation": where, "parameters": entries}


# What is stated by hand holds the document too; an operation added to it needs no statement.
_DERIVED = {call: _derived(call) for call in DOCUMENT.operations if call not in _CONTRACT["operations"]}
_STATED = {**_CONTRACT["operations"], **{call: contract for call, (contract, _) in _DERIVED.items()}}
OPERATIONS = [Operation.parse(call, entry) for call, entry in _STATED.items()]


def _samples() -> Iterator[Any]:
    for operation in OPERATIONS:
        for request in operation.requests.values():
            yield pytest.param((operation, request), id=f"{operation.call}-{request.name.replace(' ', '_')}")


def _successes() -> Iterator[Any]:
    for operation in OPERATIONS:
        for status in operation.statuses:
            if status >= 300:
                continue
            schema, examples = DOCUMENT.documented(operation.call, status)
            for name, body in (examples if schema else {"empty": None}).items():
                yield pytest.param(Success(operation, status, schema, body), id=f"{operation.call}-{status}-{name}")


def _failures() -> Iterator[Any]:
    for operation in OPERATIONS:
        for status in operation.statuses:
            if status >= 300:
                failure = Failure(operation, status, **_CONTRACT["errors"].get(status, _UNDOCUMENTED_ERROR))
                yield pytest.param(failure, id=f"{operation.call}-{status}")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """
    Run a test for each operation, request or response that it asks for.
    """
    cases = {
        "operation": lambda: (pytest.param(operation, id=operation.call) for operation in OPERATIONS),
        "sample": _samples,
        "success": _successes,
        "failure": _failures,
    }
    for name in cases.keys() & set(metafunc.fixturenames):
        metafunc.parametrize(name, list(cases[name]()))


@pytest.fixture
def anyio_backend() -> str:
    """
    Run on one event loop: what is encoded and decoded does not depend on it.
    """
    return "asyncio"


@pytest.fixture(scope="session")
def document() -> Document:
    """
    Give the OpenAPI document.
    """
    return DOCUMENT


@pytest.fixture(scope="session")
def operations() -> list[Operation]:
    """
    Give the contracts of all operations.
    """
    return OPERATIONS


@pytest.fixture(scope="session")
def tree() -> dict[str, dict[str, Any]]:
    """
    Give the calls and parameters that the resource tree must have, by call.
    """
    text = (_TESTS / "data" / "resource-tree.json").read_text(encoding="utf-8")
    stated = {entry["call"]: entry for entry in json.loads(text)}
    return {**{call: entry for call, (_, entry) in _DERIVED.items()}, **stated}


Responding = Callable[..., tuple[AsyncImageKit, list[httpx.Request]]]


@pytest.fixture
def responding() -> Responding:
    """
    Make a client that gets the given responses in turn, and the list of the requests it will have sent.
    """

    def make(*replies: httpx.Response, **settings: Any) -> tuple[AsyncImageKit, list[httpx.Request]]:
        left = list(replies)
        sent: list[httpx.Request] = []

        async def respond(request: httpx.Request) -> httpx.Response:
            """
            Note the request and give the next response.
            """
            await request.aread()
            sent.append(request)
            return left.pop(0)

        return AsyncImageKit(PRIVATE_KEY, transport=httpx.MockTransport(respond), **settings), sent

    return make
