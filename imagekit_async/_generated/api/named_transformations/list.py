# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from ...._runtime import MODELS, Array, Call, Operation, Reference

if TYPE_CHECKING:
    from ...models.named_transformation import NamedTransformation

OPERATION = Operation(
    name="named_transformations.list",
    method="GET",
    path="/v1/named-transformations",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={200: Array(Reference(MODELS + ".named_transformation", "NamedTransformation"))},
)


def call() -> Call[builtins.list[NamedTransformation]]:
    """
    Return the request of `named_transformations.list`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
    )
