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
    from ...models.custom_metadata_field_schema_update import (
        CustomMetadataFieldSchemaUpdate,
    )

MODELS = __name__.rpartition(".api.")[0] + ".models"

OPERATION = Operation(
    name="custom_metadata_fields.update",
    method="PATCH",
    path="/v1/customMetadataFields/{id}",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={
        200: Reference(MODELS + ".custom_metadata_field", "CustomMetadataField"),
    },
)

_FIELDS: Mapping[str, Kind] = {
    "label": PLAIN,
    "schema": Reference(MODELS + ".custom_metadata_field_schema_update", "CustomMetadataFieldSchemaUpdate"),
    "description": PLAIN,
}


def call(
    id: str,
    *,
    label: str | Unset = UNSET,
    schema: CustomMetadataFieldSchemaUpdate | Mapping[str, object] | Unset = UNSET,
    description: str | Unset = UNSET,
) -> Call[CustomMetadataField]:
    """
    Return the request of `custom_metadata_fields.update`; the resource's method of that name tells what the arguments mean.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.url_path(
            id=id,
        ),
        json=json_body(
            _FIELDS,
            {
                "label": label,
                "schema": schema,
                "description": description,
            },
        ),
    )
