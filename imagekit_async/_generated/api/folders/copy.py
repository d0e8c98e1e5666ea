# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._runtime import BOOLEAN, MODELS, STRING, UNSET, Call, Field, Operation, Reference, Unset, json_body

if TYPE_CHECKING:
    from ...models.folder_job_started import FolderJobStarted

OPERATION = Operation(
    name="folders.copy",
    method="POST",
    path="/v1/bulkJobs/copyFolder",
    server="https://api.imagekit.io",
    idempotent=False,
    paced=True,
    responses={200: Reference(MODELS + ".folder_job_started", "FolderJobStarted")},
)

_FIELDS: Mapping[str, Field] = {
    "source_folder_path": Field("sourceFolderPath", STRING, required=True),
    "destination_path": Field("destinationPath", STRING, required=True),
    "include_versions": Field("includeVersions", BOOLEAN),
}


def call(
    *, source_folder_path: str, destination_path: str, include_versions: bool | Unset = UNSET
) -> Call[FolderJobStarted]:
    """
    Return the request of `folders.copy`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        json=json_body(
            _FIELDS,
            {
                "source_folder_path": source_folder_path,
                "destination_path": destination_path,
                "include_versions": include_versions,
            },
        ),
    )
