# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, child
from ..cache_invalidation.views import (
    CacheInvalidationResourceSync,
    CacheInvalidationResourceSyncWithResponse,
    CacheInvalidationResourceWithResponse,
)


class CacheResourceWithResponse(ResponseView):
    """
    The methods of `CacheResource`, each returning an `ApiResponse`.
    """

    invalidation: cached_property[CacheInvalidationResourceWithResponse] = child(CacheInvalidationResourceWithResponse)


class CacheResourceSync(BlockingView):
    """
    The methods of `CacheResource`, each blocking until it is done.
    """

    invalidation: cached_property[CacheInvalidationResourceSync] = child(CacheInvalidationResourceSync)


class CacheResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `CacheResource`, each blocking and returning an `ApiResponse`.
    """

    invalidation: cached_property[CacheInvalidationResourceSyncWithResponse] = child(
        CacheInvalidationResourceSyncWithResponse
    )
