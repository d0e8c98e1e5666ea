"""
Delete, copy or move the files and folders of a tree, one at a time. Every function needs a transaction.

Files can be added and deleted in between: one that is no longer where it was when the job began is left alone. A file
that would have too many versions at its new place stays where it is, because no error is documented for such a job.
"""

from __future__ import annotations

import contextlib

import attrs

from imagekit_local._account import Account
from imagekit_local._files.placing import VersionLimitError, put, put_copy
from imagekit_local._files.views import folder_view
from imagekit_local._folders.making import make_folders
from imagekit_local._folders.parameters import refusal
from imagekit_local._store import File, Folder, Task

MAX_ASSETS = 100_000


def check_size(account: Account, path: str) -> None:
    """
    Refuse a folder that holds more than one call can change.

    Raises:
        ApiError: 400 if it does.
    """
    if account.store.trees.size(path) > MAX_ASSETS:
        raise refusal(
            "TOO_MANY_OBJECTS",
            "Total nested assets (files, folders and file versions) are more than "
            f"allowed limit of {MAX_ASSETS} items.",
        )


def delete_one(account: Account, task: Task) -> None:
    """
    Delete a file with its versions, or a folder.
    """
    asset = _unmoved(account, task)
    if isinstance(asset, Folder):
        _forget_folder(account, asset)
    elif asset is not None:
        account.store.assets.remove(asset)
        for version in reversed(asset.older):
            account.emit("file-version.deleted", {"fileId": asset.id, "versionId": version.id})
        account.emit("file.deleted", {"fileId": asset.id})


def copy_one(account: Account, task: Task, source: str, target: str, *, with_versions: bool) -> None:
    """
    Copy a file, or create a folder unless it exists.

    Args:
        account: The account that holds both.
        task: The file or folder.
        source: Path of the folder that is copied.
        target: Path of the copy.
        with_versions: Whether to copy older versions of files too.
    """
    asset = _unmoved(account, task)
    if isinstance(asset, Folder):
        make_folders(account, _rebased(task.path, source, target))
    elif asset is not None:
        with contextlib.suppress(VersionLimitError):
            put_copy(account, asset, _rebased(task.folder, source, target), with_versions=with_versions)


def move_one(account: Account, task: Task, source: str, target: str, *, keep_ids: bool) -> None:
    """
    Move a file or a folder. One that is already there is merged with it.

    Args:
        account: The account that holds both.
        task: The file or folder.
        source: Path of the folder that is moved.
        target: Its new path.
        keep_ids: Whether folders keep their ids if there is no other folder at their new place.
    """
    asset = _unmoved(account, task)
    if isinstance(asset, Folder):
        _move_folder(account, asset, _rebased(task.path, source, target), keep_id=keep_ids)
    elif asset is not None:
        with contextlib.suppress(VersionLimitError):
            put(account, asset, _rebased(task.folder, source, target))


def keep_used_folders(account: Account, path: str) -> None:
    """
    Create the folders at or below a path that hold files which stayed or were added in the meantime.
    """
    for folder in account.store.trees.used_folders(path):
        make_folders(account, folder)


def _unmoved(account: Account, task: Task) -> File | Folder | None:
    assets = account.store.assets
    asset = assets.folder_at(task.path) if task.type == "folder" else assets.file_at(task.path)
    return None if asset is None or asset.id != task.id else asset


def _move_folder(account: Account, folder: Folder, path: str, *, keep_id: bool) -> None:
    if keep_id and account.store.assets.folder_at(path) is None:
        moved = attrs.evolve(folder, path=path, updated_at=account.settings.clock())
        account.store.assets.add_folder(moved)
        account.emit("folder.updated", folder_view(moved))
    else:
        make_folders(account, path)
        _forget_folder(account, folder)


def _forget_folder(account: Account, folder: Folder) -> None:
    account.store.trees.remove_folder(folder)
    account.emit("folder.deleted", {"folderId": folder.id})


def _rebased(path: str, source: str, target: str) -> str:
    return target + path[len(source) :]
