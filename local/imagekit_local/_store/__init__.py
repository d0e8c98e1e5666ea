"""
Storage of records in SQLite and of bytes in files. This package does not know HTTP.
"""

from __future__ import annotations

from imagekit_local._store.assets import Assets, Condition
from imagekit_local._store.blobs import Blobs
from imagekit_local._store.database import StoreError
from imagekit_local._store.documents import Collection, DuplicateError
from imagekit_local._store.records import Asset, File, Folder, Version, join_path
from imagekit_local._store.store import Store
from imagekit_local._store.trees import Task

__all__ = [
    "Asset",
    "Assets",
    "Blobs",
    "Collection",
    "Condition",
    "DuplicateError",
    "File",
    "Folder",
    "Store",
    "StoreError",
    "Task",
    "Version",
    "join_path",
]
