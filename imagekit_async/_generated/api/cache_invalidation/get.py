# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...._runtime import MODELS, Call, Operation, Reference

if TYPE_CHECKING:
    from ...models.cache_invalidation_status import CacheInvalidationStatus

OPERATION = Operation(
    name="cache.invalidation.get",
    method="GET",
    path="/v1/files/purge/{request_id}",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={200: Reference(MODELS + ".cache_invalidation_status", "CacheInvalidationStatus")},
)


def call(request_id: str) -> Call[CacheInvalidationStatus]:
    """
    Return the request of `cache.invalidation.get`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.url_path(request_id=request_id),
    )
