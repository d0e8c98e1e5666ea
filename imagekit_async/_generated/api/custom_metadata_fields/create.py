# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._http.call import Call, Operation, json_body
from ...._json import Kind
from ...._model import PLAIN, Reference
from ...types import UNSET, Unset

if TYPE_CHECKING:
    from ...models.custom_metadata_field import CustomMetadataField
    from ...models.custom_metadata_field_schema import CustomMetadataFieldSchema

MODELS = __name__.rpartition(".api.")[0] + ".models"

OPERATION = Operation(
    name="custom_metadata_fields.create",
    method="POST",
    path="/v1/customMetadataFields",
    server="https://api.imagekit.io",
    idempotent=False,
    paced=True,
    responses={
        201: Reference(MODELS + ".custom_metadata_field", "CustomMetadataField"),
    },
)

_FIELDS: Mapping[str, Kind] = {
    "name": PLAIN,
    "label": PLAIN,
    "schema": Reference(MODELS + ".custom_metadata_field_schema", "CustomMetadataFieldSchema"),
    "description": PLAIN,
}


def call(
    *,
    name: str,
    label: str,
    schema: CustomMetadataFieldSchema | Mapping[str, object],
    description: str | Unset = UNSET,
) -> Call[CustomMetadataField]:
    """
    Return the request of `custom_metadata_fields.create`; the resource's method of that name tells what the arguments mean.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        json=json_body(
            _FIELDS,
            {
                "name": name,
                "label": label,
                "schema": schema,
                "description": description,
            },
        ),
    )
