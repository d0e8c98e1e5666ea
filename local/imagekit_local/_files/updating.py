"""
Changes to one file: the details of its current version, or the publication of its versions.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import attrs

from imagekit_local._account import Account
from imagekit_local._bodies import as_object, invalid_parameters
from imagekit_local._custom_fields.values import updated_metadata
from imagekit_local._extensions.running import checked_extensions, start_extensions
from imagekit_local._files.events import emit_file
from imagekit_local._files.finding import existing_file
from imagekit_local._purges.purging import purge_path
from imagekit_local._store import File, Version
from imagekit_local._values import (
    checked_ai_tag_names,
    checked_coordinates,
    checked_metadata,
    checked_tags,
    checked_webhook_url,
)


def update_file(account: Account, file_id: str, body: dict[str, Any]) -> tuple[File, dict[str, str]]:
    """
    Change a file.

    Returns:
        The file as it is now, and the state of the extensions that the update asks for.

    Raises:
        ApiError: 404, there is no such file; 400, the body mixes the two kinds of update, or a value is refused.
    """
    old = existing_file(account, file_id)
    file, extensions = _updated(account, old, body)
    if file != old:
        account.store.assets.save(file)
        emit_file(account, "file.updated", file)
    return file, start_extensions(account, file, extensions)


def _updated(account: Account, file: File, body: dict[str, Any]) -> tuple[File, tuple[dict[str, Any], ...]]:
    details = {name: value for name, value in body.items() if name in _READERS or name == "extensions"}
    if "publish" in body:
        if details:
            raise invalid_parameters()
        return _published(account, file, body["publish"]), ()
    extensions = checked_extensions(details.pop("extensions", []))
    if not details and not extensions:
        return file, ()
    changes: dict[str, Any] = {}
    for name, value in details.items():
        field, read = _READERS[name]
        changes[field] = read(account, value, file.current)
    current = attrs.evolve(file.current, updated_at=account.settings.clock(), **changes)
    return attrs.evolve(file, current=current), extensions


def _published(account: Account, file: File, publish: Any) -> File:
    options = as_object(publish, invalid_parameters())
    is_published = options.get("isPublished")
    with_versions = options.get("includeFileVersions", False)
    if not isinstance(is_published, bool) or not isinstance(with_versions, bool):
        raise invalid_parameters()
    now = account.settings.clock()

    def switched(version: Version) -> Version:
        return _switched(version, is_published, account.settings.new_id, now)

    older = tuple(map(switched, file.older)) if with_versions else file.older
    changed = attrs.evolve(file, current=switched(file.current), older=older)
    if not is_published and changed != file:
        # Whether or not the quota allows for it, the original is out of reach.
        purge_path(account, file.path)
    return changed


def _switched(version: Version, is_published: bool, new_id: Callable[[], str], now: datetime) -> Version:
    if version.is_published == is_published:
        return version
    # A new delivery id kills the old URL of the version.
    return attrs.evolve(version, is_published=is_published, delivery_id=new_id(), updated_at=now)


def _tags(account: Account, value: Any, version: Version) -> tuple[str, ...]:
    return () if value is None else checked_tags(value)


def _remaining_ai_tags(account: Account, value: Any, version: Version) -> tuple[Any, ...]:
    if value == "all":
        return ()
    removed = checked_ai_tag_names(value)
    return tuple(tag for tag in version.ai_tags if tag["name"] not in removed)


def _coordinates(account: Account, value: Any, version: Version) -> str | None:
    return None if value is None else checked_coordinates(value)


def _merged_metadata(account: Account, value: Any, version: Version) -> dict[str, Any]:
    return updated_metadata(account, version.custom_metadata, checked_metadata(value))


def _description(account: Account, value: Any, version: Version) -> str | None:
    return _text(account, value, version) or None


def _text(account: Account, value: Any, version: Version) -> str:
    if not isinstance(value, str):
        raise invalid_parameters()
    return value


def _webhook_url(account: Account, value: Any, version: Version) -> str:
    return checked_webhook_url(_text(account, value, version))


_READERS: dict[str, tuple[str, Callable[[Account, Any, Version], Any]]] = {
    "tags": ("tags", _tags),
    "removeAITags": ("ai_tags", _remaining_ai_tags),
    "customCoordinates": ("custom_coordinates", _coordinates),
    "customMetadata": ("custom_metadata", _merged_metadata),
    "description": ("description", _description),
    "webhookUrl": ("webhook_url", _webhook_url),
}
