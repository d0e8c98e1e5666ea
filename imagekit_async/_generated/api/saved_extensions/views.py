# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, blocking, with_response
from .resource import SavedExtensionsResource


class SavedExtensionsResourceWithResponse(ResponseView):
    """
    The methods of `SavedExtensionsResource`, each returning an `ApiResponse`.
    """

    list = with_response(SavedExtensionsResource.list)
    create = with_response(SavedExtensionsResource.create)
    get = with_response(SavedExtensionsResource.get)
    delete = with_response(SavedExtensionsResource.delete)
    update = with_response(SavedExtensionsResource.update)


class SavedExtensionsResourceSync(BlockingView):
    """
    The methods of `SavedExtensionsResource`, each blocking until it is done.
    """

    list = blocking(SavedExtensionsResource.list)
    create = blocking(SavedExtensionsResource.create)
    get = blocking(SavedExtensionsResource.get)
    delete = blocking(SavedExtensionsResource.delete)
    update = blocking(SavedExtensionsResource.update)


class SavedExtensionsResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `SavedExtensionsResource`, each blocking and returning an `ApiResponse`.
    """

    list = blocking(SavedExtensionsResourceWithResponse.list)
    create = blocking(SavedExtensionsResourceWithResponse.create)
    get = blocking(SavedExtensionsResourceWithResponse.get)
    delete = blocking(SavedExtensionsResourceWithResponse.delete)
    update = blocking(SavedExtensionsResourceWithResponse.update)
