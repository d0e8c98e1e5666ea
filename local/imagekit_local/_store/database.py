"""
One SQLite connection, used in one transaction at a time.

The connection locks its file while it is open, so that no second server can write to the same directory. The operating
system releases the lock however the process ends.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

Parameters: TypeAlias = Sequence[object] | Mapping[str, object]


# In this order: an exclusive connection never shares the index of its write-ahead log with another process. With
# SQLite's default cache of 2 MB, searches spend most of their time on reading pages again.
_PRAGMAS = (
    "locking_mode = EXCLUSIVE",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "cache_size = -65536",
)
# One SQL statement of a migration, or a function for what SQL cannot do.
Action: TypeAlias = "str | Callable[[Database], None]"


class StoreError(Exception):
    """
    A data directory cannot be served: it is in use, from a newer version, or not a store.
    """


class Database:
    """
    Records in a file, or in memory without one. All methods block.

    Args:
        path: The file, or None for memory.
        steps: Migrations. Step N brings a database of version N - 1 to version N.
    """

    def __init__(self, path: Path | None, steps: Sequence[Sequence[Action]]) -> None:
        self._path = path
        self._steps = steps
        self._connection: sqlite3.Connection | None = None
        self._thread_id: int | None = None

    @property
    def is_open(self) -> bool:
        """
        Whether the database is open.
        """
        return self._connection is not None

    def open(self, *, may_be_new: bool = True) -> None:
        """
        Connect and migrate the tables.

        Args:
            may_be_new: Whether the file can be empty, and gets its tables now.

        Raises:
            StoreError: The file is in use, is from a newer version or another program, or is not a database.
        """
        try:
            self._connect(may_be_new=may_be_new)
        except sqlite3.Error as error:
            self.close()
            reason = "another server is using it" if "locked" in str(error) else str(error)
            raise StoreError(f"cannot open {self._path}: {reason}") from error
        except StoreError:
            self.close()
            raise

    @contextmanager
    def transaction(self) -> Generator[None]:
        """
        Make all changes of the block, or none. The caller ensures that there is one transaction at a time.

        Raises:
            RuntimeError: The database is not open.
        """
        if self._connection is None:
            raise RuntimeError("the store is not open")
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        self._thread_id = threading.get_ident()
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            connection.rollback()
            raise
        finally:
            self._thread_id = None

    def execute(self, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        """
        Run one statement of the transaction that this thread is in.

        Raises:
            RuntimeError: This thread is not in a transaction, so the statement could block an event loop or join the
                changes of another thread.
        """
        if self._connection is None or self._thread_id != threading.get_ident():
            raise RuntimeError("records can only be reached within a transaction")
        return self._connection.execute(sql, parameters)

    def row(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """
        Return the first row of a query, or None.
        """
        row: sqlite3.Row | None = self.execute(sql, parameters).fetchone()
        return row

    def rows(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """
        Return all rows of a query.
        """
        return self.execute(sql, parameters).fetchall()

    def rows_within(self, steps: int, sql: str, parameters: Parameters) -> list[sqlite3.Row] | None:
        """
        Return all rows of a query, or None if SQLite's virtual machine needs more than a number of steps.
        """
        if steps == 0:
            return None
        cursor = self.execute("SELECT 1")
        cursor.connection.set_progress_handler(lambda: True, steps)
        try:
            return self.rows(sql, parameters)
        except sqlite3.OperationalError as error:
            if str(error) != "interrupted":
                raise
            return None
        finally:
            cursor.connection.set_progress_handler(None, 0)

    def close(self) -> None:
        """
        Release the file. A database in memory is lost.
        """
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connect(self, *, may_be_new: bool) -> None:
        # The caller's lock, not SQLite's check, keeps threads apart.
        self._connection = sqlite3.connect(
            ":memory:" if self._path is None else self._path, timeout=0, isolation_level=None, check_same_thread=False
        )
        self._connection.row_factory = sqlite3.Row
        for pragma in _PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")
        with self.transaction():
            self._migrate(may_be_new=may_be_new)

    def _migrate(self, *, may_be_new: bool) -> None:
        newest = len(self._steps)
        version: int = self.execute("PRAGMA user_version").fetchone()[0]
        if version > newest:
            raise StoreError(
                f"cannot open {self._path}: it is of version {version}, and this release reads {newest} at most"
            )
        if version == 0 and (not may_be_new or self.row("SELECT 1 FROM sqlite_master")):
            raise StoreError(f"cannot open {self._path}: it is not what a local ImageKit wrote there")
        for step in self._steps[version:]:
            for action in step:
                if isinstance(action, str):
                    self.execute(action)
                else:
                    action(self)
        self.execute(f"PRAGMA user_version = {newest}")
