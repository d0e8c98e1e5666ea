# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ...._runtime import UNSET, CallOptions, Resource, Unset

if TYPE_CHECKING:
    from ...._runtime import Timeout
    from ...models.folder_job_started import FolderJobStarted
    from ..folders_job.resource import FoldersJobResource


class FoldersResource(Resource):
    """
    Create, copy, move, rename and delete folders. Copying, moving and renaming run as jobs after the call.
    """

    @cached_property
    def job(self) -> FoldersJobResource:
        """
        Follow the jobs that copy, move and rename folders.
        """
        from ..folders_job.resource import FoldersJobResource

        return FoldersJobResource(self._session)

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
    ) -> dict[str, Any]:
        """
        Create a folder.

        Creates a folder and the parents it lacks. A folder that exists stays as it is, so the call can be repeated.
        Fails with 400 `INVALID_FOLDER_PATH` when the name is `.` or `..`.

        Args:
            folder_name: Name of the folder. Characters other than letters and digits may be replaced by underscores.
            parent_folder_path: Folder to create it in; `/` for the root. Missing parents are created.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The folder exists; the body is an empty object.

        Raises:
            BadRequestError: 400: The request was refused because a parameter is missing or invalid, or because the
                operation is not allowed in the current state.
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then retry.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout.
        """
        from .create import call as _create

        call = _create(folder_name=folder_name, parent_folder_path=parent_folder_path)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

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
    ) -> None:
        """
        Delete a folder with all it contains.

        Removes a folder, its subfolders, and all files and versions in them at once and for good. Copies in the CDN
        cache are delivered until they are purged. Fails with 404 `FOLDER_NOT_FOUND`, with 423 while a job holds the
        folder or a part of it, and with 400 `TOO_MANY_OBJECTS` when the folder holds more than 100000 files, folders
        and versions.

        Args:
            folder_path: Path of the folder.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The folder is gone; the response has no body.

        Raises:
            BadRequestError: 400: The request was refused because a parameter is missing or invalid, or because the
                operation is not allowed in the current state.
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            NotFoundError: 404: What the request refers to does not exist.
            LockedError: 423: A running folder job holds one of the folders. Wait, then retry.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then retry.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout.
        """
        from .delete import call as _delete

        call = _delete(folder_path=folder_path)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

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
    ) -> FolderJobStarted:
        """
        Start copying a folder into another one.

        Starts a job that copies a folder with all it contains. A folder of the same name at the destination is merged
        with it, and files of the same name get the copied versions appended to their history. Fails with 404
        `NO_FILES_FOLDER`, with 423 when another job holds one of the folders, or with 400 and one of the reasons
        `MISSING_PARAMETER`, `INVALID_PARAMETER`, `TOO_MANY_OBJECTS`, `SOURCE_IS_ROOT`, `INVALID_FOLDER_PATH` and
        `SAME_SOURCE_AND_DESTINATION`.

        Args:
            source_folder_path: Path of the folder to copy.
            destination_path: Folder to copy it into; `/a/b` copied into `/c` becomes `/c/b`.
            include_versions: Whether older versions of the files are copied too; false by default.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: False.

        Returns:
            The job is started; follow it with its id.

        Raises:
            BadRequestError: 400: The request was refused because a parameter is missing or invalid, or because the
                operation is not allowed in the current state.
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            NotFoundError: 404: What the request refers to does not exist.
            LockedError: 423: A running folder job holds one of the folders. Wait, then retry.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then retry.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout.
        """
        from .copy import call as _copy

        call = _copy(
            source_folder_path=source_folder_path, destination_path=destination_path, include_versions=include_versions
        )
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

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
    ) -> FolderJobStarted:
        """
        Start moving a folder into another one.

        Starts a job that moves a folder with all it contains; the moved folders get new ids and their old URLs stop
        working. A folder of the same name at the destination is merged with it, and files of the same name get the
        moved versions appended to their history. Fails with 404 `NO_FILES_FOLDER`, with 423 when another job holds one
        of the folders, or with 400 and one of the reasons `MISSING_PARAMETER`, `INVALID_PARAMETER`, `TOO_MANY_OBJECTS`,
        `SOURCE_IS_ROOT`, `INVALID_FOLDER_PATH`, `SAME_SOURCE_AND_DESTINATION` and `INVALID_DESTINATION_PATH` (a folder
        cannot go into itself).

        Args:
            source_folder_path: Path of the folder to move.
            destination_path: Folder to move it into; `/a/b` moved into `/c` becomes `/c/b`.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: False.

        Returns:
            The job is started; follow it with its id.

        Raises:
            BadRequestError: 400: The request was refused because a parameter is missing or invalid, or because the
                operation is not allowed in the current state.
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            NotFoundError: 404: What the request refers to does not exist.
            LockedError: 423: A running folder job holds one of the folders. Wait, then retry.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then retry.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout.
        """
        from .move import call as _move

        call = _move(source_folder_path=source_folder_path, destination_path=destination_path)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

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
    ) -> FolderJobStarted:
        """
        Start renaming a folder.

        Starts a job that gives a folder a new name, and thereby everything in it a new path and URL. With `purge_cache`
        one wildcard purge of the old path is issued and charged to the quota; transformations by path stay cached.
        Fails with 400 for the root folder, 404 when there is no such folder, 409 when the new name is taken, and 423
        when another job holds the folder.

        Args:
            folder_path: Current path of the folder.
            new_folder_name: New name of the folder. Characters other than letters, digits and hyphens become
                underscores.
            purge_cache: Whether everything below the old path is purged from the cache; false by default.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: False.

        Returns:
            The job is started; follow it with its id.

        Raises:
            BadRequestError: 400: The request was refused because a parameter is missing or invalid, or because the
                operation is not allowed in the current state.
            AuthenticationError: 401: The request has no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            NotFoundError: 404: What the request refers to does not exist.
            ConflictError: 409: The change clashes with something that exists; retrying does not help.
            LockedError: 423: A running folder job holds one of the folders. Wait, then retry.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then retry.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete response arrived; a subclass for a timeout.
        """
        from .rename import call as _rename

        call = _rename(folder_path=folder_path, new_folder_name=new_folder_name, purge_cache=purge_cache)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)
