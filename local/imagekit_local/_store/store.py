"""
Records and bytes of one account, changed together.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import ParamSpec, TypeVar

import anyio.to_thread

from imagekit_local._store import schema
from imagekit_local._store.assets import Assets
from imagekit_local._store.blobs import Blobs, flush
from imagekit_local._store.database import Database, StoreError
from imagekit_local._store.documents import Collection
from imagekit_local._store.trees import Trees

_P = ParamSpec("_P")
_T = TypeVar("_T")
_DATABASE = "imagekit.sqlite3"
_BLOBS = "blobs"


class Store:
    """
    Everything an account holds.

    Records are reached within a transaction only: `run` from an event loop, `transaction` from a plain thread.

    Args:
        data: Directory that keeps all of it; None for memory and a temporary directory, both gone when closed.
        few: How many assets a search may look at one by one, see `Assets`.
    """

    def __init__(self, data: Path | None = None, few: int = 5000) -> None:
        self._data = data
        self._lock = threading.RLock()
        self._database = Database(None if data is None else data / _DATABASE, schema.STEPS)
        self.blobs = Blobs(None if data is None else data / _BLOBS)
        self.assets = Assets(self._database, self.blobs, few)
        self.trees = Trees(self._database)

    def collection(self, kind: str) -> Collection:
        """
        The JSON objects of one kind.
        """
        return Collection(self._database, kind)

    async def run(self, function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """
        Call a function within a transaction, in a worker thread.

        The function must not wait for anything but the store, and leaves nothing behind if it raises.

        Returns:
            What the function returns, once that is safe.
        """

        def within() -> _T:
            with self.transaction():
                return function(*args, **kwargs)

        return await anyio.to_thread.run_sync(within)

    @contextmanager
    def transaction(self) -> Generator[None]:
        """
        Wait for other transactions, then make all changes of the block or none. Blocks.

        Raises:
            RuntimeError: The data directory is not open.
        """
        with self._lock:
            if self._data is None and not self._database.is_open:
                self._database.open()
            committed = False
            try:
                with self._database.transaction():
                    yield
                    self.blobs.before_commit()
                committed = True
            finally:
                self.blobs.after_transaction(committed=committed)

    def open(self) -> None:
        """
        Open the data directory, if there is one and it is not open; memory needs no opening. Blocks.

        Raises:
            StoreError: The data directory cannot be used, or is in use.
        """
        with self._lock:
            if self._data is not None and not self._database.is_open:
                self._open_directory(self._data)

    def clear(self) -> None:
        """
        Forget all records and delete all bytes. Blocks.
        """
        with self.transaction():
            self.assets.clear()
            for table in ("document", "task"):
                self._database.execute(f"DELETE FROM {table}")

    def close(self) -> None:
        """
        Give the data directory free, or drop everything if there is none. Blocks.
        """
        with self._lock:
            self._database.close()
            self.blobs.close()

    def _open_directory(self, data: Path) -> None:
        try:
            data.mkdir(mode=0o700, parents=True, exist_ok=True)
            for name in (_BLOBS, _DATABASE):
                if (data / name).is_symlink():
                    # Sweeping deletes files, and the target may belong to something else.
                    raise StoreError(f"cannot open {data}: {name} is a symbolic link")
            has_blobs = (data / _BLOBS).exists()
            if has_blobs and not (data / _DATABASE).exists():
                raise StoreError(f"cannot open {data}: it holds {_BLOBS} but no {_DATABASE}")
            # The database comes first: the process that has it open may sweep. An empty one would sweep all.
            self._database.open(may_be_new=not has_blobs)
            (data / _BLOBS).mkdir(exist_ok=True)
            flush(data)
            with self.transaction():
                self.blobs.sweep(self.assets.version_ids())
        except (OSError, sqlite3.Error) as error:
            self._database.close()
            raise StoreError(f"cannot open {data}: {error}") from error
