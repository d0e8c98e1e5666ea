"""
HTTP side of the file operations.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from imagekit_local._account import Account
from imagekit_local._bodies import json_object
from imagekit_local._errors import HELP, ApiError
from imagekit_local._files.bulk import change_tags, remove_ai_tags, remove_file, remove_files
from imagekit_local._files.finding import existing_file, existing_version
from imagekit_local._files.listing import ListQuery, list_assets
from imagekit_local._files.placing import copy_file, move_file, rename_file
from imagekit_local._files.updating import update_file
from imagekit_local._files.versions import delete_version, restore_version
from imagekit_local._files.views import file_view
from imagekit_local._routing import Handler
from imagekit_local._store import File
from imagekit_local._values import is_id


def file_handlers(account: Account) -> dict[tuple[str, str], Handler]:
    """
    Return the handlers of the file operations, by method and path template.
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
        ("POST", "/v1/files/removeAITags"): endpoints.remove_ai_tags,
        ("DELETE", "/v1/files/{fileId}/versions/{versionId}"): endpoints.delete_version,
        ("PUT", "/v1/files/{fileId}/versions/{versionId}/restore"): endpoints.restore,
        ("POST", "/v1/files/copy"): endpoints.copy,
        ("POST", "/v1/files/move"): endpoints.move,
        ("PUT", "/v1/files/rename"): endpoints.rename,
    }


class _FileEndpoints:
    def __init__(self, account: Account) -> None:
        self._account = account
        self._run = account.store.run

    async def assets(self, request: Request) -> Response:
        query = ListQuery.from_parameters(request.query_params)
        return JSONResponse(await self._run(list_assets, self._account, query))

    async def details(self, request: Request) -> Response:
        file = await self._file(request)
        return JSONResponse(file_view(self._account, file.asset))

    async def update(self, request: Request) -> Response:
        # An unknown file is 404 even if the body is invalid.
        file = await self._file(request)
        file, statuses = await self._run(update_file, self._account, file.id, await json_object(request))
        view = file_view(self._account, file.asset)
        return JSONResponse(view | {"extensionStatus": statuses} if statuses else view)

    async def delete(self, request: Request) -> Response:
        await self._run(remove_file, self._account, _path_id(request, "fileId"))
        return Response(status_code=204)

    async def versions(self, request: Request) -> Response:
        file = await self._file(request)
        return JSONResponse([file_view(self._account, asset, listed=True) for asset in file.assets])

    async def version(self, request: Request) -> Response:
        asset = await self._run(existing_version, self._account, *_version_ids(request))
        return JSONResponse(file_view(self._account, asset))

    async def delete_version(self, request: Request) -> Response:
        await self._run(delete_version, self._account, *_version_ids(request))
        return Response(status_code=204)

    async def restore(self, request: Request) -> Response:
        file = await self._run(restore_version, self._account, *_version_ids(request))
        return JSONResponse(file_view(self._account, file.asset))

    async def copy(self, request: Request) -> Response:
        await self._run(copy_file, self._account, await json_object(request))
        return Response(status_code=204)

    async def move(self, request: Request) -> Response:
        await self._run(move_file, self._account, await json_object(request))
        return Response(status_code=204)

    async def rename(self, request: Request) -> Response:
        purge = await self._run(rename_file, self._account, await json_object(request))
        if purge is None:
            return JSONResponse({})
        return JSONResponse({"purgeRequestId": purge.id}) if purge.id else _renamed_only()

    async def delete_many(self, request: Request) -> Response:
        files = await self._run(remove_files, self._account, await json_object(request))
        return JSONResponse({"successfullyDeletedFileIds": [file.id for file in files]})

    async def add_tags(self, request: Request) -> Response:
        return await self._change_tags(request, add=True)

    async def remove_tags(self, request: Request) -> Response:
        return await self._change_tags(request, add=False)

    async def remove_ai_tags(self, request: Request) -> Response:
        updated = await self._run(remove_ai_tags, self._account, await json_object(request))
        return JSONResponse({"successfullyUpdatedFileIds": updated})

    async def _change_tags(self, request: Request, *, add: bool) -> Response:
        updated, errors = await self._run(change_tags, self._account, await json_object(request), add=add)
        body: dict[str, object] = {"successfullyUpdatedFileIds": updated}
        return JSONResponse(body | {"errors": errors}, 207) if errors else JSONResponse(body)

    async def _file(self, request: Request) -> File:
        return await self._run(existing_file, self._account, _path_id(request, "fileId"))


def _version_ids(request: Request) -> tuple[str, str]:
    return _path_id(request, "fileId"), _path_id(request, "versionId")


def _renamed_only() -> Response:
    message = "File renamed successfully but we could not purge the CDN cache for old URL "
    body = {"message": f"{message}because of rate limits on purge API.", "help": HELP, "reason": "PURGE_FAILED"}
    return JSONResponse(body, 207)


def _path_id(request: Request, name: str) -> str:
    value: str = request.path_params[name]
    if not is_id(value):
        raise ApiError(400, f"Your request contains invalid {name} parameter.")
    return value
