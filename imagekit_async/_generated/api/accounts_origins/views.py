# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, blocking, with_response
from .resource import AccountsOriginsResource


class AccountsOriginsResourceWithResponse(ResponseView):
    """
    The methods of `AccountsOriginsResource`, each returning an `ApiResponse`.
    """

    list = with_response(AccountsOriginsResource.list)
    create = with_response(AccountsOriginsResource.create)
    get = with_response(AccountsOriginsResource.get)
    update = with_response(AccountsOriginsResource.update)
    delete = with_response(AccountsOriginsResource.delete)


class AccountsOriginsResourceSync(BlockingView):
    """
    The methods of `AccountsOriginsResource`, each blocking until it is done.
    """

    list = blocking(AccountsOriginsResource.list)
    create = blocking(AccountsOriginsResource.create)
    get = blocking(AccountsOriginsResource.get)
    update = blocking(AccountsOriginsResource.update)
    delete = blocking(AccountsOriginsResource.delete)


class AccountsOriginsResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `AccountsOriginsResource`, each blocking and returning an `ApiResponse`.
    """

    list = blocking(AccountsOriginsResourceWithResponse.list)
    create = blocking(AccountsOriginsResourceWithResponse.create)
    get = blocking(AccountsOriginsResourceWithResponse.get)
    update = blocking(AccountsOriginsResourceWithResponse.update)
    delete = blocking(AccountsOriginsResourceWithResponse.delete)
