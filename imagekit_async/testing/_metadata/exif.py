"""
EXIF data by section, under the names and in the forms that the API uses.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

_NAMES = {
    "DateTime": "ModifyDate",
    "DateTimeDigitized": "CreateDate",
    "ExifInteroperabilityOffset": "InteropOffset",
    "ExposureBiasValue": "ExposureCompensation",
    "FlashPixVersion": "FlashpixVersion",
    "FocalLengthIn35mmFilm": "FocalLengthIn35mmFormat",
    "ISOSpeedRatings": "ISO",
    "JpegIFByteCount": "ThumbnailLength",
    "JpegIFOffset": "ThumbnailOffset",
    "SubsecTime": "SubSecTime",
    "SubsecTimeDigitized": "SubSecTimeDigitized",
    "SubsecTimeOriginal": "SubSecTimeOriginal",
}
_INTEROPERABILITY_TAGS = {tag.value: tag.name for tag in ExifTags.Interop}
_COMMENT_PREFIX_BYTES = 8
_DIRECTLY_PHOTOGRAPHED = b"\x01"


def exif_sections(image: Image.Image) -> dict[str, dict[str, Any]]:
    """
    All six sections, each empty if there is nothing in it; what cameras note in forms of their own is not read.
    """
    exif = image.getexif()
    return {
        "image": _section(exif, ExifTags.TAGS),
        "thumbnail": _section(exif.get_ifd(ExifTags.IFD.IFD1), ExifTags.TAGS),
        "exif": _section(exif.get_ifd(ExifTags.IFD.Exif), ExifTags.TAGS),
        "gps": _section(exif.get_ifd(ExifTags.IFD.GPSInfo), ExifTags.GPSTAGS),
        "interoperability": _section(exif.get_ifd(ExifTags.IFD.Interop), _INTEROPERABILITY_TAGS),
        "makernote": {},
    }


def _section(values: Mapping[int, Any], tags: Mapping[int, str]) -> dict[str, Any]:
    section: dict[str, Any] = {}
    for tag, raw in values.items():
        name = tags.get(tag, str(tag))
        value = _from_bytes(name, raw) if isinstance(raw, bytes) else _plain(raw)
        if value is not None:
            section[_NAMES.get(name, name)] = value
    return section


def _plain(value: Any) -> Any:
    """
    A value as JSON can hold it; None for what it cannot, such as a fraction with nothing below.
    """
    if isinstance(value, str):
        return value.replace("\x00", "").strip()
    if isinstance(value, IFDRational | float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, tuple):
        numbers = [_plain(item) for item in value]  # pyright: ignore[reportUnknownVariableType]
        return None if None in numbers else numbers
    return value if isinstance(value, int) else None


def _from_bytes(name: str, value: bytes) -> Any:
    if name == "GPSVersionID":
        return list(value)
    if name == "GPSAltitudeRef":
        return value[0] if value else None
    if name == "SceneType":
        return "directly photographed" if value == _DIRECTLY_PHOTOGRAPHED else None
    if name == "UserComment":
        value = value[_COMMENT_PREFIX_BYTES:]
    text = value.rstrip(b"\x00 ").decode("ascii", "replace")
    return text if text.isprintable() and text.isascii() else None
