# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Required, TypedDict

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class CloudinaryUrlRewriter(Model):
    """
    Understands URLs made for Cloudinary.

    Attributes:
        type: Always `CLOUDINARY`.
        preserve_asset_delivery_types: Whether the path keeps its segments for asset type and delivery type. Responses
            always carry it. Default False.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    type: Literal["CLOUDINARY"] = "CLOUDINARY"
    preserve_asset_delivery_types: bool | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "type": Property("type", required=True),
        "preserve_asset_delivery_types": Property("preserveAssetDeliveryTypes"),
    }


class CloudinaryUrlRewriterDict(TypedDict, total=False):
    """
    A dict in place of `CloudinaryUrlRewriter`, which documents the keys.
    """

    type: Required[Literal["CLOUDINARY"]]
    preserve_asset_delivery_types: bool
