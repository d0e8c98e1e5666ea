# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, child
from ..beta_v2.views import BetaV2ResourceSync, BetaV2ResourceSyncWithResponse, BetaV2ResourceWithResponse


class BetaResourceWithResponse(ResponseView):
    """
    The methods of `BetaResource`, each returning an `ApiResponse`.
    """

    v2: cached_property[BetaV2ResourceWithResponse] = child(BetaV2ResourceWithResponse)


class BetaResourceSync(BlockingView):
    """
    The methods of `BetaResource`, each blocking until it is done.
    """

    v2: cached_property[BetaV2ResourceSync] = child(BetaV2ResourceSync)


class BetaResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `BetaResource`, each blocking and returning an `ApiResponse`.
    """

    v2: cached_property[BetaV2ResourceSyncWithResponse] = child(BetaV2ResourceSyncWithResponse)
