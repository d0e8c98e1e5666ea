"""
EXIF, IPTC and XMP data of an image, merged into one flat JSON object.

Names are those of ExifTool without hyphens, as in the API. Times are ISO 8601, and some codes are words.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import islice
from typing import Any, cast

from PIL import Image

from imagekit_local._bodies import iso_time
from imagekit_local._dates import parse_date
from imagekit_local._metadata.exif import exif_sections
from imagekit_local._metadata.iptc import iptc_values
from imagekit_local._metadata.xmp import xmp_values

_MAX_NAMES = 500
_MAX_NAME_LENGTH = 100
# If two sections have the same name, the later one wins.
_SECTIONS = ("thumbnail", "interoperability", "gps", "image", "exif")
_POSITIONS = {"ExifOffset", "GPSInfo", "InteropOffset", "ThumbnailOffset", "StripOffsets", "TileOffsets"}
_WORDS = {
    "ColorSpace": {"1": "sRGB", "65535": "Uncalibrated"},
    "Orientation": {
        "1": "Horizontal (normal)",
        "2": "Mirror horizontal",
        "3": "Rotate 180",
        "4": "Mirror vertical",
        "5": "Mirror horizontal and rotate 270 CW",
        "6": "Rotate 90 CW",
        "7": "Mirror horizontal and rotate 90 CW",
        "8": "Rotate 270 CW",
    },
    "ResolutionUnit": {"1": "None", "2": "inches", "3": "cm"},
}
_OFFSETS = {
    "CreateDate": "OffsetTimeDigitized",
    "DateCreated": "OffsetTimeOriginal",
    "DateTimeOriginal": "OffsetTimeOriginal",
    "ModifyDate": "OffsetTime",
}
_MAX_DEGREES = {"GPSLatitude": 90, "GPSLongitude": 180}


def embedded_metadata(image: Image.Image) -> dict[str, Any]:
    """
    Return at most 500 values of an image, without broken ones. EXIF takes precedence over IPTC, and IPTC over XMP.
    """
    sections = exif_sections(image)
    exif = {name: value for section in _SECTIONS for name, value in sections[section].items()}
    merged = _readable(image, xmp_values) | _readable(image, iptc_values) | exif
    if "Keywords" not in merged and "Subject" in merged:
        merged["Keywords"] = merged["Subject"]
    taken = _location(sections["gps"])
    if taken is not None:
        merged["LocationTaken"] = taken
    values = ((name, _formed(name, value, merged)) for name, value in merged.items() if len(name) <= _MAX_NAME_LENGTH)
    known = ((name, value) for name, value in values if value is not None and name not in _POSITIONS)
    return dict(islice(known, _MAX_NAMES))


def _readable(image: Image.Image, read: Callable[[Image.Image], dict[str, Any]]) -> dict[str, Any]:
    try:
        return read(image)
    # Broken data make the readers raise any error, and the image is valid without them.
    except Exception:
        return {}


def _formed(name: str, value: Any, merged: dict[str, Any]) -> Any:
    if name in _WORDS:
        return _WORDS[name].get(str(value), str(value))
    if name in _OFFSETS:
        moment = _moment(str(value), merged.get(_OFFSETS[name]))
        return None if moment is None else iso_time(moment)
    return value


def _moment(text: str, offset: Any) -> datetime | None:
    """
    Return a time in the notation of EXIF, IPTC or XMP; in UTC unless it has an offset.
    """
    day, _, time = text.strip().replace("T", " ").partition(" ")
    digits = day.replace(":", "").replace("-", "")
    iso = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" + (f"T{time}" if time else "")
    return (parse_date(f"{iso}{offset}") if isinstance(offset, str) and time else None) or parse_date(iso)


def _location(gps: dict[str, Any]) -> str | None:
    degrees: list[float] = []
    for name, most in _MAX_DEGREES.items():
        parts = gps.get(name)
        if not isinstance(parts, list) or len(parts) != 3:  # pyright: ignore[reportUnknownArgumentType]
            return None
        whole, minutes, seconds = cast("list[float]", parts)
        value = whole + minutes / 60 + seconds / 3600
        if not 0 <= value <= most:
            return None
        degrees.append(-value if gps.get(f"{name}Ref") in {"S", "W"} else value)
    return f"{degrees[0]:.6f},{degrees[1]:.6f}"
