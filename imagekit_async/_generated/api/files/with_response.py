# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from ...._http.call import CallOptions
from ...types import UNSET, Unset
from . import copy as _copy
from . import delete as _delete
from . import get as _get
from . import move as _move
from . import rename as _rename
from . import update as _update
from . import upload as _upload

if TYPE_CHECKING:
    from httpx import Timeout

    from ...._http.session import Session
    from ...._response import ApiResponse
    from ...._uploads.progress import ProgressCallback
    from ...._uploads.sources import FileInput
    from ...models.ai_tasks_extension import AiTasksExtension
    from ...models.auto_description_extension import AutoDescriptionExtension
    from ...models.auto_tagging_extension import AutoTaggingExtension
    from ...models.file import File
    from ...models.file_rename_result import FileRenameResult
    from ...models.file_update_response import FileUpdateResponse
    from ...models.file_upload_response import FileUploadResponse
    from ...models.publication import Publication
    from ...models.remove_bg_extension import RemoveBgExtension
    from ...models.saved_extension_reference import SavedExtensionReference
    from ...models.upload_response_field import UploadResponseField
    from ...models.upload_transformation import UploadTransformation
    from ..files_bulk.with_response import FilesBulkResourceWithResponse
    from ..files_metadata.with_response import FilesMetadataResourceWithResponse
    from ..files_versions.with_response import FilesVersionsResourceWithResponse


class FilesResourceWithResponse:
    """
    The calls of `FilesResource`, each returning an `ApiResponse` around the value.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def bulk(self) -> FilesBulkResourceWithResponse:
        """
        The calls of `files.bulk`.
        """
        from ..files_bulk.with_response import FilesBulkResourceWithResponse

        return FilesBulkResourceWithResponse(self._session)

    @cached_property
    def metadata(self) -> FilesMetadataResourceWithResponse:
        """
        The calls of `files.metadata`.
        """
        from ..files_metadata.with_response import FilesMetadataResourceWithResponse

        return FilesMetadataResourceWithResponse(self._session)

    @cached_property
    def versions(self) -> FilesVersionsResourceWithResponse:
        """
        The calls of `files.versions`.
        """
        from ..files_versions.with_response import FilesVersionsResourceWithResponse

        return FilesVersionsResourceWithResponse(self._session)

    async def upload(
        self,
        *,
        file: FileInput,
        file_name: str,
        token: str | Unset = UNSET,
        expire: int | Unset = UNSET,
        signature: str | Unset = UNSET,
        public_key: str | Unset = UNSET,
        use_unique_file_name: bool | Unset = UNSET,
        folder: str | Unset = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        is_private_file: bool | Unset = UNSET,
        is_published: bool | Unset = UNSET,
        custom_coordinates: str | Unset = UNSET,
        response_fields: Sequence[UploadResponseField] | Unset = UNSET,
        extensions: Sequence[
            RemoveBgExtension
            | Mapping[str, object]
            | AutoTaggingExtension
            | AutoDescriptionExtension
            | AiTasksExtension
            | SavedExtensionReference
        ]
        | Unset = UNSET,
        webhook_url: str | Unset = UNSET,
        overwrite_file: bool | Unset = UNSET,
        overwrite_ai_tags: bool | Unset = UNSET,
        overwrite_tags: bool | Unset = UNSET,
        overwrite_custom_metadata: bool | Unset = UNSET,
        custom_metadata: Mapping[str, object] | Unset = UNSET,
        transformation: UploadTransformation | Mapping[str, object] | Unset = UNSET,
        checks: str | Unset = UNSET,
        description: str | Unset = UNSET,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
        progress: ProgressCallback | None = None,
    ) -> ApiResponse[FileUploadResponse]:
        """
        Upload a file: `files.upload` with its response.
        """
        return await self._session.send(
            _upload.call(
                file=file,
                file_name=file_name,
                token=token,
                expire=expire,
                signature=signature,
                public_key=public_key,
                use_unique_file_name=use_unique_file_name,
                folder=folder,
                tags=tags,
                is_private_file=is_private_file,
                is_published=is_published,
                custom_coordinates=custom_coordinates,
                response_fields=response_fields,
                extensions=extensions,
                webhook_url=webhook_url,
                overwrite_file=overwrite_file,
                overwrite_ai_tags=overwrite_ai_tags,
                overwrite_tags=overwrite_tags,
                overwrite_custom_metadata=overwrite_custom_metadata,
                custom_metadata=custom_metadata,
                transformation=transformation,
                checks=checks,
                description=description,
            ),
            CallOptions(
                timeout=timeout,
                max_retries=max_retries,
                extra_headers=extra_headers,
                extra_query=extra_query,
                extra_body=extra_body,
                deadline=deadline,
                idempotent=idempotent,
                progress=progress,
            ),
        )

    async def get(
        self,
        file_id: str,
        *,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[File]:
        """
        Get the details of a file: `files.get` with its response.
        """
        return await self._session.send(
            _get.call(
                file_id=file_id,
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

    async def update(
        self,
        file_id: str,
        *,
        tags: Sequence[str] | None | Unset = UNSET,
        remove_ai_tags: Sequence[str] | Literal["all"] | Unset = UNSET,
        custom_coordinates: str | None | Unset = UNSET,
        custom_metadata: Mapping[str, object] | Unset = UNSET,
        description: str | Unset = UNSET,
        extensions: Sequence[
            RemoveBgExtension
            | Mapping[str, object]
            | AutoTaggingExtension
            | AutoDescriptionExtension
            | AiTasksExtension
            | SavedExtensionReference
        ]
        | Unset = UNSET,
        webhook_url: str | Unset = UNSET,
        publish: Publication | Mapping[str, object] | Unset = UNSET,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[FileUpdateResponse]:
        """
        Change the details or the publication of a file: `files.update` with its response.
        """
        return await self._session.send(
            _update.call(
                file_id=file_id,
                tags=tags,
                remove_ai_tags=remove_ai_tags,
                custom_coordinates=custom_coordinates,
                custom_metadata=custom_metadata,
                description=description,
                extensions=extensions,
                webhook_url=webhook_url,
                publish=publish,
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
        file_id: str,
        *,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[None]:
        """
        Delete a file: `files.delete` with its response.
        """
        return await self._session.send(
            _delete.call(
                file_id=file_id,
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
        source_file_path: str,
        destination_path: str,
        include_file_versions: bool | Unset = UNSET,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[None]:
        """
        Copy a file into another folder: `files.copy` with its response.
        """
        return await self._session.send(
            _copy.call(
                source_file_path=source_file_path,
                destination_path=destination_path,
                include_file_versions=include_file_versions,
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
        source_file_path: str,
        destination_path: str,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[None]:
        """
        Move a file into another folder: `files.move` with its response.
        """
        return await self._session.send(
            _move.call(
                source_file_path=source_file_path,
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
        file_path: str,
        new_file_name: str,
        purge_cache: bool | Unset = UNSET,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> ApiResponse[FileRenameResult]:
        """
        Rename a file within its folder: `files.rename` with its response.
        """
        return await self._session.send(
            _rename.call(
                file_path=file_path,
                new_file_name=new_file_name,
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
