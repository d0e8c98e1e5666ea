"""
The FastAPI integration: real applications under uvicorn, with a local ImageKit behind them.
"""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request, UploadFile, WebSocket
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from imagekit_async import (
    APIConnectionError,
    APIResponseValidationError,
    APITimeoutError,
    AsyncImageKit,
    AuthenticationError,
    ConfigurationError,
    DeadlineExceededError,
    ImageKitError,
    JobFailedError,
    NotFoundError,
    RateLimitError,
    RateLimitStoreError,
    UploadOutcomeUnknownError,
    WaitTimeoutError,
    WebhookSignatureError,
)
from imagekit_async.integrations.fastapi import (
    ImageKitClient,
    client_lifespan,
    get_client,
    map_errors,
    request_body,
    upload_permissions,
)
from imagekit_async.models import File
from imagekit_async.testing import LocalImageKit
from tests.integrations.serving import serving

MEBIBYTE = 1024 * 1024
CONTEXT: dict[str, Any] = {"method": "GET", "path": "/v1/files", "request_id": "req-1"}


async def closed(client: ImageKitClient) -> dict[str, Any]:
    """
    Return which client serves the request, and whether it is closed.
    """
    return {"client": id(client), "closed": client.is_closed}


class Counting:
    """
    A server that responds with an empty list, and counts the connections by their ports.
    """

    def __init__(self) -> None:
        self.ports: set[int] = set()
        self.requests = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """
        Serve the lifespan or a request.
        """
        if scope["type"] == "lifespan":
            for phase in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{phase}.complete"})
            return
        self.ports.add(scope["client"][1])
        self.requests += 1
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"[]"})


def test_one_client_and_one_connection() -> None:
    """All requests are served by one client over one connection, which is closed at shutdown."""
    upstream, clients = Counting(), []

    def make_client() -> AsyncImageKit:
        clients.append(AsyncImageKit("private_x", base_url=url))
        return clients[-1]

    app = FastAPI(lifespan=client_lifespan(make_client))

    @app.get("/assets")
    async def assets(client: ImageKitClient) -> list[File]:
        return [asset for asset in await client.assets.list() if isinstance(asset, File)]

    with serving(upstream) as url, serving(app) as address, httpx.Client(base_url=address) as http:
        responses = [http.get("/assets").json() for _ in range(5)]
        open_while_serving = not clients[0].is_closed

    assert [[]] * 5 == responses
    assert (1, 5, 1) == (len(clients), upstream.requests, len(upstream.ports))
    assert open_while_serving
    assert clients[0].is_closed


@asynccontextmanager
async def database(app: object) -> AsyncIterator[dict[str, Any]]:
    """
    A lifespan of the application's own.
    """
    yield {"database": "db"}


def composed_within(client: AsyncImageKit) -> FastAPI:
    """
    An application whose own lifespan enters the client's.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
        async with client_lifespan(lambda: client)(app) as state, database(app) as own:
            yield {**state, **own}

    return FastAPI(lifespan=lifespan)


def composed_by_router(client: AsyncImageKit) -> FastAPI:
    """
    An application with a lifespan of its own, which includes a router with the client's.
    """
    app = FastAPI(lifespan=database)
    app.include_router(APIRouter(lifespan=client_lifespan(lambda: client)))
    return app


def composed_afterwards(client: AsyncImageKit) -> FastAPI:
    """
    A finished application whose lifespan context is wrapped.
    """
    app = FastAPI(lifespan=database)
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
        async with client_lifespan(lambda: client)(app) as state, inner(app) as own:
            yield {**state, **(own or {})}

    app.router.lifespan_context = lifespan
    return app


@pytest.mark.parametrize("compose", [composed_within, composed_by_router, composed_afterwards])
def test_lifespans_compose(compose: Any) -> None:
    """The lifespan works beside another one, and closes the client at the end."""
    client = AsyncImageKit("private_x")
    app: FastAPI = compose(client)

    @app.get("/")
    async def state(request: Request, client: ImageKitClient) -> dict[str, Any]:
        return {"client": id(client), "database": request.state.database, "closed": client.is_closed}

    with serving(app) as url:
        response = httpx.get(url).json()

    assert {"client": id(client), "database": "db", "closed": False} == response
    assert client.is_closed


def in_process(app: Any) -> httpx.AsyncClient:
    """
    A client of an application whose lifespan does not run.
    """
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://app")


def test_client_in_mounted_applications() -> None:
    """A mounted application sees the same client."""
    client = AsyncImageKit("private_x")
    app, mounted = FastAPI(lifespan=client_lifespan(lambda: client)), FastAPI()
    app.mount("/mounted", mounted)
    mounted.get("/")(closed)

    with serving(app) as url:
        response = httpx.get(f"{url}/mounted/").json()

    assert {"client": id(client), "closed": False} == response


@pytest.mark.anyio
async def test_client_in_web_sockets() -> None:
    """A WebSocket has the dependency as well."""
    app, client, sent = FastAPI(), AsyncImageKit("private_x"), []

    @app.websocket("/")
    async def accept(connection: WebSocket, client: ImageKitClient) -> None:
        await connection.accept(subprotocol=str(id(client)))
        await connection.close()

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    async with client_lifespan(lambda: client)(app) as state:
        scope = {"type": "websocket", "path": "/", "headers": [], "query_string": b"", "state": state}
        await app(scope, receive, send)

    assert str(id(client)) == sent[0]["subprotocol"]


@pytest.mark.anyio
async def test_dependency_is_overridden() -> None:
    """A test replaces the client without running the lifespan."""
    app = FastAPI(lifespan=client_lifespan())
    app.get("/")(closed)
    fake = AsyncImageKit("private_x")
    app.dependency_overrides[get_client] = lambda: fake
    async with in_process(app) as http:
        response = await http.get("/")

    assert id(fake) == response.json()["client"]


@pytest.mark.anyio
async def test_missing_lifespan_is_named() -> None:
    """Without the lifespan, the error says what to pass."""
    app = FastAPI()
    app.get("/")(closed)

    async with in_process(app) as http:
        with pytest.raises(RuntimeError, match=r"lifespan=client_lifespan\(\)"):
            await http.get("/")


@pytest.mark.anyio
async def test_missing_key_stops_the_startup() -> None:
    """Without a private key the application does not start."""
    with pytest.raises(ConfigurationError, match="IMAGEKIT_PRIVATE_KEY"):
        async with client_lifespan()(FastAPI()):
            raise AssertionError("started")


def test_starlette(imagekit: LocalImageKit) -> None:
    """Lifespan, client and error responses work in Starlette."""

    async def get(request: Request) -> JSONResponse:
        client = await get_client(request)
        return JSONResponse((await client.files.get(request.path_params["id"])).to_dict())

    app = Starlette(routes=[Route("/{id}", get)], lifespan=client_lifespan())
    map_errors(app)
    with serving(app) as url:
        response = httpx.get(f"{url}/6f0000000000000000000000")

    assert 404 == response.status_code
    assert "ImageKit has no such object." == response.json()["detail"]


def require_user(request: Request) -> None:
    """
    Refuse requests without a name.
    """
    if "x-user" not in request.headers:
        raise HTTPException(401)


def user_form(request: Request, name: str) -> dict[str, object]:
    """
    Return what a user may upload.
    """
    return {"file_name": name, "folder": f"/users/{request.headers['x-user']}"}


@pytest.fixture
def permitting(imagekit: LocalImageKit) -> Iterator[httpx.Client]:
    """
    An application that permits uploads.
    """
    app = FastAPI(lifespan=client_lifespan())
    for router in (
        upload_permissions(dependencies=[Depends(require_user)], expires_in=timedelta(minutes=5)),
        upload_permissions(user_form, dependencies=[Depends(require_user)]),
    ):
        app.include_router(router, prefix="/permissions")
    with serving(app) as url, httpx.Client(base_url=url) as http:
        yield http


def test_permission_v1(imagekit: LocalImageKit, permitting: httpx.Client) -> None:
    """A browser uploads with the permission, which ends as asked and is not cached."""
    before = datetime.now(UTC)
    response = permitting.post("/permissions/v1", headers={"X-User": "ann"})
    form = {**response.json(), "fileName": "a.txt", "folder": "/anywhere"}
    stored = httpx.post(f"{imagekit.url}/api/v1/files/upload", data=form, files={"file": b"purr"})

    assert stored.json()["filePath"].startswith("/anywhere/a")
    assert timedelta(minutes=4) < datetime.fromtimestamp(form["expire"], UTC) - before < timedelta(minutes=6)
    assert "no-store" == response.headers["cache-control"]


def test_permission_v2(imagekit: LocalImageKit, permitting: httpx.Client) -> None:
    """A browser uploads exactly the form that the application signed."""

    def permit(name: str) -> dict[str, str]:
        response = permitting.post("/permissions/v2", params={"name": name}, headers={"X-User": "ann"})
        assert "no-store" == response.headers["cache-control"]
        return dict(response.json())

    def upload(form: dict[str, str]) -> httpx.Response:
        return httpx.post(f"{imagekit.url}/api/v2/files/upload", data=form, files={"file": b"purr"})

    moved, stored = upload({**permit("a.txt"), "folder": "/users/bob"}), upload(permit("b.txt"))

    assert "invalid payload" in moved.json()["message"]
    assert stored.json()["filePath"].startswith("/users/ann/b")


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_permission_needs_a_login(permitting: httpx.Client, version: str) -> None:
    """The dependencies refuse users who must not upload."""
    assert 401 == permitting.post(f"/permissions/{version}", params={"name": "a"}).status_code


@pytest.mark.parametrize("seconds", [-1, 0, 0.5, 3599.5, 3600])
def test_permission_lifetime_is_checked(seconds: float) -> None:
    """A lifetime that ImageKit refuses is refused at once."""
    with pytest.raises(ValueError, match="expires_in must be from 1 to 3599 seconds"):
        upload_permissions(dependencies=[], expires_in=timedelta(seconds=seconds))


@pytest.mark.anyio
@pytest.mark.parametrize("form", [None, lambda: {"file_name": "a"}])
async def test_permission_needs_a_public_key(form: Any) -> None:
    """Without a public key the error says where to get it from."""
    app = FastAPI()
    app.include_router(upload_permissions(form, dependencies=[]))
    app.dependency_overrides[get_client] = lambda: AsyncImageKit("private_x")

    async with in_process(app) as http:
        with pytest.raises(ConfigurationError, match="IMAGEKIT_PUBLIC_KEY"):
            await http.post("/v1" if form is None else "/v2")


def unknown(timed_out: bool = False) -> UploadOutcomeUnknownError:
    """
    The error of an upload that was cut off.
    """
    context = {**CONTEXT, "file_name": "a", "folder": None, "since": datetime.now(UTC), "timed_out": timed_out}
    return UploadOutcomeUnknownError("cut off", **context)


WAIT = timedelta(seconds=2.5)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("error", "status", "retry_after"),
    [
        (NotFoundError("secret text", status_code=404, **CONTEXT), 404, None),
        (RateLimitError("secret text", status_code=429, retry_after=WAIT, **CONTEXT), 429, "3"),
        (RateLimitError("secret text", status_code=429, **CONTEXT), 429, None),
        (DeadlineExceededError("secret text", request_sent=False, retry_after=WAIT, **CONTEXT), 503, "3"),
        (DeadlineExceededError("secret text", request_sent=True, retry_after=None, **CONTEXT), 504, None),
        (APITimeoutError("secret text", request_sent=True, **CONTEXT), 504, None),
        (WaitTimeoutError("secret text", value=None), 504, None),
        (JobFailedError("secret text", value=None), 502, None),
        (unknown(), 502, None),
        (APIConnectionError("secret text", request_sent=False, **CONTEXT), 502, None),
        (APIResponseValidationError("secret text", status_code=200, body="secret", **CONTEXT), 502, None),
        (AuthenticationError("secret text", status_code=401, **CONTEXT), 502, None),
        (WebhookSignatureError("secret text"), 400, None),
        (RateLimitStoreError("secret text"), 503, None),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
async def test_errors_are_mapped(
    caplog: pytest.LogCaptureFixture, error: ImageKitError, status: int, retry_after: str | None
) -> None:
    """An error becomes a response with its request id, free of ImageKit's text, and is logged if it is 5xx."""
    app = FastAPI()
    map_errors(app)

    @app.get("/files")
    async def files() -> None:
        raise error

    async with in_process(app) as http:
        response = await http.get("/files")

    assert (status, retry_after) == (response.status_code, response.headers.get("retry-after"))
    assert {"detail", "request_id"} == response.json().keys()
    assert getattr(error, "request_id", None) == response.json()["request_id"]
    assert "secret" not in response.text
    logged = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert ([] if status < 500 else [f"/files failed: {type(error).__name__}: {error}"]) == logged


@pytest.mark.anyio
@pytest.mark.parametrize("error", [ConfigurationError("no key"), ZeroDivisionError()])
async def test_other_errors_are_not_mapped(error: Exception) -> None:
    """A mistake of the application stays an error of the application."""
    app = FastAPI()
    map_errors(app)

    @app.get("/")
    async def broken() -> None:
        raise error

    async with in_process(app) as http:
        with pytest.raises(type(error)):
            await http.get("/")


async def messages_of(accepts: int, *, is_closed: bool = False) -> list[dict[str, Any]]:
    """
    Return what an application sends on a WebSocket whose route fails before or after it has accepted.
    """
    app, sent = FastAPI(), list[dict[str, Any]]()
    map_errors(app)

    @app.websocket("/")
    async def fail(connection: WebSocket) -> None:
        for _ in range(accepts):
            await connection.accept()
        if is_closed:
            await connection.close()
        raise NotFoundError("secret text", status_code=404, **CONTEXT)

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(dict(message))

    extensions: dict[str, Any] = {"websocket.http.response": {}}
    scope = {"type": "websocket", "path": "/", "headers": [], "query_string": b"", "extensions": extensions}
    await app(scope, receive, send)
    return sent


@pytest.mark.anyio
async def test_errors_close_web_sockets(caplog: pytest.LogCaptureFixture) -> None:
    """A WebSocket is refused with the status of the error; one that was accepted is closed, and the error is logged."""
    refused = await messages_of(0)
    before = len(caplog.records)
    accepted = await messages_of(1)
    closed = await messages_of(1, is_closed=True)

    assert ("websocket.http.response.start", 404) == (refused[0]["type"], refused[0]["status"])
    assert {"type": "websocket.close", "code": 1011, "reason": "ImageKit has no such object."} == accepted[-1]
    assert ["websocket.accept", "websocket.close"] == [message["type"] for message in closed]
    assert (0, 2) == (before, len(caplog.messages))
    assert all(message.startswith("/ failed: NotFoundError: ") for message in caplog.messages)


def proxying_app() -> FastAPI:
    """
    An application that passes uploads on.
    """
    app = FastAPI(lifespan=client_lifespan())
    map_errors(app)

    @app.put("/stream/{name}")
    async def stream(name: str, request: Request, client: ImageKitClient) -> dict[str, Any]:
        body = request_body(request, max_bytes=MEBIBYTE)
        return (await client.files.upload(file=body, file_name=name, use_unique_file_name=False)).to_dict()

    @app.post("/form")
    async def form(file: UploadFile, client: ImageKitClient) -> dict[str, Any]:
        return (await client.files.upload(file=file, file_name=file.filename or "")).to_dict()

    return app


@pytest.fixture
def proxying(imagekit: LocalImageKit) -> Iterator[str]:
    """
    URL of that application.
    """
    with serving(proxying_app()) as url:
        yield url


def delivered(url: str) -> bytes:
    """
    Download a stored file.
    """
    return httpx.get(url).raise_for_status().content


@pytest.mark.parametrize("chunked", [False, True])
def test_body_is_passed_on(proxying: str, chunked: bool) -> None:
    """The body arrives at ImageKit as it was sent, with or without an announced length."""
    body = os.urandom(MEBIBYTE)
    content = iter([body[:10], body[10:]]) if chunked else body
    response = httpx.put(f"{proxying}/stream/a.bin", content=content)

    assert (200, MEBIBYTE) == (response.status_code, response.json()["size"])
    assert body == delivered(response.json()["url"])


def test_form_is_passed_on(proxying: str) -> None:
    """An UploadFile is passed as `file=` as it is."""
    body = os.urandom(2 * MEBIBYTE)
    response = httpx.post(f"{proxying}/form", files={"file": ("b.bin", body)})

    assert body == delivered(response.json()["url"])


# Before Starlette 1.10, an upload that is cut off leaves its temporary file to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 422), (bytes(MEBIBYTE + 1), 413), (iter([bytes(MEBIBYTE), b"x"]), 413)],
    ids=["empty", "announced", "chunked"],
)
def test_refused_body(imagekit: LocalImageKit, proxying: str, body: Any, status: int) -> None:
    """An empty body and one that is too large are refused, and nothing is stored."""
    response = httpx.put(f"{proxying}/stream/a.bin", content=body)

    assert status == response.status_code
    assert 404 == httpx.get(f"{imagekit.url_endpoint}/a.bin").status_code


def test_announced_size_is_refused_before_the_upload(imagekit: LocalImageKit, proxying: str) -> None:
    """A body that is announced as too large causes no request to ImageKit."""
    httpx.put(f"{proxying}/stream/a.bin", content=bytes(MEBIBYTE + 1))

    assert [] == imagekit.requests


def test_cut_off_body_is_not_stored(imagekit: LocalImageKit, caplog: pytest.LogCaptureFixture) -> None:
    """If the sender disconnects halfway, ImageKit stores nothing, and the application logs no error."""
    head = b"PUT /stream/a.bin HTTP/1.1\r\nHost: app\r\nContent-Length: 1000\r\n\r\n"
    with serving(proxying_app()) as url:
        address = httpx.URL(url)
        with socket.create_connection((address.host, address.port or 0)) as connection:
            connection.sendall(head + bytes(500))
        # Served after it.
        whole = httpx.put(f"{url}/stream/b.bin", content=b"whole")

    assert 200 == whole.status_code
    assert 404 == httpx.get(f"{imagekit.url_endpoint}/a.bin").status_code
    assert [] == [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.fixture
def process(imagekit: LocalImageKit) -> Iterator[httpx.Client]:
    """
    A process of its own that passes uploads on.
    """
    script = Path(__file__).with_name("proxy.py")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = f"http://127.0.0.1:{int(process.stdout.readline())}"
            with httpx.Client(base_url=url, timeout=None) as http:
                yield http
        finally:
            process.kill()


def test_memory_does_not_grow_with_the_body(imagekit: LocalImageKit, process: httpx.Client) -> None:
    """The body of a request is passed on piece by piece, at the speed of ImageKit, which is slower than the sender."""
    piece = os.urandom(MEBIBYTE)
    imagekit.faults.add("slow-reader", operation="files.upload", times=None, seconds=0.002)
    warm = process.put("/small.bin", content=piece).json()
    done = process.put("/large.bin", content=(piece for _ in range(24))).json()

    assert 24 * MEBIBYTE == done["size"]
    assert done["peak"] - warm["peak"] < 4 * MEBIBYTE
