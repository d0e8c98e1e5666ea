# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ...._runtime import MODELS, STRING, Array, Call, Field, Operation, Reference, json_body

if TYPE_CHECKING:
    from ...models.bulk_tag_result import BulkTagResult

OPERATION = Operation(
    name="files.bulk.remove_ai_tags",
    method="POST",
    path="/v1/files/removeAITags",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={
        200: Reference(MODELS + ".bulk_tag_result", "BulkTagResult"),
        207: Reference(MODELS + ".bulk_tag_result", "BulkTagResult"),
    },
)

_FIELDS: Mapping[str, Field] = {
    "file_ids": Field("fileIds", Array(STRING), required=True, limits={"minItems": 1, "maxItems": 50}),
    "ai_tags": Field("AITags", Array(STRING), required=True),
}


def call(*, file_ids: Sequence[str], ai_tags: Sequence[str]) -> Call[BulkTagResult]:
    """
    Return the request of `files.bulk.remove_ai_tags`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        json=json_body(_FIELDS, {"file_ids": file_ids, "ai_tags": ai_tags}),
    )
