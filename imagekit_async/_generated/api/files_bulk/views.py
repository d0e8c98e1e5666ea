# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, blocking, with_response
from .resource import FilesBulkResource


class FilesBulkResourceWithResponse(ResponseView):
    """
    The methods of `FilesBulkResource`, each returning an `ApiResponse`.
    """

    delete = with_response(FilesBulkResource.delete)
    add_tags = with_response(FilesBulkResource.add_tags)
    remove_tags = with_response(FilesBulkResource.remove_tags)
    remove_ai_tags = with_response(FilesBulkResource.remove_ai_tags)


class FilesBulkResourceSync(BlockingView):
    """
    The methods of `FilesBulkResource`, each blocking until it is done.
    """

    delete = blocking(FilesBulkResource.delete)
    add_tags = blocking(FilesBulkResource.add_tags)
    remove_tags = blocking(FilesBulkResource.remove_tags)
    remove_ai_tags = blocking(FilesBulkResource.remove_ai_tags)


class FilesBulkResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `FilesBulkResource`, each blocking and returning an `ApiResponse`.
    """

    delete = blocking(FilesBulkResourceWithResponse.delete)
    add_tags = blocking(FilesBulkResourceWithResponse.add_tags)
    remove_tags = blocking(FilesBulkResourceWithResponse.remove_tags)
    remove_ai_tags = blocking(FilesBulkResourceWithResponse.remove_ai_tags)
