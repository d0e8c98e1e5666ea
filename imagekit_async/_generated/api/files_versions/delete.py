# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from ...._runtime import Call, Operation

OPERATION = Operation(
    name="files.versions.delete",
    method="DELETE",
    path="/v1/files/{file_id}/versions/{version_id}",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={204: None},
)


def call(version_id: str, *, file_id: str) -> Call[None]:
    """
    Return the request of `files.versions.delete`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.url_path(version_id=version_id, file_id=file_id),
    )
