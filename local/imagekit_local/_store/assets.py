"""
Files, their versions and folders in the table `asset`; what searches look up is in tables beside it.
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

# How many steps SQLite's machine takes to look at an asset and what is beside it, twice over: about as long as it takes
# to begin with a list.
_STEPS_EACH = 40


@attrs.frozen
class Condition:
    """
    An SQL expression over the columns of `asset`, and the values of its question marks.
    """

    sql: str
    parameters: tuple[object, ...] = ()

    @classmethod
    def all_of(cls, conditions: Iterable[Condition]) -> Condition:
        """
        The condition that holds when all of these do, always if there are none.
        """
        listed = list(conditions)
        sql = " AND ".join(f"({condition.sql})" for condition in listed)
        return cls(sql or "TRUE", tuple(value for condition in listed for value in condition.parameters))


class Assets:
    """
    Files and folders. Each method needs a transaction around it.

    Args:
        database: Where the records are.
        blobs: Where the bytes are, which go when the last record of them does.
        few: How many assets may be looked at one by one to make a page.
    """

    def __init__(self, database: Database, blobs: Blobs, few: int) -> None:
        self._few = few
        self._database = database
        self._blobs = blobs

    def file(self, id: str) -> File | None:
        """
        The file with this id, or None.
        """
        rows = self._database.rows(
            "SELECT * FROM asset WHERE file_id = ? AND type <> 'folder' ORDER BY type = 'file' DESC, number DESC", (id,)
        )
        return file_from(rows) if rows else None

    def file_at(self, path: str) -> File | None:
        """
        The file with this full path, or None.
        """
        row = self._at(path, "file")
        return None if row is None else self.file(row["file_id"])

    def folder_at(self, path: str) -> Folder | None:
        """
        The folder with this full path, or None; the root is no record.
        """
        row = self._at(path, "folder")
        return None if row is None else folder_from(row)

    def save(self, file: File) -> None:
        """
        Add a file, or replace the record with the same id; versions that it has no more are deleted with their bytes.
        """
        old = self.file(file.id)
        before = {} if old is None else file_rows(old)
        after = file_rows(file)
        self._delete([id for id in before if id not in after])
        # An older version gives up its place among the current ones before another takes it.
        for version in reversed(file.versions):
            row = after[version.id]
            if version.id in before:
                self._update(before[version.id], row)
            else:
                self._write(row)

    def remove(self, file: File) -> None:
        """
        Forget a file and its versions, and their bytes.
        """
        self._delete([version.id for version in file.versions])

    def add_folder(self, folder: Folder) -> None:
        """
        Add a folder whose path is free, or bring the one with the same id there.
        """
        self._write(folder_row(folder))

    def are_few(self, keys: Condition) -> bool:
        """
        Whether a SELECT of keys finds so few that a page is best made by looking at each.
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
        Some of the assets that meet a condition.

        Args:
            condition: Which.
            order: Terms of ORDER BY.
            limit: How many at most.
            skip: How many to leave out first.
            among: A SELECT of few keys that holds those of all that meet the condition, None if there is none.
            by_list: The same condition in a form that takes a while to begin with, and then less for each asset that
                does not meet it. It is used when a page is not soon full.
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
        Ids of all versions of all files.
        """
        return {row["id"] for row in self._database.execute("SELECT id FROM asset WHERE type <> 'folder'")}

    def total_bytes(self) -> int:
        """
        The size of all versions of all files in bytes.
        """
        total: int = self._database.execute("SELECT coalesce(sum(size), 0) FROM asset").fetchone()[0]
        return total

    def remove_metadata(self, name: str) -> None:
        """
        Take one key out of the custom metadata of everything that has it.
        """
        # SQLite's own JSON paths cannot name every key.
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
        Forget all files and folders, and all bytes.
        """
        self._blobs.discard(self.version_ids())
        self._database.execute("DELETE FROM asset")

    def _at(self, path: str, kind: str) -> sqlite3.Row | None:
        folder, _, name = path.rpartition("/")
        # The type is in the text, since SQLite does not look at parameters when it chooses a partial index.
        return self._database.row(
            f"SELECT * FROM asset WHERE type = '{kind}' AND folder = ? AND name = ?", (folder or "/", name)
        )

    def _delete(self, version_ids: list[str]) -> None:
        self._blobs.discard(version_ids)
        for id in version_ids:
            self._database.execute("DELETE FROM asset WHERE id = ?", (id,))

    def _update(self, old: Row, row: Row) -> None:
        # Only the indexes of columns that are named are written anew.
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
        # In a cross join, the tables are read in the order in which they are written.
        few = f"(SELECT DISTINCT asset_key FROM ({among.sql}))"
        source = Condition(f"{few} AS few CROSS JOIN asset ON key = few.asset_key", among.parameters)
    # Sorting and skipping whole rows would read all of them from disk; their keys are in the indexes.
    keys = f"SELECT key FROM {source.sql} WHERE {condition.sql} ORDER BY {order.sql} LIMIT ? OFFSET ?"
    return (
        f"SELECT * FROM asset WHERE key IN ({keys}) ORDER BY {order.sql}",
        (*source.parameters, *condition.parameters, *order.parameters, limit, skip, *order.parameters),
    )
