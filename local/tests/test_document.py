"""
The document that the server follows: what it adds, what it takes away, and how it is served.
"""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, TypeAlias

import httpx
import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from imagekit_local import LocalImageKit
from imagekit_local._document.examples import operation_example
from imagekit_local._document.reading import packaged_document, read_document

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "openapi" / "imagekit-v1.yaml"
EXAMPLE = "x-imagekit-local"
Serve: TypeAlias = Callable[..., AbstractAsyncContextManager[tuple[LocalImageKit, httpx.AsyncClient]]]


def changed(paths: dict[str, Any] | None = None, **keys: Any) -> dict[str, Any]:
    """
    Return the packaged document with more paths and other top-level keys.
    """
    content = copy.deepcopy(dict(packaged_document().content))
    return {**content, **keys, "paths": {**content["paths"], **(paths or {})}}


def operation(value: Any = None, /, status: str = "200", **keys: Any) -> dict[str, Any]:
    """
    Return an operation whose response has a value as its example.
    """
    content = {"application/json": {"example": value}}
    return {"responses": {status: {"description": "Fine.", "content": content}}, **keys}


@pytest.fixture
def serve() -> Serve:
    """
    Serve a document in process, with a client that has the private key.
    """

    @asynccontextmanager
    async def served(
        document: Any, key: str = "private_local", **options: Any
    ) -> AsyncIterator[tuple[LocalImageKit, httpx.AsyncClient]]:
        server = LocalImageKit(document=document, **options)
        auth = (key, "") if key else None
        async with httpx.AsyncClient(transport=server.transport(), base_url=server.url, auth=auth) as client:
            yield server, client
        server.stop()

    return served


def test_packaged_document() -> None:
    """The packaged document is the one of the repository, as JSON."""
    assert YAML(typ="safe").load(SOURCE) == packaged_document().content


async def test_operations_of_the_release(client: httpx.AsyncClient) -> None:
    """An operation responds with its example if the table of provenance does not list it, or says so."""
    table = (ROOT / "local" / "docs" / "provenance.md").read_text(encoding="utf-8")
    responses = {known.name: await client.request(known.method, known.path) for known in packaged_document().operations}

    listed = re.findall(r"^\| `(\S+)` \| [^|]+ \| (?!example)", table, re.MULTILINE)
    assert responses.keys() - {*listed} == {name for name, found in responses.items() if EXAMPLE in found.headers}


async def test_new_operation(serve: Serve) -> None:
    """An operation that the server does not implement responds with status, headers and example of the document."""
    responses = {
        "400": {"description": "Wrong."},
        "207": {"description": "Not the first."},
        "202": {"$ref": "#/components/responses/Palette"},
    }
    palette = {
        "description": "The colors.",
        "headers": {
            "x-ik-requestId": {"schema": {"type": "string"}},
            "X-RateLimit-Limit": {"schema": {"type": "integer"}, "example": 7},
            "X-Colors": {"schema": {"type": "array"}, "example": ["größe", 1]},
            "X-Total": {"schema": {"type": "integer", "minimum": 3}},
        },
        "content": {
            "text/plain": {"example": "red"},
            "application/json": {"examples": {"one": {"externalValue": "x"}, "two": {"value": {"colors": ["red"]}}}},
        },
    }
    content = changed({"/v1/files/{fileId}/palette": {"post": {"operationId": "palette", "responses": responses}}})
    content["components"]["responses"]["Palette"] = palette
    async with serve(content) as (server, client):
        response = await client.post("/v1/files/1/palette?depth=3", content=b"x" * 100_000)

    assert (202, {"colors": ["red"]}) == (response.status_code, response.json())
    assert ["example", "gr%C3%B6%C3%9Fe,1", "3"] == [response.headers[n] for n in (EXAMPLE, "X-Colors", "X-Total")]
    assert "application/json" == response.headers["content-type"]
    assert 36 == len(response.headers["x-ik-requestId"])
    assert "X-RateLimit-Limit" not in response.headers
    assert [("palette", 202, 100_000)] == [(r.operation, r.status, r.body_bytes) for r in server.requests]


@pytest.mark.parametrize(
    ("responses", "expected"),
    [
        ({"204": {"content": {"application/json": {"example": {"a": 1}}}}}, (204, None, b"")),
        (
            {"2XX": {"content": {"application/problem+json": {"example": None}}}},
            (200, "application/problem+json", b"null"),
        ),
        ({"default": {"content": {"*/*": {"example": 1}}}}, (200, "application/json", b"1")),
        (
            {"200": {"content": {"image/*": {"schema": {"type": "string"}}}}},
            (200, "application/octet-stream", b"string"),
        ),
        ({"200": {"content": {"text/csv": {"example": "a,b"}}}}, (200, "text/csv; charset=utf-8", b"a,b")),
        ({"404": {"description": "Never there."}}, (200, None, b"")),
        ({}, (200, None, b"")),
    ],
)
async def test_kinds_of_responses(serve: Serve, responses: Any, expected: tuple[int, str | None, bytes]) -> None:
    """Ranges, defaults, any media type and responses without a body are all served."""
    async with serve(changed({"/v1/new": {"get": {"responses": responses}}})) as (server, client):
        response = await client.get("/v1/new")

        assert ["GET /v1/new"] == [request.operation for request in server.requests]
    assert expected == (response.status_code, response.headers.get("content-type"), response.content)


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ("/v1/files/{file-id}.{ext}", "/v1/files/a.b.png"),
        ("/v1/files/{fileId}/versions/latest", "/v1/files/1/versions/latest"),
        ("/v1/files:search", "/v1/files:search"),
        ("/v1/files/{a}{b}", "/v1/files/xy"),
        ("/v1/files/{id}/{id}", "/v1/files/1/2"),
        ("/v1/new?kind=a", "/v1/new?kind=a"),
        ("/v1/a b/{path:path}", "/v1/a%20b/c"),
    ],
)
async def test_path_templates(serve: Serve, template: str, path: str) -> None:
    """Templates can have parameters anywhere and with any name, and the more literal template wins."""
    async with serve(changed({template: {"put": operation("new", operationId="new")}})) as (server, client):
        response = await client.put(path)

    assert ("new", "new") == (response.json(), server.requests[0].operation)


async def test_other_parameter_names(serve: Serve) -> None:
    """The server recognizes an operation by method and path, whatever the document calls it and its parameters."""
    content = changed()
    content["paths"]["/v1/files/{anyId}/details"] = content["paths"].pop("/v1/files/{fileId}/details")
    content["paths"]["/v1/files/{anyId}/details"]["get"]["operationId"] = "get-file-details"
    async with serve(content) as (server, client):
        response = await client.get("/v1/files/000000000000000000000001/details")

    assert (404, "The requested file does not exist.") == (response.status_code, response.json()["message"])
    assert "get-file-details" == server.requests[0].operation


async def test_second_method(serve: Serve) -> None:
    """A path can have operations that are implemented beside others that are not."""
    new = {"post": operation([1]), "head": operation("unused", status="206")}
    content = changed()
    content["paths"]["/v1/files"] |= new
    async with serve(content) as (_, client):
        responses = [await client.request(method, "/v1/files") for method in ("GET", "POST", "HEAD")]

    found = [(response.status_code, response.headers.get(EXAMPLE)) for response in responses]

    assert [(200, None), (200, "example"), (206, "example")] == found


async def test_removed_operation(serve: Serve, deviations: list[str]) -> None:
    """An operation that the document does not have is an unknown route, or an unknown method of a route."""
    content = changed()
    del content["paths"]["/v1/saved-extensions"]
    del content["paths"]["/v1/files"]["get"]
    content["paths"]["/v1/files"]["put"] = operation()
    async with serve(content) as (_, client):
        responses = [await client.get("/v1/saved-extensions"), await client.get("/v1/files")]
    deviations.clear()

    assert [404, 405] == [response.status_code for response in responses]
    assert "Not found" == responses[0].json()["message"]


async def test_base_path(serve: Serve) -> None:
    """Paths start with that of the first server: of the operation, of the path, or of the document."""
    servers = [{"url": "https://example.com/{stage}/x", "variables": {"stage": {"default": "v9"}}}]
    path = {"get": operation(1), "put": operation(2, servers=[{"url": "/own/"}]), "servers": [{"url": "http://a/path"}]}
    content = changed({"/a": path, "/b": {"get": operation(3)}}, servers=servers)
    async with serve(content) as (_, client):
        found = [
            (await client.request(m, p)).json() for m, p in (("GET", "/path/a"), ("PUT", "/own/a"), ("GET", "/v9/x/b"))
        ]

    assert [1, 2, 3] == found


async def test_examples_are_guarded(serve: Serve) -> None:
    """An example needs a key with the right access, counts for rate limits, and meets faults."""
    content = changed({"/v1/new": {"post": operation(1, operationId="new.call"), "get": operation(2)}})
    keys = {"key_ro": "read"}
    async with serve(content, key="", rate_limit="1/60", restricted_keys=keys) as (server, client):
        fault = server.faults.add("status", operation="new.call", status=502)
        calls = [("POST", "private_local"), ("POST", ""), ("POST", "key_ro"), ("GET", "key_ro")]
        calls += [("POST", "private_local")] * 2
        responses = [await client.request(m, "/v1/new", auth=(key, "") if key else None) for m, key in calls]

    assert [502, 401, 403, 200, 200, 429] == [response.status_code for response in responses]
    assert ["1", "60000"] == [responses[4].headers[f"X-RateLimit-{name}"] for name in ("Limit", "Interval")]
    assert 1 == fault.fired


@pytest.mark.parametrize(
    ("security", "status"),
    [(None, 401), ([{"privateKey": []}], 401), ([], 200), ([{"privateKey": []}, {}], 200)],
)
async def test_public_operation(serve: Serve, security: Any, status: int) -> None:
    """An operation needs no key if the document says so."""
    keys = {} if security is None else {"security": security}
    async with serve(changed({"/v1/new": {"get": operation(1, **keys)}}), key="") as (_, client):
        response = await client.get("/v1/new")

    assert status == response.status_code


async def test_document_without_security(serve: Serve) -> None:
    """Without a word about security in the document, operations need the key."""
    content = changed({"/v1/new": {"get": operation(1)}})
    del content["security"]
    async with serve(content, key="") as (_, client):
        response = await client.get("/v1/new")

    assert 401 == response.status_code


async def test_served_document(serve: Serve) -> None:
    """The document is served without authentication, and these requests are not recorded or disturbed."""
    content = changed(info={"title": "On: and off", "version": "1.0", "x-date": "2030-01-02"})
    async with serve(content, key="") as (server, client):
        server.faults.add("status", times=None)
        as_json, as_yaml = await client.get("/openapi.json"), await client.get("/openapi.yaml")
        again = await client.get("/openapi.yaml")

    assert content == as_json.json()
    assert content == YAML(typ="safe").load(as_yaml.text)
    assert list(content) == list(YAML(typ="safe").load(as_yaml.text))
    assert as_yaml.text == again.text
    assert "application/yaml" == as_yaml.headers["content-type"]
    assert [] == server.requests


@pytest.mark.parametrize("suffix", ["yaml", "json", "txt"])
async def test_files(serve: Serve, tmp_path: Path, suffix: str) -> None:
    """A document is read from YAML or JSON; dates are text, and unquoted statuses are statuses."""
    path = tmp_path / f"api.{suffix}"
    text = "{openapi: 3.0.3, paths: {/new: {get: {responses: {200: {content: {a/json: {example: 2030-01-02}}}}}}}}"
    path.write_text(text if suffix != "json" else json.dumps(YAML(typ="safe").load(text), default=str))
    async with serve(path) as (_, client):
        response = await client.get("/new")

    assert (200, "2030-01-02") == (response.status_code, response.json())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"swagger": "2.0", "paths": {}}, "the key openapi with a version 3.x is missing"),
        ({"openapi": "3.1.0"}, "the key paths is missing"),
        ({"openapi": "3.1.0", "paths": {"a": {}}}, "the path 'a' does not start with a slash"),
        ({"openapi": "3.1.0", "paths": {"/a": None}}, "not iterable"),
        ({"openapi": "3.1.0", "paths": {"/a": {"get": None}}}, "has no attribute"),
        ({"openapi": "3.1.0", "paths": {"/a": {"$ref": "b.yaml"}}}, "'b.yaml' leads out of the document"),
        ({"openapi": "3.1.0", "paths": {"/a": {"$ref": "#/paths/~1b"}}}, "'#/paths/~1b' leads nowhere"),
        ({"openapi": "3.1.0", "paths": {"/a": {"$ref": "#/paths/~1a"}}}, "refers to itself"),
        ({"openapi": "3.1.0", "paths": {}, "x": {1, 2}}, "not JSON serializable"),
        ({"openapi": "3.1.0", "paths": {"/a": {"get": {"responses": {"200": []}}}}}, "GET /a has no valid response"),
    ],
)
def test_no_document(content: dict[str, Any], reason: str) -> None:
    """An invalid document is refused with the reason, before anything is served."""
    with pytest.raises(ValueError, match=reason):
        LocalImageKit(document=content)


@pytest.mark.parametrize("text", ["{", "a: [", "[]", "a: 1\na: 2"])
def test_no_document_in_file(tmp_path: Path, text: str) -> None:
    """A file without a valid document is refused by its name."""
    path = tmp_path / "api.yaml"
    path.write_text(text)

    with pytest.raises(ValueError, match=r"api\.yaml"):
        LocalImageKit(document=path)


@pytest.mark.parametrize("text", ["[]", None])
def test_command_refuses(tmp_path: Path, text: str | None) -> None:
    """The command reports a document that it cannot use, without a traceback."""
    path = tmp_path / "api.json"
    if text is not None:
        path.write_text(text)
    command = [sys.executable, "-m", "imagekit_local", "--document", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert 2 == done.returncode
    assert "error: " in done.stderr
    assert "api.json" in done.stderr
    assert "Traceback" not in done.stderr


def test_command(tmp_path: Path) -> None:
    """`--document` serves a changed document."""
    path = tmp_path / "api.json"
    path.write_text(json.dumps(changed({"/v1/new": {"get": operation({"a": 1})}})))
    command = [sys.executable, "-m", "imagekit_local", "--document", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        response = httpx.get(f"{url}/v1/new", auth=("private_local", ""))
        process.terminate()

    assert {"a": 1} == response.json()


def without_examples(node: Any) -> Any:
    """
    Return a document whose schemas and media types name no examples.
    """
    if isinstance(node, list):
        return [without_examples(part) for part in node]
    if not isinstance(node, dict):
        return node
    return {name: without_examples(value) for name, value in node.items() if name not in ("example", "examples")}


def test_examples_fit_their_schemas() -> None:
    """For each operation of the API, the response made from the schema alone is valid by that schema."""
    document = read_document(without_examples(packaged_document().content))
    invalid = []
    for known in document.operations:
        example = operation_example(document, known)
        media = known.node["responses"][str(example.status)].get("content", {})
        schema = media.get("application/json", {}).get("schema", True)
        root = schema if schema is True else {**schema, "components": document.content["components"]}
        if example.body:
            errors = Draft202012Validator(root).iter_errors(json.loads(example.body))
            invalid += [f"{known.name}: {error.json_path}: {error.message}" for error in errors]

    assert [] == invalid
