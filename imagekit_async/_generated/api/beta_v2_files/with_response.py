# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ...._http.call import CallOptions
from ...types import UNSET, Unset
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
    from ...models.file_upload_response import FileUploadResponse
    from ...models.remove_bg_extension import RemoveBgExtension
    from ...models.saved_extension_reference import SavedExtensionReference
    from ...models.upload_response_field import UploadResponseField
    from ...models.upload_transformation import UploadTransformation


class BetaV2FilesResourceWithResponse:
    """
    The calls of `BetaV2FilesResource`, each returning an `ApiResponse` around the value.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    async def upload(
        self,
        *,
        file: FileInput,
        file_name: str,
        token: str | Unset = UNSET,
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
        Upload a file with version 2 of the upload API: `beta.v2.files.upload` with its response.
        """
        return await self._session.send(
            _upload.call(
                file=file,
                file_name=file_name,
                token=token,
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
