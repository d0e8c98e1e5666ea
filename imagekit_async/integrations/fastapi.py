"""
One client for a FastAPI application: its lifespan, a dependency, upload permissions and responses to errors.

Needs the extra `fastapi`. `client_lifespan`, `get_client`, `map_errors` and `request_body` also serve Starlette
applications. Models need nothing of this module: they can be response models and request bodies as they are.
"""

from __future__ import annotations

import logging
import math
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from typing import Annotated, Any, Final

from .._client import AsyncImageKit
from ..errors import (
    APIError,
    APITimeoutError,
    ConfigurationError,
    DeadlineExceededError,
    ImageKitError,
    JobFailedError,
    NotFoundError,
    RateLimitError,
    RateLimitStoreError,
    UploadOutcomeUnknownError,
    WaitTimeoutError,
    WebhookVerificationError,
)
from ..urls._signing import expiry_time
from ..urls._upload import DEFAULT_LIFETIME

try:
    from fastapi import APIRouter, Depends, HTTPException, Request, Response
    from fastapi.params import Depends as Dependency
    from starlette.applications import Starlette
    from starlette.requests import ClientDisconnect, HTTPConnection
    from starlette.responses import JSONResponse
    from starlette.websockets import WebSocket, WebSocketState
except ModuleNotFoundError as _error:
    _hint = "imagekit_async.integrations.fastapi needs the extra `fastapi`: pip install 'imagekit-async[fastapi]'"
    raise ModuleNotFoundError(f"{_error}; {_hint}", name=_error.name) from _error

__all__ = ["ImageKitClient", "client_lifespan", "get_client", "map_errors", "request_body", "upload_permissions"]

_logger = logging.getLogger("imagekit_async")

# In seconds: v1 refuses an hour, v2 only what is longer.
_LONGEST_LIFETIME: Final = 3599

# The first class that fits gives the status, and the text if ImageKit's own could say too much.
_RESPONSES: Final[tuple[tuple[type[ImageKitError], int, str], ...]] = (
    (NotFoundError, 404, "ImageKit has no such object."),
    (RateLimitError, 429, "ImageKit's rate limit is used up; try again later."),
    (UploadOutcomeUnknownError, 502, "The upload may or may not have succeeded."),
    (APITimeoutError, 504, "ImageKit did not respond in time."),
    (WaitTimeoutError, 504, "ImageKit did not finish in time."),
    (WebhookVerificationError, 400, "The webhook could not be verified."),
    (RateLimitStoreError, 503, "The store of the rate limits does not respond."),
    (ImageKitError, 502, "The request to ImageKit failed."),
)


def client_lifespan(
    make_client: Callable[[], AsyncImageKit] = AsyncImageKit,
) -> Callable[[object], AbstractAsyncContextManager[dict[str, Any]]]:
    """
    Return a lifespan that opens one client at startup, keeps it as `request.state.imagekit`, and closes it at shutdown.

    Pass it as `FastAPI(lifespan=client_lifespan())`; or, next to another lifespan, include
    `APIRouter(lifespan=client_lifespan())`, or enter `client_lifespan()(app)` in your own and yield its state along.

    Args:
        make_client: Creates the client; by default `AsyncImageKit()`, which reads the environment.
    """

    @asynccontextmanager
    async def lifespan(app: object) -> AsyncGenerator[dict[str, Any]]:
        async with make_client() as client:
            yield {"imagekit": client}

    return lifespan


async def get_client(connection: HTTPConnection) -> AsyncImageKit:
    """
    Return the client of the application that serves a request or a WebSocket.

    It is the dependency behind `ImageKitClient`; override it in tests with `app.dependency_overrides[get_client]`.

    Args:
        connection: A Starlette `Request` or `WebSocket`, or `HTTPConnection(scope)`.

    Raises:
        RuntimeError: The application runs without `client_lifespan`.
    """
    client = getattr(connection.state, "imagekit", None)
    if not isinstance(client, AsyncImageKit):
        raise RuntimeError("request.state has no client; pass lifespan=client_lifespan() to the application")
    return client


ImageKitClient = Annotated[AsyncImageKit, Depends(get_client)]
"""
Type of a parameter that gets the application's client.
"""


def upload_permissions(
    form: Callable[..., Any] | None = None,
    *,
    dependencies: Sequence[Dependency],
    expires_in: timedelta = DEFAULT_LIFETIME,
) -> APIRouter:
    """
    Return a router that signs permissions for uploads from a browser: `POST /v1`, or `POST /v2` if there is a `form`.

    The response is the form fields to send along with the file; see `AsyncImageKit.helper`.

    Args:
        form: Dependency that returns the arguments of `client.beta.v2.files.upload` without `file` and `token`. All of
            them are signed (upload v2). Without it, the browser chooses them (upload v1).
        dependencies: Dependencies that refuse users who must not upload, such as `[Depends(current_user)]`. A
            permission lets its holder upload to your account, so an empty list makes that public.
        expires_in: How long a permission is valid: at least a second, less than an hour.

    Raises:
        ValueError: `expires_in` is less than a second, or an hour or more.
    """
    expiry_time(expires_in, None, within=_LONGEST_LIFETIME)
    router = APIRouter(dependencies=[*dependencies, Depends(_forbid_caching)])

    async def sign_v1(client: ImageKitClient) -> dict[str, object]:
        signed = client.helper.get_authentication_parameters(expire=expires_in)
        return {**signed, "publicKey": _public_key(client)}

    async def sign_v2(client: ImageKitClient, fields: Any = Depends(form)) -> dict[str, str]:  # noqa: B008
        _public_key(client)
        return client.helper.sign_upload_form(fields, expires_in=expires_in)

    if form is None:
        router.post("/v1", summary="Permit one upload")(sign_v1)
    else:
        router.post("/v2", summary="Permit the upload of one form")(sign_v2)
    return router


def _forbid_caching(response: Response) -> None:
    response.headers["Cache-Control"] = "no-store"


def _public_key(client: AsyncImageKit) -> str:
    if client.helper.public_key is None:
        raise ConfigurationError("public_key is required for upload permissions; pass it, or set IMAGEKIT_PUBLIC_KEY")
    return client.helper.public_key


async def request_body(request: Request, *, max_bytes: int) -> AsyncGenerator[bytes]:
    """
    Yield the body of a request as it arrives, to be passed as `file=`.

    The sender is slowed down to the speed of the upload, so that memory does not grow with the body. If it goes away,
    the upload fails and ImageKit stores nothing.

    Args:
        request: The request, whose body was not read yet.
        max_bytes: Largest body, in bytes.

    Raises:
        HTTPException: While iterating: 413 if the body is too large, 422 if it is empty, 400 if it is cut off.
    """
    # Refused by its announced size, an upload does not even begin.
    announced = request.headers.get("content-length", "0")
    received = 0
    try:
        async for chunk in request.stream():
            received += len(chunk)
            if max(received, int(announced)) > max_bytes:
                raise HTTPException(413, f"The body must have at most {max_bytes} bytes.")
            yield chunk
    except ClientDisconnect as error:
        raise HTTPException(400, "The body was cut off.") from error
    if not received:
        raise HTTPException(422, "The body must not be empty.")


def map_errors(app: Starlette) -> None:
    """
    Respond to errors of ImageKit calls that no route has caught, with JSON of `detail` and `request_id`.

    | error | status |
    |---|---|
    | `NotFoundError` | 404 |
    | `RateLimitError` | 429, with `Retry-After` |
    | `DeadlineExceededError` while waiting for a retry or a rate limit | 503, with `Retry-After` |
    | `RateLimitStoreError` | 503 |
    | `APITimeoutError`, `WaitTimeoutError` | 504 |
    | `WebhookVerificationError` | 400 |
    | any other `APIError` or `JobFailedError` | 502 |

    A WebSocket that was accepted is closed with code 1011 instead. Nothing that ImageKit wrote is in a response; 5xx
    responses and closed WebSockets are logged (`imagekit_async`, ERROR) with the error.

    Args:
        app: A FastAPI or Starlette application.
    """
    # Starlette has no type for a handler of both requests and WebSockets.
    handler: Any = _respond
    for kind in (APIError, JobFailedError, RateLimitStoreError, WaitTimeoutError, WebhookVerificationError):
        app.add_exception_handler(kind, handler)


async def _respond(request: Request | WebSocket, error: Exception) -> Response | None:
    wait = error.retry_after if isinstance(error, (RateLimitError, DeadlineExceededError)) else None
    status, detail = next((status, detail) for kind, status, detail in _RESPONSES if isinstance(error, kind))
    if isinstance(error, DeadlineExceededError) and wait is not None:
        status = 503
    is_accepted = isinstance(request, WebSocket) and request.application_state is not WebSocketState.CONNECTING
    if status >= 500 or is_accepted:
        _logger.error("%s failed: %s: %s", request.url.path, type(error).__name__, error)
    if isinstance(request, WebSocket) and is_accepted:
        if request.application_state is WebSocketState.CONNECTED:
            await request.close(1011, detail)
        return None
    headers = {} if wait is None else {"Retry-After": str(math.ceil(wait.total_seconds()))}
    request_id = error.request_id if isinstance(error, APIError) else None
    return JSONResponse({"detail": detail, "request_id": request_id}, status, headers)
