# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._http.call import Call, Operation, json_body
from ...._json import Kind
from ...._model import PLAIN, Reference
from ...types import UNSET, Unset

if TYPE_CHECKING:
    from ...models.folder_job_started import FolderJobStarted

MODELS = __name__.rpartition(".api.")[0] + ".models"

OPERATION = Operation(
    name="folders.rename",
    method="POST",
    path="/v1/bulkJobs/renameFolder",
    server="https://api.imagekit.io",
    idempotent=False,
    paced=True,
    responses={
        202: Reference(MODELS + ".folder_job_started", "FolderJobStarted"),
    },
)

_FIELDS: Mapping[str, Kind] = {
    "folderPath": PLAIN,
    "newFolderName": PLAIN,
    "purgeCache": PLAIN,
}


def call(
    *,
    folder_path: str,
    new_folder_name: str,
    purge_cache: bool | Unset = UNSET,
) -> Call[FolderJobStarted]:
    """
    Return the request of `folders.rename`; the resource's method of that name tells what the arguments mean.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        json=json_body(
            _FIELDS,
            {
                "folderPath": folder_path,
                "newFolderName": new_folder_name,
                "purgeCache": purge_cache,
            },
        ),
    )
