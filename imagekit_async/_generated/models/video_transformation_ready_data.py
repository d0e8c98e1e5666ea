# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import MODELS, Model, Property, Reference

if TYPE_CHECKING:
    from .ready_video_transformation import ReadyVideoTransformation
    from .video_asset import VideoAsset


@attrs.frozen(kw_only=True, repr=False, eq=False)
class VideoTransformationReadyData(Model):
    """
    A video whose transformation is done.

    Attributes:
        asset: The original video.
        transformation: What was made of it.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    asset: VideoAsset
    transformation: ReadyVideoTransformation
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "asset": Property("asset", Reference(MODELS + ".video_asset", "VideoAsset"), required=True),
        "transformation": Property(
            "transformation",
            Reference(MODELS + ".ready_video_transformation", "ReadyVideoTransformation"),
            required=True,
        ),
    }
