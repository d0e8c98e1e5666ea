"""
HTTP side of the file operations.
"""

from __future__ import annotations

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from imagekit_async.testing._account import Account
from imagekit_async.testing._bodies import json_object
from imagekit_async.testing._errors import ApiError
from imagekit_async.testing._files.bulk import change_tags, remove_files
from imagekit_async.testing._files.listing import ListQuery, list_assets
from imagekit_async.testing._files.updating import updated_file
from imagekit_async.testing._files.views import file_view
from imagekit_async.testing._operations import Handler
from imagekit_async.testing._store import File
from imagekit_async.testing._values import is_id


def file_handlers(account: Account) -> dict[tuple[str, str], Handler]:
    """
    Handlers of the file operations, by method and path template.
    """
    endpoints = _FileEndpoints(account)
    return {
        ("GET", "/v1/files"): endpoints.assets,
        ("GET", "/v1/files/{fileId}/details"): endpoints.details,
        ("PATCH", "/v1/files/{fileId}/details"): endpoints.update,
        ("DELETE", "/v1/files/{fileId}"): endpoints.delete,
        ("GET", "/v1/files/{fileId}/versions"): endpoints.versions,
        ("GET", "/v1/files/{fileId}/versions/{versionId}"): endpoints.version,
        ("POST", "/v1/files/batch/deleteByFileIds"): endpoints.delete_many,
        ("POST", "/v1/files/addTags"): endpoints.add_tags,
        ("POST", "/v1/files/removeTags"): endpoints.remove_tags,
    }


class _FileEndpoints:
    def __init__(self, account: Account) -> None:
        self._account = account

    async def assets(self, request: Request) -> Response:
        query = ListQuery.from_parameters(request.query_params)
        return JSONResponse(list_assets(self._account, query))

    async def details(self, request: Request) -> Response:
        file = self._file(request)
        return JSONResponse(file_view(self._account, file, file.current))

    async def update(self, request: Request) -> Response:
        self._file(request)
        body = await json_object(request)
        # The file may have changed while the body was read.
        file, statuses = updated_file(self._account.settings, self._file(request), body)
        self._account.store.save(file)
        view = file_view(self._account, file, file.current)
        return JSONResponse(view | {"extensionStatus": statuses} if statuses else view)

    async def delete(self, request: Request) -> Response:
        file = self._file(request)
        self._account.store.remove(file)
        await self._delete_blobs([file])
        return Response(status_code=204)

    async def versions(self, request: Request) -> Response:
        file = self._file(request)
        return JSONResponse([file_view(self._account, file, version, listed=True) for version in file.versions])

    async def version(self, request: Request) -> Response:
        file_id, version_id = (_path_id(request, name) for name in ("fileId", "versionId"))
        file = self._account.store.files.get(file_id)
        if file is not None:
            for version in file.versions:
                if version.id == version_id:
                    return JSONResponse(file_view(self._account, file, version))
        raise ApiError(404, "The requested file version does not exist.")

    async def delete_many(self, request: Request) -> Response:
        files = remove_files(self._account, await json_object(request))
        await self._delete_blobs(files)
        return JSONResponse({"successfullyDeletedFileIds": [file.id for file in files]})

    async def add_tags(self, request: Request) -> Response:
        return await self._change_tags(request, add=True)

    async def remove_tags(self, request: Request) -> Response:
        return await self._change_tags(request, add=False)

    async def _change_tags(self, request: Request, *, add: bool) -> Response:
        updated, errors = change_tags(self._account, await json_object(request), add=add)
        body: dict[str, object] = {"successfullyUpdatedFileIds": updated}
        return JSONResponse(body | {"errors": errors}, 207) if errors else JSONResponse(body)

    async def _delete_blobs(self, files: list[File]) -> None:
        ids = [version.id for file in files for version in file.versions]
        await anyio.to_thread.run_sync(self._account.store.delete_blobs, ids)

    def _file(self, request: Request) -> File:
        file = self._account.store.files.get(_path_id(request, "fileId"))
        if file is None:
            raise ApiError(404, "The requested file does not exist.")
        return file


def _path_id(request: Request, name: str) -> str:
    value: str = request.path_params[name]
    if not is_id(value):
        raise ApiError(400, f"Your request contains invalid {name} parameter.")
    return value
