# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import MODELS, Model, Property, Reference

if TYPE_CHECKING:
    from .video_output import VideoOutput
    from .video_transformation_options import VideoTransformationOptions
    from .video_transformation_type import VideoTransformationType


@attrs.frozen(kw_only=True, repr=False, eq=False)
class ReadyVideoTransformation(Model):
    """
    A transformation of a video, and its result.

    Attributes:
        type: Kind of the transformation.
        options: Settings of the transformation.
        output: The result.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    type: VideoTransformationType | str
    options: VideoTransformationOptions | None = None
    output: VideoOutput | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "type": Property("type", required=True),
        "options": Property(
            "options", Reference(MODELS + ".video_transformation_options", "VideoTransformationOptions")
        ),
        "output": Property("output", Reference(MODELS + ".video_output", "VideoOutput")),
    }
