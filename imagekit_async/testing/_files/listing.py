"""
The list of assets: which of them match a query, in which order, and which page of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

import attrs

from imagekit_async.testing._account import Account
from imagekit_async.testing._errors import ApiError, invalid_value
from imagekit_async.testing._files.views import file_view, folder_view
from imagekit_async.testing._store import File, Folder, Version
from imagekit_async.testing._values import canonical_path

_MAX_LIMIT = 1000
_TYPES = ("file", "file-version", "folder", "all")
_FILE_TYPES = ("all", "image", "non-image")


@attrs.frozen
class _Entry:
    id: str
    parent: str
    name: str
    created_at: datetime
    updated_at: datetime
    version: Version | None
    view: Callable[[], dict[str, Any]]


_SORT_VALUES: dict[str, Callable[[_Entry], Any]] = {
    "NAME": lambda entry: entry.name,
    "CREATED": lambda entry: entry.created_at,
    "UPDATED": lambda entry: entry.updated_at,
    "HEIGHT": lambda entry: entry.version and entry.version.media.height,
    "WIDTH": lambda entry: entry.version and entry.version.media.width,
    "SIZE": lambda entry: entry.version and entry.version.size,
    # No video is measured, and relevance is a matter of search queries only.
    "DURATION": lambda entry: None,
    "RELEVANCE": lambda entry: entry.created_at,
    "ORIGINAL_CREATION_DATE": lambda entry: entry.created_at,
}


@attrs.frozen
class ListQuery:
    """
    What a list is asked for; build it with `from_parameters`.
    """

    kind: str
    file_type: str
    path: str | None
    name: str | None
    tags: frozenset[str] | None
    sort_value: Callable[[_Entry], Any]
    descending: bool
    limit: int
    skip: int

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, str]) -> ListQuery:
        """
        Read the query parameters of a request.

        Raises:
            ApiError: 400, a value is out of its range, or a search query is given.
        """
        skip, limit = _page(parameters)
        sort_value, descending = _order(parameters.get("sort", "ASC_CREATED"))
        kind = parameters.get("type", "all" if parameters.get("includeFolder") == "true" else "file")
        if kind not in _TYPES:
            choices = ", ".join(_TYPES)
            raise ApiError(400, f"{invalid_value('type').message} Please provide one of the following: {choices}.")
        file_type = parameters.get("fileType", "all")
        if file_type not in _FILE_TYPES:
            raise invalid_value("fileType")
        _refuse_search(parameters.get("searchQuery"))
        tags = parameters.get("tags")
        return cls(
            kind=kind,
            file_type=file_type,
            path=canonical_path(parameters["path"]) if "path" in parameters else None,
            name=parameters.get("name"),
            tags=None if tags is None else frozenset(tag.strip() for tag in tags.split(",")),
            sort_value=sort_value,
            descending=descending,
            limit=limit,
            skip=skip,
        )


def list_assets(account: Account, query: ListQuery) -> list[dict[str, Any]]:
    """
    One page of the assets that match, as the API shows them.
    """
    entries = [entry for entry in _entries(account, query.kind) if _matches(entry, query)]
    # Sorting is stable: this first pass decides among equals, so that pages do not overlap.
    entries.sort(key=lambda entry: (entry.created_at, entry.id))
    valued = [entry for entry in entries if query.sort_value(entry) is not None]
    valueless = [entry for entry in entries if query.sort_value(entry) is None]
    valued.sort(key=query.sort_value, reverse=query.descending)
    return [entry.view() for entry in (valued + valueless)[query.skip : query.skip + query.limit]]


def _page(parameters: Mapping[str, str]) -> tuple[int, int]:
    skip = _integer(parameters, "skip", 0)
    if skip < 0:
        message = "The value of skip parameter should be greater than or equal to 0."
        raise ApiError(400, f"{message} Value sent is {skip}.")
    limit = _integer(parameters, "limit", _MAX_LIMIT)
    if limit < 1:
        raise ApiError(400, f"Minimum value of limit parameter is 1. Value sent is {limit}.")
    if limit > _MAX_LIMIT:
        raise ApiError(400, f"Maximum value of limit parameter is {_MAX_LIMIT}. Value sent is {limit}.")
    return skip, limit


def _order(sort: str) -> tuple[Callable[[_Entry], Any], bool]:
    direction, _, key = sort.partition("_")
    if direction not in {"ASC", "DESC"} or key not in _SORT_VALUES:
        raise ApiError(400, "Your request contains invalid value for sort parameters.")
    return _SORT_VALUES[key], direction == "DESC"


def _integer(parameters: Mapping[str, str], name: str, default: int) -> int:
    try:
        return int(parameters.get(name, default))
    except ValueError:
        raise invalid_value(name) from None


def _refuse_search(query: str | None) -> None:
    if query:
        raise ApiError(
            400,
            "Invalid search query - the local ImageKit does not evaluate search queries yet. "
            "Please refer to the documentation for syntax specification.",
        )


def _entries(account: Account, kind: str) -> Iterator[_Entry]:
    if kind in {"folder", "all"}:
        yield from map(_folder_entry, account.store.folders.values())
    for file in account.store.files.values():
        if kind in {"file", "all"}:
            yield _file_entry(account, file, file.current)
        elif kind == "file-version":
            for version in file.older:
                yield _file_entry(account, file, version)


def _file_entry(account: Account, file: File, version: Version) -> _Entry:
    return _Entry(
        id=version.id,
        parent=file.folder,
        name=file.name,
        created_at=file.created_at if version is file.current else version.created_at,
        updated_at=version.updated_at,
        version=version,
        view=lambda: file_view(account, file, version, listed=True),
    )


def _folder_entry(folder: Folder) -> _Entry:
    return _Entry(
        id=folder.id,
        parent=folder.parent,
        name=folder.name,
        created_at=folder.created_at,
        updated_at=folder.created_at,
        version=None,
        view=lambda: folder_view(folder),
    )


def _matches(entry: _Entry, query: ListQuery) -> bool:
    if query.path is not None and entry.parent != query.path:
        return False
    if query.name is not None and entry.name != query.name:
        return False
    if entry.version is None:
        return query.file_type == "all" and query.tags is None
    if query.file_type != "all" and entry.version.media.is_image != (query.file_type == "image"):
        return False
    return query.tags is None or not query.tags.isdisjoint(entry.version.tags)
