# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, blocking, child, with_response
from ..files_bulk.views import FilesBulkResourceSync, FilesBulkResourceSyncWithResponse, FilesBulkResourceWithResponse
from ..files_metadata.views import (
    FilesMetadataResourceSync,
    FilesMetadataResourceSyncWithResponse,
    FilesMetadataResourceWithResponse,
)
from ..files_versions.views import (
    FilesVersionsResourceSync,
    FilesVersionsResourceSyncWithResponse,
    FilesVersionsResourceWithResponse,
)
from .resource import FilesResource


class FilesResourceWithResponse(ResponseView):
    """
    The methods of `FilesResource`, each returning an `ApiResponse`.
    """

    bulk: cached_property[FilesBulkResourceWithResponse] = child(FilesBulkResourceWithResponse)
    metadata: cached_property[FilesMetadataResourceWithResponse] = child(FilesMetadataResourceWithResponse)
    versions: cached_property[FilesVersionsResourceWithResponse] = child(FilesVersionsResourceWithResponse)
    upload = with_response(FilesResource.upload)
    get = with_response(FilesResource.get)
    update = with_response(FilesResource.update)
    delete = with_response(FilesResource.delete)
    copy = with_response(FilesResource.copy)
    move = with_response(FilesResource.move)
    rename = with_response(FilesResource.rename)


class FilesResourceSync(BlockingView):
    """
    The methods of `FilesResource`, each blocking until it is done.
    """

    bulk: cached_property[FilesBulkResourceSync] = child(FilesBulkResourceSync)
    metadata: cached_property[FilesMetadataResourceSync] = child(FilesMetadataResourceSync)
    versions: cached_property[FilesVersionsResourceSync] = child(FilesVersionsResourceSync)
    upload = blocking(FilesResource.upload)
    get = blocking(FilesResource.get)
    update = blocking(FilesResource.update)
    delete = blocking(FilesResource.delete)
    copy = blocking(FilesResource.copy)
    move = blocking(FilesResource.move)
    rename = blocking(FilesResource.rename)


class FilesResourceSyncWithResponse(BlockingResponseView):
    """
    The methods of `FilesResource`, each blocking and returning an `ApiResponse`.
    """

    bulk: cached_property[FilesBulkResourceSyncWithResponse] = child(FilesBulkResourceSyncWithResponse)
    metadata: cached_property[FilesMetadataResourceSyncWithResponse] = child(FilesMetadataResourceSyncWithResponse)
    versions: cached_property[FilesVersionsResourceSyncWithResponse] = child(FilesVersionsResourceSyncWithResponse)
    upload = blocking(FilesResourceWithResponse.upload)
    get = blocking(FilesResourceWithResponse.get)
    update = blocking(FilesResourceWithResponse.update)
    delete = blocking(FilesResourceWithResponse.delete)
    copy = blocking(FilesResourceWithResponse.copy)
    move = blocking(FilesResourceWithResponse.move)
    rename = blocking(FilesResourceWithResponse.rename)
