# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...._runtime import MODELS, Call, Operation, Reference

if TYPE_CHECKING:
    from ...models.url_endpoint import UrlEndpoint

OPERATION = Operation(
    name="accounts.url_endpoints.get",
    method="GET",
    path="/v1/accounts/url-endpoints/{id}",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={200: Reference(MODELS + ".url_endpoint", "UrlEndpoint")},
)


def call(id: str) -> Call[UrlEndpoint]:
    """
    Return the request of `accounts.url_endpoints.get`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.url_path(id=id),
    )
