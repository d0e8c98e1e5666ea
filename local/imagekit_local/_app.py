"""
The ASGI application: routes, authentication in front of them, and errors as JSON behind them.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from imagekit_local._account import Account
from imagekit_local._accounts.endpoints import account_handlers
from imagekit_local._accounts.traffic import TrafficMiddleware
from imagekit_local._auth import accesses, check_authorization
from imagekit_local._control.endpoints import PREFIX as CONTROL_PREFIX
from imagekit_local._control.endpoints import control_routes
from imagekit_local._custom_fields.endpoints import custom_field_handlers
from imagekit_local._delivery import delivery_route
from imagekit_local._document.document import Operation
from imagekit_local._document.endpoints import document_routes
from imagekit_local._document.examples import is_public, operation_example
from imagekit_local._document.reference import reference_routes
from imagekit_local._due import DueMiddleware
from imagekit_local._errors import ApiError
from imagekit_local._extensions.endpoints import extension_handlers
from imagekit_local._faults.middleware import FaultMiddleware
from imagekit_local._files.endpoints import file_handlers
from imagekit_local._folders.endpoints import folder_handlers
from imagekit_local._metadata.endpoints import metadata_handlers
from imagekit_local._middleware import ResponseMiddleware
from imagekit_local._purges.endpoints import purge_handlers
from imagekit_local._recording import RecordingMiddleware
from imagekit_local._routing import Handler, operation_routes
from imagekit_local._uploads.cors import CrossOriginMiddleware
from imagekit_local._uploads.endpoints import upload_handlers
from imagekit_local._webhooks.outbox import post_event


def build_app(account: Account) -> ASGIApp:
    """
    Return the application that serves an account.

    Raises:
        ValueError: The document gives no example for an operation that the server does not implement.
    """
    account.listeners.append(partial(post_event, account))
    guarded = {
        **file_handlers(account),
        **folder_handlers(account),
        **purge_handlers(account),
        **metadata_handlers(account),
        **custom_field_handlers(account),
        **extension_handlers(account),
        **account_handlers(account),
    }
    handlers = {operation: _guarded(account, handler, operation) for operation, handler in guarded.items()}
    uploads = upload_handlers(account)
    document = account.settings.document
    documentation = [*document_routes(document), *reference_routes(document)]
    app = Starlette(
        routes=[
            *operation_routes(document, handlers | uploads, partial(_example_handler, account)),
            *documentation,
            *control_routes(account),
            delivery_route(account),
        ],
        middleware=[Middleware(TrafficMiddleware, account), Middleware(DueMiddleware, account)],
        exception_handlers=dict.fromkeys((ApiError, HTTPException, ClientDisconnect, Exception), _respond),
    )
    app.router.redirect_slashes = False
    return _observed(account, app, {path for _, path in uploads}, {route.path for route in documentation})


def _observed(
    account: Account, app: ASGIApp, upload_paths: Collection[str], documentation_paths: Collection[str]
) -> ASGIApp:
    controlled = ResponseMiddleware(app)
    # Outside of the faults: they are for uploads, not for preflight requests, and pages may read their responses.
    shared = CrossOriginMiddleware(FaultMiddleware(app, account.faults), upload_paths)
    observed = RecordingMiddleware(ResponseMiddleware(shared), account.requests, account.settings.document)

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        is_control = scope["path"].startswith(CONTROL_PREFIX) or scope["path"] in documentation_paths
        try:
            await (controlled if is_control else observed)(scope, receive, send)
        except Exception as error:
            # Starlette has responded with 500, and uvicorn would log a traceback for each request.
            if not account.shortage.report(error):
                raise

    return serve


def _example_handler(account: Account, operation: Operation) -> Handler:
    document = account.settings.document
    example = operation_example(document, operation)

    async def serve(request: Request) -> Response:
        return example.response()

    return _guarded(account, serve, (operation.method, operation.path), is_public=is_public(document, operation))


def _guarded(account: Account, handler: Handler, operation: tuple[str, str], *, is_public: bool = False) -> Handler:
    allows = accesses(*operation)

    async def guarded(request: Request) -> Response:
        if not is_public:
            check_authorization(account, request.headers.get("authorization"), allows=allows)
        is_allowed, request.state.limits = account.limiter.take(*operation)
        if not is_allowed:
            raise ApiError(429, "Too many requests. Please try again later.")
        return await handler(request)

    return guarded


async def _respond(request: Request, error: Exception) -> Response:
    response = _as_api_error(error).response()
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)
    if not isinstance(error, (ApiError, HTTPException)):
        # The rest of the request is not read, or uvicorn is about to close: the client must not use it again.
        response.headers["Connection"] = "close"
    return response


def _as_api_error(error: Exception) -> ApiError:
    if isinstance(error, ApiError):
        return error
    if isinstance(error, HTTPException):
        return ApiError(error.status_code, "Not found" if error.status_code == 404 else error.detail)
    if isinstance(error, ClientDisconnect):
        return ApiError(400, "Your request ended before its body was complete.")
    return ApiError(500, "We have experienced an internal error while processing your request.")
