# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import Model, Property

if TYPE_CHECKING:
    from .video_transformation_failure_reason import VideoTransformationFailureReason


@attrs.frozen(kw_only=True, repr=False, eq=False)
class VideoTransformationFailure(Model):
    """
    Why a video could not be transformed.

    Attributes:
        reason: Machine-readable cause.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    reason: VideoTransformationFailureReason | str
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "reason": Property("reason", required=True),
    }
