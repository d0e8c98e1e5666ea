# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import Model, Property

if TYPE_CHECKING:
    from .requested_post_transformation_type import RequestedPostTransformationType
    from .streaming_protocol import StreamingProtocol


@attrs.frozen(kw_only=True, repr=False, eq=False)
class RequestedPostTransformation(Model):
    """
    A post-transformation, as an upload has requested it.

    Attributes:
        type: Kind of the post-transformation.
        value: Transformation string, or the resolutions for streaming.
        protocol: Streaming protocol; present for type `abs`.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    type: RequestedPostTransformationType | str
    value: str | None = None
    protocol: StreamingProtocol | str | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "type": Property("type", required=True),
        "value": Property("value"),
        "protocol": Property("protocol"),
    }
