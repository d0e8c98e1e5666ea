# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, child
from ..beta_v2_files.views import (
    BetaV2FilesResourceSync,
    BetaV2FilesResourceSyncWithResponse,
    BetaV2FilesResourceWithResponse,
)


class BetaV2ResourceWithResponse(ResponseView):
    """
    The methods of `BetaV2Resource`, each returning an `ApiResponse`.
    """

    files: cached_property[BetaV2FilesResourceWithResponse] = child(BetaV2FilesResourceWithResponse)


class BetaV2ResourceSync(BlockingView):
    """
    The methods of `BetaV2Resource`, each blocking until it is done.
    """

    files: cached_property[BetaV2FilesResourceSync] = child(BetaV2FilesResourceSync)


class BetaV2ResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `BetaV2Resource`, each blocking and returning an `ApiResponse`.
    """

    files: cached_property[BetaV2FilesResourceSyncWithResponse] = child(BetaV2FilesResourceSyncWithResponse)
