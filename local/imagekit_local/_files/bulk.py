"""
Delete and tag files. Calls on many files change nothing unless all ids exist.
"""

from __future__ import annotations

from typing import Any

import attrs

from imagekit_local._account import Account
from imagekit_local._bodies import as_array
from imagekit_local._errors import ApiError, invalid_value
from imagekit_local._files.events import emit_file
from imagekit_local._files.finding import existing_file, existing_files
from imagekit_local._store import File, Version
from imagekit_local._values import are_strings, checked_ai_tag_names, checked_tags, tags_too_long

_MAX_DELETED = 100
_MAX_EDITED = 50


def remove_file(account: Account, file_id: str) -> None:
    """
    Delete a file with all its versions.
    """
    _remove(account, existing_file(account, file_id))


def remove_files(account: Account, body: dict[str, Any]) -> list[File]:
    """
    Delete files with all their versions, and return the files.
    """
    ids = _ids(body, _MAX_DELETED, f"fileIds cannot have more than {_MAX_DELETED} items.")
    files = existing_files(account, ids)
    for file in files:
        _remove(account, file)
    return files


def change_tags(account: Account, body: dict[str, Any], *, add: bool) -> tuple[list[str], list[dict[str, str]]]:
    """
    Add tags to the current versions of files, or remove them.

    Returns:
        Ids of the updated files, and an error for each file whose tags would become too long.
    """
    ids, tags = _edited_ids(body), checked_tags(_items(body, "tags"))
    updated: list[str] = []
    errors: list[dict[str, str]] = []
    for file in existing_files(account, ids):
        old = file.current.tags
        new = tuple(dict.fromkeys((*old, *tags))) if add else tuple(tag for tag in old if tag not in tags)
        if tags_too_long(new):
            errors.append({"fileId": file.id, "error": "Error in adding tags"})
            continue
        if new != old:
            _change(account, file, attrs.evolve(file.current, tags=new))
        updated.append(file.id)
    return updated, errors


def remove_ai_tags(account: Account, body: dict[str, Any]) -> list[str]:
    """
    Remove AI tags from the current versions of files.

    Returns:
        Ids of the files.
    """
    ids, names = _edited_ids(body), checked_ai_tag_names(_items(body, "AITags"))
    for file in existing_files(account, ids):
        kept = tuple(tag for tag in file.current.ai_tags if tag["name"] not in names)
        if kept != file.current.ai_tags:
            _change(account, file, attrs.evolve(file.current, ai_tags=kept))
    return ids


def _remove(account: Account, file: File) -> None:
    account.store.assets.remove(file)
    for version in file.older:
        account.emit("file-version.deleted", {"fileId": file.id, "versionId": version.id})
    account.emit("file.deleted", {"fileId": file.id})


def _change(account: Account, file: File, current: Version) -> None:
    changed = attrs.evolve(file, current=attrs.evolve(current, updated_at=account.settings.clock()))
    account.store.assets.save(changed)
    emit_file(account, "file.updated", changed)


def _edited_ids(body: dict[str, Any]) -> list[str]:
    return _ids(body, _MAX_EDITED, f"A maximum of {_MAX_EDITED} files can be edited at a time.")


def _ids(body: dict[str, Any], maximum: int, too_many: str) -> list[str]:
    if "fileIds" not in body:
        raise ApiError(400, "fileIds parameter is missing.")
    ids = as_array(body["fileIds"], ApiError(400, "fileIds should be an Array."))
    if not ids:
        raise ApiError(400, "fileIds is empty.")
    if len(ids) > maximum:
        raise ApiError(400, too_many)
    if not are_strings(ids):
        raise invalid_value("fileIds")
    return list(dict.fromkeys(ids))


def _items(body: dict[str, Any], name: str) -> Any:
    if name not in body:
        raise ApiError(400, f"{name} parameter is missing.")
    if body[name] == []:
        raise ApiError(400, f"{name} array cannot be empty.")
    return body[name]
