# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._http.call import Call, Operation
from ...._http.encoding import Field, json_body
from ...._model import Reference
from ...._scalars import STRING

if TYPE_CHECKING:
    from ...models.cache_invalidation import CacheInvalidation

MODELS = __name__.rpartition(".api.")[0] + ".models"

OPERATION = Operation(
    name="cache.invalidation.create",
    method="POST",
    path="/v1/files/purge",
    server="https://api.imagekit.io",
    idempotent=False,
    paced=True,
    responses={
        201: Reference(MODELS + ".cache_invalidation", "CacheInvalidation"),
    },
)

_FIELDS: Mapping[str, Field] = {
    "url": Field("url", STRING, required=True),
}


def call(
    *,
    url: str,
) -> Call[CacheInvalidation]:
    """
    Return the request of `cache.invalidation.create`; the resource's method of that name tells what the arguments mean.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        json=json_body(
            _FIELDS,
            {
                "url": url,
            },
        ),
    )
