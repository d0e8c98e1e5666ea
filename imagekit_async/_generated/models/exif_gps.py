# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any

import attrs

from ..._model import INTEGER, PLAIN, Array, Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class ExifGps(Model):
    """
    Exif data about the place where a photo was taken.

    Attributes:
        gps_version_id: Version of the GPS section.
        gps_latitude_ref: `N` for north, `S` for south.
        gps_latitude: Latitude as degrees, minutes and seconds.
        gps_longitude_ref: `E` for east, `W` for west.
        gps_longitude: Longitude as degrees, minutes and seconds.
        gps_altitude_ref: 0 for above sea level, 1 for below.
        gps_altitude: Altitude in meters.
        gps_time_stamp: Time in UTC as hours, minutes and seconds.
        gps_date_stamp: Date in UTC, as `YYYY:MM:DD`.
        gps_img_direction: Direction the camera pointed to, in degrees from 0 to 359.99.
        gps_img_direction_ref: `T` for true north, `M` for magnetic north.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    gps_version_id: builtins.list[int] | None = None
    gps_latitude_ref: str | None = None
    gps_latitude: builtins.list[float] | None = None
    gps_longitude_ref: str | None = None
    gps_longitude: builtins.list[float] | None = None
    gps_altitude_ref: int | None = None
    gps_altitude: float | None = None
    gps_time_stamp: builtins.list[float] | None = None
    gps_date_stamp: str | None = None
    gps_img_direction: float | None = None
    gps_img_direction_ref: str | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "gps_version_id": Property("GPSVersionID", Array(INTEGER)),
        "gps_latitude_ref": Property("GPSLatitudeRef"),
        "gps_latitude": Property("GPSLatitude", Array(PLAIN)),
        "gps_longitude_ref": Property("GPSLongitudeRef"),
        "gps_longitude": Property("GPSLongitude", Array(PLAIN)),
        "gps_altitude_ref": Property("GPSAltitudeRef", INTEGER),
        "gps_altitude": Property("GPSAltitude"),
        "gps_time_stamp": Property("GPSTimeStamp", Array(PLAIN)),
        "gps_date_stamp": Property("GPSDateStamp"),
        "gps_img_direction": Property("GPSImgDirection"),
        "gps_img_direction_ref": Property("GPSImgDirectionRef"),
    }
