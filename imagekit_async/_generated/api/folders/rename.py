# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._runtime import BOOLEAN, MODELS, STRING, UNSET, Call, Field, Operation, Reference, Unset, json_body

if TYPE_CHECKING:
    from ...models.folder_job_started import FolderJobStarted

OPERATION = Operation(
    name="folders.rename",
    method="POST",
    path="/v1/bulkJobs/renameFolder",
    server="https://api.imagekit.io",
    idempotent=False,
    paced=True,
    responses={202: Reference(MODELS + ".folder_job_started", "FolderJobStarted")},
)

_FIELDS: Mapping[str, Field] = {
    "folder_path": Field("folderPath", STRING, required=True),
    "new_folder_name": Field("newFolderName", STRING, required=True),
    "purge_cache": Field("purgeCache", BOOLEAN),
}


def call(*, folder_path: str, new_folder_name: str, purge_cache: bool | Unset = UNSET) -> Call[FolderJobStarted]:
    """
    Return the request of `folders.rename`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        json=json_body(
            _FIELDS, {"folder_path": folder_path, "new_folder_name": new_folder_name, "purge_cache": purge_cache}
        ),
    )
