"""
The API's operations by method and path, and the answer of those that are still to be written.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response

from imagekit_async.testing._errors import ApiError

Handler: TypeAlias = Callable[[Request], Awaitable[Response]]

_METHODS_BY_PATH = {
    "/api/v1/files/upload": "POST",
    "/api/v2/files/upload": "POST",
    "/v1/files": "GET",
    "/v1/files/{fileId}/details": "GET PATCH",
    "/v1/files/{fileId}/versions": "GET",
    "/v1/files/{fileId}/versions/{versionId}": "GET DELETE",
    "/v1/files/{fileId}/versions/{versionId}/restore": "PUT",
    "/v1/files/{fileId}": "DELETE",
    "/v1/files/batch/deleteByFileIds": "POST",
    "/v1/files/addTags": "POST",
    "/v1/files/removeTags": "POST",
    "/v1/files/removeAITags": "POST",
    "/v1/files/copy": "POST",
    "/v1/files/move": "POST",
    "/v1/files/rename": "PUT",
    "/v1/folder": "POST DELETE",
    "/v1/bulkJobs/copyFolder": "POST",
    "/v1/bulkJobs/moveFolder": "POST",
    "/v1/bulkJobs/renameFolder": "POST",
    "/v1/bulkJobs/{jobId}": "GET",
    "/v1/files/purge": "POST",
    "/v1/files/purge/{requestId}": "GET",
    "/v1/files/{fileId}/metadata": "GET",
    "/v1/metadata": "GET",
    "/v1/customMetadataFields": "GET POST",
    "/v1/customMetadataFields/{id}": "PATCH DELETE",
    "/v1/saved-extensions": "GET POST",
    "/v1/saved-extensions/{id}": "GET PATCH DELETE",
    "/v1/named-transformations": "GET POST",
    "/v1/named-transformations/{id}": "GET PATCH DELETE",
    "/v1/accounts/usage": "GET",
    "/v1/accounts/usage-analytics": "GET",
    "/v1/accounts/origins": "GET POST",
    "/v1/accounts/origins/{id}": "GET PUT DELETE",
    "/v1/accounts/url-endpoints": "GET POST",
    "/v1/accounts/url-endpoints/{id}": "GET PUT DELETE",
    "/v1/accounts/webhooks": "GET POST",
    "/v1/accounts/webhooks/{id}": "GET PATCH DELETE",
}


def operations() -> Iterator[tuple[str, str]]:
    """
    Method and path template of every operation that the API documents.
    """
    for path, methods in _METHODS_BY_PATH.items():
        for method in methods.split():
            yield method, path


async def not_implemented(request: Request) -> Response:
    """
    Answer 501, so that a client's test fails for the right reason.
    """
    raise ApiError(501, "The local ImageKit does not implement this operation yet.")
