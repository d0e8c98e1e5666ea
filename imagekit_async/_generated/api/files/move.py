# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping

from ...._runtime import STRING, Call, Field, Operation, json_body

OPERATION = Operation(
    name="files.move",
    method="POST",
    path="/v1/files/move",
    server="https://api.imagekit.io",
    idempotent=False,
    paced=True,
    responses={204: None},
)

_FIELDS: Mapping[str, Field] = {
    "source_file_path": Field("sourceFilePath", STRING, required=True),
    "destination_path": Field("destinationPath", STRING, required=True),
}


def call(*, source_file_path: str, destination_path: str) -> Call[None]:
    """
    Return the request of `files.move`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        json=json_body(_FIELDS, {"source_file_path": source_file_path, "destination_path": destination_path}),
    )
