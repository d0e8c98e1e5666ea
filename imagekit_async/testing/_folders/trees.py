"""
Folders with all that is in them: deleted, copied and moved. Every function here needs a transaction around it.

A file whose history would become too long for one that has its place stays where it is, as no error is documented that
a job could end with.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

import attrs

from imagekit_async.testing._account import Account
from imagekit_async.testing._errors import ApiError
from imagekit_async.testing._files.finding import existing_file
from imagekit_async.testing._files.placing import VersionLimitError, put, put_copy
from imagekit_async.testing._files.views import folder_view
from imagekit_async.testing._folders.locks import check_unlocked
from imagekit_async.testing._folders.making import make_folders
from imagekit_async.testing._folders.parameters import existing_path, refusal
from imagekit_async.testing._store import Folder

MAX_ASSETS = 100_000


def delete_folder(account: Account, body: Mapping[str, Any]) -> None:
    """
    Delete a folder and all that is in it.

    Raises:
        ApiError: 400, the folder is the root or holds too much; 404, there is no such folder; 423, a job is using it.
    """
    path = existing_path(body, "folderPath")
    if path == "/":
        raise refusal("INVALID_FOLDER_PATH")
    folder = account.store.assets.folder_at(path)
    if folder is None:
        raise ApiError(404, f"No folder found with folderPath `{body['folderPath']}`.", reason="FOLDER_NOT_FOUND")
    check_unlocked(account, path)
    check_size(account, path)
    for removed in account.store.trees.remove(folder):
        if removed.type == "folder":
            account.emit("folder.deleted", {"folderId": removed.id})
        elif removed.type == "file":
            account.emit("file.deleted", {"fileId": removed.file_id})
        else:
            account.emit("file-version.deleted", {"fileId": removed.file_id, "versionId": removed.id})


def check_size(account: Account, path: str) -> None:
    """
    Refuse a folder that holds more than one call may touch.

    Raises:
        ApiError: 400, it does.
    """
    if account.store.trees.size(path) > MAX_ASSETS:
        raise refusal(
            "TOO_MANY_OBJECTS",
            "Total nested assets (files, folders and file versions) are more than "
            f"allowed limit of {MAX_ASSETS} items.",
        )


def copy_tree(account: Account, source: str, target: str, *, with_versions: bool) -> None:
    """
    Copy a folder, and merge it with what is at the target.

    Args:
        account: The account that holds both.
        source: Path of the folder.
        target: Path of the copy.
        with_versions: Whether older versions of the files are copied too.
    """
    folders, file_ids = _folders(account, source), account.store.trees.file_ids(source)
    for folder in folders:
        make_folders(account, _rebased(folder.path, source, target))
    for file_id in file_ids:
        file = existing_file(account, file_id)
        with contextlib.suppress(VersionLimitError):
            put_copy(account, file, _rebased(file.folder, source, target), with_versions=with_versions)


def move_tree(account: Account, source: str, target: str, *, keep_ids: bool) -> None:
    """
    Move a folder, and merge it with what is at the target.

    Args:
        account: The account that holds both.
        source: Path of the folder.
        target: Path that it gets.
        keep_ids: Whether folders keep their ids where no other folder has their place.
    """
    folders, file_ids = _folders(account, source), account.store.trees.file_ids(source)
    for folder in folders:
        _move_folder(account, folder, _rebased(folder.path, source, target), keep_id=keep_ids)
    for file_id in file_ids:
        file = existing_file(account, file_id)
        try:
            put(account, file, _rebased(file.folder, source, target))
        except VersionLimitError:
            make_folders(account, file.folder)


def _folders(account: Account, path: str) -> list[Folder]:
    root = account.store.assets.folder_at(path)
    return [folder for folder in (root, *account.store.trees.folders(path)) if folder is not None]


def _move_folder(account: Account, folder: Folder, path: str, *, keep_id: bool) -> None:
    if keep_id and account.store.assets.folder_at(path) is None:
        moved = attrs.evolve(folder, path=path, updated_at=account.settings.clock())
        account.store.assets.add_folder(moved)
        account.emit("folder.updated", folder_view(moved))
    else:
        make_folders(account, path)
        account.store.trees.remove_folder(folder)
        account.emit("folder.deleted", {"folderId": folder.id})


def _rebased(path: str, source: str, target: str) -> str:
    return target + path[len(source) :]
