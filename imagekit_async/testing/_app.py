"""
The ASGI application: routes, authentication in front of them, and errors as JSON behind them.
"""

from __future__ import annotations

from collections import defaultdict

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from imagekit_async.testing._account import Account
from imagekit_async.testing._auth import check_authorization
from imagekit_async.testing._delivery import delivery_route
from imagekit_async.testing._errors import ApiError
from imagekit_async.testing._files.endpoints import file_handlers
from imagekit_async.testing._middleware import AnswerMiddleware
from imagekit_async.testing._operations import Handler, not_implemented, operations
from imagekit_async.testing._uploads.endpoints import upload_handlers


def build_app(account: Account) -> ASGIApp:
    """
    The application that serves an account.
    """
    guarded = dict.fromkeys(operations(), not_implemented) | file_handlers(account)
    handlers = {operation: _authenticated(account, handler) for operation, handler in guarded.items()}
    app = Starlette(
        routes=[*_routes(handlers | upload_handlers(account)), delivery_route(account)],
        exception_handlers=dict.fromkeys((ApiError, HTTPException, ClientDisconnect, Exception), _answer),
    )
    app.router.redirect_slashes = False
    return AnswerMiddleware(app)


def _authenticated(account: Account, handler: Handler) -> Handler:
    async def guarded(request: Request) -> Response:
        check_authorization(account, request.headers.get("authorization"))
        return await handler(request)

    return guarded


def _routes(handlers: dict[tuple[str, str], Handler]) -> list[Route]:
    by_path: defaultdict[str, dict[str, Handler]] = defaultdict(dict)
    for (method, path), handler in handlers.items():
        by_path[path][method] = handler
    return [Route(path, _by_method(by_path[path]), methods=list(by_path[path])) for path in sorted(by_path, key=_rank)]


def _rank(path: str) -> list[bool]:
    # The first route that matches wins, so a literal part must come before a parameter in the same place.
    return [part.startswith("{") for part in path.split("/")]


def _by_method(handlers: dict[str, Handler]) -> Handler:
    async def endpoint(request: Request) -> Response:
        # Starlette lets HEAD through wherever GET is allowed.
        return await handlers["GET" if request.method == "HEAD" else request.method](request)

    return endpoint


async def _answer(request: Request, error: Exception) -> Response:
    response = _as_api_error(error).response()
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)
    return response


def _as_api_error(error: Exception) -> ApiError:
    if isinstance(error, ApiError):
        return error
    if isinstance(error, HTTPException):
        return ApiError(error.status_code, "Not found" if error.status_code == 404 else error.detail)
    if isinstance(error, ClientDisconnect):
        return ApiError(400, "Your request ended before its body was complete.")
    return ApiError(500, "We have experienced an internal error while processing your request.")
