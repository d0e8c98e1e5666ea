# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...._runtime import MODELS, Call, Operation, Reference

if TYPE_CHECKING:
    from ...models.saved_extension import SavedExtension

OPERATION = Operation(
    name="saved_extensions.get",
    method="GET",
    path="/v1/saved-extensions/{id}",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={200: Reference(MODELS + ".saved_extension", "SavedExtension")},
)


def call(id: str) -> Call[SavedExtension]:
    """
    Return the request of `saved_extensions.get`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.url_path(id=id),
    )
