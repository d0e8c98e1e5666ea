"""
Files by id, or the documented error. Every function here needs a transaction around it.
"""

from __future__ import annotations

from imagekit_local._account import Account
from imagekit_local._errors import ApiError
from imagekit_local._store import Asset, File


def existing_file(account: Account, file_id: str) -> File:
    """
    The file with an id, which must exist.

    Raises:
        ApiError: 404, it does not.
    """
    file = account.store.assets.file(file_id)
    if file is None:
        raise ApiError(404, "The requested file does not exist.")
    return file


def existing_files(account: Account, ids: list[str]) -> list[File]:
    """
    The files with some ids, which must all exist.

    Raises:
        ApiError: 404, some do not; the body lists them.
    """
    found = {file_id: account.store.assets.file(file_id) for file_id in ids}
    files = [file for file in found.values() if file is not None]
    if len(files) < len(found):
        missing = [file_id for file_id, file in found.items() if file is None]
        raise ApiError(404, "The requested file(s) does not exist.", missingFileIds=missing)
    return files


def existing_version(account: Account, file_id: str, version_id: str) -> Asset:
    """
    A version of a file, which must both exist.

    Raises:
        ApiError: 404, one of them does not.
    """
    file = account.store.assets.file(file_id)
    if file is not None:
        for asset in file.assets:
            if asset.version.id == version_id:
                return asset
    raise ApiError(404, "The requested file version does not exist.")
