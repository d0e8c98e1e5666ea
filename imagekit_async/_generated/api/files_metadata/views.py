# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, blocking, with_response
from .resource import FilesMetadataResource


class FilesMetadataResourceWithResponse(ResponseView):
    """
    The methods of `FilesMetadataResource`, each returning an `ApiResponse`.
    """

    get = with_response(FilesMetadataResource.get)
    get_from_url = with_response(FilesMetadataResource.get_from_url)


class FilesMetadataResourceSync(BlockingView):
    """
    The methods of `FilesMetadataResource`, each blocking until it is done.
    """

    get = blocking(FilesMetadataResource.get)
    get_from_url = blocking(FilesMetadataResource.get_from_url)


class FilesMetadataResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `FilesMetadataResource`, each blocking and returning an `ApiResponse`.
    """

    get = blocking(FilesMetadataResourceWithResponse.get)
    get_from_url = blocking(FilesMetadataResourceWithResponse.get_from_url)
