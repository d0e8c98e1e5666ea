"""
Create folders.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from imagekit_local._account import Account
from imagekit_local._errors import ApiError
from imagekit_local._files.views import folder_view
from imagekit_local._folders.parameters import has_dots, refusal, text
from imagekit_local._store import Folder, join_path
from imagekit_local._values import clean_folder


def create_folder(account: Account, body: Mapping[str, Any]) -> None:
    """
    Create a folder and the folders above it. Needs a transaction.

    Raises:
        ApiError: 400 if a parameter is missing or invalid.
    """
    name, parent = text(body, "folderName"), text(body, "parentFolderPath")
    if "/" in name:
        raise refusal("INVALID_FOLDER_PATH", "folderName parameter cannot have a slash.")
    path = join_path(parent, name)
    if has_dots(path):
        raise refusal("INVALID_FOLDER_PATH", "'.' & '..' can not be used as folder-name")
    try:
        path = clean_folder(path)
    except ApiError:
        raise refusal("INVALID_FOLDER_PATH") from None
    make_folders(account, path)


def make_folders(account: Account, path: str) -> None:
    """
    Create a folder and the folders above it, if they do not exist. Needs a transaction.

    Args:
        account: The account that holds them.
        path: Canonical path of the folder.
    """
    if path == "/" or account.store.assets.folder_at(path) is not None:
        return
    make_folders(account, path.rpartition("/")[0] or "/")
    folder = Folder(id=account.settings.new_id(), path=path, created_at=account.settings.clock())
    account.store.assets.add_folder(folder)
    account.emit("folder.created", folder_view(folder))
