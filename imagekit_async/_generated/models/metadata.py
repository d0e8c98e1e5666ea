# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import INTEGER, MODELS, Model, Property, Reference

if TYPE_CHECKING:
    from .exif import Exif


@attrs.frozen(kw_only=True, repr=False, eq=False)
class Metadata(Model):
    """
    Technical properties of an image or a video; what does not apply is absent.

    Attributes:
        width: Width in pixels.
        height: Height in pixels.
        size: Size in bytes.
        format: Format of an image, such as `jpg`.
        has_color_profile: Whether the image contains a color profile.
        quality: Compression quality of the image; 0 where the format has none.
        density: Resolution of the image in dots per inch.
        has_transparency: Whether the image has transparent areas.
        p_hash: Perceptual hash of the image, 64 bits in hexadecimal digits. The fewer bits differ, the more alike two
            images look.
        bit_rate: Bit rate of a video. Documented as kbit/s, yet known values are in bit/s.
        duration: Length of a video in seconds.
        audio_codec: Audio codec of a video.
        video_codec: Video codec of a video.
        exif: Exif data of the file.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    width: int | None = None
    height: int | None = None
    size: int | None = None
    format: str | None = None
    has_color_profile: bool | None = None
    quality: int | None = None
    density: int | None = None
    has_transparency: bool | None = None
    p_hash: str | None = None
    bit_rate: int | None = None
    duration: int | None = None
    audio_codec: str | None = None
    video_codec: str | None = None
    exif: Exif | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "width": Property("width", INTEGER),
        "height": Property("height", INTEGER),
        "size": Property("size", INTEGER),
        "format": Property("format"),
        "has_color_profile": Property("hasColorProfile"),
        "quality": Property("quality", INTEGER),
        "density": Property("density", INTEGER),
        "has_transparency": Property("hasTransparency"),
        "p_hash": Property("pHash"),
        "bit_rate": Property("bitRate", INTEGER),
        "duration": Property("duration", INTEGER),
        "audio_codec": Property("audioCodec"),
        "video_codec": Property("videoCodec"),
        "exif": Property("exif", Reference(MODELS + ".exif", "Exif")),
    }
