"""
Whatever a server responds, the caller gets the right error, with all that support asks for and no secret.
"""

from __future__ import annotations

import base64
import json
import pickle
import traceback
from datetime import timedelta

import httpx
import pytest

from imagekit_async import (
    APIConnectionError,
    APIError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    ImageKitError,
    RateLimit,
    UploadOutcomeUnknownError,
)
from imagekit_async.errors import status_error

pytestmark = pytest.mark.anyio

BODY = {"message": "No.", "help": "Ask us.", "reason": "BECAUSE", "more": [1]}
HEADERS = {"x-ik-requestId": "id-1", "X-RateLimit-Limit": "5", "Retry-After": "7"}
SECRETS = {"private_key": "private_hush_key", "token": "token-hush", "signature": "signature-hush"}


@pytest.mark.parametrize("status", [status for status in range(400, 600) if status != 407])
async def test_every_status(scripted, status):
    """Each status raises its class, with all that the response and the call report."""
    client, _ = scripted(httpx.Response(status, json=BODY, headers=HEADERS), max_retries=0)

    with pytest.raises(APIStatusError) as caught:
        await client.files.get("f1")

    error = caught.value
    assert status_error(status) is type(error)
    assert (status, BODY, "No.", "Ask us.", "BECAUSE") == (
        error.status_code,
        error.body,
        error.message,
        error.help,
        error.reason,
    )
    assert ("id-1", "GET", "/v1/files/f1/details", 1) == (error.request_id, error.method, error.path, error.attempts)
    assert RateLimit(limit=5, interval=None, reset=None) == error.rate_limit
    assert timedelta(seconds=7) == error.retry_after
    assert f"{status}: No. (GET /v1/files/f1/details, request id id-1)" == str(error)
    assert error == pickle.loads(pickle.dumps(error))


@pytest.mark.parametrize(
    ("content", "body", "problem"),
    [
        (b"", "", "empty"),
        (b"<html>", "<html>", "not valid JSON"),
        (b'{"fileId": ', '{"fileId": ', "not valid JSON"),
        (b"\xff", "\ufffd", "not valid JSON"),
        (b"[" * 100_000, "[" * 100_000, "not valid JSON"),
        (b"[]", "[]", "not of the documented type"),
        (b"5", "5", "not of the documented type"),
        (b"null", "null", "not of the documented type"),
    ],
)
@pytest.mark.parametrize("kind", ["application/json", "text/html; charset=hex"])
async def test_broken_success(scripted, content, body, problem, kind):
    """A success whose body is not what the API documents raises, and keeps the body."""
    headers = {"x-ik-requestId": "id-1", "Content-Type": kind}
    replies = [httpx.Response(503), httpx.Response(200, content=content, headers=headers)]
    client, _ = scripted(*replies, max_retries=1)

    with pytest.raises(APIResponseValidationError) as caught:
        await client.files.get("f1")

    error = caught.value
    assert (200, body, "id-1", 2) == (error.status_code, error.body, error.request_id, error.attempts)
    assert f"200 with a body that is {problem} (GET /v1/files/f1/details, request id id-1, 2 attempts)" == str(error)
    assert error == pickle.loads(pickle.dumps(error))


@pytest.mark.parametrize(
    ("failure", "kind"), [(httpx.ReadTimeout, APITimeoutError), (httpx.ReadError, APIConnectionError)]
)
async def test_connection_errors_are_chained(scripted, failure, kind):
    """The original exception is the cause of ours, and the only one shown."""
    client, _ = scripted(failure("it broke"), max_retries=0)

    with pytest.raises(APIConnectionError, match=r": it broke \(GET /v1/files/f1/details\)$") as caught:
        await client.files.get("f1")

    assert kind is type(caught.value)
    assert failure is type(caught.value.__cause__)
    assert caught.value.__suppress_context__


async def test_foreign_errors_pass_through(scripted):
    """What is neither ours nor of the connection, such as an error of the caller's source, is not disguised."""

    def parts():
        yield b"abc"
        raise ZeroDivisionError("mine")

    client, _ = scripted()

    with pytest.raises(ZeroDivisionError, match="mine"):
        await client.files.upload(file=parts(), file_name="a.png")


@pytest.mark.parametrize(
    "reply",
    [
        *[httpx.Response(status, json={"message": "No."}) for status in (400, 401, 403, 404, 429, 500)],
        httpx.Response(200, content=b"<html>"),
        httpx.ReadTimeout("slow"),
        httpx.ReadError("cut"),
        httpx.ConnectError("refused"),
    ],
)
@pytest.mark.parametrize("signed", [True, False])
async def test_no_error_tells_a_secret(scripted, reply, signed):
    """Neither private key nor token nor signature is in the text, the repr, the traceback or the pickle of an error."""
    client, _ = scripted(reply, private_key=SECRETS["private_key"], max_retries=0)
    fields = {"token": SECRETS["token"], "signature": SECRETS["signature"], "expire": 1, "public_key": "p"}

    with pytest.raises(APIError) as caught:
        await client.files.upload(file=b"abc", file_name="a.png", **(fields if signed else {}))

    error = caught.value
    texts = [str(error), repr(error), *traceback.format_exception(type(error), error, error.__traceback__)]
    basic = base64.b64encode(f"{SECRETS['private_key']}:".encode()).decode()
    told = "".join([*texts, repr(pickle.dumps(error))])
    assert [] == [secret for secret in [*SECRETS.values(), basic, basic.rstrip("=")] if secret in told]


@pytest.mark.parametrize(
    "reply",
    [
        httpx.Response(407, json={"message": "No."}),
        httpx.ProxyError("407 Proxy Authentication Required"),
        httpx.ProxyError("Proxy authentication required"),
    ],
)
async def test_a_proxy_without_credentials(scripted, reply):
    """The error of a proxy that asks for credentials says where they belong."""
    client, _ = scripted(reply, max_retries=0)

    with pytest.raises(APIError, match=r"; check user name and password in the URL of the proxy"):
        await client.files.get("f1")


async def test_messages_and_bodies_are_cut(scripted):
    """However long a response is, its error has a message of 2,000 characters and a body of 256 KiB."""
    texts = [json.dumps({"message": "a" * 300_000}), json.dumps({"message": "a" * 3_000}), "b" * 300_000]
    client, _ = scripted(*(httpx.Response(400, text=text) for text in texts))
    errors = []
    for _ in texts:
        with pytest.raises(APIStatusError) as caught:
            await client.files.get("f1")
        errors.append(caught.value)

    assert [f"Bad Request: {texts[0][:200]}...", f"{'a' * 2_000}...", f"Bad Request: {'b' * 200}..."] == [
        error.message for error in errors
    ]
    assert [f"{texts[0][: 256 * 1024]}...", json.loads(texts[1]), f"{'b' * 256 * 1024}..."] == [
        error.body for error in errors
    ]


async def test_a_cause_that_shows_a_secret_is_left_out(scripted):
    """A traceback would show the text of a cause; the message has all of it but the secret."""
    client, _ = scripted(httpx.ReadError("cut https://a:hush@proxy.example"), httpx.ReadError("cut"), max_retries=0)

    with pytest.raises(APIConnectionError, match=r"cut https://\*\*\*@proxy\.example") as secret:
        await client.files.get("f1")
    with pytest.raises(APIConnectionError) as clean:
        await client.files.get("f1")

    assert secret.value.__cause__ is None
    assert isinstance(clean.value.__cause__, httpx.ReadError)


@pytest.mark.parametrize("method", ["GÉT", "GET /x HTTP/1.1\r\nX: y", "", " GET"])
async def test_a_method_that_is_none_is_refused(scripted, method):
    """A method that HTTP does not allow, and a path that is not Unicode, are refused before anything is sent."""
    client, _ = scripted()

    with pytest.raises(ValueError, match=r"^method must be an HTTP method such as GET, got "):
        await client.request(method, "/v1/x")
    with pytest.raises(TypeError, match=r"^method must be a str, got int"):
        await client.request(1, "/v1/x")
    with pytest.raises(ValueError, match=r"^path must be valid Unicode"):
        await client.request("GET", "/v1/\ud800")


async def test_one_root_catches_all(scripted):
    """Every failure of a call is an ImageKitError."""
    client, _ = scripted(httpx.Response(404), httpx.ReadError("cut"), httpx.Response(200))

    for _ in range(3):
        with pytest.raises(ImageKitError):
            await client.files.get("f1", max_retries=0)
    await client.aclose()
    with pytest.raises(ImageKitError):
        await client.files.get("f1")


async def test_an_upload_error_pickles(scripted):
    """The error of an upload of unknown outcome survives a process queue."""
    client, _ = scripted(httpx.ReadTimeout("slow"))

    with pytest.raises(UploadOutcomeUnknownError) as caught:
        await client.files.upload(file=b"abc", file_name="a.png", folder="/b")

    back = pickle.loads(pickle.dumps(caught.value))
    assert caught.value == back
    assert ("a.png", "/b", True, True) == (back.file_name, back.folder, back.timed_out, back.request_sent)


async def test_a_query_that_is_too_long_is_refused(scripted):
    """A search over 64 kB is refused by name before anything is sent, and so is a path that no URL can hold."""
    client, _ = scripted()

    with pytest.raises(ValueError, match=r"^search_query must have at most 60,000 characters in a URL.*split"):
        await client.assets.list(search_query=f'name="{"a" * 70_000}"')
    with pytest.raises(ValueError, match=r"^files\.get: the path cannot be sent: URL too long"):
        await client.files.get("a" * 70_000)
