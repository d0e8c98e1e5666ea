# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, blocking, with_response
from .resource import FoldersJobResource


class FoldersJobResourceWithResponse(ResponseView):
    """
    The methods of `FoldersJobResource`, each returning an `ApiResponse`.
    """

    get = with_response(FoldersJobResource.get)


class FoldersJobResourceSync(BlockingView):
    """
    The methods of `FoldersJobResource`, each blocking until it is done.
    """

    get = blocking(FoldersJobResource.get)
    wait = blocking(FoldersJobResource.wait)


class FoldersJobResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `FoldersJobResource`, each blocking and returning an `ApiResponse`.
    """

    get = blocking(FoldersJobResourceWithResponse.get)
