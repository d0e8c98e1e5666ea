# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from typing import TYPE_CHECKING

from ...._http.call import Call, Operation
from ...._model import Reference

if TYPE_CHECKING:
    from ...models.metadata import Metadata

MODELS = __name__.rpartition(".api.")[0] + ".models"

OPERATION = Operation(
    name="files.metadata.get",
    method="GET",
    path="/v1/files/{file_id}/metadata",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={
        200: Reference(MODELS + ".metadata", "Metadata"),
    },
)


def call(
    file_id: str,
) -> Call[Metadata]:
    """
    Return the request of `files.metadata.get`; the resource's method of that name tells what the arguments mean.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.url_path(
            file_id=file_id,
        ),
    )
