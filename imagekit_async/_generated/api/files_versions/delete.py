# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from ...._http.call import Call, Operation

MODELS = __name__.rpartition(".api.")[0] + ".models"

OPERATION = Operation(
    name="files.versions.delete",
    method="DELETE",
    path="/v1/files/{file_id}/versions/{version_id}",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={
        204: None,
    },
)


def call(
    version_id: str,
    *,
    file_id: str,
) -> Call[None]:
    """
    Return the request of `files.versions.delete`; the resource's method of that name tells what the arguments mean.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.url_path(
            version_id=version_id,
            file_id=file_id,
        ),
    )
