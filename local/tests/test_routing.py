"""
Routes, authentication, errors and request ids.
"""

from __future__ import annotations

import base64
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from imagekit_local import LocalImageKit
from imagekit_local._account import Account
from imagekit_local._app import build_app
from imagekit_local._document.reading import packaged_document
from imagekit_local._files.endpoints import file_handlers
from imagekit_local._uploads.endpoints import upload_handlers

pytestmark = pytest.mark.anyio
OPERATIONS = [(operation.method, operation.path) for operation in packaged_document().operations]
HELP = "For support kindly contact us at support@imagekit.io."
NO_KEY = "Your request does not contain private API key."
WRONG_KEY = "Your account cannot be authenticated."


def basic(credentials: bytes) -> str:
    """
    An Authorization header.
    """
    return "Basic " + base64.b64encode(credentials).decode()


def test_handlers_are_documented_operations(server: LocalImageKit) -> None:
    """A handler for a path that the API does not have would never be noticed missing."""
    implemented = file_handlers(server._account).keys() | upload_handlers(server._account).keys()

    assert set() == implemented - set(OPERATIONS)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
async def test_every_operation_authenticates(anonymous: httpx.AsyncClient, method: str, path: str) -> None:
    """No operation serves a caller without credentials."""
    response = await anonymous.request(method, path)

    if "upload" in path:
        name = "publicKey" if "v1" in path else "token"

        assert (400, f"Your request is missing {name} parameter.") == (response.status_code, response.json()["message"])
    else:
        assert (401, {"message": NO_KEY, "help": HELP}) == (response.status_code, response.json())


@pytest.mark.parametrize(
    "header",
    [basic(b"private_wrong:"), basic(b""), basic(b"\xff\xfe:"), "Basic private_test:", "Basic", "Bearer private_test"],
)
async def test_wrong_credentials(anonymous: httpx.AsyncClient, header: str) -> None:
    """Credentials other than basic authentication with the right key are forbidden, not missing."""
    response = await anonymous.get("/v1/files", headers={"Authorization": header})

    assert (403, {"message": WRONG_KEY, "help": HELP}) == (response.status_code, response.json())


async def test_password_is_ignored(anonymous: httpx.AsyncClient) -> None:
    """The user name alone is the key."""
    response = await anonymous.get("/v1/files", auth=("private_test", "do_not_set"))

    assert 200 == response.status_code


@pytest.mark.parametrize("path", ["/", "/v2/files", "/v1/files/", "/v1/files/a/b/c", "/local"])
async def test_unknown_route(client: httpx.AsyncClient, path: str) -> None:
    """An unknown route is a JSON 404, without a redirect to a similar one."""
    response = await client.get(path)

    assert (404, {"message": "Not found", "help": HELP}) == (response.status_code, response.json())


async def test_wrong_verb(client: httpx.AsyncClient) -> None:
    """A known route with another method is a JSON 405 that names the allowed methods."""
    response = await client.put("/v1/files/000000000000000000000001/details")

    assert 405 == response.status_code
    assert {"GET", "HEAD", "PATCH"} == set(response.headers["allow"].split(", "))
    assert {"message": "Method Not Allowed", "help": HELP} == response.json()


async def test_head(client: httpx.AsyncClient) -> None:
    """HEAD gets the response of GET, without the body."""
    response = await client.head("/v1/files")

    assert (200, b"") == (response.status_code, response.content)


async def test_request_ids(client: httpx.AsyncClient) -> None:
    """Each response, error or not, has its own request id."""
    responses = [await client.get(path) for path in ("/v1/files", "/v1/files", "/nowhere", "/local/nothing")]
    ids = {uuid.UUID(response.headers["x-ik-requestId"]) for response in responses}

    assert 4 == len(ids)
    assert {4} == {request_id.version for request_id in ids}


async def test_internal_error(deviations: list[str]) -> None:
    """A defect of the server is a JSON 500 with a request id, which the API does not document."""

    def broken_clock() -> Any:
        raise ZeroDivisionError

    server = LocalImageKit(clock=broken_clock)
    async with httpx.AsyncClient(transport=server.transport(), base_url=server.url) as client:
        response = await client.post(
            "/api/v1/files/upload",
            data={"fileName": "a.txt"},
            files={"file": b"a"},
            auth=(server.private_key, ""),
        )
    server.stop()
    undocumented = len(deviations)
    deviations.clear()

    assert 1 == undocumented
    assert 500 == response.status_code
    assert "We have experienced an internal error while processing your request." == response.json()["message"]
    assert "x-ik-requestId" in response.headers


async def exchange(account: Account, path: str, messages: Iterator[Any]) -> list[Any]:
    """
    Send messages of a POST to the application, and return the messages that it sends.
    """
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        message: dict[str, Any] = next(messages)
        return message

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"content-type", b"multipart/form-data; boundary=b")]
    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": headers}
    await build_app(account)(scope, receive, send)
    return sent


async def test_client_that_leaves(server: LocalImageKit) -> None:
    """A client that disconnects in the middle of its upload is not a server error."""
    messages = iter(
        [
            {"type": "http.request", "body": b'--b\r\nContent-Disposition: form-data; name="a"\r\n', "more_body": True},
            {"type": "http.disconnect"},
        ]
    )

    sent = await exchange(server._account, "/api/v1/files/upload", messages)

    assert 400 == sent[0]["status"]


async def test_early_response_reads_on(server: LocalImageKit) -> None:
    """A response is sent after the whole request has arrived; otherwise the connection would be reset."""
    bodies = iter([{"type": "http.request", "more_body": more} for more in (True, True, False)])

    sent = await exchange(server._account, "/v1/folder", bodies)

    assert 401 == sent[0]["status"]
    assert [] == list(bodies)
