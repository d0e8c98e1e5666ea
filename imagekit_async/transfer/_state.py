"""
The state file: what earlier runs transferred, in SQLite, one writer at a time.

It is written as results come. Each transfer is announced before it begins, so that after `kill -9` the next plan can
distinguish its own unfinished work from changes that others made. SQLite's exclusive lock keeps out a second run.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import anyio
import attrs

from ..errors import TransferError
from ._values import Direction, Row, printable, row_of

_VERSION: Final = 1
_SCHEMA: Final = f"""
PRAGMA user_version = {_VERSION};
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS known (
    path TEXT PRIMARY KEY, remote_path TEXT NOT NULL, size INTEGER NOT NULL, modified_ns INTEGER NOT NULL,
    sha256 TEXT, file_id TEXT NOT NULL, version_id TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS begun (
    path TEXT PRIMARY KEY, remote_path TEXT NOT NULL, size INTEGER NOT NULL, modified_ns INTEGER NOT NULL,
    sha256 TEXT, file_id TEXT NOT NULL, version_id TEXT NOT NULL, direction TEXT NOT NULL);
"""
_BEGIN: Final = "INSERT OR REPLACE INTO begun VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_LOCK_SECONDS: Final = 0.5
_LEARNED_AT_ONCE: Final = 1000


@attrs.frozen
class Known:
    """
    A file that is the same on both sides.

    Attributes:
        path: Path below the local folder.
        remote_path: Path below the remote folder, as stored.
        size: Size of the local file in bytes.
        modified_ns: Its time of change; -1 if a later change may have the same time.
        sha256: SHA-256 of its bytes; None if it was never hashed.
        file_id: Id of the remote file.
        version_id: Id of its version.
    """

    path: str
    remote_path: str
    size: int
    modified_ns: int
    sha256: str | None
    file_id: str
    version_id: str


KNOWN_ROW: Final = row_of(Known)


@attrs.frozen
class Begun:
    """
    A transfer that began and whose end is not recorded.

    Attributes:
        file: What both sides are to be. For an upload, its ids are those of the remote file before, or empty.
        direction: `upload` or `download`.
    """

    file: Known
    direction: Direction


@attrs.frozen
class State:
    """
    What a state file holds.

    Attributes:
        known: What is the same on both sides, as rows of `Known` by local path.
        begun: Transfers whose end is not recorded, by local path.
        run: How many runs there were.
    """

    known: dict[str, Row] = attrs.field(factory=dict[str, Row])
    begun: dict[str, Begun] = attrs.field(factory=dict[str, Begun])
    run: int = 0


def default_state_file(local: Path, remote: str) -> Path:
    """
    Return where the state of two folders is kept by default.

    Raises:
        ModuleNotFoundError: The extra `transfer` is not installed.
    """
    try:
        from platformdirs import user_state_path
    except ModuleNotFoundError as error:
        hint = "the default state file needs the extra `transfer`: pip install 'imagekit-async[transfer]'"
        raise ModuleNotFoundError(f"{error}; {hint}, or pass state=", name=error.name) from error
    digest = hashlib.sha256("\0".join(_identity(local, remote).values()).encode())
    return user_state_path("imagekit-async", appauthor=False) / "transfers" / f"{digest.hexdigest()[:32]}.sqlite"


def _identity(local: Path, remote: str) -> dict[str, str]:
    return {"local": printable(str(local)), "remote": remote or "/"}


def read_state(path: Path | None, local: Path, remote: str) -> State:
    """
    Return what a state file holds, nothing if it does not exist; blocks, and writes nothing.

    Raises:
        TransferError: A run is using it, it belongs to other folders, or it is not a state file.
    """
    if path is None or not path.exists():
        return State()
    with _explained(path), closing(_connected(path, "rw")) as database:
        if not database.execute("SELECT 1 FROM sqlite_master").fetchone():
            # A run was killed while it made the file.
            return State()
        run = _checked_run(database, path, local, remote)
        known = {row[0]: row for row in database.execute("SELECT * FROM known")}
        rows = database.execute("SELECT * FROM begun")
        return State(known, {row[0]: Begun(Known(*row[:-1]), row[-1]) for row in rows}, run)


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=_LOCK_SECONDS, isolation_level=None, check_same_thread=False)


def _checked_run(database: sqlite3.Connection, path: Path, local: Path, remote: str) -> int:
    if database.execute("PRAGMA user_version").fetchone()[0] > _VERSION:
        raise TransferError(f"{path} is a state file of a newer version of imagekit-async; upgrade, or use another")
    meta: dict[str, str] = dict(database.execute("SELECT name, value FROM meta"))
    for name, value in _identity(local, remote).items():
        if meta[name] != value:
            raise TransferError(f"{path} is the state of the {name} folder {meta[name]!r}, not of {value!r}")
    return int(meta["run"])


@contextmanager
def _explained(path: Path) -> Generator[None]:
    try:
        yield
    except (sqlite3.Error, KeyError, ValueError) as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
            raise TransferError(f"another run is using the state file {path}; wait for its end") from error
        raise TransferError(f"cannot use {path} as a state file: {error}") from error


class Journal:
    """
    Writes to a state file that no other run can use in the meantime; without a file it forgets everything.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._database: sqlite3.Connection | None = None
        self._unwritten: list[tuple[str, tuple[object, ...]]] = []
        self._turn = anyio.Lock()

    def open(self, local: Path, remote: str, run: int) -> None:
        """
        Take hold of the file, and make it if need be; blocks.

        Args:
            local: The local folder.
            remote: The remote folder.
            run: How many runs there were when the plan was made.

        Raises:
            TransferError: Another run is using the file or has changed it since the plan was made, or it is unusable.
        """
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with _explained(self._path):
            self._database = _connected(self._path, "rwc")
            try:
                self._claim(self._database, self._path, local, remote, run)
            except BaseException:
                self.close()
                raise

    @staticmethod
    def _claim(database: sqlite3.Connection, path: Path, local: Path, remote: str, run: int) -> None:
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.executescript(f"BEGIN IMMEDIATE; {_SCHEMA}")
        rows = [*_identity(local, remote).items(), ("run", "0")]
        database.executemany("INSERT OR IGNORE INTO meta VALUES (?, ?)", rows)
        if _checked_run(database, path, local, remote) != run:
            raise TransferError(f"another run has used the state file {path} since the plan was made; plan again")
        database.execute("UPDATE meta SET value = ? WHERE name = 'run'", (str(run + 1),))
        database.execute("COMMIT")

    def close(self) -> None:
        """
        Let go of the file; blocks.
        """
        if self._database is not None:
            self._database.close()
            self._database = None

    async def learn(self, files: Sequence[Row]) -> None:
        """
        Remember rows of files that were the same on both sides already.
        """
        for start in range(0, len(files), _LEARNED_AT_ONCE):
            for row in files[start : start + _LEARNED_AT_ONCE]:
                self._add_known(row)
            await self._write()

    async def begin(self, file: Known, direction: Direction) -> None:
        """
        Announce a transfer; return when that is written.
        """
        values = *KNOWN_ROW(file), direction
        self._add(_BEGIN, *values)
        await self._write((_BEGIN, values))

    async def finish(self, file: Known) -> None:
        """
        Record that a file is now the same on both sides.
        """
        self._add_known(KNOWN_ROW(file))
        with anyio.CancelScope(shield=True):
            await self._write()

    async def forget(self, paths: Iterable[str]) -> None:
        """
        Remove what was known of deleted files.
        """
        for path in paths:
            self._add("DELETE FROM known WHERE path = ?", path)
            self._add("DELETE FROM begun WHERE path = ?", path)
        await self._write()

    def _add_known(self, row: Row) -> None:
        self._add("INSERT OR REPLACE INTO known VALUES (?, ?, ?, ?, ?, ?, ?)", *row)
        self._add("DELETE FROM begun WHERE path = ?", row[0])

    def _add(self, statement: str, *values: object) -> None:
        if self._database is not None:
            self._unwritten.append((statement, values))

    async def _write(self, needless: tuple[str, tuple[object, ...]] | None = None) -> None:
        # What came together while another batch was written goes in one transaction.
        async with self._turn:
            if self._unwritten:
                try:
                    await anyio.to_thread.run_sync(self._commit)
                except TransferError:
                    # A full disk must not try it again with each of the others.
                    self._unwritten = [one for one in self._unwritten if one != needless]
                    raise

    def _commit(self) -> None:
        assert self._database is not None
        assert self._path is not None
        batch = self._unwritten[:]
        with _explained(self._path), self._database:
            self._database.execute("BEGIN")
            for statement, values in batch:
                self._database.execute(statement, values)
        del self._unwritten[: len(batch)]
