# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, blocking, child, with_response
from ..folders_job.views import (
    FoldersJobResourceSync,
    FoldersJobResourceSyncWithResponse,
    FoldersJobResourceWithResponse,
)
from .resource import FoldersResource


class FoldersResourceWithResponse(ResponseView):
    """
    The methods of `FoldersResource`, each returning an `ApiResponse`.
    """

    job: cached_property[FoldersJobResourceWithResponse] = child(FoldersJobResourceWithResponse)
    create = with_response(FoldersResource.create)
    delete = with_response(FoldersResource.delete)
    copy = with_response(FoldersResource.copy)
    move = with_response(FoldersResource.move)
    rename = with_response(FoldersResource.rename)


class FoldersResourceSync(BlockingView):
    """
    The methods of `FoldersResource`, each blocking until it is done.
    """

    job: cached_property[FoldersJobResourceSync] = child(FoldersJobResourceSync)
    create = blocking(FoldersResource.create)
    delete = blocking(FoldersResource.delete)
    copy = blocking(FoldersResource.copy)
    move = blocking(FoldersResource.move)
    rename = blocking(FoldersResource.rename)


class FoldersResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `FoldersResource`, each blocking and returning an `ApiResponse`.
    """

    job: cached_property[FoldersJobResourceSyncWithResponse] = child(FoldersJobResourceSyncWithResponse)
    create = blocking(FoldersResourceWithResponse.create)
    delete = blocking(FoldersResourceWithResponse.delete)
    copy = blocking(FoldersResourceWithResponse.copy)
    move = blocking(FoldersResourceWithResponse.move)
    rename = blocking(FoldersResourceWithResponse.rename)
