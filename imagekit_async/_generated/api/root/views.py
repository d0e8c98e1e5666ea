# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property

from ...._runtime import BlockingResponseView, BlockingView, ResponseView, child
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

    accounts: cached_property[AccountsResourceWithResponse] = child(AccountsResourceWithResponse)
    assets: cached_property[AssetsResourceWithResponse] = child(AssetsResourceWithResponse)
    beta: cached_property[BetaResourceWithResponse] = child(BetaResourceWithResponse)
    cache: cached_property[CacheResourceWithResponse] = child(CacheResourceWithResponse)
    custom_metadata_fields: cached_property[CustomMetadataFieldsResourceWithResponse] = child(
        CustomMetadataFieldsResourceWithResponse
    )
    files: cached_property[FilesResourceWithResponse] = child(FilesResourceWithResponse)
    folders: cached_property[FoldersResourceWithResponse] = child(FoldersResourceWithResponse)
    named_transformations: cached_property[NamedTransformationsResourceWithResponse] = child(
        NamedTransformationsResourceWithResponse
    )
    saved_extensions: cached_property[SavedExtensionsResourceWithResponse] = child(SavedExtensionsResourceWithResponse)


class ResourcesSync(BlockingView):
    """
    The methods of `Resources`, each blocking until it is done.
    """

    accounts: cached_property[AccountsResourceSync] = child(AccountsResourceSync)
    assets: cached_property[AssetsResourceSync] = child(AssetsResourceSync)
    beta: cached_property[BetaResourceSync] = child(BetaResourceSync)
    cache: cached_property[CacheResourceSync] = child(CacheResourceSync)
    custom_metadata_fields: cached_property[CustomMetadataFieldsResourceSync] = child(CustomMetadataFieldsResourceSync)
    files: cached_property[FilesResourceSync] = child(FilesResourceSync)
    folders: cached_property[FoldersResourceSync] = child(FoldersResourceSync)
    named_transformations: cached_property[NamedTransformationsResourceSync] = child(NamedTransformationsResourceSync)
    saved_extensions: cached_property[SavedExtensionsResourceSync] = child(SavedExtensionsResourceSync)


class ResourcesSyncWithResponse(BlockingResponseView):
    """
    The methods of `Resources`, each blocking and returning an `ApiResponse`.
    """

    accounts: cached_property[AccountsResourceSyncWithResponse] = child(AccountsResourceSyncWithResponse)
    assets: cached_property[AssetsResourceSyncWithResponse] = child(AssetsResourceSyncWithResponse)
    beta: cached_property[BetaResourceSyncWithResponse] = child(BetaResourceSyncWithResponse)
    cache: cached_property[CacheResourceSyncWithResponse] = child(CacheResourceSyncWithResponse)
    custom_metadata_fields: cached_property[CustomMetadataFieldsResourceSyncWithResponse] = child(
        CustomMetadataFieldsResourceSyncWithResponse
    )
    files: cached_property[FilesResourceSyncWithResponse] = child(FilesResourceSyncWithResponse)
    folders: cached_property[FoldersResourceSyncWithResponse] = child(FoldersResourceSyncWithResponse)
    named_transformations: cached_property[NamedTransformationsResourceSyncWithResponse] = child(
        NamedTransformationsResourceSyncWithResponse
    )
    saved_extensions: cached_property[SavedExtensionsResourceSyncWithResponse] = child(
        SavedExtensionsResourceSyncWithResponse
    )
