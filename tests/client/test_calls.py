"""
A call goes out as documented and comes back as a value.
"""

from __future__ import annotations

import base64
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

import httpx
import pytest

from imagekit_async import (
    UNSET,
    APIResponseValidationError,
    AsyncImageKit,
    ConfigurationError,
    InternalServerError,
    NotFoundError,
    RateLimit,
    __api_version__,
    __version__,
    models,
)


@pytest.mark.anyio
async def test_waits_take_no_time(scripted):
    """A refused call is repeated after the wait the server asked for, in milliseconds."""
    client, _ = scripted(
        httpx.Response(429, json={"message": "slow down"}, headers={"X-RateLimit-Reset": "30000"}),
        httpx.Response(200, json=[], headers={"x-ik-requestId": "id-2"}),
    )

    async with client:
        response = await client.with_response.assets.list()

    assert ([], "id-2", 2) == (response.value, response.request_id, response.attempts)
    assert timedelta(seconds=30) <= response.elapsed <= timedelta(seconds=33)


FILE = {"fileId": "f1", "name": "a.png", "type": "file"}
PRIVATE_KEY = "private_key_of_tests"


def body_of(request: httpx.Request) -> object:
    """The JSON that was sent."""
    return json.loads(request.content)


def parse_form(request: httpx.Request) -> dict[str, str]:
    """The text fields of the form that was sent, as far as they hold no line break."""
    parts = re.findall(r'name="(\w+)"\r\n\r\n(.*)\r\n', request.content.decode())
    return dict(parts)


@pytest.mark.anyio
async def test_requests_are_authenticated_json(scripted):
    """A call carries the key as Basic user name, asks for JSON, names the SDK and sends its body as UTF-8 JSON."""
    client, script = scripted(httpx.Response(200, json=FILE))

    file = await client.files.update("f1", tags=["ä", "b"], custom_coordinates=None)

    (request,) = script.requests
    assert "f1" == file.file_id
    assert ("PATCH", "https://api.imagekit.io/v1/files/f1/details") == (request.method, str(request.url))
    assert f"{PRIVATE_KEY}:".encode() == base64.b64decode(request.headers["Authorization"].removeprefix("Basic "))
    assert ["application/json"] * 2 == [request.headers[name] for name in ("Accept", "Content-Type")]
    assert f"imagekit-async/{__version__} ({__api_version__})" == request.headers["User-Agent"]
    assert '{"tags":["ä","b"],"customCoordinates":null}'.encode() == request.content


@pytest.mark.anyio
async def test_reading_sends_no_body(scripted):
    """A call without body has neither content nor a content type, and its path parameters are escaped."""
    client, script = scripted(httpx.Response(200, json=FILE))

    await client.files.get("a/b ?#%ü")

    (request,) = script.requests
    assert (b"", None) == (request.content, request.headers.get("Content-Type"))
    assert b"/v1/files/a%2Fb%20%3F%23%25%C3%BC/details" == request.url.raw_path


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("file_id", "error"), [("", ValueError), (".", ValueError), ("..", ValueError), (5, TypeError)]
)
async def test_ids_that_are_none_are_refused(scripted, file_id, error):
    """An id that would lead to another path is refused before anything is sent."""
    client, _ = scripted()

    with pytest.raises(error, match=r"^file_id must be "):
        await client.files.delete(file_id)


@pytest.mark.anyio
async def test_bad_arguments_are_named(scripted):
    """An argument of a wrong type is refused before anything is sent, by its name."""
    client, _ = scripted()

    with pytest.raises(TypeError, match=r"^file_ids must be a list, got str$"):
        await client.files.bulk.delete(file_ids="f1")


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("send", "message"),
    [
        (lambda client: client.files.get(None), "file_id must be a str, got NoneType"),
        (lambda client: client.files.get("a\udcff"), "file_id must be valid Unicode, but has a lone surrogate"),
        (lambda client: client.assets.list(limit="5"), "limit must be an int, got str"),
        (lambda client: client.assets.list(extra_query={"a": b"b"}), r"extra_query\['a'\] must be text, .* got bytes"),
        (lambda client: client.files.update("f1", remove_ai_tags=5), "remove_ai_tags must be a list, got int"),
        (lambda client: client.files.update("f1", extra_body={"a": {1}, "b": 1j}), r"extra_body\['b'\] must be text"),
        (lambda client: client.files.bulk.add_tags(file_ids=None, tags=["a"]), "file_ids must be a list, got NoneType"),
        (
            lambda client: client.files.upload(file=b"a", file_name=PurePosixPath("a")),
            r"file_name must be a str, got PurePosixPath; pass str\(path\)",
        ),
        (
            lambda client: client.files.upload(file=b"a", file_name="a", folder=PurePosixPath("/a")),
            r"folder must be a str, got PurePosixPath; pass str\(path\)",
        ),
        (lambda client: client.files.upload(file=b"a", file_name="a", tags="x"), "tags must be a list, got str"),
        (
            lambda client: client.files.upload(file=b"a", file_name="a", tags=["a,b"]),
            r"tags\[0\] must not be empty, contain a comma, .*, got 'a,b'; .*files\.update\(\)",
        ),
        (
            lambda client: client.files.upload(file=b"a", file_name="a", response_fields=["tags,metadata"]),
            r"response_fields\[0\] must not be empty, contain a comma",
        ),
        (
            lambda client: client.files.upload(file=b"a", file_name="a", extra_body={"x": ["a,b"]}),
            r"extra_body\['x'\]\[0\] must not be empty, contain a comma",
        ),
        (lambda client: client.request("GET", "/v1/x", query={"a": float("nan")}), r"query\['a'\] must be a finite"),
        (lambda client: client.request("POST", "/v1/x", json=[{"a": b"b"}]), r"json\[0\]\['a'\] must be text"),
        (lambda client: anext(client.assets.iterate(extra_query=5)), "extra_query must be a mapping, got int"),
        (
            lambda client: client.files.upload(file=b"a", file_name="a", progress=5),
            "progress must be a function, got int",
        ),
        (lambda client: client.files.update("f1", extra_body=[1]), "extra_body must be a mapping, got list"),
        (lambda client: client.files.update("f1", extra_body="a"), "extra_body must be a mapping, got str"),
        (lambda client: client.files.get("f1", deadline="5"), "deadline must be a positive number .*, got '5'"),
        (lambda client: client.files.get("f1", deadline=True), "deadline must be a positive number .*, got True"),
        (
            lambda client: client.files.get("f1", deadline=timedelta(seconds=5)),
            r"deadline must be a positive number .*, got datetime\.timedelta\(seconds=5\)",
        ),
        (lambda client: client.files.get("f1", idempotent="no"), "idempotent must be a bool, got 'no'"),
        (
            lambda client: client.request("GET", PurePosixPath("/v1")),
            r"path must be a str, got PurePosixPath; pass str",
        ),
    ],
)
async def test_arguments_are_refused_by_name(scripted, send, message):
    """What cannot be sent as it was given is refused before anything is sent, with the name of the keyword."""
    client, _ = scripted()

    with pytest.raises((TypeError, ValueError), match=f"^{message}"):
        await send(client)


@pytest.mark.anyio
async def test_responses_tell_the_exchange(scripted):
    """`with_response` gives the value with id, status, headers of any case, limits, attempts and time."""
    headers = {"x-ik-requestId": "id-1", "X-RateLimit-Limit": "5", "X-RateLimit-Interval": "1000", "X-Other": "1"}
    client, _ = scripted(httpx.Response(200, json=FILE, headers=headers))

    response = await client.with_response.files.get("f1")

    assert ("a.png", "id-1", 200, 1) == (
        response.value.name,
        response.request_id,
        response.status_code,
        response.attempts,
    )
    assert ("1", "1") == (response.headers["x-other"], response.headers["X-OTHER"])
    assert RateLimit(limit=5, interval=timedelta(seconds=1), reset=None) == response.rate_limit
    assert timedelta(0) == response.elapsed


@pytest.mark.anyio
async def test_a_bare_response(scripted):
    """What the response does not report is None."""
    client, _ = scripted(httpx.Response(204))

    response = await client.with_response.files.delete("f1")

    assert (None, None, None, 204) == (
        response.value,
        response.request_id,
        response.rate_limit,
        response.status_code,
    )


@pytest.mark.anyio
async def test_a_partial_success_is_a_value(scripted):
    """207 returns the value, which lists what failed."""
    body = {"successfullyUpdatedFileIds": ["f1"], "errors": [{"fileId": "f2", "error": "gone"}]}
    client, _ = scripted(httpx.Response(207, json=body))

    response = await client.with_response.files.bulk.add_tags(file_ids=["f1", "f2"], tags=["t"])

    assert (207, ["f1"]) == (response.status_code, response.value.successfully_updated_file_ids)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("content", "value"), [(b"", {}), (b"{}", {}), (b'{"a": 1}', {"a": 1}), ('\ufeff{"a": 1}'.encode(), {"a": 1})]
)
async def test_free_form_bodies_may_be_empty(scripted, content, value):
    """Where the API returns a free-form object, no body counts as an empty one."""
    client, _ = scripted(httpx.Response(201, content=content))

    assert value == await client.folders.create(folder_name="a", parent_folder_path="/")


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, {"connect": 5.0, "read": 60.0, "write": 60.0, "pool": None}),
        ({"timeout": 3}, {"connect": 3, "read": 3, "write": 3, "pool": None}),
        ({"timeout": None}, dict.fromkeys(["connect", "read", "write", "pool"])),
        ({"timeout": httpx.Timeout(4, pool=2)}, {"connect": 4, "read": 4, "write": 4, "pool": 2}),
    ],
)
async def test_timeouts(scripted, options, expected):
    """A timeout of the client or of the call bounds connecting, reading and writing; queueing is not bounded."""
    client, script = scripted(httpx.Response(204), **options)
    other, other_script = scripted(httpx.Response(204), timeout=9)

    await client.files.delete("f1")
    await other.files.delete("f1", **(options or {"timeout": httpx.Timeout(60, connect=5, pool=None)}))

    assert expected == script.requests[0].extensions["timeout"]
    assert expected == other_script.requests[0].extensions["timeout"]


@pytest.mark.anyio
async def test_http_client_brings_its_timeout():
    """With a caller's http_client its own timeout holds, unless the client or the call sets one."""
    script = []
    transport = httpx.MockTransport(lambda request: script.append(request.extensions["timeout"]) or httpx.Response(204))
    async with httpx.AsyncClient(transport=transport, timeout=7) as http_client:
        await AsyncImageKit("private", http_client=http_client).files.delete("f1")
        await AsyncImageKit("private", http_client=http_client).files.delete("f1", timeout=8)
        await AsyncImageKit("private", http_client=http_client, timeout=9).files.delete("f1")

    assert [7, 8, 9] == [timeout["read"] for timeout in script]


@pytest.mark.anyio
@pytest.mark.parametrize("options", [{"timeout": 0}, {"timeout": float("nan")}, {"max_retries": -1}])
async def test_bad_options_are_refused(scripted, options):
    """Options of a call are checked as those of the client are, before anything is sent."""
    client, _ = scripted()

    with pytest.raises(ConfigurationError):
        await client.files.delete("f1", **options)


@pytest.mark.anyio
async def test_headers_are_added_and_replaced(scripted):
    """A call's headers replace the client's, the client's replace the SDK's, whatever their case."""
    client, script = scripted(
        httpx.Response(204), default_headers={"user-agent": "mine", "X-Tenant": "1", "X-Trace": "a"}
    )

    await client.files.delete("f1", extra_headers={"x-tenant": "2", "ACCEPT": "*/*"})

    headers = script.requests[0].headers
    assert [["mine"], ["2"], ["a"], ["*/*"]] == [
        headers.get_list(name) for name in ("User-Agent", "X-Tenant", "X-Trace", "Accept")
    ]


@pytest.mark.anyio
async def test_headers_that_cannot_be_sent(scripted):
    """A header that HTTP does not allow is refused before anything is sent, an upload's too, without its value."""
    client, _ = scripted()

    with pytest.raises(
        ConfigurationError, match=r"^extra_headers: the value of X-Token must be a str of printable ASCII"
    ) as raised:
        await client.files.upload(file=b"a", file_name="a", extra_headers={"X-Token": "hush\n"})

    assert "hush" not in str(raised.value)


@pytest.mark.anyio
async def test_query_is_added_and_replaced(scripted):
    """A call's extra query adds to the documented one and replaces it; None adds nothing."""
    client, script = scripted(httpx.Response(200, json=[]))

    await client.assets.list(limit=5, path="/a b", extra_query={"limit": 6, "new": True, "many": ["a", 1], "no": None})

    assert {"limit": "6", "path": "/a b", "new": "true", "many": "a,1"} == dict(script.requests[0].url.params)


@pytest.mark.anyio
async def test_json_body_is_added_to(scripted):
    """A call's extra body adds to the documented JSON and replaces it; models and dates are written as the API does."""
    client, script = scripted(httpx.Response(200, json=FILE), httpx.Response(204))
    extra = {"tags": ["b"], "when": datetime(2026, 3, 1, tzinfo=UTC), "nothing": None}

    await client.files.update("f1", tags=["a"], description="d", extra_body=extra)
    await client.files.delete("f1", extra_body={"reason": "old"})

    expected = {"tags": ["b"], "description": "d", "when": "2026-03-01T00:00:00.000Z", "nothing": None}
    assert [expected, {"reason": "old"}] == [body_of(request) for request in script.requests]


@pytest.mark.anyio
async def test_form_is_added_to(scripted):
    """A call's extra body adds fields to a form: text as it is, lists joined, objects as JSON."""
    client, script = scripted(httpx.Response(200, json=FILE))
    extra = {"folder": "/b", "flag": True, "list": ["a", "b"], "map": {"a": [1]}, "maps": [{"a": None}], "no": None}

    await client.files.upload(file=b"abc", file_name="a.png", folder="/a", extra_body=extra)

    assert {
        "fileName": "a.png",
        "folder": "/b",
        "flag": "true",
        "list": "a,b",
        "map": '{"a":[1]}',
        "maps": '[{"a":null}]',
    } == parse_form(script.requests[0])


@pytest.mark.anyio
async def test_numbers_that_are_no_json_are_refused(scripted):
    """NaN and infinity are refused instead of being sent as text that no server reads."""
    client, _ = scripted()

    with pytest.raises(ValueError, match=r"^custom_metadata\['a'\] must be a finite number, got nan"):
        await client.files.update("f1", custom_metadata={"a": float("nan")})


@pytest.mark.anyio
async def test_base_urls_are_used(scripted):
    """Calls go below the base URL and uploads below their own."""
    client, script = scripted(
        httpx.Response(204),
        httpx.Response(200, json=FILE),
        base_url="http://localhost/api/",
        upload_base_url="http://uploads.localhost",
    )

    await client.files.delete("f1")
    await client.files.upload(file=b"abc", file_name="a.png")

    assert ["http://localhost/api/v1/files/f1", "http://uploads.localhost/api/v1/files/upload"] == [
        str(request.url) for request in script.requests
    ]


@pytest.mark.anyio
async def test_raw_requests(scripted):
    """`request` sends any method and path with query and JSON, models included, and returns the parsed response."""
    client, script = scripted(httpx.Response(202, json={"new": [1]}, headers={"x-ik-requestId": "id-1"}))
    query = {"a": True, "b": ["x", "y"], "c": None, "d": UNSET, "e": "1 2"}
    model = models.RemoveBgExtension(name="remove-bg")

    response = await client.request(
        "post", "/v1/new", query=query, json={"extension": model}, timeout=3, extra_headers={"X-A": "1"}
    )

    (request,) = script.requests
    assert ({"new": [1]}, 202, "id-1") == (response.value, response.status_code, response.request_id)
    assert ("POST", "/v1/new", "1") == (request.method, request.url.path, request.headers["X-A"])
    assert {"a": "true", "b": "x,y", "e": "1 2"} == dict(request.url.params)
    assert {"extension": {"name": "remove-bg"}} == body_of(request)
    assert 3 == request.extensions["timeout"]["read"]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("json_argument", "content"),
    [({}, b""), ({"json": None}, b"null"), ({"json": []}, b"[]"), ({"json": "ä"}, '"ä"'.encode())],
)
async def test_raw_bodies(scripted, json_argument, content):
    """`request` sends any JSON, null included, and no body when none is given."""
    client, script = scripted(httpx.Response(204))

    await client.request("PUT", "/v1/new", **json_argument)

    assert content == script.requests[0].content


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("reply", "value"),
    [
        (httpx.Response(204), None),
        (httpx.Response(200), None),
        (httpx.Response(200, content=b"null"), None),
        (httpx.Response(200, content=b"[1]"), [1]),
        (httpx.Response(204, content=b"ignored"), None),
    ],
)
async def test_raw_responses(scripted, reply, value):
    """`request` returns whatever JSON came, and None for an empty body."""
    client, _ = scripted(reply)

    assert value == (await client.request("GET", "/v1/new")).value


@pytest.mark.anyio
@pytest.mark.parametrize("path", ["", "v1/files", "https://evil.example/", "/v1?ik-s=hush", "/v1#a"])
async def test_raw_paths_are_checked(scripted, path):
    """`request` takes a path and nothing else, so that the key goes nowhere else; its error shows no query."""
    client, _ = scripted()

    with pytest.raises(ValueError, match=r"^path must start with a slash") as raised:
        await client.request("GET", path)

    assert "hush" not in str(raised.value)


@pytest.mark.anyio
async def test_raw_requests_fail_as_calls_do(scripted):
    """`request` raises the same errors, and repeats what the method allows."""
    client, script = scripted(
        httpx.Response(503),
        httpx.Response(404, json={"message": "Gone."}),
        httpx.Response(503),
        httpx.Response(200, content=b"<html>"),
    )

    with pytest.raises(NotFoundError, match=r"^404: Gone\. \(GET /v1/new, 2 attempts\)$"):
        await client.request("GET", "/v1/new")
    with pytest.raises(InternalServerError):
        await client.request("POST", "/v1/new")
    with pytest.raises(APIResponseValidationError):
        await client.request("GET", "/v1/new", max_retries=0)

    assert 4 == len(script.requests)
