# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping

from ...._http.call import Call, Operation
from ...._http.encoding import Field, json_body
from ...._scalars import STRING

MODELS = __name__.rpartition(".api.")[0] + ".models"

OPERATION = Operation(
    name="folders.delete",
    method="DELETE",
    path="/v1/folder",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={
        204: None,
    },
)

_FIELDS: Mapping[str, Field] = {
    "folder_path": Field("folderPath", STRING, required=True),
}


def call(
    *,
    folder_path: str,
) -> Call[None]:
    """
    Return the request of `folders.delete`; the resource's method of that name tells what the arguments mean.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        json=json_body(
            _FIELDS,
            {
                "folder_path": folder_path,
            },
        ),
    )
