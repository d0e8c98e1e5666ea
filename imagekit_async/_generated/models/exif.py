# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import MODELS, PLAIN, MapOf, Model, Property, Reference

if TYPE_CHECKING:
    from .exif_details import ExifDetails
    from .exif_gps import ExifGps
    from .exif_image import ExifImage
    from .exif_interoperability import ExifInteroperability
    from .exif_thumbnail import ExifThumbnail


@attrs.frozen(kw_only=True, repr=False, eq=False)
class Exif(Model):
    """
    Exif data by section; a section without data is empty. Further keys may occur.

    Attributes:
        image: About the camera and the main image.
        thumbnail: About the embedded preview image.
        exif: About the exposure and the lens.
        gps: About the place.
        interoperability: About compatibility with other devices.
        makernote: Data in the camera maker's own form.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    image: ExifImage | None = None
    thumbnail: ExifThumbnail | None = None
    exif: ExifDetails | None = None
    gps: ExifGps | None = None
    interoperability: ExifInteroperability | None = None
    makernote: dict[str, Any] | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "image": Property("image", Reference(MODELS + ".exif_image", "ExifImage")),
        "thumbnail": Property("thumbnail", Reference(MODELS + ".exif_thumbnail", "ExifThumbnail")),
        "exif": Property("exif", Reference(MODELS + ".exif_details", "ExifDetails")),
        "gps": Property("gps", Reference(MODELS + ".exif_gps", "ExifGps")),
        "interoperability": Property(
            "interoperability", Reference(MODELS + ".exif_interoperability", "ExifInteroperability")
        ),
        "makernote": Property("makernote", MapOf(PLAIN)),
    }
