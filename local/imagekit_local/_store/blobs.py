"""
Bytes in files that are named by id, never by what a caller sent.

A file takes part in the transaction that records it: it has its final name, safe on disk, before the record is
committed, and loses it if the record is not. A process that dies in between leaves bytes without a record, which are
swept when the directory is opened again.
"""

from __future__ import annotations

import atexit
import errno
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Collection, Iterable
from pathlib import Path

_PART = ".part"
_OWN_NAME = re.compile(r"[0-9a-f]{24}(\.part)?")


class Blobs:
    """
    Bytes by id. All methods block.

    Args:
        directory: Where to keep them, safe from a crash; None for a temporary directory that is made when needed.
    """

    def __init__(self, directory: Path | None) -> None:
        self._lock = threading.Lock()
        self._is_durable = directory is not None
        self._directory = directory
        self._added: list[str] = []
        self._discarded: list[str] = []

    def path(self, blob_id: str) -> Path:
        """
        Where the bytes with this id are.
        """
        with self._lock:
            if self._directory is None:
                self._directory = Path(tempfile.mkdtemp(prefix="imagekit-"))
                # Not when this object is collected: that may happen on an event loop, which the disk would block.
                atexit.register(_remove_directory, self._directory)
            return self._directory / blob_id

    def part_path(self, blob_id: str) -> Path:
        """
        Where to write bytes that are to become a blob; what is left there is swept at the next opening.
        """
        return self.path(blob_id + _PART)

    def flush_part(self, blob_id: str) -> None:
        """
        Return when the bytes of a part are safe on disk. Call it before the transaction, which others wait for.
        """
        if self._is_durable:
            flush(self.part_path(blob_id))

    def delete_part(self, blob_id: str) -> None:
        """
        Delete a part, if it is there.
        """
        self.part_path(blob_id).unlink(missing_ok=True)

    def adopt(self, blob_id: str) -> None:
        """
        Turn the part with this id into a blob. Within a transaction only.
        """
        self.part_path(blob_id).replace(self.path(blob_id))
        self._added.append(blob_id)

    def copy(self, source_id: str, blob_id: str) -> None:
        """
        Give a blob's bytes a second id. Within a transaction only.
        """
        os.link(self.path(source_id), self.path(blob_id))
        self._added.append(blob_id)

    def discard(self, blob_ids: Iterable[str]) -> None:
        """
        Delete blobs when the transaction is committed.
        """
        self._discarded.extend(blob_ids)

    def before_commit(self) -> None:
        """
        Return when the names that blobs were given are safe on disk.
        """
        if self._added and self._is_durable:
            flush(self.path("."))

    def after_transaction(self, *, committed: bool) -> None:
        """
        Delete what the transaction leaves without a record.
        """
        added, discarded = self._added, self._discarded
        self._added, self._discarded = [], []
        self._delete(discarded if committed else added)

    def sweep(self, known_ids: Collection[str]) -> None:
        """
        Delete parts and blobs that no record knows; files that no server has named stay.

        Raises:
            FileExistsError: Something else than a file has the name of one, such as a link to a file of others.
        """
        with os.scandir(self.path(".")) as entries:
            own = [entry for entry in entries if _OWN_NAME.fullmatch(entry.name)]
        for entry in own:
            if not entry.is_file(follow_symlinks=False):
                raise FileExistsError(errno.EEXIST, "not a regular file", entry.path)
        self._delete(entry.name for entry in own if entry.name not in known_ids)

    def close(self) -> None:
        """
        Delete the temporary directory, if that is where the bytes are.
        """
        with self._lock:
            if self._directory is not None and not self._is_durable:
                _remove_directory(self._directory)
                self._directory = None

    def _delete(self, blob_ids: Iterable[str]) -> None:
        for blob_id in blob_ids:
            self.path(blob_id).unlink(missing_ok=True)


def flush(path: Path) -> None:
    """
    Return when a file, or the names in a directory, are safe on disk. Blocks.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_directory(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)
