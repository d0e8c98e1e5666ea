# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, Required, TypedDict

import attrs

from ..._model import Model, Property

if TYPE_CHECKING:
    from .streaming_protocol import StreamingProtocol


@attrs.frozen(kw_only=True, repr=False, eq=False)
class AdaptiveBitratePostTransformation(Model):
    """
    Prepares a video for adaptive bitrate streaming.

    Attributes:
        type: Always `abs`.
        protocol: Streaming protocol to prepare.
        value: Resolutions to make, such as `sr-240_480_720` (heights in pixels).
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    type: Literal["abs"] = "abs"
    protocol: StreamingProtocol | str
    value: str
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "type": Property("type", required=True),
        "protocol": Property("protocol", required=True),
        "value": Property("value", required=True),
    }


class AdaptiveBitratePostTransformationDict(TypedDict, total=False):
    """
    A dict in place of `AdaptiveBitratePostTransformation`, which documents the keys.
    """

    type: Required[Literal["abs"]]
    protocol: Required[StreamingProtocol]
    value: Required[str]
