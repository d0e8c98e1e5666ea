# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping

from ...._http.call import Call, Operation, json_body
from ...._json import Kind
from ...._model import PLAIN

MODELS = __name__.rpartition(".api.")[0] + ".models"

OPERATION = Operation(
    name="files.move",
    method="POST",
    path="/v1/files/move",
    server="https://api.imagekit.io",
    idempotent=False,
    paced=True,
    responses={
        204: None,
    },
)

_FIELDS: Mapping[str, Kind] = {
    "sourceFilePath": PLAIN,
    "destinationPath": PLAIN,
}


def call(
    *,
    source_file_path: str,
    destination_path: str,
) -> Call[None]:
    """
    Return the request of `files.move`; the resource's method of that name tells what the arguments mean.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        json=json_body(
            _FIELDS,
            {
                "sourceFilePath": source_file_path,
                "destinationPath": destination_path,
            },
        ),
    )
