# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._runtime import (
    INTEGER,
    MODELS,
    STRING,
    UNSET,
    Array,
    Call,
    Field,
    OneOf,
    Operation,
    Reference,
    Unset,
    query_texts,
)

if TYPE_CHECKING:
    from ...._runtime import UnknownModel
    from ...models.assets_list_file_type import AssetsListFileType
    from ...models.assets_list_sort import AssetsListSort
    from ...models.assets_list_type import AssetsListType
    from ...models.file import File
    from ...models.folder import Folder

OPERATION = Operation(
    name="assets.list",
    method="GET",
    path="/v1/files",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={
        200: Array(
            OneOf(
                "type",
                {
                    "file": Reference(MODELS + ".file", "File"),
                    "file-version": Reference(MODELS + ".file", "File"),
                    "folder": Reference(MODELS + ".folder", "Folder"),
                },
            )
        )
    },
)

_PARAMETERS: Mapping[str, Field] = {
    "type": Field("type", STRING),
    "file_type": Field("fileType", STRING),
    "path": Field("path", STRING),
    "search_query": Field("searchQuery", STRING),
    "sort": Field("sort", STRING),
    "limit": Field("limit", INTEGER, limits={"minimum": 1, "maximum": 1000}),
    "skip": Field("skip", INTEGER, limits={"minimum": 0}),
}


def call(
    *,
    type: AssetsListType | None | Unset = UNSET,
    file_type: AssetsListFileType | None | Unset = UNSET,
    path: str | None | Unset = UNSET,
    search_query: str | None | Unset = UNSET,
    sort: AssetsListSort | None | Unset = UNSET,
    limit: int | None | Unset = UNSET,
    skip: int | None | Unset = UNSET,
) -> Call[builtins.list[File | Folder | UnknownModel]]:
    """
    Return the request of `assets.list`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        query=query_texts(
            {
                "type": type,
                "file_type": file_type,
                "path": path,
                "search_query": search_query,
                "sort": sort,
                "limit": limit,
                "skip": skip,
            },
            _PARAMETERS,
        ),
    )
