# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from ...._runtime import MODELS, Array, Call, Operation, Reference

if TYPE_CHECKING:
    from ...models.url_endpoint import UrlEndpoint

OPERATION = Operation(
    name="accounts.url_endpoints.list",
    method="GET",
    path="/v1/accounts/url-endpoints",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={200: Array(Reference(MODELS + ".url_endpoint", "UrlEndpoint"))},
)


def call() -> Call[builtins.list[UrlEndpoint]]:
    """
    Return the request of `accounts.url_endpoints.list`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
    )
