# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._http.call import CallOptions
from ...types import UNSET, Unset
from . import create as _create
from . import get as _get

if TYPE_CHECKING:
    from httpx import Timeout

    from ...._http.session import Session
    from ...models.cache_invalidation import CacheInvalidation
    from ...models.cache_invalidation_status import CacheInvalidationStatus


class CacheInvalidationResource:
    """
    Purge delivered files from the CDN cache and follow such purges.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    async def create(
        self,
        *,
        url: str,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
    ) -> CacheInvalidation:
        """
        Start purging a URL from the cache.

        Starts to remove what is cached for a URL from the CDN and from the cache of ImageKit. An exact URL purges that
        URL alone; a trailing `*` also purges versions and transformations by query, while transformations by path are
        URLs of their own. Every call counts against the purge quota of the plan. Fails with 400 when the URL is not one
        of the account or its wildcard is too broad.

        Args:
            url: Full delivery URL of the account. Its last character may be `*` if the path before it has at least two
                levels, at least 15 characters or a file extension.
            timeout: Seconds (or an `httpx.Timeout`) for this call; None for no limit. Default: the client's.
            max_retries: Retries after the first attempt of this call, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.

        Returns:
            The purge is started; follow it with its id.

        Raises:
            BadRequestError: 400: The request was refused because a parameter is missing or invalid, or because the
                operation is not allowed in the present state.
            AuthenticationError: 401: The request carries no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then repeat the request.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete answer came; its subclasses tell a timeout.
        """
        return (
            await self._session.send(
                _create.call(
                    url=url,
                ),
                CallOptions(
                    timeout=timeout,
                    max_retries=max_retries,
                    extra_headers=extra_headers,
                    extra_query=extra_query,
                    extra_body=extra_body,
                ),
            )
        ).value

    async def get(
        self,
        request_id: str,
        *,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
    ) -> CacheInvalidationStatus:
        """
        Get the state of a cache purge.

        Tells whether a purge is done; works for purges that a rename has issued, too. An unknown id fails with 400, not
        with 404.

        Args:
            request_id: Id of the purge: `request_id` of its start, or `purge_request_id` of a rename.
            timeout: Seconds (or an `httpx.Timeout`) for this call; None for no limit. Default: the client's.
            max_retries: Retries after the first attempt of this call, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.

        Returns:
            The state of the purge.

        Raises:
            BadRequestError: 400: The request was refused because a parameter is missing or invalid, or because the
                operation is not allowed in the present state.
            AuthenticationError: 401: The request carries no private key.
            PermissionDeniedError: 403: The private key is unknown, expired or lacks the permission, or the account is
                disabled.
            RateLimitError: 429: The rate limit of this operation is used up. Wait for the milliseconds given in
                `X-RateLimit-Reset`, then repeat the request.
            APIStatusError: Any other status than 2xx.
            APIConnectionError: No complete answer came; its subclasses tell a timeout.
        """
        return (
            await self._session.send(
                _get.call(
                    request_id=request_id,
                ),
                CallOptions(
                    timeout=timeout,
                    max_retries=max_retries,
                    extra_headers=extra_headers,
                    extra_query=extra_query,
                    extra_body=extra_body,
                ),
            )
        ).value
