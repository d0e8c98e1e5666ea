"""
Files, their versions and folders in the table `asset`, with tables beside it that searches look up.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

import attrs

from imagekit_local._store.blobs import Blobs
from imagekit_local._store.database import Database
from imagekit_local._store.indexing import INDEXED, index_asset
from imagekit_local._store.records import Asset, File, Folder
from imagekit_local._store.rows import Row, asset_from, file_from, file_rows, folder_from, folder_row

# Twice the number of steps that SQLite's virtual machine takes to look at an asset and its rows in other tables, which
# takes about as long as starting a list.
_STEPS_EACH = 40


@attrs.frozen
class Condition:
    """
    An SQL expression over the columns of `asset`, and the values of its placeholders.
    """

    sql: str
    parameters: tuple[object, ...] = ()

    @classmethod
    def all_of(cls, conditions: Iterable[Condition]) -> Condition:
        """
        Return the conjunction of conditions, which is always true if there are none.
        """
        listed = list(conditions)
        sql = " AND ".join(f"({condition.sql})" for condition in listed)
        return cls(sql or "TRUE", tuple(value for condition in listed for value in condition.parameters))


class Assets:
    """
    Files and folders. Each method needs a transaction.

    Args:
        database: The database with the records.
        blobs: The bytes, which are deleted with the last record of them.
        few: How many assets can be looked at one by one for a page.
    """

    def __init__(self, database: Database, blobs: Blobs, few: int) -> None:
        self._few = few
        self._database = database
        self._blobs = blobs

    def file(self, id: str) -> File | None:
        """
        Return the file with this id, or None.
        """
        rows = self._database.rows(
            "SELECT * FROM asset WHERE file_id = ? AND type <> 'folder' ORDER BY type = 'file' DESC, number DESC", (id,)
        )
        return file_from(rows) if rows else None

    def file_at(self, path: str) -> File | None:
        """
        Return the file with this full path, or None.
        """
        row = self._at(path, "file")
        return None if row is None else self.file(row["file_id"])

    def folder_at(self, path: str) -> Folder | None:
        """
        Return the folder with this full path, or None. The root has no record.
        """
        row = self._at(path, "folder")
        return None if row is None else folder_from(row)

    def save(self, file: File) -> None:
        """
        Add a file, or replace the record with the same id. Removed versions are deleted with their bytes.
        """
        old = self.file(file.id)
        before = {} if old is None else file_rows(old)
        after = file_rows(file)
        self._delete([id for id in before if id not in after])
        # The path is unique among current versions, so the old current version is saved first.
        for version in reversed(file.versions):
            row = after[version.id]
            if version.id in before:
                self._update(before[version.id], row)
            else:
                self._write(row)

    def remove(self, file: File) -> None:
        """
        Delete a file with its versions and their bytes.
        """
        self._delete([version.id for version in file.versions])

    def add_folder(self, folder: Folder) -> None:
        """
        Add a folder at a free path, or move the one with the same id there.
        """
        self._write(folder_row(folder))

    def are_few(self, keys: Condition) -> bool:
        """
        Return whether a SELECT finds so few keys that a page is fastest by looking at each.
        """
        sql = f"SELECT count(*) FROM ({keys.sql} LIMIT {self._few})"
        count: int = self._database.execute(sql, keys.parameters).fetchone()[0]
        return count < self._few

    def page(
        self,
        condition: Condition,
        order: Condition,
        *,
        limit: int,
        skip: int = 0,
        among: Condition | None = None,
        by_list: Condition | None = None,
    ) -> list[Asset | Folder]:
        """
        Return a page of the assets that meet a condition.

        Args:
            condition: The condition.
            order: Terms of ORDER BY.
            limit: Largest number of assets.
            skip: Number of assets to skip.
            among: A SELECT of few keys that includes all assets that meet the condition, or None.
            by_list: An equivalent condition that is slower to start but faster for each asset that does not meet it. It
                is used if the page is not filled quickly.
        """
        database = self._database
        rows: list[sqlite3.Row] | None = None
        if among is None and by_list is not None:
            rows = database.rows_within(self._few * _STEPS_EACH, *_page(condition, order, limit, skip))
            condition = by_list
        if rows is None:
            rows = database.rows(*_page(condition, order, limit, skip, among))
        return [asset_from(row) for row in rows]

    def version_ids(self) -> set[str]:
        """
        Return the ids of all versions of all files.
        """
        return {row["id"] for row in self._database.execute("SELECT id FROM asset WHERE type <> 'folder'")}

    def total_bytes(self) -> int:
        """
        Return the size of all versions of all files, in bytes.
        """
        total: int = self._database.execute("SELECT coalesce(sum(size), 0) FROM asset").fetchone()[0]
        return total

    def remove_metadata(self, name: str) -> None:
        """
        Remove a key from the custom metadata of all assets.
        """
        # SQLite's JSON paths cannot name every key.
        for row in self._database.rows(
            "SELECT id, custom_metadata FROM asset WHERE ? IN (SELECT key FROM json_each(custom_metadata))", (name,)
        ):
            kept = {key: value for key, value in json.loads(row["custom_metadata"]).items() if key != name}
            self._database.execute(
                "UPDATE asset SET custom_metadata = ? WHERE id = ?", (json.dumps(kept, ensure_ascii=False), row["id"])
            )
        for table in ("word", "attribute"):
            self._database.execute(f"DELETE FROM {table} WHERE field = ?", (f"customMetadata.{name}",))

    def clear(self) -> None:
        """
        Delete all files and folders, and all bytes.
        """
        self._blobs.discard(self.version_ids())
        self._database.execute("DELETE FROM asset")

    def _at(self, path: str, kind: str) -> sqlite3.Row | None:
        folder, _, name = path.rpartition("/")
        # The type is in the SQL because SQLite ignores parameters when it chooses a partial index.
        return self._database.row(
            f"SELECT * FROM asset WHERE type = '{kind}' AND folder = ? AND name = ?", (folder or "/", name)
        )

    def _delete(self, version_ids: list[str]) -> None:
        self._blobs.discard(version_ids)
        for id in version_ids:
            self._database.execute("DELETE FROM asset WHERE id = ?", (id,))

    def _update(self, old: Row, row: Row) -> None:
        # Only the indexes of the named columns are rewritten.
        changed = [name for name in row if row[name] != old[name]]
        if changed:
            changes = ", ".join(f"{name} = :{name}" for name in changed)
            self._database.execute(f"UPDATE asset SET {changes} WHERE id = :id", row)
        if not INDEXED.isdisjoint(changed):
            index_asset(self._database, row)

    def _write(self, row: Row) -> None:
        names = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        changes = ", ".join(f"{name} = excluded.{name}" for name in row if name != "id")
        self._database.execute(
            f"INSERT INTO asset ({names}) VALUES ({values}) ON CONFLICT (id) DO UPDATE SET {changes}", row
        )
        index_asset(self._database, row)


def _page(
    condition: Condition, order: Condition, limit: int, skip: int, among: Condition | None = None
) -> tuple[str, tuple[object, ...]]:
    if among is None:
        source = Condition("asset")
    else:
        # SQLite reads the tables of a cross join in the written order.
        few = f"(SELECT DISTINCT asset_key FROM ({among.sql}))"
        source = Condition(f"{few} AS few CROSS JOIN asset ON key = few.asset_key", among.parameters)
    # Sorting and skipping whole rows would read them all from disk. Their keys are in the indexes.
    keys = f"SELECT key FROM {source.sql} WHERE {condition.sql} ORDER BY {order.sql} LIMIT ? OFFSET ?"
    return (
        f"SELECT * FROM asset WHERE key IN ({keys}) ORDER BY {order.sql}",
        (*source.parameters, *condition.parameters, *order.parameters, limit, skip, *order.parameters),
    )
