"""
HTTP side of the metadata of stored files and of delivered URLs.
"""

from __future__ import annotations

from typing import Any

import anyio.to_thread
import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from imagekit_local._account import Account
from imagekit_local._errors import ApiError
from imagekit_local._metadata.reading import picture_metadata
from imagekit_local._middleware import ResponseMiddleware
from imagekit_local._routing import Handler
from imagekit_local._store import Version
from imagekit_local._values import is_id


def metadata_handlers(account: Account) -> dict[tuple[str, str], Handler]:
    """
    Return the handlers of the two metadata operations, by method and path template.
    """

    async def stored(request: Request) -> Response:
        file_id = request.path_params["fileId"]
        if not is_id(file_id):
            raise ApiError(400, "Your request contains invalid fileId parameter.")
        file = await account.store.run(account.store.assets.file, file_id)
        if file is None:
            raise _inaccessible()
        metadata = await version_metadata(account, file.current)
        if "format" not in metadata and not file.current.media.is_video:
            raise _corrupt()
        return JSONResponse(metadata)

    async def delivered(request: Request) -> Response:
        return JSONResponse(await _delivered_metadata(account, request))

    return {("GET", "/v1/files/{fileId}/metadata"): stored, ("GET", "/v1/metadata"): delivered}


async def version_metadata(account: Account, version: Version) -> dict[str, Any]:
    """
    Return the metadata of a stored version, or only its size if it is not a valid image.
    """
    found = await anyio.to_thread.run_sync(picture_metadata, account.store.blobs.path(version.id))
    return (found or {}) | {"size": version.size}


async def _delivered_metadata(account: Account, request: Request) -> dict[str, Any]:
    url = request.query_params.get("url")
    if not url:
        raise ApiError(400, "Missing url parameter.")
    if not url.startswith(f"{account.url_endpoint}/"):
        raise ApiError(400, "The url should be accessible using your ImageKit.io account.")
    # The application delivers the image itself, so that metadata follow any transformation. Its router is behind the
    # middleware that counts deliveries, because this is not one.
    transport = httpx.ASGITransport(app=ResponseMiddleware(request.app.router), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport) as client:
        # Only images are read; other files can be much larger.
        headers = (await _delivered(client, "HEAD", url)).headers
        if headers["content-type"].startswith("video/"):
            return {"size": int(headers["content-length"])}
        if not headers["content-type"].startswith("image/"):
            raise _corrupt()
        content = (await _delivered(client, "GET", url)).content
    metadata = await anyio.to_thread.run_sync(picture_metadata, content)
    if metadata is None:
        raise _corrupt()
    return metadata | {"size": len(content)}


async def _delivered(client: httpx.AsyncClient, method: str, url: str) -> httpx.Response:
    try:
        return (await client.request(method, url)).raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL):
        raise _inaccessible() from None


def _corrupt() -> ApiError:
    return ApiError(400, "The requested file is corrupt or invalid.")


def _inaccessible() -> ApiError:
    return ApiError(404, "The requested file does not exist or is inaccessible at this time.")
