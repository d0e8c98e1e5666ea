# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ...._runtime import Resource

if TYPE_CHECKING:
    from ..accounts_origins.resource import AccountsOriginsResource
    from ..accounts_url_endpoints.resource import AccountsUrlEndpointsResource
    from ..accounts_usage.resource import AccountsUsageResource
    from ..accounts_usage_analytics.resource import AccountsUsageAnalyticsResource
    from ..accounts_webhooks.resource import AccountsWebhooksResource


class AccountsResource(Resource):
    """
    Groups the calls below accounts.
    """

    @cached_property
    def origins(self) -> AccountsOriginsResource:
        """
        Set up the external stores that delivery fetches files from. In beta.
        """
        from ..accounts_origins.resource import AccountsOriginsResource

        return AccountsOriginsResource(self._session)

    @cached_property
    def url_endpoints(self) -> AccountsUrlEndpointsResource:
        """
        Set up the base URLs of delivery and the origins behind them. In beta.
        """
        from ..accounts_url_endpoints.resource import AccountsUrlEndpointsResource

        return AccountsUrlEndpointsResource(self._session)

    @cached_property
    def usage(self) -> AccountsUsageResource:
        """
        Read the consumption of the account that billing is based on.
        """
        from ..accounts_usage.resource import AccountsUsageResource

        return AccountsUsageResource(self._session)

    @cached_property
    def usage_analytics(self) -> AccountsUsageAnalyticsResource:
        """
        Read how delivery traffic splits by browser, country, format, asset and more. In beta.
        """
        from ..accounts_usage_analytics.resource import AccountsUsageAnalyticsResource

        return AccountsUsageAnalyticsResource(self._session)

    @cached_property
    def webhooks(self) -> AccountsWebhooksResource:
        """
        Set up where the events of the account are sent. An account can have 3 webhooks.
        """
        from ..accounts_webhooks.resource import AccountsWebhooksResource

        return AccountsWebhooksResource(self._session)
