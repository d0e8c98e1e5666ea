"""
What is harmless is repeated, what could do harm is not, and the caller learns which.
"""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import anyio
import httpx
import pytest

from imagekit_async import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    ClientClosedError,
    Hooks,
    InternalServerError,
    NotFoundError,
    RateLimitError,
    UploadOutcomeUnknownError,
)

pytestmark = pytest.mark.anyio

FILE = {"fileId": "f1", "name": "a.png", "type": "file"}
SLOW_DOWN = {"message": "Too many requests."}

HARMLESS = {
    "files.get": lambda client, **options: client.files.get("f1", **options),
    "files.delete": lambda client, **options: client.files.delete("f1", **options),
    "files.update": lambda client, **options: client.files.update("f1", tags=["a"], **options),
    "files.bulk.add_tags": lambda client, **options: client.files.bulk.add_tags(file_ids=["f1"], tags=["a"], **options),
    "folders.create": lambda client, **options: client.folders.create(
        folder_name="a", parent_folder_path="/", **options
    ),
    "request PUT": lambda client, **options: client.request("PUT", "/v1/new", **options),
}
HARMFUL = {
    "files.copy": lambda client, **options: client.files.copy(source_file_path="/a", destination_path="/b", **options),
    "cache.invalidation.create": lambda client, **options: client.cache.invalidation.create(
        url="https://ik.example/a", **options
    ),
    "saved_extensions.create": lambda client, **options: client.saved_extensions.create(
        name="a", description="b", config={"name": "remove-bg"}, **options
    ),
    "files.bulk.delete": lambda client, **options: client.files.bulk.delete(file_ids=["f1"], **options),
    "request POST": lambda client, **options: client.request("POST", "/v1/new", **options),
    "request PATCH": lambda client, **options: client.request("PATCH", "/v1/new", **options),
}
UPLOADS = {
    "files.upload": lambda client, **options: client.files.upload(
        file=b"abc", file_name="a.png", folder="/b", **options
    ),
    "beta.v2.files.upload": lambda client, **options: client.beta.v2.files.upload(
        file=b"abc", file_name="a.png", folder="/b", **options
    ),
}
UNKNOWN = [httpx.ReadTimeout, httpx.WriteTimeout, httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError]
NOT_SENT = [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout]


def success() -> httpx.Response:
    """A response that fits every call above."""
    return httpx.Response(200, json=FILE)


def calls(*groups):
    """Parametrize over the calls of the groups."""
    return pytest.mark.parametrize(
        "call", [pytest.param(call, id=name) for group in groups for name, call in group.items()]
    )


# Which failures are retried for a class of operations is in `test_retry_table.py`; here is what belongs to each class,
# and what each exception of a transport means that does not trace its steps.
@calls(HARMLESS)
async def test_harmless_calls_are_retried(scripted, call):
    """A call that may run twice is retried in doubt, with the same request."""
    client, script = scripted(httpx.ReadError("cut"), httpx.Response(503), success())

    await call(client)

    assert 1 == len({(request.method, str(request.url), request.content) for request in script.requests})


@calls(HARMFUL)
async def test_harmful_calls_are_not_retried(scripted, call):
    """A call that must not run twice is sent once when the server fails, even if it says when to retry."""
    client, _ = scripted(httpx.Response(503, headers={"Retry-After": "1"}))

    with pytest.raises(APIStatusError) as caught:
        await call(client)

    assert (503, 1) == (caught.value.status_code, caught.value.attempts)


@pytest.mark.parametrize("reply", UNKNOWN)
async def test_harmful_call_that_is_cut_off(scripted, reply):
    """When no response comes, the error says that the request was sent, and whether it timed out."""
    client, _ = scripted(reply("it broke"))

    with pytest.raises(APIConnectionError) as caught:
        await HARMFUL["request POST"](client)

    assert (True, 1) == (caught.value.request_sent, caught.value.attempts)
    assert issubclass(reply, httpx.TimeoutException) == isinstance(caught.value, APITimeoutError)


@calls(UPLOADS)
@pytest.mark.parametrize("reply", UNKNOWN)
async def test_uploads_of_unknown_outcome(scripted, call, reply):
    """An upload that was cut off is sent once, and the error says where to look for the file."""
    client, _ = scripted(reply("it broke"))

    with pytest.raises(UploadOutcomeUnknownError, match="may or may not have been stored") as caught:
        await call(client)

    error = caught.value
    assert ("a.png", "/b", 1) == (error.file_name, error.folder, error.attempts)
    assert issubclass(reply, httpx.TimeoutException) is error.timed_out
    assert reply is type(error.__cause__)


@calls(UPLOADS)
@pytest.mark.parametrize("status", [500, 502, 503, 504, 520])
async def test_uploads_with_a_server_error(scripted, call, status):
    """After a 5xx the file may be stored: the error is that of the status, and one of unknown outcome as well."""
    headers = {"x-ik-requestid": "id-1", "Retry-After": "3"}
    client, _ = scripted(httpx.Response(status, headers=headers, json={"message": "down", "help": "Ask."}))

    with pytest.raises(
        UploadOutcomeUnknownError, match=f"^{status}: down; the file may or may not have been stored"
    ) as caught:
        await call(client)

    error = caught.value
    assert isinstance(error, InternalServerError)
    assert isinstance(error, APIConnectionError)
    assert error.request_sent
    assert ("a.png", "/b", 1, False) == (error.file_name, error.folder, error.attempts, error.timed_out)
    assert (status, "id-1", "Ask.") == (error.status_code, error.request_id, error.help)
    assert timedelta(seconds=3) == error.retry_after
    assert {"message": "down", "help": "Ask."} == error.body


@calls(UPLOADS)
async def test_uploads_that_the_server_did_not_wait_for(scripted, call):
    """After a 408, too, the outcome is unknown; the response is the cause."""
    client, _ = scripted(httpx.Response(408, headers={"x-ik-requestid": "id-1"}))

    with pytest.raises(UploadOutcomeUnknownError) as caught:
        await call(client)

    assert ("id-1", "a.png") == (caught.value.request_id, caught.value.file_name)
    assert isinstance(caught.value.__cause__, APIStatusError)


async def test_uploads_into_the_root(scripted):
    """Without a folder the error names none, and an upload that never began has no unknown outcome."""
    client, _ = scripted(httpx.ReadError("cut"), httpx.ConnectError("refused"))

    with pytest.raises(UploadOutcomeUnknownError) as caught:
        await client.files.upload(file=b"abc", file_name="a.png")
    with pytest.raises(APIConnectionError) as refused:
        await client.files.upload(file=b"abc", file_name="a.png", max_retries=0)

    assert caught.value.folder is None
    assert (APIConnectionError, False) == (type(refused.value), refused.value.request_sent)


@calls(UPLOADS)
@pytest.mark.parametrize("reply", [*NOT_SENT, None], ids=[*(kind.__name__ for kind in NOT_SENT), "429"])
async def test_uploads_that_did_not_begin_are_retried(scripted, call, reply):
    """An upload that did not reach the server, or that the rate limit refused, is retried with the same content."""
    failure = httpx.Response(429, json=SLOW_DOWN) if reply is None else reply("refused")
    client, script = scripted(failure, success())

    await call(client)

    assert 1 == len({request.content for request in script.requests})


async def test_redirections_are_not_followed(scripted):
    """A redirection raises at once."""
    client, _ = scripted(httpx.Response(301, headers={"Location": "https://elsewhere.example/"}))

    with pytest.raises(APIStatusError) as caught:
        await client.files.get("f1")

    assert (301, 1) == (caught.value.status_code, caught.value.attempts)


@pytest.mark.parametrize(
    ("status", "headers", "shortest", "longest"),
    [
        (429, {"X-RateLimit-Reset": "60000"}, 60, 66),
        (429, {"Retry-After": "30"}, 30, 33),
        (503, {"Retry-After": "30"}, 30, 33),
        (503, {"Retry-After": "0"}, 0, 0),
        (429, {}, 1, 1),
        (429, {"X-RateLimit-Reset": "0"}, 1, 1),
        (429, {"Retry-After": "0"}, 1, 1),
        (423, {}, 0.25, 0.5),
        (503, {}, 0.25, 0.5),
        (503, {"X-RateLimit-Reset": "3600000"}, 0.25, 0.5),
        (503, {"Retry-After": "later"}, 0.25, 0.5),
    ],
)
async def test_waits(scripted, status, headers, shortest, longest):
    """The wait is the one the server asks for, else a short one of random length."""
    client, _ = scripted(httpx.Response(status, headers=headers), success())

    response = await client.with_response.files.get("f1")

    assert 2 == response.attempts
    assert timedelta(seconds=shortest) <= response.elapsed <= timedelta(seconds=longest)


@pytest.mark.parametrize("headers", [{}, {"X-RateLimit-Reset": "0"}, {"Retry-After": "0"}])
async def test_a_refusal_is_never_followed_by_a_burst(scripted, headers):
    """Without pacing too, a 429 that asks for no wait is waited for as any other failure."""
    client, _ = scripted(*[httpx.Response(429, headers=headers)] * 4, success(), pacing=None)

    response = await client.with_response.files.get("f1")

    assert timedelta(seconds=(0.5 + 1 + 2 + 4) / 2) <= response.elapsed <= timedelta(seconds=0.5 + 1 + 2 + 4)


@pytest.mark.parametrize(("headers", "seconds"), [({}, 1), ({"X-RateLimit-Reset": "20000"}, 20)])
async def test_the_wait_after_a_refusal_is_told_as_it_is(scripted, headers, seconds):
    """The hook learns the wait that the pacer keeps, and a deadline that leaves just that time allows it."""
    told = []
    client, _ = scripted(
        *[httpx.Response(429, headers=headers)] * 5, success(), hooks=Hooks(on_retry=lambda event: told.append(event))
    )

    response = await client.with_response.files.get("f1", deadline=5 * seconds + 0.01)

    assert [timedelta(seconds=seconds)] * 5 == [event.delay for event in told]
    assert 5 * seconds == pytest.approx(response.elapsed.total_seconds())


async def test_dates_are_waited_for(scripted):
    """A wait may be given as a date."""
    date = datetime.now(UTC) + timedelta(seconds=30)
    client, _ = scripted(httpx.Response(503, headers={"Retry-After": format_datetime(date)}), success())

    response = await client.with_response.files.get("f1")

    assert timedelta(seconds=1) < response.elapsed <= timedelta(seconds=33)


async def test_backoff_grows(scripted):
    """Without a wait from the server, the waits double up to eight seconds."""
    client, _ = scripted(*[httpx.ConnectError("refused")] * 7, success(), max_retries=7)

    response = await client.with_response.files.get("f1")

    ceiling = 0.5 + 1 + 2 + 4 + 8 + 8 + 8
    assert 8 == response.attempts
    assert timedelta(seconds=ceiling / 2) <= response.elapsed <= timedelta(seconds=ceiling)


@pytest.mark.parametrize("headers", [{"X-RateLimit-Reset": "60001"}, {"Retry-After": "61"}])
async def test_long_waits_are_left_to_the_caller(scripted, headers):
    """A wait of over a minute is not waited for; the error reports it."""
    client, _ = scripted(httpx.Response(429, json=SLOW_DOWN, headers=headers))

    with pytest.raises(RateLimitError) as caught:
        await client.files.get("f1")

    assert 1 == caught.value.attempts
    assert caught.value.retry_after > timedelta(seconds=60)


@pytest.mark.parametrize(
    ("settings", "options", "attempts"),
    [
        ({}, {}, 3),
        ({"max_retries": 0}, {}, 1),
        ({"max_retries": 5}, {}, 6),
        ({}, {"max_retries": 0}, 1),
        ({"max_retries": 0}, {"max_retries": 1}, 2),
    ],
)
async def test_attempts_are_limited(scripted, settings, options, attempts):
    """There are two retries by default, or as many as the client or the call says; the error counts the attempts."""
    client, _ = scripted(*[httpx.Response(500)] * attempts, **settings)

    with pytest.raises(InternalServerError) as caught:
        await client.files.get("f1", **options)

    assert attempts == caught.value.attempts
    assert ("attempts" in str(caught.value)) == (attempts > 1)


async def test_the_last_failure_counts(scripted):
    """After failures of several kinds the last one is raised, chained to its own cause only."""
    client, _ = scripted(httpx.ReadError("cut"), httpx.Response(503), httpx.ConnectTimeout("slow"))

    with pytest.raises(APITimeoutError, match="3 attempts") as caught:
        await client.files.get("f1")

    assert httpx.ConnectTimeout is type(caught.value.__cause__)
    assert caught.value.request_sent is True


def boundaryless(request: httpx.Request) -> bytes:
    """The body with the random boundary replaced."""
    boundary = re.findall("boundary=(.*)", request.headers["Content-Type"])[0]
    return request.content.replace(boundary.encode(), b"boundary")


@pytest.mark.parametrize("kind", ["bytes", "path", "file", "iterable"])
async def test_retried_uploads_are_complete(scripted, tmp_path, kind):
    """A repeated upload sends the same bytes from the same position on."""
    data = bytes(range(256)) * 3000
    path = tmp_path / "a.png"
    path.write_bytes(data)
    file = io.BytesIO(b"skipped" + data)
    file.seek(7)
    sources = {"bytes": data, "path": path, "file": file, "iterable": [data[:5], data[5:]]}
    client, script = scripted(httpx.Response(429), httpx.ConnectError("refused"), success())

    await client.files.upload(file=sources[kind], file_name="a.png")

    first, second, third = map(boundaryless, script.requests)
    assert first == second == third
    assert data in first
    assert b"skipped" not in first


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        (httpx.Response(429, json=SLOW_DOWN), r"^429: Too many requests\."),
        (httpx.ConnectError("refused"), "^Connection failed to upload.imagekit.io:443: refused"),
    ],
)
async def test_spent_sources_are_not_repeated(scripted, reply, text):
    """A source that can be read only once is sent once, and the error says why."""
    client, _ = scripted(reply)
    note = "; not retried because the source can be read only once"

    with pytest.raises((RateLimitError, APIConnectionError), match=f"{text}{note}") as caught:
        await client.files.upload(file=iter([b"abc", b"def"]), file_name="a.png")

    assert 1 == caught.value.attempts
    assert (caught.value.message,) == caught.value.args


@pytest.mark.parametrize(
    "reply",
    [httpx.Response(429, headers={"X-RateLimit-Reset": "60000"}), httpx.Response(503, headers={"Retry-After": "60"})],
)
async def test_waiting_can_be_cancelled(scripted, reply):
    """A cancellation between two attempts ends the call at once."""
    client, script = scripted(reply)

    started = anyio.current_time()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(client.files.get, "f1")
        await anyio.sleep(5)
        tasks.cancel_scope.cancel()

    assert 5 == pytest.approx(anyio.current_time() - started)
    assert 1 == len(script.requests)


async def test_closing_ends_the_retries(scripted):
    """A client that is closed while a call waits for its next attempt sends nothing more."""
    client, _ = scripted(httpx.Response(429, headers={"X-RateLimit-Reset": "10000"}))

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(close_later, client)
        with pytest.raises(ClientClosedError, match="is closed"):
            await client.files.get("f1")


async def close_later(client) -> None:
    """Close the client while it waits."""
    await anyio.sleep(5)
    await client.aclose()


@pytest.mark.parametrize("reply", [httpx.ReadError("cut"), httpx.Response(503)])
async def test_one_attempt_in_doubt_leaves_the_call_in_doubt(scripted, reply):
    """An attempt that may have been executed is not forgotten because a later one certainly was not."""
    refused = httpx.ConnectError("refused")
    client, _ = scripted(reply, refused, refused, refused, refused)

    with pytest.raises(APIConnectionError) as caught:
        await client.files.delete("f1", max_retries=1)
    with pytest.raises(APIConnectionError) as certain:
        await client.files.delete("f1", max_retries=2)

    assert [True, False] == [caught.value.request_sent, certain.value.request_sent]


@pytest.mark.parametrize("reply", [httpx.ReadError("cut"), httpx.Response(503)])
async def test_an_upload_in_doubt_stays_in_doubt(scripted, reply):
    """A repeated upload of which one attempt may have been stored has an unknown outcome, whatever came last."""
    client, _ = scripted(reply, httpx.ConnectError("refused"), max_retries=1)
    before = datetime.now(UTC)

    with pytest.raises(UploadOutcomeUnknownError) as caught:
        await client.files.upload(
            file=b"abc", file_name="a.png", use_unique_file_name=False, extra_body={"folder": "/extra"}
        )

    error = caught.value
    assert ("a.png", "/extra", 2, False) == (error.file_name, error.folder, error.attempts, error.timed_out)
    assert before <= error.since <= datetime.now(UTC)
    assert httpx.ConnectError is type(error.__cause__)


@pytest.mark.parametrize("reply", [httpx.ReadError("cut"), httpx.Response(503)])
async def test_a_repeated_delete_finds_its_work_done(scripted, reply):
    """A DELETE that meets 404 is done if an attempt before may have deleted, and has failed if none may."""
    gone = httpx.Response(404, headers={"x-ik-requestid": "id-2"})
    client, _ = scripted(reply, gone, httpx.ConnectError("refused"), gone)

    response = await client.with_response.files.delete("f1")
    with pytest.raises(NotFoundError) as caught:
        await client.files.delete("f1")

    assert (None, 404, 2, "id-2") == (response.value, response.status_code, response.attempts, response.request_id)
    assert 2 == caught.value.attempts


@pytest.mark.parametrize("status", [404, 409])
async def test_a_repeated_write_that_is_refused_tells_of_the_attempt_before(scripted, status):
    """A refusal says nothing of an attempt before it, and the error of a write says so; reading is reading."""
    client, _ = scripted(*[httpx.ReadError("cut"), httpx.Response(status, json={"message": "no"})] * 3)
    note = "; an earlier attempt may have succeeded"

    with pytest.raises(APIStatusError) as rename:
        await client.files.rename(file_path="/a", new_file_name="b")
    with pytest.raises(APIStatusError) as get:
        await client.files.get("f1")
    with pytest.raises(APIStatusError) as options:
        await client.request("OPTIONS", "/v1/files")

    assert (f"no{note}", (f"no{note}",), 2) == (rename.value.message, rename.value.args, rename.value.attempts)
    assert ("no", 2) == (get.value.message, get.value.attempts)
    assert ("no", 2) == (options.value.message, options.value.attempts)


async def test_a_lock_is_waited_for(scripted):
    """A folder that another job works on is tried again for any operation, after a wait."""
    client, _ = scripted(httpx.Response(423), httpx.Response(423), success())

    response = await client.with_response.files.copy(source_file_path="/a", destination_path="/b")

    assert 3 == response.attempts
    assert timedelta(seconds=0.75) <= response.elapsed <= timedelta(seconds=1.5)
