"""
List assets: those that match a query, in its order, one page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import attrs

from imagekit_local._account import Account
from imagekit_local._errors import ApiError, invalid_value
from imagekit_local._files.views import file_view, folder_view
from imagekit_local._search.searching import Search, parse_search, search
from imagekit_local._search.syntax import Node
from imagekit_local._store import Condition, Folder
from imagekit_local._values import canonical_path

_MAX_LIMIT = 1000
_MAX_SKIP = 2**63 - 1
_INTEGER = re.compile(r"-?[0-9]{1,1000}")
_TYPES = ("file", "file-version", "folder", "all")
_FILE_TYPES = ("all", "image", "non-image")


_SORT_COLUMNS = {
    "NAME": "name",
    "CREATED": "created_at",
    "UPDATED": "updated_at",
    "HEIGHT": "height",
    "WIDTH": "width",
    "SIZE": "size",
    # Videos are not measured.
    "DURATION": "NULL",
    # Only HAS clauses have a relevance.
    "RELEVANCE": "created_at",
    "ORIGINAL_CREATION_DATE": "created_at",
}
# NULLS LAST keeps SQLite from using an index, so columns that are never null go without it.
_ALWAYS_PRESENT = {"name", "created_at", "updated_at"}


@attrs.frozen
class ListQuery:
    """
    The parameters of a list; build it with `from_parameters`.
    """

    condition: Condition
    tagged: Condition | None
    search: Node | None
    sort: tuple[str, str]
    limit: int
    skip: int

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, str]) -> ListQuery:
        """
        Read the query parameters of a request.

        Raises:
            ApiError: 400 if a value is out of range or the search query is invalid.
        """
        skip, limit = _page(parameters)
        sort = _sort(parameters.get("sort", "ASC_CREATED"))
        types = _type_conditions(parameters)
        query = parameters.get("searchQuery")
        search = parse_search(query) if query else None
        # A search query takes precedence over these filters.
        conditions = [*([] if search else types), *_file_type_conditions(parameters)]
        tagged: Condition | None = None
        if "path" in parameters:
            conditions.append(Condition("folder = ?", (canonical_path(parameters["path"]),)))
        if "name" in parameters and search is None:
            conditions.append(Condition("name = ?", (parameters["name"],)))
        if "tags" in parameters and search is None:
            tagged = _any_tag([tag.strip() for tag in parameters["tags"].split(",")])
        return cls(Condition.all_of(conditions), tagged, search, sort, limit, skip)


def list_assets(account: Account, query: ListQuery) -> list[dict[str, Any]]:
    """
    Return one page of the matching assets, as the API shows them.

    Raises:
        ApiError: 400 if the search query has a field or value that cannot be searched.
    """
    found = _found(account, query)
    page = account.store.assets.page(
        found.condition,
        _order(*query.sort, found.relevance),
        limit=query.limit,
        skip=query.skip,
        among=found.among,
        by_list=found.by_list,
    )
    return [
        folder_view(asset) if isinstance(asset, Folder) else file_view(account, asset, listed=True) for asset in page
    ]


def _found(account: Account, query: ListQuery) -> Search:
    if query.search is not None:
        return search(account, query.search, query.condition)
    tagged = query.tagged
    if tagged is None:
        return Search(query.condition)
    by_row, by_list = (
        Condition.all_of([Condition(test.format(tagged.sql), tagged.parameters), query.condition])
        for test in ("EXISTS ({} AND asset_key = asset.key)", "+key IN ({})")
    )
    return Search(by_row, by_list, tagged if account.store.assets.are_few(tagged) else None)


def _page(parameters: Mapping[str, str]) -> tuple[int, int]:
    skip = _integer(parameters, "skip", 0)
    if skip < 0:
        message = "The value of skip parameter should be greater than or equal to 0."
        raise ApiError(400, f"{message} Value sent is {skip}.")
    # SQLite has no larger integers, and there is nothing to list that far.
    skip = min(skip, _MAX_SKIP)
    limit = _integer(parameters, "limit", _MAX_LIMIT)
    if limit < 1:
        raise ApiError(400, f"Minimum value of limit parameter is 1. Value sent is {limit}.")
    if limit > _MAX_LIMIT:
        raise ApiError(400, f"Maximum value of limit parameter is {_MAX_LIMIT}. Value sent is {limit}.")
    return skip, limit


def _sort(text: str) -> tuple[str, str]:
    direction, _, key = text.partition("_")
    if direction not in {"ASC", "DESC"} or key not in _SORT_COLUMNS:
        raise ApiError(400, "Your request contains invalid value for sort parameters.")
    return direction, key


def _order(direction: str, key: str, relevance: Condition | None) -> Condition:
    if key == "RELEVANCE" and relevance is not None:
        return Condition(f"{relevance.sql} {direction}, created_at, id", relevance.parameters)
    column = _SORT_COLUMNS[key]
    nulls = "" if column in _ALWAYS_PRESENT else " NULLS LAST"
    # More terms break ties, so that pages do not overlap.
    ties = "id" if column == "created_at" else "created_at, id"
    return Condition(f"{column} {direction}{nulls}, {ties}")


def _type_conditions(parameters: Mapping[str, str]) -> list[Condition]:
    kind = parameters.get("type", "all" if parameters.get("includeFolder") == "true" else "file")
    if kind not in _TYPES:
        choices = ", ".join(_TYPES)
        raise ApiError(400, f"{invalid_value('type').message} Please provide one of the following: {choices}.")
    return [Condition("+type IN ('file', 'folder')" if kind == "all" else f"type = '{kind}'")]


def _file_type_conditions(parameters: Mapping[str, str]) -> list[Condition]:
    file_type = parameters.get("fileType", "all")
    if file_type not in _FILE_TYPES:
        raise invalid_value("fileType")
    return [] if file_type == "all" else [Condition("is_image = ?", (file_type == "image",))]


def _any_tag(tags: list[str]) -> Condition:
    marks = ", ".join("?" for _ in tags)
    return Condition(f"SELECT asset_key FROM tag WHERE name IN ({marks}) AND is_ai = FALSE", tuple(tags))


def _integer(parameters: Mapping[str, str], name: str, default: int) -> int:
    text = parameters.get(name)
    if text is None:
        return default
    if _INTEGER.fullmatch(text) is None:
        raise invalid_value(name)
    return int(text)
