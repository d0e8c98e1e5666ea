# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, blocking, with_response
from .resource import CacheInvalidationResource


class CacheInvalidationResourceWithResponse(ResponseView):
    """
    The methods of `CacheInvalidationResource`, each returning an `ApiResponse`.
    """

    create = with_response(CacheInvalidationResource.create)
    get = with_response(CacheInvalidationResource.get)


class CacheInvalidationResourceSync(BlockingView):
    """
    The methods of `CacheInvalidationResource`, each blocking until it is done.
    """

    create = blocking(CacheInvalidationResource.create)
    get = blocking(CacheInvalidationResource.get)
    wait = blocking(CacheInvalidationResource.wait)


class CacheInvalidationResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `CacheInvalidationResource`, each blocking and returning an `ApiResponse`.
    """

    create = blocking(CacheInvalidationResourceWithResponse.create)
    get = blocking(CacheInvalidationResourceWithResponse.get)
