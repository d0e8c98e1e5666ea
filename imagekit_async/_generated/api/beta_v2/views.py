# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ...._runtime import BlockingResponseView, BlockingView, ResponseView

if TYPE_CHECKING:
    from ..beta_v2_files.views import (
        BetaV2FilesResourceSync,
        BetaV2FilesResourceSyncWithResponse,
        BetaV2FilesResourceWithResponse,
    )


class BetaV2ResourceWithResponse(ResponseView):
    """
    The methods of `BetaV2Resource`, each returning an `ApiResponse`.
    """

    @cached_property
    def files(self) -> BetaV2FilesResourceWithResponse:
        """
        Upload files through version 2 of the upload API, whose client-side signature covers the whole form. In beta.
        """
        from ..beta_v2_files.views import BetaV2FilesResourceWithResponse

        return BetaV2FilesResourceWithResponse(self._session)


class BetaV2ResourceSync(BlockingView):
    """
    The methods of `BetaV2Resource`, each blocking until it is done.
    """

    @cached_property
    def files(self) -> BetaV2FilesResourceSync:
        """
        Upload files through version 2 of the upload API, whose client-side signature covers the whole form. In beta.
        """
        from ..beta_v2_files.views import BetaV2FilesResourceSync

        return BetaV2FilesResourceSync(self._session)


class BetaV2ResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `BetaV2Resource`, each blocking and returning an `ApiResponse`.
    """

    @cached_property
    def files(self) -> BetaV2FilesResourceSyncWithResponse:
        """
        Upload files through version 2 of the upload API, whose client-side signature covers the whole form. In beta.
        """
        from ..beta_v2_files.views import BetaV2FilesResourceSyncWithResponse

        return BetaV2FilesResourceSyncWithResponse(self._session)
