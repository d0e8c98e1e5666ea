# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ...._runtime import BlockingResponseView, BlockingView, ResponseView

if TYPE_CHECKING:
    from ..cache_invalidation.views import (
        CacheInvalidationResourceSync,
        CacheInvalidationResourceSyncWithResponse,
        CacheInvalidationResourceWithResponse,
    )


class CacheResourceWithResponse(ResponseView):
    """
    The methods of `CacheResource`, each returning an `ApiResponse`.
    """

    @cached_property
    def invalidation(self) -> CacheInvalidationResourceWithResponse:
        """
        Purge delivered files from the CDN cache and follow such purges.
        """
        from ..cache_invalidation.views import CacheInvalidationResourceWithResponse

        return CacheInvalidationResourceWithResponse(self._session)


class CacheResourceSync(BlockingView):
    """
    The methods of `CacheResource`, each blocking until it is done.
    """

    @cached_property
    def invalidation(self) -> CacheInvalidationResourceSync:
        """
        Purge delivered files from the CDN cache and follow such purges.
        """
        from ..cache_invalidation.views import CacheInvalidationResourceSync

        return CacheInvalidationResourceSync(self._session)


class CacheResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `CacheResource`, each blocking and returning an `ApiResponse`.
    """

    @cached_property
    def invalidation(self) -> CacheInvalidationResourceSyncWithResponse:
        """
        Purge delivered files from the CDN cache and follow such purges.
        """
        from ..cache_invalidation.views import CacheInvalidationResourceSyncWithResponse

        return CacheInvalidationResourceSyncWithResponse(self._session)
