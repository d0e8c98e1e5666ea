# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ...._runtime import MODELS, STRING, UNSET, Array, Call, Field, OneOf, Operation, Reference, Unset, json_body

if TYPE_CHECKING:
    from ...models.akamai_url_rewriter import AkamaiUrlRewriter, AkamaiUrlRewriterDict
    from ...models.cloudinary_url_rewriter import CloudinaryUrlRewriter, CloudinaryUrlRewriterDict
    from ...models.imgix_url_rewriter import ImgixUrlRewriter, ImgixUrlRewriterDict
    from ...models.url_endpoint import UrlEndpoint

OPERATION = Operation(
    name="accounts.url_endpoints.update",
    method="PUT",
    path="/v1/accounts/url-endpoints/{id}",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={200: Reference(MODELS + ".url_endpoint", "UrlEndpoint")},
)

_FIELDS: Mapping[str, Field] = {
    "description": Field("description", STRING, required=True, limits={"minLength": 1, "maxLength": 1000}),
    "url_prefix": Field("urlPrefix", STRING, limits={"maxLength": 100}),
    "origins": Field("origins", Array(STRING), limits={"maxItems": 10}),
    "url_rewriter": Field(
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


def call(
    id: str,
    *,
    description: str,
    url_prefix: str | Unset = UNSET,
    origins: Sequence[str] | Unset = UNSET,
    url_rewriter: CloudinaryUrlRewriter
    | CloudinaryUrlRewriterDict
    | ImgixUrlRewriter
    | ImgixUrlRewriterDict
    | AkamaiUrlRewriter
    | AkamaiUrlRewriterDict
    | Unset = UNSET,
) -> Call[UrlEndpoint]:
    """
    Return the request of `accounts.url_endpoints.update`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.url_path(id=id),
        json=json_body(
            _FIELDS,
            {"description": description, "url_prefix": url_prefix, "origins": origins, "url_rewriter": url_rewriter},
        ),
    )
