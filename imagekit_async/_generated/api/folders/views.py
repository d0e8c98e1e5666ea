# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, blocking, with_response
from .resource import FoldersResource

if TYPE_CHECKING:
    from ..folders_job.views import (
        FoldersJobResourceSync,
        FoldersJobResourceSyncWithResponse,
        FoldersJobResourceWithResponse,
    )


class FoldersResourceWithResponse(ResponseView):
    """
    The methods of `FoldersResource`, each returning an `ApiResponse`.
    """

    @cached_property
    def job(self) -> FoldersJobResourceWithResponse:
        """
        Follow the jobs that copy, move and rename folders.
        """
        from ..folders_job.views import FoldersJobResourceWithResponse

        return FoldersJobResourceWithResponse(self._session)

    create = with_response(FoldersResource.create)
    delete = with_response(FoldersResource.delete)
    copy = with_response(FoldersResource.copy)
    move = with_response(FoldersResource.move)
    rename = with_response(FoldersResource.rename)


class FoldersResourceSync(BlockingView):
    """
    The methods of `FoldersResource`, each blocking until it is done.
    """

    @cached_property
    def job(self) -> FoldersJobResourceSync:
        """
        Follow the jobs that copy, move and rename folders.
        """
        from ..folders_job.views import FoldersJobResourceSync

        return FoldersJobResourceSync(self._session)

    create = blocking(FoldersResource.create)
    delete = blocking(FoldersResource.delete)
    copy = blocking(FoldersResource.copy)
    move = blocking(FoldersResource.move)
    rename = blocking(FoldersResource.rename)


class FoldersResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `FoldersResource`, each blocking and returning an `ApiResponse`.
    """

    @cached_property
    def job(self) -> FoldersJobResourceSyncWithResponse:
        """
        Follow the jobs that copy, move and rename folders.
        """
        from ..folders_job.views import FoldersJobResourceSyncWithResponse

        return FoldersJobResourceSyncWithResponse(self._session)

    create = blocking(FoldersResourceWithResponse.create)
    delete = blocking(FoldersResourceWithResponse.delete)
    copy = blocking(FoldersResourceWithResponse.copy)
    move = blocking(FoldersResourceWithResponse.move)
    rename = blocking(FoldersResourceWithResponse.rename)
