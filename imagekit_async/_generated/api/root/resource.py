# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ...._runtime import Resource

if TYPE_CHECKING:
    from ..accounts.resource import AccountsResource
    from ..assets.resource import AssetsResource
    from ..beta.resource import BetaResource
    from ..cache.resource import CacheResource
    from ..custom_metadata_fields.resource import CustomMetadataFieldsResource
    from ..files.resource import FilesResource
    from ..folders.resource import FoldersResource
    from ..named_transformations.resource import NamedTransformationsResource
    from ..saved_extensions.resource import SavedExtensionsResource


class Resources(Resource):
    """
    Groups the calls below the client.
    """

    @cached_property
    def accounts(self) -> AccountsResource:
        """
        The calls below `accounts`.
        """
        from ..accounts.resource import AccountsResource

        return AccountsResource(self._session)

    @cached_property
    def assets(self) -> AssetsResource:
        """
        List and search the files and folders of the media library.
        """
        from ..assets.resource import AssetsResource

        return AssetsResource(self._session)

    @cached_property
    def beta(self) -> BetaResource:
        """
        The calls below `beta`.
        """
        from ..beta.resource import BetaResource

        return BetaResource(self._session)

    @cached_property
    def cache(self) -> CacheResource:
        """
        The calls below `cache`.
        """
        from ..cache.resource import CacheResource

        return CacheResource(self._session)

    @cached_property
    def custom_metadata_fields(self) -> CustomMetadataFieldsResource:
        """
        Define the fields that the custom metadata of files and folders may use.
        """
        from ..custom_metadata_fields.resource import CustomMetadataFieldsResource

        return CustomMetadataFieldsResource(self._session)

    @cached_property
    def files(self) -> FilesResource:
        """
        Upload files, and read, change, copy, move, rename and delete those in the media library.
        """
        from ..files.resource import FilesResource

        return FilesResource(self._session)

    @cached_property
    def folders(self) -> FoldersResource:
        """
        Create, copy, move, rename and delete folders. Copying, moving and renaming run as jobs after the call.
        """
        from ..folders.resource import FoldersResource

        return FoldersResource(self._session)

    @cached_property
    def named_transformations(self) -> NamedTransformationsResource:
        """
        Give transformation strings a name to use in delivery URLs. An account can have 250 of them.
        """
        from ..named_transformations.resource import NamedTransformationsResource

        return NamedTransformationsResource(self._session)

    @cached_property
    def saved_extensions(self) -> SavedExtensionsResource:
        """
        Store the settings of extensions, to be used by id in uploads and updates. An account can have 100 of them.
        """
        from ..saved_extensions.resource import SavedExtensionsResource

        return SavedExtensionsResource(self._session)
