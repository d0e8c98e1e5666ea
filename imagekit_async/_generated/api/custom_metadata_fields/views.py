# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, blocking, with_response
from .resource import CustomMetadataFieldsResource


class CustomMetadataFieldsResourceWithResponse(ResponseView):
    """
    The methods of `CustomMetadataFieldsResource`, each returning an `ApiResponse`.
    """

    list = with_response(CustomMetadataFieldsResource.list)
    create = with_response(CustomMetadataFieldsResource.create)
    delete = with_response(CustomMetadataFieldsResource.delete)
    update = with_response(CustomMetadataFieldsResource.update)


class CustomMetadataFieldsResourceSync(BlockingView):
    """
    The methods of `CustomMetadataFieldsResource`, each blocking until it is done.
    """

    list = blocking(CustomMetadataFieldsResource.list)
    create = blocking(CustomMetadataFieldsResource.create)
    delete = blocking(CustomMetadataFieldsResource.delete)
    update = blocking(CustomMetadataFieldsResource.update)


class CustomMetadataFieldsResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `CustomMetadataFieldsResource`, each blocking and returning an `ApiResponse`.
    """

    list = blocking(CustomMetadataFieldsResourceWithResponse.list)
    create = blocking(CustomMetadataFieldsResourceWithResponse.create)
    delete = blocking(CustomMetadataFieldsResourceWithResponse.delete)
    update = blocking(CustomMetadataFieldsResourceWithResponse.update)
