"""
Upload a directory tree as the starting point of a test.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import anyio.to_thread
from starlette.datastructures import FormData, UploadFile

from imagekit_local._account import Account
from imagekit_local._uploads.form import UploadForm
from imagekit_local._uploads.storing import store_upload


async def seed(account: Account, folder: Path) -> int:
    """
    Upload the files of a folder and its subfolders with their own names, in order of their paths.

    Returns:
        The number of files.

    Raises:
        ApiError: A file is refused.
        NotADirectoryError: The folder does not exist.
    """
    paths = await anyio.to_thread.run_sync(lambda: list(_files(folder)))
    for path in paths:
        parent = path.parent.relative_to(folder).as_posix()
        with await anyio.to_thread.run_sync(_opened, path) as content:
            form = FormData(
                {
                    "file": UploadFile(content, filename=path.name),
                    "fileName": path.name,
                    "folder": "/" if parent == "." else parent,
                    "useUniqueFileName": "false",
                }
            )
            await store_upload(account, UploadForm.from_form(form), str(uuid.uuid4()))
    return len(paths)


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise NotADirectoryError(str(folder))
    yield from sorted(path for path in folder.rglob("*") if path.is_file())


def _opened(path: Path) -> BinaryIO:
    return path.open("rb")
