# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ...._runtime import UNSET, CallOptions, Resource, Unset

if TYPE_CHECKING:
    from ...._runtime import FileInput, ProgressCallback, Timeout
    from ...models.ai_tasks_extension import AiTasksExtension, AiTasksExtensionDict
    from ...models.auto_description_extension import AutoDescriptionExtension, AutoDescriptionExtensionDict
    from ...models.auto_tagging_extension import AutoTaggingExtension, AutoTaggingExtensionDict
    from ...models.file_upload_response import FileUploadResponse
    from ...models.remove_bg_extension import RemoveBgExtension, RemoveBgExtensionDict
    from ...models.saved_extension_reference import SavedExtensionReference, SavedExtensionReferenceDict
    from ...models.upload_response_field import UploadResponseField
    from ...models.upload_transformation import UploadTransformation, UploadTransformationDict


class BetaV2FilesResource(Resource):
    """
    Upload files through version 2 of the upload API, whose client-side signature covers the whole form. In beta.
    """

    async def upload(
        self,
        *,
        file: FileInput,
        file_name: str,
        token: str | None | Unset = UNSET,
        use_unique_file_name: bool | None | Unset = UNSET,
        folder: str | None | Unset = UNSET,
        tags: Sequence[str] | None | Unset = UNSET,
        is_private_file: bool | None | Unset = UNSET,
        is_published: bool | None | Unset = UNSET,
        custom_coordinates: str | None | Unset = UNSET,
        response_fields: Sequence[UploadResponseField] | None | Unset = UNSET,
        extensions: Sequence[
            RemoveBgExtension
            | RemoveBgExtensionDict
            | AutoTaggingExtension
            | AutoTaggingExtensionDict
            | AutoDescriptionExtension
            | AutoDescriptionExtensionDict
            | AiTasksExtension
            | AiTasksExtensionDict
            | SavedExtensionReference
            | SavedExtensionReferenceDict
        ]
        | None
        | Unset = UNSET,
        webhook_url: str | None | Unset = UNSET,
        overwrite_file: bool | None | Unset = UNSET,
        overwrite_ai_tags: bool | None | Unset = UNSET,
        overwrite_tags: bool | None | Unset = UNSET,
        overwrite_custom_metadata: bool | None | Unset = UNSET,
        custom_metadata: Mapping[str, object] | None | Unset = UNSET,
        transformation: UploadTransformation | UploadTransformationDict | None | Unset = UNSET,
        checks: str | None | Unset = UNSET,
        description: str | None | Unset = UNSET,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
        progress: ProgressCallback | None = None,
    ) -> FileUploadResponse:
        """
        Upload a file with version 2 of the upload API.

        Stores a file just as version 1 does, with the same fields, limits and side effects. Only client-side uploads
        differ: instead of four fields there is one, `token`, a JWT that signs the whole form. Fails with 400 when the
        token is missing, invalid, expired or made for other values than those sent, and when it is combined with the
        private key.

        Args:
            file: The content: a `Path`, an open file, bytes, an `UploadFile` of a web framework, an iterable or
                generator of bytes (plain or async), an http or https URL that responds within 8 seconds, or base64
                text, best with a `data:...;base64,` prefix. Text that could be a path as well as base64 is refused. The
                size limit depends on the plan; the free plan allows 25 MB, and 100 MB for videos.
            file_name: Name to store the file under. Characters other than letters, digits, dots, underscores and
                hyphens become underscores.
            token: JWT signed with the private key (HS256) by your server. Its header names the public key as `kid`; its
                payload holds every field of the form but `file` and `token` as it is sent, and the times `iat` and
                `exp` in seconds, at most 3600 apart. Each token can be used once.
            use_unique_file_name: Whether a random suffix is added to the name, so that no existing file is touched.
                Default True.
            folder: Folder to store the file in; it is created with its parents when missing. Default '/'.
            tags: Tags of the file, without percent signs and at most 500 characters long together. They are sent joined
                by commas, so a tag must not contain a comma, be empty, or begin or end with a space.
            is_private_file: Whether delivery needs a signed URL or a named transformation. Only a new upload over the
                file can change it. Default False.
            is_published: False stores a draft that is not delivered publicly. Available on enterprise plans. Default
                True.
            custom_coordinates: Area of interest of an image as `x,y,width,height`, in whole pixels from the top left
                corner.
            response_fields: Fields to add to the response.
            extensions: Extensions to run once the file is stored. Those that take longer report to `webhook_url`.
            webhook_url: URL that receives the final state of extensions that are still pending when the upload returns.
            overwrite_file: Whether an existing file of the same name gets a new version. If false, and
                `use_unique_file_name` is false too, such an upload fails with 400. Default True.
            overwrite_ai_tags: Whether the AI tags of an overwritten file are removed. Default True.
            overwrite_tags: Whether the tags of an overwritten file are removed when the upload has none of its own.
                Default True.
            overwrite_custom_metadata: Whether the custom metadata of an overwritten file is removed when the upload has
                none of its own. Default True.
            custom_metadata: Values of existing custom metadata fields by field name.
            transformation: Transformations to apply before and after storing the file.
            checks: Condition that must hold for the file to be stored, such as `"file.size" < "5mb"`. Otherwise the
                upload fails with 400.
            description: Text about the content.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True only for a fixed name
                with overwriting on.
            progress: Plain function, called about ten times a second with the bytes of the file sent so far and their
                total (None if unknown). If it raises, the error is only logged. The sync client calls
                it in the thread of its event loop, where it must not block or call the client.

        Returns:
            The stored file. A video with a pre-transformation was accepted; only `message` is present. The outcome
            arrives as webhook `upload.pre-transform.success` or `upload.pre-transform.error`.

        Raises:
            BadRequestError: 400: The request was refused because a parameter is missing or invalid, or because the
                operation is not allowed in the current state.
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout or an upload of unknown outcome.
        """
        from .upload import call as _upload

        call = _upload(
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
        )
        options = CallOptions(
            timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent, progress
        )
        return await self._send(call, options)
