"""
Folders with everything below them.
"""

from __future__ import annotations

import attrs

from imagekit_local._store.database import Database
from imagekit_local._store.records import Folder, join_path

_BELOW = "(folder = ? OR (folder >= ? AND folder < ?))"


@attrs.frozen
class Task:
    """
    A folder or file that a job still has to handle: its id, and where it was when the job began.
    """

    type: str
    id: str
    folder: str
    name: str

    @property
    def path(self) -> str:
        """
        Full path with a leading slash.
        """
        return join_path(self.folder, self.name)


class Trees:
    """
    Whole folders. Each method needs a transaction.

    Args:
        database: The database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def size(self, path: str) -> int:
        """
        Return the number of files, older versions of files and folders below a folder.
        """
        count: int = self._database.execute(f"SELECT count(*) FROM asset WHERE {_BELOW}", _below(path)).fetchone()[0]
        return count

    def plan(self, job_id: str, path: str, *, deepest_first: bool) -> None:
        """
        Store a folder and all folders and files below it as the tasks of a job.

        Args:
            job_id: The job.
            path: Path of the folder.
            deepest_first: Whether folders come after their content, instead of before all files.
        """
        folder, _, name = path.rpartition("/")
        order = "folder DESC, name" if deepest_first else "type = 'file', folder, name"
        self._database.execute(
            "INSERT INTO task (job_id, type, asset_id, folder, name) SELECT ?, type, file_id, folder, name FROM asset "
            f"WHERE type = 'folder' AND folder = ? AND name = ? OR type <> 'file-version' AND {_BELOW} "
            f"ORDER BY {order}",
            (job_id, folder or "/", name, *_below(path)),
        )

    def take(self, job_id: str, count: int) -> list[Task]:
        """
        Remove and return the next tasks of a job.
        """
        rows = self._database.rows("SELECT * FROM task WHERE job_id = ? ORDER BY position LIMIT ?", (job_id, count))
        if rows:
            self._database.execute(
                "DELETE FROM task WHERE job_id = ? AND position <= ?", (job_id, rows[-1]["position"])
            )
        return [Task(row["type"], row["asset_id"], row["folder"], row["name"]) for row in rows]

    def used_folders(self, path: str) -> list[str]:
        """
        Return the paths of the folders at or below a path that are not empty, even if they have no record.
        """
        rows = self._database.rows(
            f"SELECT DISTINCT folder FROM asset WHERE type <> 'file-version' AND {_BELOW}", _below(path)
        )
        return [row["folder"] for row in rows]

    def remove_folder(self, folder: Folder) -> None:
        """
        Delete the record of a folder, but nothing below it.
        """
        self._database.execute("DELETE FROM asset WHERE id = ?", (folder.id,))


def _below(path: str) -> tuple[str, str, str]:
    # Deeper assets have a folder that starts with the path and a slash, and "0" is the character after the slash.
    # Unlike LIKE, a range uses the index and has no wildcards.
    return path, f"{path}/", f"{path}0"
