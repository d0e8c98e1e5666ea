# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ...._runtime import BlockingResponseView, BlockingView, ResponseView

if TYPE_CHECKING:
    from ..beta_v2.views import BetaV2ResourceSync, BetaV2ResourceSyncWithResponse, BetaV2ResourceWithResponse


class BetaResourceWithResponse(ResponseView):
    """
    The methods of `BetaResource`, each returning an `ApiResponse`.
    """

    @cached_property
    def v2(self) -> BetaV2ResourceWithResponse:
        """
        The calls below `beta.v2`.
        """
        from ..beta_v2.views import BetaV2ResourceWithResponse

        return BetaV2ResourceWithResponse(self._session)


class BetaResourceSync(BlockingView):
    """
    The methods of `BetaResource`, each blocking until it is done.
    """

    @cached_property
    def v2(self) -> BetaV2ResourceSync:
        """
        The calls below `beta.v2`.
        """
        from ..beta_v2.views import BetaV2ResourceSync

        return BetaV2ResourceSync(self._session)


class BetaResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `BetaResource`, each blocking and returning an `ApiResponse`.
    """

    @cached_property
    def v2(self) -> BetaV2ResourceSyncWithResponse:
        """
        The calls below `beta.v2`.
        """
        from ..beta_v2.views import BetaV2ResourceSyncWithResponse

        return BetaV2ResourceSyncWithResponse(self._session)
