# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ...._runtime import UNSET, CallOptions, Resource, Unset, wait_until_done

if TYPE_CHECKING:
    from ...._runtime import Timeout
    from ...models.cache_invalidation import CacheInvalidation
    from ...models.cache_invalidation_status import CacheInvalidationStatus


class CacheInvalidationResource(Resource):
    """
    Purge delivered files from the CDN cache and follow such purges.
    """

    async def create(
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
    ) -> CacheInvalidation:
        """
        Start purging a URL from the cache.

        Starts removing what is cached for a URL from the CDN and from the cache of ImageKit. An exact URL purges that
        URL alone; a trailing `*` also purges versions and transformations by query, while transformations by path are
        URLs of their own. Every call counts against the purge quota of the plan. Fails with 400 when the URL is not one
        of the account or its wildcard is too broad.

        Args:
            url: Full delivery URL of the account. Its last character may be `*` if the path before it has at least two
                levels, at least 15 characters or a file extension.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: False.

        Returns:
            The purge is started; follow it with its id.

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

        call = _create(url=url)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

    async def get(
        self,
        request_id: str,
        *,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> CacheInvalidationStatus:
        """
        Get the state of a cache purge.

        Reports whether a purge is done; works for purges that a rename has issued, too. An unknown id fails with 400,
        not with 404.

        Args:
            request_id: Id of the purge: `request_id` of its start, or `purge_request_id` of a rename.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The state of the purge.

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
        from .get import call as _get

        call = _get(request_id)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)

    async def wait(
        self,
        request_id: str,
        *,
        deadline: float | None = 600,
        on_progress: Callable[[CacheInvalidationStatus], None] | None = None,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
    ) -> CacheInvalidationStatus:
        """
        Call `get` until the work is done, and return its last value.

        Pauses between calls grow from 0.25 s to 10 s. An unknown status counts as pending.

        Args:
            request_id: Id of the purge: `request_id` of its start, or `purge_request_id` of a rename.
            deadline: Seconds for the whole wait, 600 by default; None for no limit.
            on_progress: Plain function, called with each value whose status is pending. What it raises ends the wait.
                The sync client calls it in the thread of its event loop, where it must not block or call the client.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.

        Returns:
            The value with the status `Completed`.

        Raises:
            ValueError: `deadline` is not positive.
            JobFailedError: The status is `Failed`; the error holds the `value`.
            WaitTimeoutError: The work was not done before the deadline, or the next pause would end after it. The
                error holds the last `value`, None if there was none.
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
        from .get import call as _get

        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body)

        async def ask() -> CacheInvalidationStatus:
            return await self._send(_get(request_id), options)

        return await wait_until_done(
            ask,
            what=f"cache.invalidation {request_id}",
            status="status",
            done=("Completed",),
            failed=("Failed",),
            deadline=deadline,
            on_progress=on_progress,
        )
