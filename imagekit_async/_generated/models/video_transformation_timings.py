# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..._model import INTEGER, Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class VideoTransformationTimings(Model):
    """
    How long the steps of a video transformation took.

    Attributes:
        download_duration: Time to fetch the original, in milliseconds.
        encoding_duration: Time to encode the result, in milliseconds.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    download_duration: int | None = None
    encoding_duration: int | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "download_duration": Property("download_duration", INTEGER),
        "encoding_duration": Property("encoding_duration", INTEGER),
    }
