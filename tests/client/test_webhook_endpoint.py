"""
The ASGI endpoint for webhooks, alone and inside Starlette and FastAPI.
"""

from __future__ import annotations

import inspect
import logging
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import anyio
import httpx
import pytest
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from imagekit_async.errors import ConfigurationError
from imagekit_async.webhooks import MemoryReplayStore, WebhookEndpoint, WebhookEvent, sign

pytestmark = pytest.mark.anyio
SECRET = "whsec_dGhpcy1pcy1hLXRlc3Qtc2VjcmV0LTAwMDE="
BODY = b'{"id":"evt_1","type":"file.deleted","created_at":"2026-09-21T14:13:20.000Z","data":{"fileId":"abc"}}'
NOW = datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC)


class AwayStore(MemoryReplayStore):
    """
    A store that cannot be reached.
    """

    async def claim(self, key: str, lifetime: timedelta) -> Any:
        """
        Fail.
        """
        raise ConnectionError("the store is away")


class ForgetfulStore(MemoryReplayStore):
    """
    A store that fails to record how a delivery ended.
    """

    async def complete(self, key: str) -> None:
        """
        Fail.
        """
        raise ConnectionError("the store is away")

    release = complete


class Inbox:
    """
    A handler that keeps event ids, after raising the given exceptions.
    """

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.ids: list[str] = []

    async def __call__(self, event: WebhookEvent) -> None:
        """
        Keep the id of an event, or fail.
        """
        await anyio.lowlevel.checkpoint()
        if self.failures:
            raise self.failures.pop(0)
        self.ids.append(event.id)


def endpoint(handler: Any, **options: Any) -> WebhookEndpoint:
    """
    Return an endpoint whose clock stands still.
    """
    return WebhookEndpoint(SECRET, handler, clock=lambda: NOW, **options)


def signed(body: bytes = BODY, id: str = "msg_1", **options: Any) -> dict[str, str]:
    """
    Return headers of a delivery sent now.
    """
    return sign(body, SECRET, id=id, timestamp=NOW, **options)


async def post(app: Any, body: Any = BODY, path: str = "/hooks", **headers: str) -> httpx.Response:
    """
    Return the response to a delivery, by default a correctly signed one.
    """
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://app") as client:
        return await client.post(path, content=body, headers=headers or signed())


def applications() -> Iterator[tuple[str, Callable[[WebhookEndpoint], Any], str]]:
    """
    Yield the ways to add an endpoint to an application: name, builder, path.
    """

    def fastapi_route(app: WebhookEndpoint) -> FastAPI:
        """
        An API with the endpoint as a route.
        """
        api = FastAPI()
        api.add_route("/hooks", app)
        return api

    def fastapi_mount(app: WebhookEndpoint) -> FastAPI:
        """
        An API with the endpoint mounted.
        """
        api = FastAPI()
        api.mount("/hooks", app)
        return api

    yield "alone", lambda app: app, "/hooks"
    yield "Starlette route", lambda app: Starlette(routes=[Route("/hooks", app)]), "/hooks"
    yield "Starlette mount", lambda app: Starlette(routes=[Mount("/hooks", app)]), "/hooks/"
    yield "FastAPI route", fastapi_route, "/hooks"
    yield "FastAPI mount", fastapi_mount, "/hooks/"


@pytest.mark.parametrize(
    ("build", "path"), [case[1:] for case in applications()], ids=[case[0] for case in applications()]
)
async def test_fits_into_applications(build: Callable[[WebhookEndpoint], Any], path: str) -> None:
    """In every application, the endpoint accepts POST, refuses other methods, and verifies."""
    inbox = Inbox()
    app = build(endpoint(inbox))
    good = await post(app, path=path)
    forged = await post(app, BODY + b" ", path, **signed(id="msg_2"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://app") as client:
        fetched = await client.get(path)

    assert [200, 400, 405] == [good.status_code, forged.status_code, fetched.status_code]
    assert "POST" == fetched.headers["allow"]
    assert ["evt_1"] == inbox.ids


@pytest.mark.parametrize(
    "headers",
    [
        {"x-none": "1"},
        signed() | {"webhook-signature": "v1,AAAA"},
        signed() | {"webhook-timestamp": "soon"},
        sign(BODY, SECRET, timestamp=NOW - timedelta(hours=1)),
        sign(BODY, SECRET, timestamp=NOW + timedelta(hours=1)),
        signed(scheme="x-ik-signature"),
    ],
    ids=["no headers", "signature", "timestamp", "too old", "too new", "other scheme"],
)
async def test_refusals_look_alike(headers: dict[str, str], caplog: pytest.LogCaptureFixture) -> None:
    """Every refusal has the same response; the log has the reason and no secret."""
    inbox = Inbox()
    response = await post(endpoint(inbox), **headers)

    assert (400, {"message": "The webhook could not be verified."}) == (response.status_code, response.json())
    assert "application/json" == response.headers["content-type"]
    assert [] == inbox.ids
    assert [("imagekit_async", logging.WARNING)] == [(record.name, record.levelno) for record in caplog.records]
    assert SECRET not in caplog.text


async def test_authentic_nonsense_is_refused() -> None:
    """A signed body that is not a JSON object gets 400 and is not remembered."""
    app = endpoint(Inbox())
    replies = [await post(app, b"[]", **signed(b"[]")), await post(app, b"[]", **signed(b"[]"))]

    assert [400, 400] == [reply.status_code for reply in replies]


async def test_older_scheme() -> None:
    """The older scheme works if it is selected, replays included."""
    inbox = Inbox()
    app = endpoint(inbox, scheme="x-ik-signature")
    headers = signed(scheme="x-ik-signature")
    replies = [await post(app, **headers), await post(app, **headers), await post(app, **signed())]

    assert [200, 200, 400] == [reply.status_code for reply in replies]
    assert ["evt_1"] == inbox.ids


async def test_repetition_is_acknowledged_but_not_handled() -> None:
    """A repeated delivery gets 200 and is handled once; another delivery with the same body is new."""
    inbox = Inbox()
    app = endpoint(inbox)
    replies = [await post(app), await post(app), await post(app, **signed(id="msg_2"))]

    assert [200, 200, 200] == [reply.status_code for reply in replies]
    assert ["evt_1", "evt_1"] == inbox.ids


async def test_replay_store_is_shared() -> None:
    """Endpoints that share a store handle a delivery once."""
    store, inbox = MemoryReplayStore(), Inbox()
    await post(endpoint(inbox, replay_store=store))
    await post(endpoint(inbox, replay_store=store))

    assert ["evt_1"] == inbox.ids


async def test_failed_handler_gets_the_webhook_again(caplog: pytest.LogCaptureFixture) -> None:
    """If the handler fails, the response is 500, the error is logged, and the next delivery is handled."""
    inbox = Inbox(RuntimeError("the database is away"))
    app = endpoint(inbox)
    first, second = await post(app), await post(app)

    assert [500, 200] == [first.status_code, second.status_code]
    assert "database" not in first.text
    assert "the database is away" in caplog.text
    assert ["evt_1"] == inbox.ids


async def test_failed_store_gets_the_webhook_again() -> None:
    """If the store fails, the delivery is not handled."""

    inbox = Inbox()
    response = await post(endpoint(inbox, replay_store=AwayStore()))

    assert (500, []) == (response.status_code, inbox.ids)


async def test_store_that_cannot_record(caplog: pytest.LogCaptureFixture) -> None:
    """If the store fails after the handler, the response follows the handler, and the failure is logged."""
    inbox = Inbox()
    done = await post(endpoint(inbox, replay_store=ForgetfulStore()))
    failed = await post(endpoint(Inbox(RuntimeError("no")), replay_store=ForgetfulStore()))

    assert [200, 500] == [done.status_code, failed.status_code]
    assert ["evt_1"] == inbox.ids
    assert "the replay store failed" in caplog.text


async def keep(ids: list[str], event: WebhookEvent) -> None:
    """
    Keep the id of an event.
    """
    ids.append(event.id)


class Keeper:
    """
    Handlers of every kind, which keep event ids and thread ids.
    """

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.threads: list[int] = []
        self.paths: list[str] = []

    def plain(self, event: WebhookEvent) -> None:
        """
        Keep an id without awaiting anything.
        """
        self.threads.append(threading.get_ident())
        self.ids.append(event.id)

    async def method(self, event: WebhookEvent, verbose: bool = False) -> None:
        """
        Keep an id; the optional argument is the handler's own.
        """
        assert not verbose
        self.plain(event)

    def __call__(self, event: WebhookEvent) -> None:
        """
        Keep an id.
        """
        self.plain(event)

    def with_scope(self, event: WebhookEvent, scope: Any) -> None:
        """
        Keep an id and the path of the request.
        """
        self.paths.append(scope["path"])
        self.plain(event)


@pytest.mark.parametrize(
    "kind",
    [
        lambda keeper: keeper.plain,
        lambda keeper: keeper.method,
        lambda keeper: keeper,
        lambda keeper: lambda event: keeper.plain(event),
        lambda keeper: lambda event: keeper.method(event),
        lambda keeper: lambda *arguments: keeper.plain(*arguments),
        lambda keeper: partial(keep, keeper.ids),
        lambda keeper: partial(partial(Inbox.__call__), type("Box", (), {"failures": [], "ids": keeper.ids})),
        lambda keeper: keeper.with_scope,
    ],
    ids=["plain", "method", "object", "lambda", "lambda of coroutine", "star", "partial", "partial twice", "scope"],
)
async def test_every_kind_of_handler(kind: Any) -> None:
    """Plain functions, async functions, methods, objects and partials handle a delivery once and get 200."""
    keeper = Keeper()
    app = endpoint(kind(keeper))
    replies = [await post(app), await post(app)]

    assert [200, 200] == [reply.status_code for reply in replies]
    assert ["evt_1"] == keeper.ids


async def test_plain_handlers_run_in_threads() -> None:
    """A plain function runs in a worker thread, as in Starlette, and an async one in the event loop's thread."""
    keeper = Keeper()
    await post(endpoint(keeper.plain))
    await post(endpoint(keeper.method))

    assert [False, True] == [thread == threading.get_ident() for thread in keeper.threads]


async def test_handler_without_signature() -> None:
    """A built-in function whose signature Python does not know gets the event."""
    with pytest.raises(ValueError, match="signature"):
        inspect.signature(dict[Any, Any]().update)

    assert 500 == (await post(endpoint(dict[Any, Any]().update))).status_code


async def test_handler_gets_the_scope() -> None:
    """A handler that requires two arguments gets the ASGI scope as well."""
    keeper = Keeper()
    await post(endpoint(keeper.with_scope), path="/hooks/7")

    assert ["/hooks/7"] == keeper.paths


async def test_plain_handler_that_fails() -> None:
    """A plain function that raises gets 500, and the webhook again."""
    failures = [RuntimeError("no")]

    def fail_once(event: WebhookEvent) -> None:
        if failures:
            raise failures.pop()

    app = endpoint(fail_once)

    assert [500, 200] == [(await post(app)).status_code for _ in range(2)]


async def test_handler_that_raises_would_block() -> None:
    """Only a full queue is reported as such, not the same exception from a handler."""
    assert 500 == (await post(endpoint(Inbox(anyio.WouldBlock())))).status_code


@pytest.mark.parametrize(
    "jumps",
    [
        [timedelta(hours=2), timedelta()],
        [timedelta(seconds=-200), timedelta(seconds=280)],
        [timedelta(seconds=700), timedelta(seconds=100)],
        [timedelta(days=400), timedelta(seconds=299)],
    ],
)
async def test_clock_that_jumps(jumps: list[timedelta]) -> None:
    """A delivery is handled once, however the clock jumps between other deliveries."""
    inbox, times = Inbox(), [NOW]
    app = WebhookEndpoint(SECRET, inbox, clock=lambda: times[-1])
    await post(app)
    for jump in jumps:
        times.append(NOW + jump)
        other = sign(BODY, SECRET, id=f"at {jump}", timestamp=times[-1])
        await post(app, **other)
        await post(app)

    assert 1 + len(jumps) == len(inbox.ids)


async def test_late_secret() -> None:
    """A function returns the secret for each request, so it may be set late and may change."""
    secrets: list[str] = []
    app = WebhookEndpoint(lambda: secrets[-1], Inbox(), clock=lambda: NOW)
    replies = [await post(app)]
    for secret in ("", "another", SECRET):
        secrets.append(secret)
        replies.append(await post(app))

    assert [500, 500, 400, 200] == [reply.status_code for reply in replies]


async def test_delivery_in_progress_is_put_off() -> None:
    """A repeated delivery gets 503 while the first is being handled, because handling may still fail."""
    started, finish = anyio.Event(), anyio.Event()
    statuses: dict[str, int] = {}

    async def slow(event: WebhookEvent) -> None:
        """
        Wait until the test goes on.
        """
        started.set()
        await finish.wait()

    app = endpoint(slow)

    async def first() -> None:
        """
        Send the delivery for the first time.
        """
        statuses["first"] = (await post(app)).status_code

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(first)
        await started.wait()
        statuses["meanwhile"] = (await post(app)).status_code
        finish.set()
    statuses["after"] = (await post(app)).status_code

    assert {"first": 200, "meanwhile": 503, "after": 200} == statuses


async def test_canceled_handler_gets_the_webhook_again() -> None:
    """A delivery whose handler was canceled is not remembered."""
    calls = 0

    async def slow_once(event: WebhookEvent) -> None:
        """
        Never come back from the first call.
        """
        nonlocal calls
        calls += 1
        if calls == 1:
            await anyio.sleep_forever()

    app = endpoint(slow_once)
    with anyio.move_on_after(1):
        await post(app)

    assert 200 == (await post(app)).status_code
    assert 2 == calls


async def test_queue() -> None:
    """Events go into a memory object stream at once; a full stream leads to 503 until there is room."""
    sending, receiving = anyio.create_memory_object_stream[WebhookEvent](1)
    app = endpoint(sending)
    async with sending, receiving:
        replies = [await post(app), await post(app, **signed(id="msg_2"))]
        first = await receiving.receive()
        replies.append(await post(app, **signed(id="msg_2")))
        await receiving.receive()

    assert [200, 503, 200] == [reply.status_code for reply in replies]
    assert "file.deleted" == first.type


async def test_queue_nobody_reads() -> None:
    """If the reader of the queue is gone, the response is 500."""
    sending, receiving = anyio.create_memory_object_stream[WebhookEvent](1)
    receiving.close()
    async with sending:
        response = await post(endpoint(sending))

    assert 500 == response.status_code


async def exchange(app: WebhookEndpoint, *messages: dict[str, Any]) -> tuple[list[dict[str, Any]], int]:
    """
    Return what the endpoint sends for a request in these messages, and how many it left unread.
    """
    left, sent = list(messages), []

    async def receive() -> dict[str, Any]:
        """
        The next message.
        """
        return left.pop(0)

    async def send(message: Any) -> None:
        """
        Keep what is sent.
        """
        sent.append(message)

    headers = [(name.encode(), value.encode()) for name, value in signed().items()]
    await app({"type": "http", "method": "POST", "headers": headers, "path": "/"}, receive, send)
    return sent, len(left)


async def test_body_limit() -> None:
    """A body may be as large as the limit, but not larger."""
    inbox = Inbox()
    whole = {"type": "http.request", "body": BODY}
    exact, _ = await exchange(endpoint(inbox, max_body_bytes=len(BODY)), whole)
    larger, _ = await exchange(endpoint(inbox, max_body_bytes=len(BODY) - 1), whole)

    assert [200, 413] == [exact[0]["status"], larger[0]["status"]]
    assert ["evt_1"] == inbox.ids


async def test_default_body_limit() -> None:
    """By default up to 1 MiB is read."""
    app = endpoint(Inbox())
    bodies = [{"type": "http.request", "body": bytes(size)} for size in (1024 * 1024, 1024 * 1024 + 1)]

    assert [400, 413] == [(await exchange(app, body))[0][0]["status"] for body in bodies]


async def test_body_in_pieces() -> None:
    """A body that arrives in chunks is joined."""
    inbox = Inbox()
    pieces = [{"type": "http.request", "body": BODY[i : i + 10], "more_body": True} for i in range(0, len(BODY), 10)]
    sent, left = await exchange(endpoint(inbox), *pieces, {"type": "http.request"})

    assert (200, 0) == (sent[0]["status"], left)
    assert ["evt_1"] == inbox.ids


async def test_reading_stops_at_the_limit() -> None:
    """Reading stops once the body is larger than the limit."""
    piece = {"type": "http.request", "body": bytes(100), "more_body": True}
    sent, left = await exchange(endpoint(Inbox(), max_body_bytes=150), *[piece] * 10)

    assert (413, 8) == (sent[0]["status"], left)


async def test_sender_that_goes_away() -> None:
    """If the sender disconnects within the body, nothing is handled and nothing is sent."""
    inbox = Inbox()
    piece = {"type": "http.request", "body": BODY, "more_body": True}
    sent, _ = await exchange(endpoint(inbox), piece, {"type": "http.disconnect"})

    assert ([], []) == (sent, inbox.ids)


async def test_called_with_a_request() -> None:
    """The type for `add_route` of Starlette allows a call with a request, which is refused."""
    with pytest.raises(TypeError, match="WebhookEndpoint is an ASGI application"):
        await endpoint(Inbox())(object())


@pytest.mark.parametrize("kind", ["websocket", "lifespan"])
async def test_http_only(kind: str) -> None:
    """Other protocols are refused, as the ASGI specification requires."""
    with pytest.raises(ValueError, match=kind):
        await endpoint(Inbox())({"type": kind}, None, None)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"secret": ""}, ConfigurationError),
        ({"tolerance": timedelta(-1)}, ValueError),
        ({"scheme": "v1"}, ValueError),
        ({"max_body_bytes": 0}, ValueError),
        ({"handler": None}, TypeError),
    ],
)
def test_mistakes_show_at_construction(options: dict[str, Any], error: type[Exception]) -> None:
    """Invalid arguments are refused at construction."""
    with pytest.raises(error, match=next(iter(options))):
        WebhookEndpoint(**{"secret": SECRET, "handler": Inbox(), **options})


def test_no_secret_in_repr() -> None:
    """The repr of an endpoint shows no secret."""
    assert "whsec" not in repr(endpoint(Inbox()))


class Yielding:
    """
    A handler whose call is a generator.
    """

    def __call__(self, event: WebhookEvent) -> Iterator[int]:
        """
        Yield.
        """
        yield 1


async def yielding(event: WebhookEvent) -> Any:
    """
    Yield, asynchronously.
    """
    yield 1


@pytest.mark.parametrize("handler", [Yielding(), yielding, partial(yielding)], ids=["class", "async", "partial"])
async def test_a_generator_is_refused(handler: Callable[..., Any]) -> None:
    """A generator as handler would be called and never run, so the endpoint would confirm webhooks that are lost."""
    with pytest.raises(TypeError, match=r"^handler must not be a generator"):
        WebhookEndpoint(SECRET, handler)
