# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ...._http.call import CallOptions
from ...._waiting import wait_until_done
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
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
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
            timeout: Seconds for one attempt (an `httpx.Timeout` bounds its steps instead); None for no limit. Default: the client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit but that of the cancel scopes around it.
            idempotent: Whether executing the call twice does no harm, so that it may be repeated when its outcome is unknown.
                Default: false.

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
                    deadline=deadline,
                    idempotent=idempotent,
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
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> CacheInvalidationStatus:
        """
        Get the state of a cache purge.

        Tells whether a purge is done; works for purges that a rename has issued, too. An unknown id fails with 400, not
        with 404.

        Args:
            request_id: Id of the purge: `request_id` of its start, or `purge_request_id` of a rename.
            timeout: Seconds for one attempt (an `httpx.Timeout` bounds its steps instead); None for no limit. Default: the client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit but that of the cancel scopes around it.
            idempotent: Whether executing the call twice does no harm, so that it may be repeated when its outcome is unknown.
                Default: true.

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
                    deadline=deadline,
                    idempotent=idempotent,
                ),
            )
        ).value

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
        Ask `get` until the work is done, and return the last answer.

        The questions come at growing distances, from 0.25 s to 10 s. A status that this version does not know counts as
        pending.

        Args:
            request_id: Id of the purge: `request_id` of its start, or `purge_request_id` of a rename.
            deadline: Seconds for the whole wait, 600 by default; None for no limit.
            on_progress: Plain function, called with each answer that tells that the work goes on; what it raises ends the
                wait.
            timeout: Seconds for one attempt (an `httpx.Timeout` bounds its steps instead); None for no limit. Default: the client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.

        Returns:
            The answer with the status `Completed`.

        Raises:
            ValueError: `deadline` is not positive.
            JobFailedError: The status is `Failed`; the error's `value` is
                the answer.
            WaitTimeoutError: The work was not done in time; a pause that would end after the deadline is not begun. The
                error's `value` is the last answer, None if there was none.
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

        async def ask() -> CacheInvalidationStatus:
            question = _get.call(
                request_id=request_id,
            )
            return (
                await self._session.send(
                    question,
                    CallOptions(
                        timeout=timeout,
                        max_retries=max_retries,
                        extra_headers=extra_headers,
                        extra_query=extra_query,
                        extra_body=extra_body,
                    ),
                )
            ).value

        return await wait_until_done(
            ask,
            what=f"cache.invalidation {request_id}",
            status="status",
            done=("Completed",),
            failed=("Failed",),
            deadline=deadline,
            on_progress=on_progress,
        )
