# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ...._runtime import MODELS, STRING, Array, Call, Field, Operation, Reference, json_body

if TYPE_CHECKING:
    from ...models.bulk_delete_result import BulkDeleteResult

OPERATION = Operation(
    name="files.bulk.delete",
    method="POST",
    path="/v1/files/batch/deleteByFileIds",
    server="https://api.imagekit.io",
    idempotent=False,
    paced=True,
    responses={
        200: Reference(MODELS + ".bulk_delete_result", "BulkDeleteResult"),
        207: Reference(MODELS + ".bulk_delete_result", "BulkDeleteResult"),
    },
)

_FIELDS: Mapping[str, Field] = {
    "file_ids": Field("fileIds", Array(STRING), required=True, limits={"minItems": 1, "maxItems": 100}),
}


def call(*, file_ids: Sequence[str]) -> Call[BulkDeleteResult]:
    """
    Return the request of `files.bulk.delete`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        json=json_body(_FIELDS, {"file_ids": file_ids}),
    )
