# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..._model import INTEGER, Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class VideoOutputMetadata(Model):
    """
    Technical properties of a transformed video.

    Attributes:
        duration: Length in seconds.
        width: Width in pixels.
        height: Height in pixels.
        bitrate: Bit rate in bits per second.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    duration: float
    width: int
    height: int
    bitrate: int
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "duration": Property("duration", required=True),
        "width": Property("width", INTEGER, required=True),
        "height": Property("height", INTEGER, required=True),
        "bitrate": Property("bitrate", INTEGER, required=True),
    }
