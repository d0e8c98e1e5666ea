# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._runtime import MODELS, STRING, Call, Field, Operation, Reference, json_body

if TYPE_CHECKING:
    from ...models.cache_invalidation import CacheInvalidation

OPERATION = Operation(
    name="cache.invalidation.create",
    method="POST",
    path="/v1/files/purge",
    server="https://api.imagekit.io",
    idempotent=False,
    paced=True,
    responses={201: Reference(MODELS + ".cache_invalidation", "CacheInvalidation")},
)

_FIELDS: Mapping[str, Field] = {
    "url": Field("url", STRING, required=True),
}


def call(*, url: str) -> Call[CacheInvalidation]:
    """
    Return the request of `cache.invalidation.create`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        json=json_body(_FIELDS, {"url": url}),
    )
