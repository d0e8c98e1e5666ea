# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...._http.call import Call, Operation
from ...._model import Reference

if TYPE_CHECKING:
    from ...models.saved_extension import SavedExtension

MODELS = __name__.rpartition(".api.")[0] + ".models"

OPERATION = Operation(
    name="saved_extensions.get",
    method="GET",
    path="/v1/saved-extensions/{id}",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={
        200: Reference(MODELS + ".saved_extension", "SavedExtension"),
    },
)


def call(
    id: str,
) -> Call[SavedExtension]:
    """
    Return the request of `saved_extensions.get`; the resource's method of that name tells what the arguments mean.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.url_path(
            id=id,
        ),
    )
