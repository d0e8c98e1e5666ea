# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._runtime import UNSET, CallOptions, Resource, Unset

if TYPE_CHECKING:
    from ...._runtime import Timeout
    from ...models.file import File


class FilesVersionsResource(Resource):
    """
    List, read, restore and delete the versions of a file. A file has one current version and at most 100 versions in
    all.
    """

    async def list(
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
    ) -> builtins.list[File]:
        """
        List the versions of a file.

        Returns all versions of a file, the current one included. The order is not documented; the current version has
        type `file`, all others have `file-version`. Fails with 400 when the id is malformed and with 404 when no such
        file exists.

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
            The versions of the file.

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
        from .list import call as _list

        call = _list(file_id)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

    async def get(
        self,
        version_id: str,
        *,
        file_id: str,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> File:
        """
        Get the details of a file version.

        Returns the details of one version, which may be the current one. Fails with 400 when an id is malformed and
        with 404 when the file has no such version.

        Args:
            version_id: Id of the version, found in `versionInfo.id`.
            file_id: Id of the file, as returned by uploads and lists.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The version.

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

        call = _get(version_id, file_id=file_id)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

    async def delete(
        self,
        version_id: str,
        *,
        file_id: str,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> None:
        """
        Delete an older version of a file.

        Removes a version that is not the current one for good; cached copies stay until purged. Deleting the current
        version fails with 400: delete the file instead. Fails with 404 when the file has no such version.

        Args:
            version_id: Id of the version, found in `versionInfo.id`.
            file_id: Id of the file, as returned by uploads and lists.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The version is gone; the response has no body.

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

        call = _delete(version_id, file_id=file_id)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

    async def restore(
        self,
        version_id: str,
        *,
        file_id: str,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> File:
        """
        Make an older version the current one.

        Makes the given version the current one, which the plain URL of the file then delivers. Cached copies are
        delivered until they are purged. Fails with 400 when an id is malformed and with 404 when the file or the
        version does not exist.

        Args:
            version_id: Id of the version, found in `versionInfo.id`.
            file_id: Id of the file, as returned by uploads and lists.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The file with the restored version as the current one.

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
        from .restore import call as _restore

        call = _restore(version_id, file_id=file_id)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)
