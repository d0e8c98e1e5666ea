"""
Stored records as the API shows them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

from imagekit_local._account import Account
from imagekit_local._bodies import iso_time
from imagekit_local._store import Asset, File, Folder, Version

THUMBNAIL = "n-ik_ml_thumbnail"


def file_view(account: Account, asset: Asset, *, listed: bool = False) -> dict[str, Any]:
    """
    Return the details of one version of a file.

    Args:
        account: The account that holds it.
        asset: The version, with the fields that it takes from its file.
        listed: Whether the URLs contain the time of the last update, as they do in lists.
    """
    version = asset.version
    query = {"updatedAt": str(int(version.updated_at.timestamp() * 1000))} if listed else {}
    if not asset.is_current:
        query["ik-obj-version"] = version.delivery_id
    url = account.url_endpoint + quote(asset.path)
    view = {
        "type": "file" if asset.is_current else "file-version",
        "fileId": asset.file_id,
        "name": asset.name,
        "filePath": asset.path,
        "versionInfo": _version_info(version),
        "url": _with_query(url, query),
        "thumbnail": _with_query(url, {"tr": THUMBNAIL, **query}),
        "createdAt": iso_time(asset.created_at),
        "updatedAt": iso_time(version.updated_at),
        "size": version.size,
        "mime": version.media.mime,
        **_picture_view(version),
        **{name: _OPTIONAL[name](version) for name in _DETAILS},
    }
    if version.media.width is not None:
        view["hasAlpha"] = version.media.has_alpha
    return view


def upload_view(account: Account, file: File, response_fields: frozenset[str]) -> dict[str, Any]:
    """
    Return the response to an upload: the current version, with the optional fields that it asked for.
    """
    version = file.current
    return {
        "fileId": file.id,
        "name": file.name,
        "size": version.size,
        "versionInfo": _version_info(version),
        "filePath": file.path,
        "url": account.url_endpoint + quote(file.path),
        "thumbnailUrl": f"{account.url_endpoint}/tr:{THUMBNAIL}{quote(file.path)}",
        "AITags": list(version.ai_tags) or None,
        **_picture_view(version),
        **{name: read(version) for name, read in _OPTIONAL.items() if name in response_fields},
    }


def folder_view(folder: Folder) -> dict[str, Any]:
    """
    Return a folder as lists show it.
    """
    return {
        "type": "folder",
        "folderId": folder.id,
        "name": folder.name,
        "folderPath": folder.path,
        "customMetadata": {},
        "createdAt": iso_time(folder.created_at),
        "updatedAt": iso_time(folder.updated_at),
    }


def _version_info(version: Version) -> dict[str, str]:
    return {"id": version.id, "name": f"Version {version.number}"}


def _picture_view(version: Version) -> dict[str, Any]:
    media = version.media
    view: dict[str, Any] = {"fileType": "image" if media.is_image else "non-image"}
    if media.width is not None:
        view |= {"height": media.height, "width": media.width}
    if version.description is not None:
        view["description"] = version.description
    return view


_DETAILS = ("tags", "AITags", "customCoordinates", "customMetadata", "embeddedMetadata", "isPrivateFile", "isPublished")
_OPTIONAL: dict[str, Callable[[Version], Any]] = {
    "tags": lambda version: list(version.tags) or None,
    "AITags": lambda version: list(version.ai_tags) or None,
    "customCoordinates": lambda version: version.custom_coordinates,
    "customMetadata": lambda version: version.custom_metadata,
    "embeddedMetadata": lambda version: version.media.embedded,
    "isPrivateFile": lambda version: version.is_private,
    "isPublished": lambda version: version.is_published,
}


def _with_query(url: str, query: dict[str, str]) -> str:
    return f"{url}?{urlencode(query)}" if query else url
