# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._http.call import Call, Operation
from ...._http.encoding import Field, query_texts
from ...._model import Reference
from ...._scalars import STRING

if TYPE_CHECKING:
    from ...models.metadata import Metadata

MODELS = __name__.rpartition(".api.")[0] + ".models"

OPERATION = Operation(
    name="files.metadata.get_from_url",
    method="GET",
    path="/v1/metadata",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={
        200: Reference(MODELS + ".metadata", "Metadata"),
    },
)

_PARAMETERS: Mapping[str, Field] = {
    "url": Field("url", STRING, required=True),
}


def call(
    *,
    url: str,
) -> Call[Metadata]:
    """
    Return the request of `files.metadata.get_from_url`; the resource's method of that name tells what the arguments mean.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        query=query_texts(
            {
                "url": url,
            },
            _PARAMETERS,
        ),
    )
