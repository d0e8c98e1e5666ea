# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..._model import INTEGER, Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class ExifThumbnail(Model):
    """
    Exif data about the embedded preview image.

    Attributes:
        compression: Compression scheme, as Exif code; 6 for JPEG.
        x_resolution: Pixels per `ResolutionUnit` across.
        y_resolution: Pixels per `ResolutionUnit` down.
        resolution_unit: Unit of the resolution: 2 for inches, 3 for centimeters.
        thumbnail_offset: Position of the preview image in bytes.
        thumbnail_length: Size of the preview image in bytes.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    compression: int | None = None
    x_resolution: float | None = None
    y_resolution: float | None = None
    resolution_unit: int | None = None
    thumbnail_offset: int | None = None
    thumbnail_length: int | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "compression": Property("Compression", INTEGER),
        "x_resolution": Property("XResolution"),
        "y_resolution": Property("YResolution"),
        "resolution_unit": Property("ResolutionUnit", INTEGER),
        "thumbnail_offset": Property("ThumbnailOffset", INTEGER),
        "thumbnail_length": Property("ThumbnailLength", INTEGER),
    }
