# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...._runtime import PLAIN, STRING, Call, Field, MapOf, Operation, json_body

OPERATION = Operation(
    name="folders.create",
    method="POST",
    path="/v1/folder",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={201: MapOf(PLAIN)},
)

_FIELDS: Mapping[str, Field] = {
    "folder_name": Field("folderName", STRING, required=True),
    "parent_folder_path": Field("parentFolderPath", STRING, required=True),
}


def call(*, folder_name: str, parent_folder_path: str) -> Call[dict[str, Any]]:
    """
    Return the request of `folders.create`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        json=json_body(_FIELDS, {"folder_name": folder_name, "parent_folder_path": parent_folder_path}),
    )
