# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import MODELS, Model, Property, Reference

if TYPE_CHECKING:
    from .video_output_metadata import VideoOutputMetadata


@attrs.frozen(kw_only=True, repr=False, eq=False)
class VideoOutput(Model):
    """
    A transformed video.

    Attributes:
        url: URL that delivers the result.
        video_metadata: Technical properties of the result.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    url: str
    video_metadata: VideoOutputMetadata | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "url": Property("url", required=True),
        "video_metadata": Property(
            "video_metadata", Reference(MODELS + ".video_output_metadata", "VideoOutputMetadata")
        ),
    }
