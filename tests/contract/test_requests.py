"""
What a call puts on the wire.
"""

from __future__ import annotations

import base64
import json
from importlib.metadata import version
from operator import attrgetter
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
import starlette.requests

from imagekit_async import __api_version__


async def parts_of(request: httpx.Request) -> tuple[list[tuple[str, str]], list[tuple[str, dict[str, Any]]]]:
    """
    Parse a multipart body into text fields and files, in order and with duplicates.
    """

    async def receive() -> dict[str, Any]:
        """
        Give the whole body.
        """
        return {"type": "http.request", "body": request.content, "more_body": False}

    scope = {"type": "http", "headers": [(name.lower(), value) for name, value in request.headers.raw]}
    async with starlette.requests.Request(scope, receive).form() as form:
        parts = form.multi_items()
        texts = [(name, part) for name, part in parts if isinstance(part, str)]
        files = [(name, part) for name, part in parts if not isinstance(part, str)]
        return texts, [(name, {"name": part.filename, "content": await part.read()}) for name, part in files]


@pytest.mark.anyio
async def test_request_goes_where_the_api_expects_it(sample, responding):
    """A call has the documented method and URL, path and query escaped and omitted parameters left out."""
    operation, expected = sample
    client, sent = responding(operation.success())

    async with client:
        await attrgetter(operation.call)(client)(*expected.args, **expected.keywords)

    (request,) = sent
    path, _, query = request.url.raw_path.decode().partition("?")
    pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
    assert operation.method == request.method
    assert ("https", operation.host, expected.path) == (request.url.scheme, request.url.host, path)
    assert sorted(expected.query.items()) == sorted(pairs)


@pytest.mark.anyio
async def test_request_body_is_the_documented_one(sample, responding):
    """A call sends exactly the documented JSON or form: API names throughout, nothing for omitted arguments."""
    operation, expected = sample
    client, sent = responding(operation.success())

    async with client:
        await attrgetter(operation.call)(client)(*expected.args, **expected.keywords)

    (request,) = sent
    if expected.form is None:
        body = None if expected.json is None else json.loads(request.content)
        assert expected.json == body
        assert (expected.json is None) == (request.content == b"")
        return
    texts, files = await parts_of(request)
    encoded = {name for name, value in expected.form.items() if not isinstance(value, str)}
    assert sorted(expected.form) == sorted(name for name, _ in texts)
    assert expected.form == {name: json.loads(text) if name in encoded else text for name, text in texts}
    assert ([("file", expected.file)] if expected.file else []) == files


@pytest.mark.anyio
async def test_request_headers(sample, responding):
    """A call authenticates with the private key unless its form is signed, and states its types and its sender."""
    operation, expected = sample
    client, sent = responding(operation.success())
    authorization = "Basic " + base64.b64encode(b"private_key_of_tests:").decode()
    body_type = {True: "multipart/form-data; boundary", False: "application/json"}[expected.form is not None]

    async with client:
        await attrgetter(operation.call)(client)(*expected.args, **expected.keywords)

    (request,) = sent
    assert (authorization if expected.authorized else None) == request.headers.get("authorization")
    sender = f"imagekit-async/{version('imagekit-async')} ({__api_version__})"
    assert ("application/json", sender) == (request.headers["accept"], request.headers["user-agent"])
    assert (body_type if request.content else "") == request.headers.get("content-type", "").partition("=")[0]
    assert len(request.content) == int(request.headers.get("content-length", 0))


@pytest.mark.anyio
async def test_base_url_moves_every_call(operation, responding):
    """With base_url set, every call goes below it, uploads included."""
    client, sent = responding(operation.success(), base_url="http://127.0.0.1:8080/imagekit/")
    expected = operation.minimal

    async with client:
        await attrgetter(operation.call)(client)(*expected.args, **expected.keywords)

    assert [f"http://127.0.0.1:8080/imagekit{expected.path}"] == [
        str(request.url).partition("?")[0] for request in sent
    ]


@pytest.mark.anyio
async def test_upload_base_url_moves_uploads_only(operation, responding):
    """With upload_base_url set, uploads go there and all other calls stay where they were."""
    client, sent = responding(operation.success(), upload_base_url="http://127.0.0.1:8081")
    expected = operation.minimal
    base = "http://127.0.0.1:8081" if operation.host == "upload.imagekit.io" else "https://api.imagekit.io"

    async with client:
        await attrgetter(operation.call)(client)(*expected.args, **expected.keywords)

    assert [base + expected.path] == [str(request.url).partition("?")[0] for request in sent]


@pytest.mark.anyio
async def test_ids_may_be_given_by_name(operation, responding, tree):
    """A positional argument may be passed by its name as well, to the same effect."""
    client, sent = responding(operation.success())
    expected = operation.minimal
    names = [entry["name"] for entry in tree[operation.call]["parameters"] if entry["kind"] == "positional"]

    async with client:
        await attrgetter(operation.call)(client)(**dict(zip(names, expected.args, strict=True)), **expected.keywords)

    assert [expected.path] == [request.url.raw_path.decode().partition("?")[0] for request in sent]
