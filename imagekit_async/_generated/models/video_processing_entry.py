# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class VideoProcessingEntry(Model):
    """
    How much video was processed in one codec and resolution.

    Attributes:
        codec: Codec of the output.
        resolution: Class of resolution of the output.
        duration_seconds: Length of the processed video in seconds, not the number of billed units.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    codec: str
    resolution: str
    duration_seconds: float
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "codec": Property("codec", required=True),
        "resolution": Property("resolution", required=True),
        "duration_seconds": Property("durationSeconds", required=True),
    }
