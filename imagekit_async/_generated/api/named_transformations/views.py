# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, blocking, with_response
from .resource import NamedTransformationsResource


class NamedTransformationsResourceWithResponse(ResponseView):
    """
    The methods of `NamedTransformationsResource`, each returning an `ApiResponse`.
    """

    list = with_response(NamedTransformationsResource.list)
    create = with_response(NamedTransformationsResource.create)
    get = with_response(NamedTransformationsResource.get)
    delete = with_response(NamedTransformationsResource.delete)
    update = with_response(NamedTransformationsResource.update)


class NamedTransformationsResourceSync(BlockingView):
    """
    The methods of `NamedTransformationsResource`, each blocking until it is done.
    """

    list = blocking(NamedTransformationsResource.list)
    create = blocking(NamedTransformationsResource.create)
    get = blocking(NamedTransformationsResource.get)
    delete = blocking(NamedTransformationsResource.delete)
    update = blocking(NamedTransformationsResource.update)


class NamedTransformationsResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `NamedTransformationsResource`, each blocking and returning an `ApiResponse`.
    """

    list = blocking(NamedTransformationsResourceWithResponse.list)
    create = blocking(NamedTransformationsResourceWithResponse.create)
    get = blocking(NamedTransformationsResourceWithResponse.get)
    delete = blocking(NamedTransformationsResourceWithResponse.delete)
    update = blocking(NamedTransformationsResourceWithResponse.update)
