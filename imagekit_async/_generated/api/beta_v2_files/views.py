# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, blocking, with_response
from .resource import BetaV2FilesResource


class BetaV2FilesResourceWithResponse(ResponseView):
    """
    The methods of `BetaV2FilesResource`, each returning an `ApiResponse`.
    """

    upload = with_response(BetaV2FilesResource.upload)


class BetaV2FilesResourceSync(BlockingView):
    """
    The methods of `BetaV2FilesResource`, each blocking until it is done.
    """

    upload = blocking(BetaV2FilesResource.upload)


class BetaV2FilesResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `BetaV2FilesResource`, each blocking and returning an `ApiResponse`.
    """

    upload = blocking(BetaV2FilesResourceWithResponse.upload)
