# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._runtime import BOOLEAN, MODELS, STRING, UNSET, Array, Call, Field, Operation, Reference, Unset, query_texts

if TYPE_CHECKING:
    from ...models.custom_metadata_field import CustomMetadataField

OPERATION = Operation(
    name="custom_metadata_fields.list",
    method="GET",
    path="/v1/customMetadataFields",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={200: Array(Reference(MODELS + ".custom_metadata_field", "CustomMetadataField"))},
)

_PARAMETERS: Mapping[str, Field] = {
    "folder_path": Field("folderPath", STRING),
    "include_deleted": Field("includeDeleted", BOOLEAN),
}


def call(
    *, folder_path: str | None | Unset = UNSET, include_deleted: bool | None | Unset = UNSET
) -> Call[builtins.list[CustomMetadataField]]:
    """
    Return the request of `custom_metadata_fields.list`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        query=query_texts({"folder_path": folder_path, "include_deleted": include_deleted}, _PARAMETERS),
    )
