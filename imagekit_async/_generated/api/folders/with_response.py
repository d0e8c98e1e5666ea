# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ...._http.call import CallOptions
from ...types import UNSET, Unset
from . import copy as _copy
from . import create as _create
from . import delete as _delete
from . import move as _move
from . import rename as _rename

if TYPE_CHECKING:
    from httpx import Timeout

    from ...._http.session import Session
    from ...._response import ApiResponse
    from ...models.folder_job_started import FolderJobStarted
    from ..folders_job.with_response import FoldersJobResourceWithResponse


class FoldersResourceWithResponse:
    """
    The calls of `FoldersResource`, each returning an `ApiResponse` around the value.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def job(self) -> FoldersJobResourceWithResponse:
        """
        The calls of `folders.job`.
        """
        from ..folders_job.with_response import FoldersJobResourceWithResponse

        return FoldersJobResourceWithResponse(self._session)

    async def create(
        self,
        *,
        folder_name: str,
        parent_folder_path: str,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[dict[str, Any]]:
        """
        Create a folder: `folders.create` with its response.
        """
        return await self._session.send(
            _create.call(
                folder_name=folder_name,
                parent_folder_path=parent_folder_path,
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

    async def delete(
        self,
        *,
        folder_path: str,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[None]:
        """
        Delete a folder with all it contains: `folders.delete` with its response.
        """
        return await self._session.send(
            _delete.call(
                folder_path=folder_path,
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

    async def copy(
        self,
        *,
        source_folder_path: str,
        destination_path: str,
        include_versions: bool | Unset = UNSET,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[FolderJobStarted]:
        """
        Start copying a folder into another one: `folders.copy` with its response.
        """
        return await self._session.send(
            _copy.call(
                source_folder_path=source_folder_path,
                destination_path=destination_path,
                include_versions=include_versions,
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

    async def move(
        self,
        *,
        source_folder_path: str,
        destination_path: str,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[FolderJobStarted]:
        """
        Start moving a folder into another one: `folders.move` with its response.
        """
        return await self._session.send(
            _move.call(
                source_folder_path=source_folder_path,
                destination_path=destination_path,
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

    async def rename(
        self,
        *,
        folder_path: str,
        new_folder_name: str,
        purge_cache: bool | Unset = UNSET,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[FolderJobStarted]:
        """
        Start renaming a folder: `folders.rename` with its response.
        """
        return await self._session.send(
            _rename.call(
                folder_path=folder_path,
                new_folder_name=new_folder_name,
                purge_cache=purge_cache,
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
