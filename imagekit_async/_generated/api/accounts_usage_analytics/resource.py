# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._runtime import UNSET, CallOptions, Resource, Unset

if TYPE_CHECKING:
    from ...._runtime import Timeout
    from ...models.usage_analytics import UsageAnalytics


class AccountsUsageAnalyticsResource(Resource):
    """
    Read how delivery traffic splits by browser, country, format, asset and more. In beta.
    """

    async def get(
        self,
        *,
        start_date: datetime.date | str,
        end_date: datetime.date | str,
        timeout: float | Timeout | None | Unset = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        deadline: float | None = None,
        idempotent: bool | Unset = UNSET,
    ) -> UsageAnalytics:
        """
        Get an analysis of the delivery traffic.

        Returns how requests and bandwidth split by browser, country, device, format, asset and more, from a start date
        to an end date, both included, in UTC. The dates lie less than 90 days apart; the result may be up to 5 minutes
        old, see `generated_at`. Covers the own account only, also for agencies. Fails with 400 when a date is missing
        or malformed, or when the range is empty or too long.

        Args:
            start_date: First day of the range, as `YYYY-MM-DD`.
            end_date: Last day of the range, as `YYYY-MM-DD`.
            timeout: Seconds for one attempt, or an `httpx.Timeout` for its steps; None for no limit. Default: client's.
            max_retries: Retries after the first attempt, 0 or more. Default: the client's.
            extra_headers: Headers to add or replace.
            extra_query: Query parameters to add or replace, by their JSON names.
            extra_body: Body fields to add or replace, by their JSON names.
            deadline: Seconds for the whole call, waits and retries included; None for no limit.
            idempotent: Whether a call of unknown outcome can safely be retried. Default: True.

        Returns:
            The traffic in the range.

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

        call = _get(start_date=start_date, end_date=end_date)
        options = CallOptions(timeout, max_retries, extra_headers, extra_query, extra_body, deadline, idempotent)
        return await self._send(call, options)
