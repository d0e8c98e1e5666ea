# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from ...._http.call import Call, Operation
from ...._json import Array
from ...._model import Reference

if TYPE_CHECKING:
    from ...models.saved_extension import SavedExtension

MODELS = __name__.rpartition(".api.")[0] + ".models"

OPERATION = Operation(
    name="saved_extensions.list",
    method="GET",
    path="/v1/saved-extensions",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={
        200: Array(Reference(MODELS + ".saved_extension", "SavedExtension")),
    },
)


def call() -> Call[builtins.list[SavedExtension]]:
    """
    Return the request of `saved_extensions.list`; the resource's method of that name tells what the arguments mean.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
    )
