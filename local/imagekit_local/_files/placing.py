"""
Copy, move and rename files. Every function needs a transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from imagekit_local._account import Account
from imagekit_local._errors import ApiError
from imagekit_local._files.events import emit_file
from imagekit_local._folders.making import make_folders
from imagekit_local._folders.parameters import GENERAL, existing_path, flag, refusal, target_folder, text
from imagekit_local._purges.purging import purge_path
from imagekit_local._store import File, Version, join_path
from imagekit_local._values import clean_name

MAX_VERSIONS = 100


class VersionLimitError(ApiError):
    """
    Two version histories are too long to be merged.
    """

    def __init__(self) -> None:
        super().__init__(400, GENERAL, reason="VERSION_LIMIT_EXCEEDED")


@attrs.frozen
class Purge:
    """
    The purge that a rename asked for; without an id, it was refused.
    """

    id: str | None


def copy_file(account: Account, body: Mapping[str, Any]) -> None:
    """
    Copy a file into a folder, on top of the versions of a file with the same name there.

    Raises:
        ApiError: 400 if a parameter is invalid or there would be too many versions, 404 if there is no file.
    """
    file, folder = _file_and_folder(account, body)
    put_copy(account, file, folder, with_versions=flag(body, "includeFileVersions"))


def move_file(account: Account, body: Mapping[str, Any]) -> None:
    """
    Move a file into a folder, on top of the versions of a file with the same name there.

    Raises:
        ApiError: 400 if a parameter is invalid or there would be too many versions, 404 if there is no file.
    """
    put(account, *_file_and_folder(account, body))


def rename_file(account: Account, body: Mapping[str, Any]) -> Purge | None:
    """
    Rename a file and all its versions.

    Returns:
        The purge of the old URL, or None if none was asked for.

    Raises:
        ApiError: 400 if a parameter is invalid, 404 if there is no such file, 409 if the name is taken.
    """
    path, name, purges = existing_path(body, "filePath"), _new_name(body), flag(body, "purgeCache")
    file = account.store.assets.file_at(path)
    if file is None:
        message = f"No file found in media library at filePath {body['filePath']}"
        raise ApiError(404, message, reason="FILE_MISSING")
    if name == file.name:
        message = "newFileName cannot be the same as its existing name."
        raise ApiError(400, message, reason="SAME_OLD_AND_NEW_NAME")
    if account.store.assets.file_at(join_path(file.folder, name)) is not None:
        message = f"File with name {name} already exists at the same location."
        raise ApiError(409, message, reason="FILE_ALREADY_EXISTS")
    _save_at(account, file, file.folder, name)
    return Purge(purge_path(account, path)) if purges else None


def put_copy(account: Account, file: File, folder: str, *, with_versions: bool) -> None:
    """
    Put a copy of a file, with or without its older versions, into a folder, which is created if needed.

    Raises:
        VersionLimitError: A file there has the same name, and would have too many versions.
    """
    versions = file.versions if with_versions else (file.current,)
    existing = _existing(account, folder, file.name, len(versions))
    now = account.settings.clock()
    copies = tuple(_copied(account, version, now) for version in versions)
    if existing is not None:
        _append(account, existing, copies)
        return
    current, *older = _numbered(copies, 0)
    copy = File(copies[-1].id, folder, file.name, now, current, tuple(older), len(copies))
    make_folders(account, folder)
    account.store.assets.save(copy)
    emit_file(account, "file.created", copy)


def put(account: Account, file: File, folder: str) -> None:
    """
    Put a file with all its versions into a folder, which is created if needed.

    Raises:
        VersionLimitError: Another file there has the same name, and would have too many versions.
    """
    existing = _existing(account, folder, file.name, len(file.versions))
    if existing is None:
        make_folders(account, folder)
        _save_at(account, file, folder, file.name)
        return
    # Saving the versions under the other file's id leaves this file without any.
    _append(account, existing, (_touched(account, file.current), *file.older))
    account.emit("file.deleted", {"fileId": file.id})


def _file_and_folder(account: Account, body: Mapping[str, Any]) -> tuple[File, str]:
    path, folder = existing_path(body, "sourceFilePath"), target_folder(body, "destinationPath")
    if join_path(folder, path.rpartition("/")[2]) == path:
        raise refusal("SAME_SOURCE_AND_DESTINATION")
    file = account.store.assets.file_at(path)
    if file is None:
        message = f"No file found with filePath `{body['sourceFilePath']}`."
        raise ApiError(404, message, reason="SOURCE_FILE_MISSING")
    return file, folder


def _new_name(body: Mapping[str, Any]) -> str:
    name = text(body, "newFileName")
    try:
        return clean_name(name)
    except ApiError:
        raise refusal("INVALID_PARAMETER") from None


def _existing(account: Account, folder: str, name: str, added: int) -> File | None:
    existing = account.store.assets.file_at(join_path(folder, name))
    if existing is not None and len(existing.versions) + added > MAX_VERSIONS:
        raise VersionLimitError
    return existing


def _save_at(account: Account, file: File, folder: str, name: str) -> None:
    moved = attrs.evolve(file, folder=folder, name=name, current=_touched(account, file.current))
    account.store.assets.save(moved)
    emit_file(account, "file.updated", moved)


def _append(account: Account, file: File, versions: tuple[Version, ...]) -> None:
    current, *older = _numbered(versions, file.version_count)
    count = file.version_count + len(versions)
    longer = attrs.evolve(file, current=current, older=(*older, *file.versions), version_count=count)
    account.store.assets.save(longer)
    emit_file(account, "file-version.created", longer)


def _numbered(versions: tuple[Version, ...], last: int) -> list[Version]:
    """
    Return versions, newest first, with the numbers after the last one used.
    """
    return [attrs.evolve(version, number=last + len(versions) - index) for index, version in enumerate(versions)]


def _copied(account: Account, version: Version, now: datetime) -> Version:
    id = account.settings.new_id()
    account.store.blobs.copy(version.id, id)
    return attrs.evolve(version, id=id, delivery_id=id, created_at=now, updated_at=now)


def _touched(account: Account, version: Version) -> Version:
    return attrs.evolve(version, updated_at=account.settings.clock())
