"""
EXIF data by section, with the names and notation of the API.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PIL import ExifTags, Image

from imagekit_local._metadata.forms import plain, text

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
_MAX_BYTES = 1024 * 1024
# Data of other kinds, and whole images.
_BLOBS = {"ImageResources", "InterColorProfile", "IPTCNAA", "JPEGTables", "MakerNote", "XMLPacket"}
_DIRECTLY_PHOTOGRAPHED = b"\x01"


def exif_sections(image: Image.Image) -> dict[str, dict[str, Any]]:
    """
    Return all six sections, empty if they are broken or missing. Maker notes are not read.
    """
    found = {name: _readable(image, read, tags) for name, (read, tags) in _SECTIONS.items()}
    return {**found, "makernote": {}}


def _readable(
    image: Image.Image, read: Callable[[Image.Exif], Mapping[int, Any]], tags: Mapping[int, str]
) -> dict[str, Any]:
    try:
        if len(image.info.get("exif", b"")) > _MAX_BYTES:
            return {}
        # The method of a PNG would decode the image to look for data behind it.
        return _section(read(Image.Image.getexif(image)), tags)
    # Broken data make Pillow raise any error, and the image is valid without them.
    except Exception:
        return {}


def _section(values: Mapping[int, Any], tags: Mapping[int, str]) -> dict[str, Any]:
    section: dict[str, Any] = {}
    for tag in values:
        name = tags.get(tag, str(tag))
        value = None if name in _BLOBS else _value(name, values[tag])
        if value is not None:
            section[_NAMES.get(name, name)] = value
    return section


def _value(name: str, raw: Any) -> Any:
    if isinstance(raw, bytes):
        return _from_bytes(name, raw)
    # Pillow decodes all texts as Latin-1.
    return plain(text(raw.encode("latin-1")) if isinstance(raw, str) else raw)


def _from_bytes(name: str, value: bytes) -> Any:
    if name == "GPSVersionID":
        return list(value[:4])
    if name == "GPSAltitudeRef":
        return value[0] if value else None
    if name == "SceneType":
        return "directly photographed" if value == _DIRECTLY_PHOTOGRAPHED else None
    if name.startswith("XP"):
        return plain(value.decode("utf-16-le", "replace"))
    if name == "UserComment":
        value = value[_COMMENT_PREFIX_BYTES:]
    shown = value.rstrip(b"\x00 ").decode("ascii", "replace")
    return plain(shown) if shown.isprintable() and shown.isascii() else None


_SECTIONS: dict[str, tuple[Callable[[Image.Exif], Mapping[int, Any]], Mapping[int, str]]] = {
    "image": (lambda exif: exif, ExifTags.TAGS),
    "thumbnail": (lambda exif: exif.get_ifd(ExifTags.IFD.IFD1), ExifTags.TAGS),
    "exif": (lambda exif: exif.get_ifd(ExifTags.IFD.Exif), ExifTags.TAGS),
    "gps": (lambda exif: exif.get_ifd(ExifTags.IFD.GPSInfo), ExifTags.GPSTAGS),
    "interoperability": (lambda exif: exif.get_ifd(ExifTags.IFD.Interop), _INTEROPERABILITY_TAGS),
}
