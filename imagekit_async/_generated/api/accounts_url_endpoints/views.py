# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, blocking, with_response
from .resource import AccountsUrlEndpointsResource


class AccountsUrlEndpointsResourceWithResponse(ResponseView):
    """
    The methods of `AccountsUrlEndpointsResource`, each returning an `ApiResponse`.
    """

    list = with_response(AccountsUrlEndpointsResource.list)
    create = with_response(AccountsUrlEndpointsResource.create)
    get = with_response(AccountsUrlEndpointsResource.get)
    update = with_response(AccountsUrlEndpointsResource.update)
    delete = with_response(AccountsUrlEndpointsResource.delete)


class AccountsUrlEndpointsResourceSync(BlockingView):
    """
    The methods of `AccountsUrlEndpointsResource`, each blocking until it is done.
    """

    list = blocking(AccountsUrlEndpointsResource.list)
    create = blocking(AccountsUrlEndpointsResource.create)
    get = blocking(AccountsUrlEndpointsResource.get)
    update = blocking(AccountsUrlEndpointsResource.update)
    delete = blocking(AccountsUrlEndpointsResource.delete)


class AccountsUrlEndpointsResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `AccountsUrlEndpointsResource`, each blocking and returning an `ApiResponse`.
    """

    list = blocking(AccountsUrlEndpointsResourceWithResponse.list)
    create = blocking(AccountsUrlEndpointsResourceWithResponse.create)
    get = blocking(AccountsUrlEndpointsResourceWithResponse.get)
    update = blocking(AccountsUrlEndpointsResourceWithResponse.update)
    delete = blocking(AccountsUrlEndpointsResourceWithResponse.delete)
