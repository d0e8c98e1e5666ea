# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...._http.session import Session
    from ..accounts_origins.with_response import AccountsOriginsResourceWithResponse
    from ..accounts_url_endpoints.with_response import (
        AccountsUrlEndpointsResourceWithResponse,
    )
    from ..accounts_usage.with_response import AccountsUsageResourceWithResponse
    from ..accounts_usage_analytics.with_response import (
        AccountsUsageAnalyticsResourceWithResponse,
    )
    from ..accounts_webhooks.with_response import AccountsWebhooksResourceWithResponse


class AccountsResourceWithResponse:
    """
    The calls of `AccountsResource`, each returning an `ApiResponse` around the value.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def origins(self) -> AccountsOriginsResourceWithResponse:
        """
        The calls of `accounts.origins`.
        """
        from ..accounts_origins.with_response import AccountsOriginsResourceWithResponse

        return AccountsOriginsResourceWithResponse(self._session)

    @cached_property
    def url_endpoints(self) -> AccountsUrlEndpointsResourceWithResponse:
        """
        The calls of `accounts.url_endpoints`.
        """
        from ..accounts_url_endpoints.with_response import (
            AccountsUrlEndpointsResourceWithResponse,
        )

        return AccountsUrlEndpointsResourceWithResponse(self._session)

    @cached_property
    def usage(self) -> AccountsUsageResourceWithResponse:
        """
        The calls of `accounts.usage`.
        """
        from ..accounts_usage.with_response import AccountsUsageResourceWithResponse

        return AccountsUsageResourceWithResponse(self._session)

    @cached_property
    def usage_analytics(self) -> AccountsUsageAnalyticsResourceWithResponse:
        """
        The calls of `accounts.usage_analytics`.
        """
        from ..accounts_usage_analytics.with_response import (
            AccountsUsageAnalyticsResourceWithResponse,
        )

        return AccountsUsageAnalyticsResourceWithResponse(self._session)

    @cached_property
    def webhooks(self) -> AccountsWebhooksResourceWithResponse:
        """
        The calls of `accounts.webhooks`.
        """
        from ..accounts_webhooks.with_response import (
            AccountsWebhooksResourceWithResponse,
        )

        return AccountsWebhooksResourceWithResponse(self._session)
