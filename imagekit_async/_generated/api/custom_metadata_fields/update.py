# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._http.call import Call, Operation
from ...._http.encoding import Field, json_body
from ...._model import Reference
from ...._scalars import STRING
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

_FIELDS: Mapping[str, Field] = {
    "label": Field("label", STRING),
    "schema": Field(
        "schema", Reference(MODELS + ".custom_metadata_field_schema_update", "CustomMetadataFieldSchemaUpdate")
    ),
    "description": Field("description", STRING),
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
