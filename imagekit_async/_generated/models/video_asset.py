# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class VideoAsset(Model):
    """
    The original of a transformed video.

    Attributes:
        url: URL of the original.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    url: str
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "url": Property("url", required=True),
    }
