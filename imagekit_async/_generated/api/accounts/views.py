# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

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

    origins = child(AccountsOriginsResourceWithResponse)
    url_endpoints = child(AccountsUrlEndpointsResourceWithResponse)
    usage = child(AccountsUsageResourceWithResponse)
    usage_analytics = child(AccountsUsageAnalyticsResourceWithResponse)
    webhooks = child(AccountsWebhooksResourceWithResponse)


class AccountsResourceSync(BlockingView):
    """
    The methods of `AccountsResource`, each blocking until it is done.
    """

    origins = child(AccountsOriginsResourceSync)
    url_endpoints = child(AccountsUrlEndpointsResourceSync)
    usage = child(AccountsUsageResourceSync)
    usage_analytics = child(AccountsUsageAnalyticsResourceSync)
    webhooks = child(AccountsWebhooksResourceSync)


class AccountsResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `AccountsResource`, each blocking and returning an `ApiResponse`.
    """

    origins = child(AccountsOriginsResourceSyncWithResponse)
    url_endpoints = child(AccountsUrlEndpointsResourceSyncWithResponse)
    usage = child(AccountsUsageResourceSyncWithResponse)
    usage_analytics = child(AccountsUsageAnalyticsResourceSyncWithResponse)
    webhooks = child(AccountsWebhooksResourceSyncWithResponse)
