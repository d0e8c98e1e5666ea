# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from ...._runtime import MODELS, Array, Call, Operation, Reference

if TYPE_CHECKING:
    from ...models.file import File

OPERATION = Operation(
    name="files.versions.list",
    method="GET",
    path="/v1/files/{file_id}/versions",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={200: Array(Reference(MODELS + ".file", "File"))},
)


def call(file_id: str) -> Call[builtins.list[File]]:
    """
    Return the request of `files.versions.list`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.url_path(file_id=file_id),
    )
