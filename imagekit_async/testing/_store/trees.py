"""
Folders together with everything below them.
"""

from __future__ import annotations

import attrs

from imagekit_async.testing._store.blobs import Blobs
from imagekit_async.testing._store.database import Database
from imagekit_async.testing._store.records import Folder
from imagekit_async.testing._store.rows import folder_from

_BELOW = "(folder = ? OR (folder >= ? AND folder < ?))"


@attrs.frozen
class Removed:
    """
    What identified a version of a file, or a folder, that is gone.

    `type` is that of the API: `file`, `file-version` or `folder`.
    """

    type: str
    id: str
    file_id: str


class Trees:
    """
    Whole folders. Each method needs a transaction around it.

    Args:
        database: Where the records are.
        blobs: Where the bytes are, which go when the record of them does.
    """

    def __init__(self, database: Database, blobs: Blobs) -> None:
        self._database = database
        self._blobs = blobs

    def size(self, path: str) -> int:
        """
        How many files, older versions of files and folders are below a folder.
        """
        count: int = self._database.execute(f"SELECT count(*) FROM asset WHERE {_BELOW}", _below(path)).fetchone()[0]
        return count

    def folders(self, path: str) -> list[Folder]:
        """
        All folders below a folder, each after its parent.
        """
        rows = self._database.rows(
            f"SELECT * FROM asset WHERE type = 'folder' AND {_BELOW} ORDER BY folder, name", _below(path)
        )
        return [folder_from(row) for row in rows]

    def file_ids(self, path: str) -> list[str]:
        """
        Ids of all files below a folder.
        """
        rows = self._database.rows(
            f"SELECT file_id FROM asset WHERE type = 'file' AND {_BELOW} ORDER BY folder, name", _below(path)
        )
        return [row["file_id"] for row in rows]

    def remove(self, folder: Folder) -> list[Removed]:
        """
        Forget a folder and all that is below it, and the bytes.

        Returns:
            What is gone, the folder itself last.
        """
        rows = self._database.rows(
            f"SELECT type, id, file_id FROM asset WHERE {_BELOW} ORDER BY folder DESC, name, number",
            _below(folder.path),
        )
        removed = [Removed(row["type"], row["id"], row["file_id"]) for row in rows]
        self._blobs.discard(asset.id for asset in removed if asset.type != "folder")
        self._database.execute(f"DELETE FROM asset WHERE {_BELOW}", _below(folder.path))
        self.remove_folder(folder)
        return [*removed, Removed("folder", folder.id, folder.id)]

    def remove_folder(self, folder: Folder) -> None:
        """
        Forget a folder, but not what is below it.
        """
        self._database.execute("DELETE FROM asset WHERE id = ?", (folder.id,))


def _below(path: str) -> tuple[str, str, str]:
    # What is deeper has a folder that begins with the path and a slash, and "0" is the character after the slash.
    # Unlike LIKE, a range is looked up in the index, and takes no character for a wildcard.
    return path, f"{path}/", f"{path}0"
