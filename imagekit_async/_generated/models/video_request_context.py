# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class VideoRequestContext(Model):
    """
    The delivery request that caused an event.

    Attributes:
        x_request_id: Id of the request.
        url: URL that was requested.
        user_agent: User agent of the requester.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    x_request_id: str
    url: str
    user_agent: str | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "x_request_id": Property("x_request_id", required=True),
        "url": Property("url", required=True),
        "user_agent": Property("user_agent"),
    }
