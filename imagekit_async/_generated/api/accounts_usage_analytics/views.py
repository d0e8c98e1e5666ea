# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, blocking, with_response
from .resource import AccountsUsageAnalyticsResource


class AccountsUsageAnalyticsResourceWithResponse(ResponseView):
    """
    The methods of `AccountsUsageAnalyticsResource`, each returning an `ApiResponse`.
    """

    get = with_response(AccountsUsageAnalyticsResource.get)


class AccountsUsageAnalyticsResourceSync(BlockingView):
    """
    The methods of `AccountsUsageAnalyticsResource`, each blocking until it is done.
    """

    get = blocking(AccountsUsageAnalyticsResource.get)


class AccountsUsageAnalyticsResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `AccountsUsageAnalyticsResource`, each blocking and returning an `ApiResponse`.
    """

    get = blocking(AccountsUsageAnalyticsResourceWithResponse.get)
