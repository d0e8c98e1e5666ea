# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._runtime import BOOLEAN, MODELS, STRING, UNSET, Call, Field, Operation, Reference, Unset, json_body

if TYPE_CHECKING:
    from ...models.file_rename_result import FileRenameResult

OPERATION = Operation(
    name="files.rename",
    method="PUT",
    path="/v1/files/rename",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={
        200: Reference(MODELS + ".file_rename_result", "FileRenameResult"),
        207: Reference(MODELS + ".file_rename_result", "FileRenameResult"),
    },
    harmful_fields=("purgeCache",),
)

_FIELDS: Mapping[str, Field] = {
    "file_path": Field("filePath", STRING, required=True),
    "new_file_name": Field("newFileName", STRING, required=True),
    "purge_cache": Field("purgeCache", BOOLEAN),
}


def call(*, file_path: str, new_file_name: str, purge_cache: bool | Unset = UNSET) -> Call[FileRenameResult]:
    """
    Return the request of `files.rename`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        json=json_body(_FIELDS, {"file_path": file_path, "new_file_name": new_file_name, "purge_cache": purge_cache}),
    )
