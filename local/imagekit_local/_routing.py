"""
Routes of the API: the operations of the document, each with the handler that it has or a substitute.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from imagekit_local._document.document import Document, Operation, rank, shape

Handler: TypeAlias = Callable[[Request], Awaitable[Response]]


def operation_routes(
    document: Document, handlers: Mapping[tuple[str, str], Handler], substitute: Callable[[Operation], Handler]
) -> list[Route]:
    """
    Return a route for each path of a document.

    Args:
        document: The document.
        handlers: Handlers by method and path template; those that the document does not have are left out.
        substitute: Makes the handler of an operation that has none.
    """
    # The document may name path parameters otherwise than the handlers, which read them by name.
    templates = {shape(path): path for _, path in handlers}
    known = {(method, shape(path)): handler for (method, path), handler in handlers.items()}
    by_path: dict[str, dict[str, Handler]] = {}
    for operation in document.operations:
        form = shape(operation.path)
        handler = known.get((operation.method, form)) or substitute(operation)
        by_path.setdefault(templates.get(form) or _numbered(form), {}).setdefault(operation.method, handler)
    return [Route(path, _by_method(by_path[path]), methods=list(by_path[path])) for path in sorted(by_path, key=rank)]


def _numbered(form: str) -> str:
    """
    Return a template with names that Starlette accepts, because OpenAPI allows any.
    """
    first, *others = form.split("{}")
    return first + "".join(f"{{p{number}}}{literal}" for number, literal in enumerate(others))


def _by_method(handlers: Mapping[str, Handler]) -> Handler:
    async def endpoint(request: Request) -> Response:
        # Starlette accepts HEAD on every route that accepts GET.
        method = "GET" if request.method == "HEAD" and "HEAD" not in handlers else request.method
        return await handlers[method](request)

    return endpoint
