# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...._runtime import MODELS, Call, Operation, Reference

if TYPE_CHECKING:
    from ...models.named_transformation import NamedTransformation

OPERATION = Operation(
    name="named_transformations.get",
    method="GET",
    path="/v1/named-transformations/{id}",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={200: Reference(MODELS + ".named_transformation", "NamedTransformation")},
)


def call(id: str) -> Call[NamedTransformation]:
    """
    Return the request of `named_transformations.get`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.url_path(id=id),
    )
