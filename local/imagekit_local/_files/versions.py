"""
Delete older versions of a file, or restore them.
"""

from __future__ import annotations

import attrs

from imagekit_local._account import Account
from imagekit_local._errors import ApiError
from imagekit_local._files.events import emit_file
from imagekit_local._files.finding import existing_file, existing_version
from imagekit_local._store import File


def delete_version(account: Account, file_id: str, version_id: str) -> None:
    """
    Delete an older version of a file. Needs a transaction.

    Raises:
        ApiError: 404 if the file or version does not exist, 400 if the version is the current one.
    """
    file = account.store.assets.file(file_id)
    if file is None or all(version.id != version_id for version in file.versions):
        raise ApiError(404, "The requested asset does not exist.")
    if file.current.id == version_id:
        raise ApiError(400, "You cannot delete current version of a file.")
    older = tuple(version for version in file.older if version.id != version_id)
    account.store.assets.save(attrs.evolve(file, older=older))
    account.emit("file-version.deleted", {"fileId": file_id, "versionId": version_id})


def restore_version(account: Account, file_id: str, version_id: str) -> File:
    """
    Make a version the current one, with its own tags and metadata. Needs a transaction.

    Returns:
        The restored file.

    Raises:
        ApiError: 404 if the file or version does not exist.
    """
    file = existing_file(account, file_id)
    version = existing_version(account, file_id, version_id).version
    if version == file.current:
        return file
    current = attrs.evolve(version, updated_at=account.settings.clock())
    older = sorted((other for other in file.versions if other != version), key=lambda other: other.number, reverse=True)
    restored = attrs.evolve(file, current=current, older=tuple(older))
    account.store.assets.save(restored)
    emit_file(account, "file.updated", restored)
    return restored
