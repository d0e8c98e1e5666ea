"""
HTTP side of every resource that is kept as JSON documents.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from imagekit_local._bodies import json_object
from imagekit_local._resources.resource import Resource
from imagekit_local._routing import Handler


def resource_handlers(path: str, resource: Resource, *, change: str = "PATCH") -> dict[tuple[str, str], Handler]:
    """
    Return the handlers of the five operations of a resource, by method and path template.

    Args:
        path: Path of the list.
        resource: The resource.
        change: HTTP method of the update.
    """
    endpoints = _ResourceEndpoints(resource)
    return {
        ("GET", path): endpoints.all,
        ("POST", path): endpoints.create,
        ("GET", f"{path}/{{id}}"): endpoints.read,
        (change, f"{path}/{{id}}"): endpoints.change,
        ("DELETE", f"{path}/{{id}}"): endpoints.delete,
    }


class _ResourceEndpoints:
    def __init__(self, resource: Resource) -> None:
        self._resource = resource
        self._run = resource.account.store.run

    async def all(self, request: Request) -> Response:
        return JSONResponse(await self._run(self._resource.all))

    async def create(self, request: Request) -> Response:
        return JSONResponse(await self._run(self._resource.create, await json_object(request)), 201)

    async def read(self, request: Request) -> Response:
        return JSONResponse(await self._run(self._resource.read, request.path_params["id"]))

    async def change(self, request: Request) -> Response:
        body = await json_object(request)
        return JSONResponse(await self._run(self._resource.change, request.path_params["id"], body))

    async def delete(self, request: Request) -> Response:
        await self._run(self._resource.delete, request.path_params["id"])
        return Response(status_code=204)
