# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, blocking, with_response
from .resource import FilesResource

if TYPE_CHECKING:
    from ..files_bulk.views import (
        FilesBulkResourceSync,
        FilesBulkResourceSyncWithResponse,
        FilesBulkResourceWithResponse,
    )
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


class FilesResourceWithResponse(ResponseView):
    """
    The methods of `FilesResource`, each returning an `ApiResponse`.
    """

    @cached_property
    def bulk(self) -> FilesBulkResourceWithResponse:
        """
        Delete or tag many files with one call. A call changes nothing when one of the files does not exist.
        """
        from ..files_bulk.views import FilesBulkResourceWithResponse

        return FilesBulkResourceWithResponse(self._session)

    @cached_property
    def metadata(self) -> FilesMetadataResourceWithResponse:
        """
        Read the dimensions, the perceptual hash, Exif data and other technical properties of a file or of a delivered
        URL.
        """
        from ..files_metadata.views import FilesMetadataResourceWithResponse

        return FilesMetadataResourceWithResponse(self._session)

    @cached_property
    def versions(self) -> FilesVersionsResourceWithResponse:
        """
        List, read, restore and delete the versions of a file. A file has one current version and at most 100 versions
        in all.
        """
        from ..files_versions.views import FilesVersionsResourceWithResponse

        return FilesVersionsResourceWithResponse(self._session)

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

    @cached_property
    def bulk(self) -> FilesBulkResourceSync:
        """
        Delete or tag many files with one call. A call changes nothing when one of the files does not exist.
        """
        from ..files_bulk.views import FilesBulkResourceSync

        return FilesBulkResourceSync(self._session)

    @cached_property
    def metadata(self) -> FilesMetadataResourceSync:
        """
        Read the dimensions, the perceptual hash, Exif data and other technical properties of a file or of a delivered
        URL.
        """
        from ..files_metadata.views import FilesMetadataResourceSync

        return FilesMetadataResourceSync(self._session)

    @cached_property
    def versions(self) -> FilesVersionsResourceSync:
        """
        List, read, restore and delete the versions of a file. A file has one current version and at most 100 versions
        in all.
        """
        from ..files_versions.views import FilesVersionsResourceSync

        return FilesVersionsResourceSync(self._session)

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

    @cached_property
    def bulk(self) -> FilesBulkResourceSyncWithResponse:
        """
        Delete or tag many files with one call. A call changes nothing when one of the files does not exist.
        """
        from ..files_bulk.views import FilesBulkResourceSyncWithResponse

        return FilesBulkResourceSyncWithResponse(self._session)

    @cached_property
    def metadata(self) -> FilesMetadataResourceSyncWithResponse:
        """
        Read the dimensions, the perceptual hash, Exif data and other technical properties of a file or of a delivered
        URL.
        """
        from ..files_metadata.views import FilesMetadataResourceSyncWithResponse

        return FilesMetadataResourceSyncWithResponse(self._session)

    @cached_property
    def versions(self) -> FilesVersionsResourceSyncWithResponse:
        """
        List, read, restore and delete the versions of a file. A file has one current version and at most 100 versions
        in all.
        """
        from ..files_versions.views import FilesVersionsResourceSyncWithResponse

        return FilesVersionsResourceSyncWithResponse(self._session)

    upload = blocking(FilesResourceWithResponse.upload)
    get = blocking(FilesResourceWithResponse.get)
    update = blocking(FilesResourceWithResponse.update)
    delete = blocking(FilesResourceWithResponse.delete)
    copy = blocking(FilesResourceWithResponse.copy)
    move = blocking(FilesResourceWithResponse.move)
    rename = blocking(FilesResourceWithResponse.rename)
