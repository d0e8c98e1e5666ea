# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ...._runtime import BlockingResponseView, BlockingView, ResponseView

if TYPE_CHECKING:
    from ..accounts_origins.views import (
        AccountsOriginsResourceSync,
        AccountsOriginsResourceSyncWithResponse,
        AccountsOriginsResourceWithResponse,
    )
    from ..accounts_url_endpoints.views import (
        AccountsUrlEndpointsResourceSync,
        AccountsUrlEndpointsResourceSyncWithResponse,
        AccountsUrlEndpointsResourceWithResponse,
    )
    from ..accounts_usage.views import (
        AccountsUsageResourceSync,
        AccountsUsageResourceSyncWithResponse,
        AccountsUsageResourceWithResponse,
    )
    from ..accounts_usage_analytics.views import (
        AccountsUsageAnalyticsResourceSync,
        AccountsUsageAnalyticsResourceSyncWithResponse,
        AccountsUsageAnalyticsResourceWithResponse,
    )
    from ..accounts_webhooks.views import (
        AccountsWebhooksResourceSync,
        AccountsWebhooksResourceSyncWithResponse,
        AccountsWebhooksResourceWithResponse,
    )


class AccountsResourceWithResponse(ResponseView):
    """
    The methods of `AccountsResource`, each returning an `ApiResponse`.
    """

    @cached_property
    def origins(self) -> AccountsOriginsResourceWithResponse:
        """
        Set up the external stores that delivery fetches files from. In beta.
        """
        from ..accounts_origins.views import AccountsOriginsResourceWithResponse

        return AccountsOriginsResourceWithResponse(self._session)

    @cached_property
    def url_endpoints(self) -> AccountsUrlEndpointsResourceWithResponse:
        """
        Set up the base URLs of delivery and the origins behind them. In beta.
        """
        from ..accounts_url_endpoints.views import AccountsUrlEndpointsResourceWithResponse

        return AccountsUrlEndpointsResourceWithResponse(self._session)

    @cached_property
    def usage(self) -> AccountsUsageResourceWithResponse:
        """
        Read the consumption of the account that billing is based on.
        """
        from ..accounts_usage.views import AccountsUsageResourceWithResponse

        return AccountsUsageResourceWithResponse(self._session)

    @cached_property
    def usage_analytics(self) -> AccountsUsageAnalyticsResourceWithResponse:
        """
        Read how delivery traffic splits by browser, country, format, asset and more. In beta.
        """
        from ..accounts_usage_analytics.views import AccountsUsageAnalyticsResourceWithResponse

        return AccountsUsageAnalyticsResourceWithResponse(self._session)

    @cached_property
    def webhooks(self) -> AccountsWebhooksResourceWithResponse:
        """
        Set up where the events of the account are sent. An account can have 3 webhooks.
        """
        from ..accounts_webhooks.views import AccountsWebhooksResourceWithResponse

        return AccountsWebhooksResourceWithResponse(self._session)


class AccountsResourceSync(BlockingView):
    """
    The methods of `AccountsResource`, each blocking until it is done.
    """

    @cached_property
    def origins(self) -> AccountsOriginsResourceSync:
        """
        Set up the external stores that delivery fetches files from. In beta.
        """
        from ..accounts_origins.views import AccountsOriginsResourceSync

        return AccountsOriginsResourceSync(self._session)

    @cached_property
    def url_endpoints(self) -> AccountsUrlEndpointsResourceSync:
        """
        Set up the base URLs of delivery and the origins behind them. In beta.
        """
        from ..accounts_url_endpoints.views import AccountsUrlEndpointsResourceSync

        return AccountsUrlEndpointsResourceSync(self._session)

    @cached_property
    def usage(self) -> AccountsUsageResourceSync:
        """
        Read the consumption of the account that billing is based on.
        """
        from ..accounts_usage.views import AccountsUsageResourceSync

        return AccountsUsageResourceSync(self._session)

    @cached_property
    def usage_analytics(self) -> AccountsUsageAnalyticsResourceSync:
        """
        Read how delivery traffic splits by browser, country, format, asset and more. In beta.
        """
        from ..accounts_usage_analytics.views import AccountsUsageAnalyticsResourceSync

        return AccountsUsageAnalyticsResourceSync(self._session)

    @cached_property
    def webhooks(self) -> AccountsWebhooksResourceSync:
        """
        Set up where the events of the account are sent. An account can have 3 webhooks.
        """
        from ..accounts_webhooks.views import AccountsWebhooksResourceSync

        return AccountsWebhooksResourceSync(self._session)


class AccountsResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `AccountsResource`, each blocking and returning an `ApiResponse`.
    """

    @cached_property
    def origins(self) -> AccountsOriginsResourceSyncWithResponse:
        """
        Set up the external stores that delivery fetches files from. In beta.
        """
        from ..accounts_origins.views import AccountsOriginsResourceSyncWithResponse

        return AccountsOriginsResourceSyncWithResponse(self._session)

    @cached_property
    def url_endpoints(self) -> AccountsUrlEndpointsResourceSyncWithResponse:
        """
        Set up the base URLs of delivery and the origins behind them. In beta.
        """
        from ..accounts_url_endpoints.views import AccountsUrlEndpointsResourceSyncWithResponse

        return AccountsUrlEndpointsResourceSyncWithResponse(self._session)

    @cached_property
    def usage(self) -> AccountsUsageResourceSyncWithResponse:
        """
        Read the consumption of the account that billing is based on.
        """
        from ..accounts_usage.views import AccountsUsageResourceSyncWithResponse

        return AccountsUsageResourceSyncWithResponse(self._session)

    @cached_property
    def usage_analytics(self) -> AccountsUsageAnalyticsResourceSyncWithResponse:
        """
        Read how delivery traffic splits by browser, country, format, asset and more. In beta.
        """
        from ..accounts_usage_analytics.views import AccountsUsageAnalyticsResourceSyncWithResponse

        return AccountsUsageAnalyticsResourceSyncWithResponse(self._session)

    @cached_property
    def webhooks(self) -> AccountsWebhooksResourceSyncWithResponse:
        """
        Set up where the events of the account are sent. An account can have 3 webhooks.
        """
        from ..accounts_webhooks.views import AccountsWebhooksResourceSyncWithResponse

        return AccountsWebhooksResourceSyncWithResponse(self._session)
