# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..._model import INTEGER, Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class UsageReport(Model):
    """
    What an account has used in a range of days.

    Attributes:
        bandwidth_bytes: Bandwidth of delivery in bytes.
        media_library_storage_bytes: Storage used by the media library, in bytes.
        original_cache_storage_bytes: Storage used to cache files of external origins, in bytes.
        video_processing_units_count: Video processing units used.
        extension_units_count: Extension units used.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    bandwidth_bytes: int
    media_library_storage_bytes: int
    original_cache_storage_bytes: int
    video_processing_units_count: int
    extension_units_count: int
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "bandwidth_bytes": Property("bandwidthBytes", INTEGER, required=True),
        "media_library_storage_bytes": Property("mediaLibraryStorageBytes", INTEGER, required=True),
        "original_cache_storage_bytes": Property("originalCacheStorageBytes", INTEGER, required=True),
        "video_processing_units_count": Property("videoProcessingUnitsCount", INTEGER, required=True),
        "extension_units_count": Property("extensionUnitsCount", INTEGER, required=True),
    }
