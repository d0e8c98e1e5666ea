# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

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

    accounts = child(AccountsResourceWithResponse)
    assets = child(AssetsResourceWithResponse)
    beta = child(BetaResourceWithResponse)
    cache = child(CacheResourceWithResponse)
    custom_metadata_fields = child(CustomMetadataFieldsResourceWithResponse)
    files = child(FilesResourceWithResponse)
    folders = child(FoldersResourceWithResponse)
    named_transformations = child(NamedTransformationsResourceWithResponse)
    saved_extensions = child(SavedExtensionsResourceWithResponse)


class ResourcesSync(BlockingView):
    """
    The methods of `Resources`, each blocking until it is done.
    """

    accounts = child(AccountsResourceSync)
    assets = child(AssetsResourceSync)
    beta = child(BetaResourceSync)
    cache = child(CacheResourceSync)
    custom_metadata_fields = child(CustomMetadataFieldsResourceSync)
    files = child(FilesResourceSync)
    folders = child(FoldersResourceSync)
    named_transformations = child(NamedTransformationsResourceSync)
    saved_extensions = child(SavedExtensionsResourceSync)


class ResourcesSyncWithResponse(BlockingResponseView):
    """
    The methods of `Resources`, each blocking and returning an `ApiResponse`.
    """

    accounts = child(AccountsResourceSyncWithResponse)
    assets = child(AssetsResourceSyncWithResponse)
    beta = child(BetaResourceSyncWithResponse)
    cache = child(CacheResourceSyncWithResponse)
    custom_metadata_fields = child(CustomMetadataFieldsResourceSyncWithResponse)
    files = child(FilesResourceSyncWithResponse)
    folders = child(FoldersResourceSyncWithResponse)
    named_transformations = child(NamedTransformationsResourceSyncWithResponse)
    saved_extensions = child(SavedExtensionsResourceSyncWithResponse)
