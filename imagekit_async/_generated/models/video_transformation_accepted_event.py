# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import attrs

from ..._model import DATE_TIME, MODELS, Model, Property, Reference

if TYPE_CHECKING:
    from .video_request_context import VideoRequestContext
    from .video_transformation_accepted_data import VideoTransformationAcceptedData


@attrs.frozen(kw_only=True, repr=False, eq=False)
class VideoTransformationAcceptedEvent(Model):
    """
    Sent when a delivery request needs a transformed video that does not exist yet, and encoding has begun.

    Attributes:
        id: Id of the event; the same when the event is sent again.
        type: Always `video.transformation.accepted`.
        created_at: When the event happened.
        request: The delivery request that needed the video.
        data: The video and its transformation.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    id: str
    type: Literal["video.transformation.accepted"] = "video.transformation.accepted"
    created_at: datetime.datetime
    request: VideoRequestContext
    data: VideoTransformationAcceptedData
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "id": Property("id", required=True),
        "type": Property("type", required=True),
        "created_at": Property("created_at", DATE_TIME, required=True),
        "request": Property(
            "request", Reference(MODELS + ".video_request_context", "VideoRequestContext"), required=True
        ),
        "data": Property(
            "data",
            Reference(MODELS + ".video_transformation_accepted_data", "VideoTransformationAcceptedData"),
            required=True,
        ),
    }
