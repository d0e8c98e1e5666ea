# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, blocking, blocking_iterator, with_response
from .resource import AssetsResource


class AssetsResourceWithResponse(ResponseView):
    """
    The methods of `AssetsResource`, each returning an `ApiResponse`.
    """

    list = with_response(AssetsResource.list)


class AssetsResourceSync(BlockingView):
    """
    The methods of `AssetsResource`, each blocking until it is done.
    """

    list = blocking(AssetsResource.list)
    iterate = blocking_iterator(AssetsResource.iterate)


class AssetsResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `AssetsResource`, each blocking and returning an `ApiResponse`.
    """

    list = blocking(AssetsResourceWithResponse.list)
