# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ...._runtime import Resource

if TYPE_CHECKING:
    from ..cache_invalidation.resource import CacheInvalidationResource


class CacheResource(Resource):
    """
    Groups the calls below cache.
    """

    @cached_property
    def invalidation(self) -> CacheInvalidationResource:
        """
        Purge delivered files from the CDN cache and follow such purges.
        """
        from ..cache_invalidation.resource import CacheInvalidationResource

        return CacheInvalidationResource(self._session)
