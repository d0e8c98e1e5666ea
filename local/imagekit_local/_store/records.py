"""
Records of files and folders.

Records are immutable: an update creates a new record, which is then saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from imagekit_local._media import Media


@attrs.frozen
class Version:
    """
    One version of a file: what was uploaded, and what can be updated.

    `id` also names its blob; `delivery_id` is the value of `ik-obj-version` in its URL; `size` is in bytes.
    """

    id: str
    number: int
    size: int
    media: Media
    delivery_id: str
    created_at: datetime
    updated_at: datetime
    tags: tuple[str, ...] = ()
    ai_tags: tuple[Mapping[str, Any], ...] = ()
    custom_coordinates: str | None = None
    custom_metadata: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    description: str | None = None
    is_private: bool = False
    is_published: bool = True
    webhook_url: str | None = None


@attrs.frozen
class Asset:
    """
    One version of a file with the fields that it takes from its file, as lists, searches and details show it.

    `created_at` is the file's for the current version, and the version's own for an older one.
    """

    file_id: str
    folder: str
    name: str
    created_at: datetime
    version: Version
    is_current: bool

    @property
    def path(self) -> str:
        """
        Full path with a leading slash.
        """
        return join_path(self.folder, self.name)


@attrs.frozen
class File:
    """
    A named file in a folder, with one current version and any number of older ones, highest number first.

    `version_count` counts all versions that ever existed, so that no number is used twice.
    """

    id: str
    folder: str
    name: str
    created_at: datetime
    current: Version
    older: tuple[Version, ...] = ()
    version_count: int = 1

    @property
    def path(self) -> str:
        """
        Full path with a leading slash.
        """
        return join_path(self.folder, self.name)

    @property
    def versions(self) -> tuple[Version, ...]:
        """
        Return all versions, the current one first.
        """
        return (self.current, *self.older)

    @property
    def assets(self) -> tuple[Asset, ...]:
        """
        Return all versions as assets, the current one first.
        """
        current = Asset(self.id, self.folder, self.name, self.created_at, self.current, is_current=True)
        return (
            current,
            *(attrs.evolve(current, created_at=v.created_at, version=v, is_current=False) for v in self.older),
        )

    @property
    def asset(self) -> Asset:
        """
        Return the current version as an asset.
        """
        return self.assets[0]


@attrs.frozen
class Folder:
    """
    A folder below the root. `updated_at` defaults to the time of creation.
    """

    id: str
    path: str
    created_at: datetime
    updated_at: datetime = attrs.field(default=attrs.Factory(lambda self: self.created_at, takes_self=True))

    @property
    def name(self) -> str:
        """
        Last part of the path.
        """
        return self.path.rpartition("/")[2]

    @property
    def parent(self) -> str:
        """
        Path of the folder that holds this one.
        """
        return self.path.rpartition("/")[0] or "/"


def join_path(folder: str, name: str) -> str:
    """
    Return the path of a name in a folder, without doubling the slash of the root.
    """
    return f"{folder.rstrip('/')}/{name}"
