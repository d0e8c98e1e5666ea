# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...._http.session import Session
    from ..accounts.with_response import AccountsResourceWithResponse
    from ..assets.with_response import AssetsResourceWithResponse
    from ..beta.with_response import BetaResourceWithResponse
    from ..cache.with_response import CacheResourceWithResponse
    from ..custom_metadata_fields.with_response import (
        CustomMetadataFieldsResourceWithResponse,
    )
    from ..files.with_response import FilesResourceWithResponse
    from ..folders.with_response import FoldersResourceWithResponse
    from ..named_transformations.with_response import (
        NamedTransformationsResourceWithResponse,
    )
    from ..saved_extensions.with_response import SavedExtensionsResourceWithResponse


class ResourcesWithResponse:
    """
    The calls of `Resources`, each returning an `ApiResponse` around the value.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def accounts(self) -> AccountsResourceWithResponse:
        """
        The calls of `accounts`.
        """
        from ..accounts.with_response import AccountsResourceWithResponse

        return AccountsResourceWithResponse(self._session)

    @cached_property
    def assets(self) -> AssetsResourceWithResponse:
        """
        The calls of `assets`.
        """
        from ..assets.with_response import AssetsResourceWithResponse

        return AssetsResourceWithResponse(self._session)

    @cached_property
    def beta(self) -> BetaResourceWithResponse:
        """
        The calls of `beta`.
        """
        from ..beta.with_response import BetaResourceWithResponse

        return BetaResourceWithResponse(self._session)

    @cached_property
    def cache(self) -> CacheResourceWithResponse:
        """
        The calls of `cache`.
        """
        from ..cache.with_response import CacheResourceWithResponse

        return CacheResourceWithResponse(self._session)

    @cached_property
    def custom_metadata_fields(self) -> CustomMetadataFieldsResourceWithResponse:
        """
        The calls of `custom_metadata_fields`.
        """
        from ..custom_metadata_fields.with_response import (
            CustomMetadataFieldsResourceWithResponse,
        )

        return CustomMetadataFieldsResourceWithResponse(self._session)

    @cached_property
    def files(self) -> FilesResourceWithResponse:
        """
        The calls of `files`.
        """
        from ..files.with_response import FilesResourceWithResponse

        return FilesResourceWithResponse(self._session)

    @cached_property
    def folders(self) -> FoldersResourceWithResponse:
        """
        The calls of `folders`.
        """
        from ..folders.with_response import FoldersResourceWithResponse

        return FoldersResourceWithResponse(self._session)

    @cached_property
    def named_transformations(self) -> NamedTransformationsResourceWithResponse:
        """
        The calls of `named_transformations`.
        """
        from ..named_transformations.with_response import (
            NamedTransformationsResourceWithResponse,
        )

        return NamedTransformationsResourceWithResponse(self._session)

    @cached_property
    def saved_extensions(self) -> SavedExtensionsResourceWithResponse:
        """
        The calls of `saved_extensions`.
        """
        from ..saved_extensions.with_response import SavedExtensionsResourceWithResponse

        return SavedExtensionsResourceWithResponse(self._session)
