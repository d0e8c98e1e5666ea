# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import MODELS, PLAIN, Array, Model, OneOf, Property, Reference, UnknownModel

if TYPE_CHECKING:
    from .akamai_url_rewriter import AkamaiUrlRewriter
    from .cloudinary_url_rewriter import CloudinaryUrlRewriter
    from .imgix_url_rewriter import ImgixUrlRewriter


@attrs.frozen(kw_only=True, repr=False, eq=False)
class UrlEndpoint(Model):
    """
    A base URL of delivery.

    Attributes:
        id: Id of the URL endpoint; `default` for the account's default endpoint.
        description: What the URL endpoint is for. At least 1 characters, at most 1000 characters.
        url_prefix: Path between the id of the account and the path of a file; empty for the default endpoint. At most
            100 characters.
        origins: Ids of the origins to try, in order, after the media library. At most 10 items.
        url_rewriter: How URLs of another service are understood.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    id: str
    description: str
    url_prefix: str
    origins: builtins.list[str]
    url_rewriter: CloudinaryUrlRewriter | ImgixUrlRewriter | AkamaiUrlRewriter | UnknownModel | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "id": Property("id", required=True),
        "description": Property("description", required=True),
        "url_prefix": Property("urlPrefix", required=True),
        "origins": Property("origins", Array(PLAIN), required=True),
        "url_rewriter": Property(
            "urlRewriter",
            OneOf(
                "type",
                {
                    "CLOUDINARY": Reference(MODELS + ".cloudinary_url_rewriter", "CloudinaryUrlRewriter"),
                    "IMGIX": Reference(MODELS + ".imgix_url_rewriter", "ImgixUrlRewriter"),
                    "AKAMAI": Reference(MODELS + ".akamai_url_rewriter", "AkamaiUrlRewriter"),
                },
            ),
        ),
    }
