# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping

from ...._runtime import BOOLEAN, STRING, UNSET, Call, Field, Operation, Unset, json_body

OPERATION = Operation(
    name="files.copy",
    method="POST",
    path="/v1/files/copy",
    server="https://api.imagekit.io",
    idempotent=False,
    paced=True,
    responses={204: None},
)

_FIELDS: Mapping[str, Field] = {
    "source_file_path": Field("sourceFilePath", STRING, required=True),
    "destination_path": Field("destinationPath", STRING, required=True),
    "include_file_versions": Field("includeFileVersions", BOOLEAN),
}


def call(*, source_file_path: str, destination_path: str, include_file_versions: bool | Unset = UNSET) -> Call[None]:
    """
    Return the request of `files.copy`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        json=json_body(
            _FIELDS,
            {
                "source_file_path": source_file_path,
                "destination_path": destination_path,
                "include_file_versions": include_file_versions,
            },
        ),
    )
