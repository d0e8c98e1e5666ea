# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import MODELS, Model, Property, Reference

if TYPE_CHECKING:
    from .failed_video_transformation import FailedVideoTransformation
    from .video_asset import VideoAsset


@attrs.frozen(kw_only=True, repr=False, eq=False)
class VideoTransformationErrorData(Model):
    """
    A video whose transformation has failed.

    Attributes:
        asset: The original video.
        transformation: What should have been made of it.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    asset: VideoAsset
    transformation: FailedVideoTransformation
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "asset": Property("asset", Reference(MODELS + ".video_asset", "VideoAsset"), required=True),
        "transformation": Property(
            "transformation",
            Reference(MODELS + ".failed_video_transformation", "FailedVideoTransformation"),
            required=True,
        ),
    }
