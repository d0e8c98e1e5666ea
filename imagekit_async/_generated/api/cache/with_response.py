# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...._http.session import Session
    from ..cache_invalidation.with_response import CacheInvalidationResourceWithResponse


class CacheResourceWithResponse:
    """
    The calls of `CacheResource`, each returning an `ApiResponse` around the value.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def invalidation(self) -> CacheInvalidationResourceWithResponse:
        """
        The calls of `cache.invalidation`.
        """
        from ..cache_invalidation.with_response import (
            CacheInvalidationResourceWithResponse,
        )

        return CacheInvalidationResourceWithResponse(self._session)
