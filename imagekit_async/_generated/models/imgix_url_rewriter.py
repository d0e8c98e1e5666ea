# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Required, TypedDict

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class ImgixUrlRewriter(Model):
    """
    Understands URLs made for Imgix.

    Attributes:
        type: Always `IMGIX`.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    type: Literal["IMGIX"] = "IMGIX"
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "type": Property("type", required=True),
    }


class ImgixUrlRewriterDict(TypedDict, total=False):
    """
    A dict in place of `ImgixUrlRewriter`, which documents the keys.
    """

    type: Required[Literal["IMGIX"]]
