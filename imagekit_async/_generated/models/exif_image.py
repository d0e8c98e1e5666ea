# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..._model import INTEGER, Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class ExifImage(Model):
    """
    Exif data about the camera and the main image.

    Attributes:
        make: Maker of the camera.
        model: Model of the camera.
        orientation: Orientation of the image for viewing, as Exif code from 1 to 8.
        x_resolution: Pixels per `ResolutionUnit` across.
        y_resolution: Pixels per `ResolutionUnit` down.
        resolution_unit: Unit of the resolution: 2 for inches, 3 for centimeters.
        software: Program that wrote the image.
        modify_date: When the image was changed, as `YYYY:MM:DD HH:MM:SS`.
        y_cb_cr_positioning: Where color samples lie: 1 centered, 2 co-sited.
        exif_offset: Position of the Exif section in bytes.
        gps_info: Position of the GPS section in bytes.
        artist: Who made the image.
        copyright: Copyright notice.
        image_description: Title of the image.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    make: str | None = None
    model: str | None = None
    orientation: int | None = None
    x_resolution: float | None = None
    y_resolution: float | None = None
    resolution_unit: int | None = None
    software: str | None = None
    modify_date: str | None = None
    y_cb_cr_positioning: int | None = None
    exif_offset: int | None = None
    gps_info: int | None = None
    artist: str | None = None
    copyright: str | None = None
    image_description: str | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "make": Property("Make"),
        "model": Property("Model"),
        "orientation": Property("Orientation", INTEGER),
        "x_resolution": Property("XResolution"),
        "y_resolution": Property("YResolution"),
        "resolution_unit": Property("ResolutionUnit", INTEGER),
        "software": Property("Software"),
        "modify_date": Property("ModifyDate"),
        "y_cb_cr_positioning": Property("YCbCrPositioning", INTEGER),
        "exif_offset": Property("ExifOffset", INTEGER),
        "gps_info": Property("GPSInfo", INTEGER),
        "artist": Property("Artist"),
        "copyright": Property("Copyright"),
        "image_description": Property("ImageDescription"),
    }
