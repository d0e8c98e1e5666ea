# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from ...._runtime import MODELS, Array, Call, Operation, Reference

if TYPE_CHECKING:
    from ...models.saved_extension import SavedExtension

OPERATION = Operation(
    name="saved_extensions.list",
    method="GET",
    path="/v1/saved-extensions",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={200: Array(Reference(MODELS + ".saved_extension", "SavedExtension"))},
)


def call() -> Call[builtins.list[SavedExtension]]:
    """
    Return the request of `saved_extensions.list`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
    )
