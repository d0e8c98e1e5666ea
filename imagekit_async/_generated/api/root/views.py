# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ...._runtime import BlockingResponseView, BlockingView, ResponseView

if TYPE_CHECKING:
    from ..accounts.views import AccountsResourceSync, AccountsResourceSyncWithResponse, AccountsResourceWithResponse
    from ..assets.views import AssetsResourceSync, AssetsResourceSyncWithResponse, AssetsResourceWithResponse
    from ..beta.views import BetaResourceSync, BetaResourceSyncWithResponse, BetaResourceWithResponse
    from ..cache.views import CacheResourceSync, CacheResourceSyncWithResponse, CacheResourceWithResponse
    from ..custom_metadata_fields.views import (
        CustomMetadataFieldsResourceSync,
        CustomMetadataFieldsResourceSyncWithResponse,
        CustomMetadataFieldsResourceWithResponse,
    )
    from ..files.views import FilesResourceSync, FilesResourceSyncWithResponse, FilesResourceWithResponse
    from ..folders.views import FoldersResourceSync, FoldersResourceSyncWithResponse, FoldersResourceWithResponse
    from ..named_transformations.views import (
        NamedTransformationsResourceSync,
        NamedTransformationsResourceSyncWithResponse,
        NamedTransformationsResourceWithResponse,
    )
    from ..saved_extensions.views import (
        SavedExtensionsResourceSync,
        SavedExtensionsResourceSyncWithResponse,
        SavedExtensionsResourceWithResponse,
    )


class ResourcesWithResponse(ResponseView):
    """
    The methods of `Resources`, each returning an `ApiResponse`.
    """

    @cached_property
    def accounts(self) -> AccountsResourceWithResponse:
        """
        The calls below `accounts`.
        """
        from ..accounts.views import AccountsResourceWithResponse

        return AccountsResourceWithResponse(self._session)

    @cached_property
    def assets(self) -> AssetsResourceWithResponse:
        """
        List and search the files and folders of the media library.
        """
        from ..assets.views import AssetsResourceWithResponse

        return AssetsResourceWithResponse(self._session)

    @cached_property
    def beta(self) -> BetaResourceWithResponse:
        """
        The calls below `beta`.
        """
        from ..beta.views import BetaResourceWithResponse

        return BetaResourceWithResponse(self._session)

    @cached_property
    def cache(self) -> CacheResourceWithResponse:
        """
        The calls below `cache`.
        """
        from ..cache.views import CacheResourceWithResponse

        return CacheResourceWithResponse(self._session)

    @cached_property
    def custom_metadata_fields(self) -> CustomMetadataFieldsResourceWithResponse:
        """
        Define the fields that the custom metadata of files and folders may use.
        """
        from ..custom_metadata_fields.views import CustomMetadataFieldsResourceWithResponse

        return CustomMetadataFieldsResourceWithResponse(self._session)

    @cached_property
    def files(self) -> FilesResourceWithResponse:
        """
        Upload files, and read, change, copy, move, rename and delete those in the media library.
        """
        from ..files.views import FilesResourceWithResponse

        return FilesResourceWithResponse(self._session)

    @cached_property
    def folders(self) -> FoldersResourceWithResponse:
        """
        Create, copy, move, rename and delete folders. Copying, moving and renaming run as jobs after the call.
        """
        from ..folders.views import FoldersResourceWithResponse

        return FoldersResourceWithResponse(self._session)

    @cached_property
    def named_transformations(self) -> NamedTransformationsResourceWithResponse:
        """
        Give transformation strings a name to use in delivery URLs. An account can have 250 of them.
        """
        from ..named_transformations.views import NamedTransformationsResourceWithResponse

        return NamedTransformationsResourceWithResponse(self._session)

    @cached_property
    def saved_extensions(self) -> SavedExtensionsResourceWithResponse:
        """
        Store the settings of extensions, to be used by id in uploads and updates. An account can have 100 of them.
        """
        from ..saved_extensions.views import SavedExtensionsResourceWithResponse

        return SavedExtensionsResourceWithResponse(self._session)


class ResourcesSync(BlockingView):
    """
    The methods of `Resources`, each blocking until it is done.
    """

    @cached_property
    def accounts(self) -> AccountsResourceSync:
        """
        The calls below `accounts`.
        """
        from ..accounts.views import AccountsResourceSync

        return AccountsResourceSync(self._session)

    @cached_property
    def assets(self) -> AssetsResourceSync:
        """
        List and search the files and folders of the media library.
        """
        from ..assets.views import AssetsResourceSync

        return AssetsResourceSync(self._session)

    @cached_property
    def beta(self) -> BetaResourceSync:
        """
        The calls below `beta`.
        """
        from ..beta.views import BetaResourceSync

        return BetaResourceSync(self._session)

    @cached_property
    def cache(self) -> CacheResourceSync:
        """
        The calls below `cache`.
        """
        from ..cache.views import CacheResourceSync

        return CacheResourceSync(self._session)

    @cached_property
    def custom_metadata_fields(self) -> CustomMetadataFieldsResourceSync:
        """
        Define the fields that the custom metadata of files and folders may use.
        """
        from ..custom_metadata_fields.views import CustomMetadataFieldsResourceSync

        return CustomMetadataFieldsResourceSync(self._session)

    @cached_property
    def files(self) -> FilesResourceSync:
        """
        Upload files, and read, change, copy, move, rename and delete those in the media library.
        """
        from ..files.views import FilesResourceSync

        return FilesResourceSync(self._session)

    @cached_property
    def folders(self) -> FoldersResourceSync:
        """
        Create, copy, move, rename and delete folders. Copying, moving and renaming run as jobs after the call.
        """
        from ..folders.views import FoldersResourceSync

        return FoldersResourceSync(self._session)

    @cached_property
    def named_transformations(self) -> NamedTransformationsResourceSync:
        """
        Give transformation strings a name to use in delivery URLs. An account can have 250 of them.
        """
        from ..named_transformations.views import NamedTransformationsResourceSync

        return NamedTransformationsResourceSync(self._session)

    @cached_property
    def saved_extensions(self) -> SavedExtensionsResourceSync:
        """
        Store the settings of extensions, to be used by id in uploads and updates. An account can have 100 of them.
        """
        from ..saved_extensions.views import SavedExtensionsResourceSync

        return SavedExtensionsResourceSync(self._session)


class ResourcesSyncWithResponse(BlockingResponseView):
    """
    The methods of `Resources`, each blocking and returning an `ApiResponse`.
    """

    @cached_property
    def accounts(self) -> AccountsResourceSyncWithResponse:
        """
        The calls below `accounts`.
        """
        from ..accounts.views import AccountsResourceSyncWithResponse

        return AccountsResourceSyncWithResponse(self._session)

    @cached_property
    def assets(self) -> AssetsResourceSyncWithResponse:
        """
        List and search the files and folders of the media library.
        """
        from ..assets.views import AssetsResourceSyncWithResponse

        return AssetsResourceSyncWithResponse(self._session)

    @cached_property
    def beta(self) -> BetaResourceSyncWithResponse:
        """
        The calls below `beta`.
        """
        from ..beta.views import BetaResourceSyncWithResponse

        return BetaResourceSyncWithResponse(self._session)

    @cached_property
    def cache(self) -> CacheResourceSyncWithResponse:
        """
        The calls below `cache`.
        """
        from ..cache.views import CacheResourceSyncWithResponse

        return CacheResourceSyncWithResponse(self._session)

    @cached_property
    def custom_metadata_fields(self) -> CustomMetadataFieldsResourceSyncWithResponse:
        """
        Define the fields that the custom metadata of files and folders may use.
        """
        from ..custom_metadata_fields.views import CustomMetadataFieldsResourceSyncWithResponse

        return CustomMetadataFieldsResourceSyncWithResponse(self._session)

    @cached_property
    def files(self) -> FilesResourceSyncWithResponse:
        """
        Upload files, and read, change, copy, move, rename and delete those in the media library.
        """
        from ..files.views import FilesResourceSyncWithResponse

        return FilesResourceSyncWithResponse(self._session)

    @cached_property
    def folders(self) -> FoldersResourceSyncWithResponse:
        """
        Create, copy, move, rename and delete folders. Copying, moving and renaming run as jobs after the call.
        """
        from ..folders.views import FoldersResourceSyncWithResponse

        return FoldersResourceSyncWithResponse(self._session)

    @cached_property
    def named_transformations(self) -> NamedTransformationsResourceSyncWithResponse:
        """
        Give transformation strings a name to use in delivery URLs. An account can have 250 of them.
        """
        from ..named_transformations.views import NamedTransformationsResourceSyncWithResponse

        return NamedTransformationsResourceSyncWithResponse(self._session)

    @cached_property
    def saved_extensions(self) -> SavedExtensionsResourceSyncWithResponse:
        """
        Store the settings of extensions, to be used by id in uploads and updates. An account can have 100 of them.
        """
        from ..saved_extensions.views import SavedExtensionsResourceSyncWithResponse

        return SavedExtensionsResourceSyncWithResponse(self._session)
