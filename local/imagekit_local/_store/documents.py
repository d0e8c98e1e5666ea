"""
Collections of JSON objects, for resources that are only found by id and listed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from imagekit_local._store.database import Database


class DuplicateError(Exception):
    """
    The id is already in the collection.
    """


class Collection:
    """
    JSON objects of one kind by id. Each method needs a transaction.

    Args:
        database: The database.
        kind: Name of the collection.
    """

    def __init__(self, database: Database, kind: str) -> None:
        self._database = database
        self._kind = kind

    def insert(self, id: str, document: Mapping[str, Any]) -> None:
        """
        Add an object after all others.

        Raises:
            DuplicateError: The id is taken.
        """
        try:
            self._database.execute(
                "INSERT INTO document (kind, id, body) VALUES (?, ?, ?)", (self._kind, id, _encode(document))
            )
        except sqlite3.IntegrityError:
            raise DuplicateError(f"{self._kind} {id} exists") from None

    def get(self, id: str) -> dict[str, Any] | None:
        """
        Return the object with this id, or None.
        """
        row = self._database.row("SELECT body FROM document WHERE kind = ? AND id = ?", (self._kind, id))
        return None if row is None else _decode(row["body"])

    def replace(self, id: str, document: Mapping[str, Any]) -> bool:
        """
        Replace an object; return false if it does not exist.
        """
        changed = self._database.execute(
            "UPDATE document SET body = ? WHERE kind = ? AND id = ?", (_encode(document), self._kind, id)
        )
        return changed.rowcount > 0

    def delete(self, id: str) -> bool:
        """
        Delete an object; return false if it does not exist.
        """
        changed = self._database.execute("DELETE FROM document WHERE kind = ? AND id = ?", (self._kind, id))
        return changed.rowcount > 0

    def all(self) -> list[dict[str, Any]]:
        """
        Return all objects, oldest first.
        """
        rows = self._database.rows("SELECT body FROM document WHERE kind = ? ORDER BY position", (self._kind,))
        return [_decode(row["body"]) for row in rows]


def _encode(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False)


def _decode(body: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(body)
    return document
