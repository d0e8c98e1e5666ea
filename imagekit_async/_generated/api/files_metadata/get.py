# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...._runtime import MODELS, Call, Operation, Reference

if TYPE_CHECKING:
    from ...models.metadata import Metadata

OPERATION = Operation(
    name="files.metadata.get",
    method="GET",
    path="/v1/files/{file_id}/metadata",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={200: Reference(MODELS + ".metadata", "Metadata")},
)


def call(file_id: str) -> Call[Metadata]:
    """
    Return the request of `files.metadata.get`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.url_path(file_id=file_id),
    )
