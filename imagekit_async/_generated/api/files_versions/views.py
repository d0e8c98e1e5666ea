# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, blocking, with_response
from .resource import FilesVersionsResource


class FilesVersionsResourceWithResponse(ResponseView):
    """
    The methods of `FilesVersionsResource`, each returning an `ApiResponse`.
    """

    list = with_response(FilesVersionsResource.list)
    get = with_response(FilesVersionsResource.get)
    delete = with_response(FilesVersionsResource.delete)
    restore = with_response(FilesVersionsResource.restore)


class FilesVersionsResourceSync(BlockingView):
    """
    The methods of `FilesVersionsResource`, each blocking until it is done.
    """

    list = blocking(FilesVersionsResource.list)
    get = blocking(FilesVersionsResource.get)
    delete = blocking(FilesVersionsResource.delete)
    restore = blocking(FilesVersionsResource.restore)


class FilesVersionsResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `FilesVersionsResource`, each blocking and returning an `ApiResponse`.
    """

    list = blocking(FilesVersionsResourceWithResponse.list)
    get = blocking(FilesVersionsResourceWithResponse.get)
    delete = blocking(FilesVersionsResourceWithResponse.delete)
    restore = blocking(FilesVersionsResourceWithResponse.restore)
