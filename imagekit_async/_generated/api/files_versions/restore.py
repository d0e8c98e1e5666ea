# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...._runtime import MODELS, Call, Operation, Reference

if TYPE_CHECKING:
    from ...models.file import File

OPERATION = Operation(
    name="files.versions.restore",
    method="PUT",
    path="/v1/files/{file_id}/versions/{version_id}/restore",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={200: Reference(MODELS + ".file", "File")},
)


def call(version_id: str, *, file_id: str) -> Call[File]:
    """
    Return the request of `files.versions.restore`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.url_path(version_id=version_id, file_id=file_id),
    )
