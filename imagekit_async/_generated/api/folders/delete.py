# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping

from ...._runtime import STRING, Call, Field, Operation, json_body

OPERATION = Operation(
    name="folders.delete",
    method="DELETE",
    path="/v1/folder",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={204: None},
)

_FIELDS: Mapping[str, Field] = {
    "folder_path": Field("folderPath", STRING, required=True),
}


def call(*, folder_path: str) -> Call[None]:
    """
    Return the request of `folders.delete`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        json=json_body(_FIELDS, {"folder_path": folder_path}),
    )
