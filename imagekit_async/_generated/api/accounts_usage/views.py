# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, blocking, with_response
from .resource import AccountsUsageResource


class AccountsUsageResourceWithResponse(ResponseView):
    """
    The methods of `AccountsUsageResource`, each returning an `ApiResponse`.
    """

    get = with_response(AccountsUsageResource.get)


class AccountsUsageResourceSync(BlockingView):
    """
    The methods of `AccountsUsageResource`, each blocking until it is done.
    """

    get = blocking(AccountsUsageResource.get)


class AccountsUsageResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `AccountsUsageResource`, each blocking and returning an `ApiResponse`.
    """

    get = blocking(AccountsUsageResourceWithResponse.get)
