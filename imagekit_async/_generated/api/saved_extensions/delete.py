# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from ...._runtime import Call, Operation

OPERATION = Operation(
    name="saved_extensions.delete",
    method="DELETE",
    path="/v1/saved-extensions/{id}",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={204: None},
)


def call(id: str) -> Call[None]:
    """
    Return the request of `saved_extensions.delete`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.url_path(id=id),
    )
