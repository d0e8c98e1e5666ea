# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._http.call import CallOptions
from ...types import UNSET, Unset
from . import list as _list

if TYPE_CHECKING:
    from httpx import Timeout

    from ...._http.session import Session
    from ...._model import UnknownModel
    from ...._response import ApiResponse
    from ...models.assets_list_file_type import AssetsListFileType
    from ...models.assets_list_sort import AssetsListSort
    from ...models.assets_list_type import AssetsListType
    from ...models.file import File
    from ...models.folder import Folder


class AssetsResourceWithResponse:
    """
    The calls of `AssetsResource`, each returning an `ApiResponse` around the value.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    async def list(
        self,
        *,
        type: AssetsListType | Unset = UNSET,
        file_type: AssetsListFileType | Unset = UNSET,
        path: str | Unset = UNSET,
        search_query: str | Unset = UNSET,
        sort: AssetsListSort | Unset = UNSET,
        limit: int | Unset = UNSET,
        skip: int | Unset = UNSET,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[builtins.list[File | Folder | UnknownModel]]:
        """
        List or search files and folders: `assets.list` with its response.
        """
        return await self._session.send(
            _list.call(
                type=type,
                file_type=file_type,
                path=path,
                search_query=search_query,
                sort=sort,
                limit=limit,
                skip=skip,
            ),
            CallOptions(
                timeout=timeout,
                max_retries=max_retries,
                extra_headers=extra_headers,
                extra_query=extra_query,
                extra_body=extra_body,
                deadline=deadline,
                idempotent=idempotent,
            ),
        )
