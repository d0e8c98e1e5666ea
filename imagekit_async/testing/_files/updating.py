"""
Changes to one file: the details of its current version, or the publication of its versions.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import attrs

from imagekit_async.testing._account import Account, Settings
from imagekit_async.testing._bodies import as_object, invalid_parameters
from imagekit_async.testing._files.finding import existing_file
from imagekit_async.testing._store import File, Version
from imagekit_async.testing._values import (
    checked_ai_tag_names,
    checked_coordinates,
    checked_metadata,
    checked_tags,
    extension_status,
)


def update_file(account: Account, file_id: str, body: dict[str, Any]) -> tuple[File, dict[str, str]]:
    """
    Change a file.

    Returns:
        The file as it is now, and the state of the extensions that the update asks for.

    Raises:
        ApiError: 404, there is no such file; 400, the body mixes the two kinds of update, or a value is refused.
    """
    file, statuses = _updated(account.settings, existing_file(account, file_id), body)
    account.store.assets.save(file)
    return file, statuses


def _updated(settings: Settings, file: File, body: dict[str, Any]) -> tuple[File, dict[str, str]]:
    details = {name: value for name, value in body.items() if name in _READERS or name == "extensions"}
    if "publish" in body:
        if details:
            raise invalid_parameters()
        return _published(settings, file, body["publish"]), {}
    statuses = extension_status(details.pop("extensions", []))
    if not details and not statuses:
        return file, statuses
    changes: dict[str, Any] = {}
    for name, value in details.items():
        field, read = _READERS[name]
        changes[field] = read(value, file.current)
    current = attrs.evolve(file.current, updated_at=settings.clock(), **changes)
    return attrs.evolve(file, current=current), statuses


def _published(settings: Settings, file: File, publish: Any) -> File:
    options = as_object(publish, invalid_parameters())
    is_published = options.get("isPublished")
    with_versions = options.get("includeFileVersions", False)
    if not isinstance(is_published, bool) or not isinstance(with_versions, bool):
        raise invalid_parameters()
    now = settings.clock()

    def switched(version: Version) -> Version:
        return _switched(version, is_published, settings.new_id, now)

    older = tuple(map(switched, file.older)) if with_versions else file.older
    return attrs.evolve(file, current=switched(file.current), older=older)


def _switched(version: Version, is_published: bool, new_id: Callable[[], str], now: datetime) -> Version:
    if version.is_published == is_published:
        return version
    # A new delivery id kills the old URL of the version.
    return attrs.evolve(version, is_published=is_published, delivery_id=new_id(), updated_at=now)


def _tags(value: Any, version: Version) -> tuple[str, ...]:
    return () if value is None else checked_tags(value)


def _remaining_ai_tags(value: Any, version: Version) -> tuple[Any, ...]:
    if value == "all":
        return ()
    removed = checked_ai_tag_names(value)
    return tuple(tag for tag in version.ai_tags if tag["name"] not in removed)


def _coordinates(value: Any, version: Version) -> str | None:
    return None if value is None else checked_coordinates(value)


def _merged_metadata(value: Any, version: Version) -> dict[str, Any]:
    merged = {**version.custom_metadata, **checked_metadata(value)}
    return {name: field for name, field in merged.items() if field is not None}


def _description(value: Any, version: Version) -> str | None:
    return _text(value, version) or None


def _text(value: Any, version: Version) -> str:
    if not isinstance(value, str):
        raise invalid_parameters()
    return value


_READERS: dict[str, tuple[str, Callable[[Any, Version], Any]]] = {
    "tags": ("tags", _tags),
    "removeAITags": ("ai_tags", _remaining_ai_tags),
    "customCoordinates": ("custom_coordinates", _coordinates),
    "customMetadata": ("custom_metadata", _merged_metadata),
    "description": ("description", _description),
    "webhookUrl": ("webhook_url", _text),
}
