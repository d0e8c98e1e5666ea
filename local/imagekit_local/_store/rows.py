"""
Convert records to rows of the table `asset`, and back.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any, TypeAlias

from imagekit_local._dates import from_microseconds, to_microseconds
from imagekit_local._media import Media
from imagekit_local._store.records import Asset, File, Folder, Version, join_path

Row: TypeAlias = Mapping[str, object]


def file_rows(file: File) -> dict[str, Row]:
    """
    Return the rows of all versions of a file, by version id.
    """
    return {asset.version.id: _asset_row(asset, file.version_count) for asset in file.assets}


def folder_row(folder: Folder) -> Row:
    """
    Return the row of a folder.
    """
    return {
        "id": folder.id,
        "type": "folder",
        "file_id": folder.id,
        "folder": folder.parent,
        "name": folder.name,
        "created_at": to_microseconds(folder.created_at),
        "updated_at": to_microseconds(folder.updated_at),
    }


def file_from(rows: list[sqlite3.Row]) -> File:
    """
    Return a file from the rows of all its versions, the current one first.
    """
    current, *older = rows
    return File(
        id=current["file_id"],
        folder=current["folder"],
        name=current["name"],
        created_at=from_microseconds(current["created_at"]),
        current=_version(current),
        older=tuple(map(_version, older)),
        version_count=current["version_count"],
    )


def asset_from(row: sqlite3.Row) -> Asset | Folder:
    """
    Return the asset or folder of a row.
    """
    if row["type"] == "folder":
        return folder_from(row)
    return Asset(
        file_id=row["file_id"],
        folder=row["folder"],
        name=row["name"],
        created_at=from_microseconds(row["created_at"]),
        version=_version(row),
        is_current=row["type"] == "file",
    )


def folder_from(row: sqlite3.Row) -> Folder:
    """
    Return a folder from its row.
    """
    return Folder(
        id=row["id"],
        path=join_path(row["folder"], row["name"]),
        created_at=from_microseconds(row["created_at"]),
        updated_at=from_microseconds(row["updated_at"]),
    )


def _asset_row(asset: Asset, version_count: int) -> Row:
    version = asset.version
    return {
        "id": version.id,
        "type": "file" if asset.is_current else "file-version",
        "file_id": asset.file_id,
        "folder": asset.folder,
        "name": asset.name,
        "created_at": to_microseconds(asset.created_at),
        "updated_at": to_microseconds(version.updated_at),
        "uploaded_at": to_microseconds(version.created_at),
        "version_count": version_count if asset.is_current else None,
        "number": version.number,
        "size": version.size,
        **_media_columns(version.media),
        "is_private": version.is_private,
        "is_published": version.is_published,
        "delivery_id": version.delivery_id,
        "description": version.description,
        "custom_coordinates": version.custom_coordinates,
        "webhook_url": version.webhook_url,
        "tags": _json(version.tags),
        "ai_tags": _json(version.ai_tags),
        "custom_metadata": _json(version.custom_metadata),
    }


def _media_columns(media: Media) -> Row:
    return {
        "mime": media.mime,
        "format": media.format,
        "is_image": media.is_image,
        "width": media.width,
        "height": media.height,
        "has_alpha": media.has_alpha,
        "has_color_profile": media.has_color_profile,
        "embedded": _json(media.embedded),
    }


def _version(row: sqlite3.Row) -> Version:
    media = Media(
        mime=row["mime"],
        width=row["width"],
        height=row["height"],
        has_alpha=bool(row["has_alpha"]),
        format=row["format"],
        has_color_profile=bool(row["has_color_profile"]),
        embedded=json.loads(row["embedded"]),
    )
    return Version(
        id=row["id"],
        number=row["number"],
        size=row["size"],
        media=media,
        delivery_id=row["delivery_id"],
        created_at=from_microseconds(row["uploaded_at"]),
        updated_at=from_microseconds(row["updated_at"]),
        tags=tuple(json.loads(row["tags"])),
        ai_tags=tuple(json.loads(row["ai_tags"])),
        custom_coordinates=row["custom_coordinates"],
        custom_metadata=json.loads(row["custom_metadata"]),
        description=row["description"],
        is_private=bool(row["is_private"]),
        is_published=bool(row["is_published"]),
        webhook_url=row["webhook_url"],
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
