# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._runtime import UNSET, CallOptions, Resource, Unset

if TYPE_CHECKING:
    from ...._runtime import Timeout
    from ...models.metadata import Metadata


class FilesMetadataResource(Resource):
    """
    Read the dimensions, the perceptual hash, Exif data and other technical properties of a file or of a delivered URL.
    """

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
    ) -> Metadata:
        """
        Get the technical metadata of a file.

        Returns dimensions, size, perceptual hash and Exif data of a stored image, or dimensions, codecs and duration of
        a stored video. Fails with 400 when the file is corrupt or invalid, and with 404 when it does not exist or
        cannot be read at the moment.

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
            The metadata of the file.

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

    async def get_from_url(
        self,
        *,
        url: str,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> Metadata:
        """
        Get the technical metadata of a delivered URL.

        Returns the metadata of whatever an ImageKit URL of this account delivers, from the media library or from an
        external origin. A URL with a transformation gives the metadata of the transformed output. Fails with 400 when
        the URL does not belong to the account or the file is corrupt, and with 404 when nothing can be fetched from it
        at the moment.

        Args:
            url: Full delivery URL of the account.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The metadata of the delivered file.

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
        from .get_from_url import call as _get_from_url

        call = _get_from_url(url=url)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)
