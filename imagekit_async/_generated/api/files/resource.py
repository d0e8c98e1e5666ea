# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from ...._runtime import UNSET, CallOptions, Resource, Unset

if TYPE_CHECKING:
    from ...._runtime import FileInput, ProgressCallback, Timeout
    from ...models.ai_tasks_extension import AiTasksExtension, AiTasksExtensionDict
    from ...models.auto_description_extension import AutoDescriptionExtension, AutoDescriptionExtensionDict
    from ...models.auto_tagging_extension import AutoTaggingExtension, AutoTaggingExtensionDict
    from ...models.file import File
    from ...models.file_rename_result import FileRenameResult
    from ...models.file_update_response import FileUpdateResponse
    from ...models.file_upload_response import FileUploadResponse
    from ...models.publication import Publication, PublicationDict
    from ...models.remove_bg_extension import RemoveBgExtension, RemoveBgExtensionDict
    from ...models.saved_extension_reference import SavedExtensionReference, SavedExtensionReferenceDict
    from ...models.upload_response_field import UploadResponseField
    from ...models.upload_transformation import UploadTransformation, UploadTransformationDict
    from ..files_bulk.resource import FilesBulkResource
    from ..files_metadata.resource import FilesMetadataResource
    from ..files_versions.resource import FilesVersionsResource


class FilesResource(Resource):
    """
    Upload files, and read, change, copy, move, rename and delete those in the media library.
    """

    @cached_property
    def bulk(self) -> FilesBulkResource:
        """
        Delete or tag many files with one call. A call changes nothing when one of the files does not exist.
        """
        from ..files_bulk.resource import FilesBulkResource

        return FilesBulkResource(self._session)

    @cached_property
    def metadata(self) -> FilesMetadataResource:
        """
        Read the dimensions, the perceptual hash, Exif data and other technical properties of a file or of a delivered
        URL.
        """
        from ..files_metadata.resource import FilesMetadataResource

        return FilesMetadataResource(self._session)

    @cached_property
    def versions(self) -> FilesVersionsResource:
        """
        List, read, restore and delete the versions of a file. A file has one current version and at most 100 versions
        in all.
        """
        from ..files_versions.resource import FilesVersionsResource

        return FilesVersionsResource(self._session)

    async def upload(
        self,
        *,
        file: FileInput,
        file_name: str,
        token: str | None | Unset = UNSET,
        expire: int | None | Unset = UNSET,
        signature: str | None | Unset = UNSET,
        public_key: str | None | Unset = UNSET,
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
        Upload a file.

        Stores a file in the media library, from a path, an open file, an `UploadFile` of a web framework, bytes, a
        generator of bytes, a URL that ImageKit fetches (which must respond within 8 seconds), or base64 text. Missing
        folders are created. By default a random suffix keeps the name unique, so that repeating an upload stores a
        second file; with `use_unique_file_name` off, an existing file of that name gets a new version, or the call
        fails with 400 when `overwrite_file` is off. Any other error (size, quota, checks, signature, transformation,
        too many overwrites in a short time) is a 400 too; uploads never return 429.

        Args:
            file: The content: a `Path`, an open file, bytes, an `UploadFile` of a web framework, an iterable or
                generator of bytes (plain or async), an http or https URL that responds within 8 seconds, or base64
                text, best with a `data:...;base64,` prefix. Text that could be a path as well as base64 is refused. The
                size limit depends on the plan; the free plan allows 25 MB, and 100 MB for videos.
            file_name: Name to store the file under. Characters other than letters, digits, dots, underscores and
                hyphens become underscores.
            token: Random text that makes the signature unique; a UUID version 4 is a good choice. Each token can be
                used once, even if the upload fails.
            expire: When the signature expires, in Unix seconds; less than 3600 seconds from now.
            signature: HMAC-SHA1 of `token` followed by `expire`, keyed with the private key, in lowercase hexadecimal
                digits.
            public_key: Public key that belongs to the private key of the signature.
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
        )
        options = CallOptions(
            timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent, progress
        )
        return await self._send(call, options)

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
    ) -> File:
        """
        Get the details of a file.

        Returns what the media library knows about the current version of a file. Fails with 400 when the id is
        malformed and with 404 when no such file exists.

        Args:
            file_id: Id of the file, as returned by uploads and lists.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The current version of the file.

        Raises:
            BadRequestError: 400: The request was refused because a parameter is missing or invalid, or because the
                operation is not allowed in the current state.
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            NotFoundError: 404: What the request refers to does not exist.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then retry.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout.
        """
        from .get import call as _get

        call = _get(file_id)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

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
        | Unset = UNSET,
        webhook_url: str | Unset = UNSET,
        publish: Publication | PublicationDict | Unset = UNSET,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> FileUpdateResponse:
        """
        Change the details or the publication of a file.

        Changes the current version of a file; keys that are not sent stay as they are. A request either changes details
        or sets the publication state, never both. AI tags are removed before extensions start; extensions may finish
        later and report to `webhook_url`. Invalid custom metadata fails with 400 and one text per key in `errors`.

        Args:
            file_id: Id of the file, as returned by uploads and lists.
            tags: Tags that replace all current ones, without percent signs and at most 500 characters long together;
                null removes them all.
            remove_ai_tags: Names of AI tags to remove before extensions run, or `all` to remove every one.
            custom_coordinates: Area of interest as `x,y,width,height`, in whole pixels from the top left corner; null
                removes it.
            custom_metadata: Values to set by field name; null unsets a field, and fields that are not named keep their
                value.
            description: Text about the content.
            extensions: Extensions to run after the other changes.
            webhook_url: URL that receives the final state of extensions that are still pending when the call returns.
            publish: The state to set.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The file after the change; `extension_status` is present when extensions were requested.

        Raises:
            BadRequestError: 400: The request was refused because a parameter is missing or invalid, or because the
                operation is not allowed in the current state.
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            NotFoundError: 404: What the request refers to does not exist.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then retry.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout.
        """
        from .update import call as _update

        call = _update(
            file_id,
            tags=tags,
            remove_ai_tags=remove_ai_tags,
            custom_coordinates=custom_coordinates,
            custom_metadata=custom_metadata,
            description=description,
            extensions=extensions,
            webhook_url=webhook_url,
            publish=publish,
        )
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

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
    ) -> None:
        """
        Delete a file.

        Removes a file and all its versions for good. Copies in the CDN cache are delivered until they are purged. Fails
        with 400 when the id is malformed and with 404 when no such file exists.

        Args:
            file_id: Id of the file, as returned by uploads and lists.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The file is gone; the response has no body.

        Raises:
            BadRequestError: 400: The request was refused because a parameter is missing or invalid, or because the
                operation is not allowed in the current state.
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            NotFoundError: 404: What the request refers to does not exist.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then retry.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout.
        """
        from .delete import call as _delete

        call = _delete(file_id)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

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
    ) -> None:
        """
        Copy a file into another folder.

        Copies a file, without its older versions unless asked for. If the destination has a file of that name, the
        copied versions are appended to its history, so repeating the call piles up versions. Fails with 404
        `SOURCE_FILE_MISSING`, or with 400 and one of the reasons `MISSING_PARAMETER`, `SAME_SOURCE_AND_DESTINATION`,
        `VERSION_LIMIT_EXCEEDED` (more than 100 versions) and `INVALID_FOLDER_PATH`.

        Args:
            source_file_path: Folder and name of the file to copy.
            destination_path: Folder to copy the file into.
            include_file_versions: Whether older versions are copied too; false by default.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: False.

        Returns:
            The file is copied; the response has no body.

        Raises:
            BadRequestError: 400: The request was refused because a parameter is missing or invalid, or because the
                operation is not allowed in the current state.
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            NotFoundError: 404: What the request refers to does not exist.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then retry.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout.
        """
        from .copy import call as _copy

        call = _copy(
            source_file_path=source_file_path,
            destination_path=destination_path,
            include_file_versions=include_file_versions,
        )
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

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
    ) -> None:
        """
        Move a file into another folder.

        Moves a file with all its versions. If the destination has a file of that name, the versions are appended to its
        history. The old URL stops working, though the CDN may deliver cached copies for a while. Fails with 404
        `SOURCE_FILE_MISSING`, or with 400 and one of the reasons `MISSING_PARAMETER`, `SAME_SOURCE_AND_DESTINATION`,
        `VERSION_LIMIT_EXCEEDED` (more than 100 versions) and `INVALID_FOLDER_PATH`.

        Args:
            source_file_path: Folder and name of the file to move.
            destination_path: Folder to move the file into.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: False.

        Returns:
            The file is moved; the response has no body.

        Raises:
            BadRequestError: 400: The request was refused because a parameter is missing or invalid, or because the
                operation is not allowed in the current state.
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            NotFoundError: 404: What the request refers to does not exist.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then retry.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout.
        """
        from .move import call as _move

        call = _move(source_file_path=source_file_path, destination_path=destination_path)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

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
    ) -> FileRenameResult:
        """
        Rename a file within its folder.

        Gives a file and all its versions a new name. Old URLs stop working, but cached copies are delivered until
        purged; with `purge_cache` one purge request is charged to the quota. Returns 207 when the file was renamed but
        the purge was refused (`PURGE_FAILED`). Fails with 404 `FILE_MISSING`, with 409 `FILE_ALREADY_EXISTS` and with
        400 `SAME_OLD_AND_NEW_NAME`, `MISSING_PARAMETER` or `INVALID_PARAMETER`.

        Args:
            file_path: Folder and current name of the file.
            new_file_name: New name without a folder. Characters other than letters, digits, dots, underscores and
                hyphens become underscores.
            purge_cache: Whether the old URL, with its versions and its transformations by query, is purged from the
                cache; false by default. Transformations by path stay cached.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The file is renamed; `purge_request_id` is present when a purge was requested. The file is renamed, but the
            old URLs could not be purged.

        Raises:
            BadRequestError: 400: The request was refused because a parameter is missing or invalid, or because the
                operation is not allowed in the current state.
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            NotFoundError: 404: What the request refers to does not exist.
            ConflictError: 409: The change clashes with something that exists; retrying does not help.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then retry.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout.
        """
        from .rename import call as _rename

        call = _rename(file_path=file_path, new_file_name=new_file_name, purge_cache=purge_cache)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)
