# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._runtime import MODELS, STRING, Call, Field, Operation, Reference, query_texts

if TYPE_CHECKING:
    from ...models.metadata import Metadata

OPERATION = Operation(
    name="files.metadata.get_from_url",
    method="GET",
    path="/v1/metadata",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={200: Reference(MODELS + ".metadata", "Metadata")},
)

_PARAMETERS: Mapping[str, Field] = {
    "url": Field("url", STRING, required=True),
}


def call(*, url: str) -> Call[Metadata]:
    """
    Return the request of `files.metadata.get_from_url`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        query=query_texts({"url": url}, _PARAMETERS),
    )
