# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ...._http.call import CallOptions
from ...types import UNSET, Unset
from . import add_tags as _add_tags
from . import delete as _delete
from . import remove_ai_tags as _remove_ai_tags
from . import remove_tags as _remove_tags

if TYPE_CHECKING:
    from httpx import Timeout

    from ...._http.session import Session
    from ...._response import ApiResponse
    from ...models.bulk_delete_result import BulkDeleteResult
    from ...models.bulk_tag_result import BulkTagResult


class FilesBulkResourceWithResponse:
    """
    The calls of `FilesBulkResource`, each returning an `ApiResponse` around the value.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    async def delete(
        self,
        *,
        file_ids: Sequence[str],
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[BulkDeleteResult]:
        """
        Delete many files: `files.bulk.delete` with its response.
        """
        return await self._session.send(
            _delete.call(
                file_ids=file_ids,
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

    async def add_tags(
        self,
        *,
        file_ids: Sequence[str],
        tags: Sequence[str],
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[BulkTagResult]:
        """
        Add tags to many files: `files.bulk.add_tags` with its response.
        """
        return await self._session.send(
            _add_tags.call(
                file_ids=file_ids,
                tags=tags,
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

    async def remove_tags(
        self,
        *,
        file_ids: Sequence[str],
        tags: Sequence[str],
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[BulkTagResult]:
        """
        Remove tags from many files: `files.bulk.remove_tags` with its response.
        """
        return await self._session.send(
            _remove_tags.call(
                file_ids=file_ids,
                tags=tags,
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

    async def remove_ai_tags(
        self,
        *,
        file_ids: Sequence[str],
        ai_tags: Sequence[str],
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[BulkTagResult]:
        """
        Remove AI tags from many files: `files.bulk.remove_ai_tags` with its response.
        """
        return await self._session.send(
            _remove_ai_tags.call(
                file_ids=file_ids,
                ai_tags=ai_tags,
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
