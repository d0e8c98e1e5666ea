# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Required, TypedDict

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class ThumbnailPostTransformation(Model):
    """
    Takes a still image out of a video in advance.

    Attributes:
        type: Always `thumbnail`.
        value: Transformation string to apply to the image.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    type: Literal["thumbnail"] = "thumbnail"
    value: str | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "type": Property("type", required=True),
        "value": Property("value"),
    }


class ThumbnailPostTransformationDict(TypedDict, total=False):
    """
    A dict in place of `ThumbnailPostTransformation`, which documents the keys.
    """

    type: Required[Literal["thumbnail"]]
    value: str
