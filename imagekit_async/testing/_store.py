"""
Records in memory, bytes in files of a private temporary directory.

Records are immutable: a change replaces the whole record, so that no reader ever sees half of it. Blobs are named by
id, never by what a caller sent. Nothing here knows HTTP.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
import threading
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import attrs

from imagekit_async.testing._media import Media


@attrs.frozen
class Version:
    """
    One version of a file: what was uploaded, and what can be changed about it.

    `delivery_id` is the value of `ik-obj-version` in its URL; `size` is in bytes.
    """

    id: str
    number: int
    size: int
    media: Media
    delivery_id: str
    created_at: datetime
    updated_at: datetime
    tags: tuple[str, ...] = ()
    ai_tags: tuple[Mapping[str, Any], ...] = ()
    custom_coordinates: str | None = None
    custom_metadata: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    description: str | None = None
    is_private: bool = False
    is_published: bool = True
    webhook_url: str | None = None


@attrs.frozen
class File:
    """
    A named file in a folder, with one current version and any number of older ones, newest first.

    `version_count` counts all versions there have ever been, so that no number is given twice.
    """

    id: str
    folder: str
    name: str
    created_at: datetime
    current: Version
    older: tuple[Version, ...] = ()
    version_count: int = 1

    @property
    def path(self) -> str:
        """
        Full path with a leading slash.
        """
        return join_path(self.folder, self.name)

    @property
    def versions(self) -> tuple[Version, ...]:
        """
        All versions, the current one first.
        """
        return (self.current, *self.older)


@attrs.frozen
class Folder:
    """
    A folder below the root.
    """

    id: str
    path: str
    created_at: datetime

    @property
    def name(self) -> str:
        """
        Last part of the path.
        """
        return self.path.rpartition("/")[2]

    @property
    def parent(self) -> str:
        """
        Path of the folder that holds this one.
        """
        return self.path.rpartition("/")[0] or "/"


def join_path(folder: str, name: str) -> str:
    """
    Path of a name in a folder; the root's own slash is not doubled.
    """
    return f"{folder.rstrip('/')}/{name}"


class Store:
    """
    Everything an account holds.
    """

    def __init__(self) -> None:
        self.files: dict[str, File] = {}
        self.folders: dict[str, Folder] = {}
        self.spent_tokens: set[str] = set()
        self._ids_by_path: dict[str, str] = {}
        self._lock = threading.Lock()
        self._directory: Path | None = None

    def file_at(self, path: str) -> File | None:
        """
        The file with this full path, or None.
        """
        file_id = self._ids_by_path.get(path)
        return None if file_id is None else self.files[file_id]

    def save(self, file: File) -> None:
        """
        Add a file, or replace the record with the same id.
        """
        self.files[file.id] = file
        self._ids_by_path[file.path] = file.id

    def remove(self, file: File) -> None:
        """
        Forget a file and its versions; their blobs stay until deleted.
        """
        del self.files[file.id]
        del self._ids_by_path[file.path]

    def blob_path(self, blob_id: str) -> Path:
        """
        Where the bytes of a version are. May touch the disk the first time: call it in a worker thread to write.
        """
        with self._lock:
            if self._directory is None:
                self._directory = Path(tempfile.mkdtemp(prefix="imagekit-"))
                # Not when this object is collected: that may happen on an event loop, which the disk would block.
                atexit.register(_remove_directory, self._directory)
            return self._directory / blob_id

    def delete_blobs(self, blob_ids: Iterable[str]) -> None:
        """
        Delete bytes from disk, if they are there. Blocks.
        """
        for blob_id in blob_ids:
            self.blob_path(blob_id).unlink(missing_ok=True)

    def clear(self) -> None:
        """
        Forget all records and delete all bytes. Blocks.
        """
        for records in (self.files, self.folders, self.spent_tokens, self._ids_by_path):
            records.clear()
        with self._lock:
            if self._directory is not None:
                _remove_directory(self._directory)
                self._directory = None


def _remove_directory(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)
