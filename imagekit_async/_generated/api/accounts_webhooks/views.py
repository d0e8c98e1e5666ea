# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, blocking, with_response
from .resource import AccountsWebhooksResource


class AccountsWebhooksResourceWithResponse(ResponseView):
    """
    The methods of `AccountsWebhooksResource`, each returning an `ApiResponse`.
    """

    list = with_response(AccountsWebhooksResource.list)
    create = with_response(AccountsWebhooksResource.create)
    get = with_response(AccountsWebhooksResource.get)
    delete = with_response(AccountsWebhooksResource.delete)
    update = with_response(AccountsWebhooksResource.update)


class AccountsWebhooksResourceSync(BlockingView):
    """
    The methods of `AccountsWebhooksResource`, each blocking until it is done.
    """

    list = blocking(AccountsWebhooksResource.list)
    create = blocking(AccountsWebhooksResource.create)
    get = blocking(AccountsWebhooksResource.get)
    delete = blocking(AccountsWebhooksResource.delete)
    update = blocking(AccountsWebhooksResource.update)


class AccountsWebhooksResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `AccountsWebhooksResource`, each blocking and returning an `ApiResponse`.
    """

    list = blocking(AccountsWebhooksResourceWithResponse.list)
    create = blocking(AccountsWebhooksResourceWithResponse.create)
    get = blocking(AccountsWebhooksResourceWithResponse.get)
    delete = blocking(AccountsWebhooksResourceWithResponse.delete)
    update = blocking(AccountsWebhooksResourceWithResponse.update)
