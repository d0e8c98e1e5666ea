"""
Find files by id, or raise the documented error. Every function needs a transaction.
"""

from __future__ import annotations

from imagekit_local._account import Account
from imagekit_local._errors import ApiError
from imagekit_local._store import Asset, File


def existing_file(account: Account, file_id: str) -> File:
    """
    Return the file with an id.

    Raises:
        ApiError: 404 if it does not exist.
    """
    file = account.store.assets.file(file_id)
    if file is None:
        raise ApiError(404, "The requested file does not exist.")
    return file


def existing_files(account: Account, ids: list[str]) -> list[File]:
    """
    Return the files with some ids.

    Raises:
        ApiError: 404 if some do not exist; the body lists them.
    """
    found = {file_id: account.store.assets.file(file_id) for file_id in ids}
    files = [file for file in found.values() if file is not None]
    if len(files) < len(found):
        missing = [file_id for file_id, file in found.items() if file is None]
        raise ApiError(404, "The requested file(s) does not exist.", missingFileIds=missing)
    return files


def existing_version(account: Account, file_id: str, version_id: str) -> Asset:
    """
    Return a version of a file, with the file.

    Raises:
        ApiError: 404 if one of them does not exist.
    """
    file = account.store.assets.file(file_id)
    if file is not None:
        for asset in file.assets:
            if asset.version.id == version_id:
                return asset
    raise ApiError(404, "The requested file version does not exist.")
