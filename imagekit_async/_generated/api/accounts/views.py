# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, child
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

    origins: cached_property[AccountsOriginsResourceWithResponse] = child(AccountsOriginsResourceWithResponse)
    url_endpoints: cached_property[AccountsUrlEndpointsResourceWithResponse] = child(
        AccountsUrlEndpointsResourceWithResponse
    )
    usage: cached_property[AccountsUsageResourceWithResponse] = child(AccountsUsageResourceWithResponse)
    usage_analytics: cached_property[AccountsUsageAnalyticsResourceWithResponse] = child(
        AccountsUsageAnalyticsResourceWithResponse
    )
    webhooks: cached_property[AccountsWebhooksResourceWithResponse] = child(AccountsWebhooksResourceWithResponse)


class AccountsResourceSync(BlockingView):
    """
    The methods of `AccountsResource`, each blocking until it is done.
    """

    origins: cached_property[AccountsOriginsResourceSync] = child(AccountsOriginsResourceSync)
    url_endpoints: cached_property[AccountsUrlEndpointsResourceSync] = child(AccountsUrlEndpointsResourceSync)
    usage: cached_property[AccountsUsageResourceSync] = child(AccountsUsageResourceSync)
    usage_analytics: cached_property[AccountsUsageAnalyticsResourceSync] = child(AccountsUsageAnalyticsResourceSync)
    webhooks: cached_property[AccountsWebhooksResourceSync] = child(AccountsWebhooksResourceSync)


class AccountsResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `AccountsResource`, each blocking and returning an `ApiResponse`.
    """

    origins: cached_property[AccountsOriginsResourceSyncWithResponse] = child(AccountsOriginsResourceSyncWithResponse)
    url_endpoints: cached_property[AccountsUrlEndpointsResourceSyncWithResponse] = child(
        AccountsUrlEndpointsResourceSyncWithResponse
    )
    usage: cached_property[AccountsUsageResourceSyncWithResponse] = child(AccountsUsageResourceSyncWithResponse)
    usage_analytics: cached_property[AccountsUsageAnalyticsResourceSyncWithResponse] = child(
        AccountsUsageAnalyticsResourceSyncWithResponse
    )
    webhooks: cached_property[AccountsWebhooksResourceSyncWithResponse] = child(
        AccountsWebhooksResourceSyncWithResponse
    )
