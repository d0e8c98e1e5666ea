# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._runtime import MODELS, STRING, UNSET, Call, Field, Operation, Reference, Unset, json_body

if TYPE_CHECKING:
    from ...models.custom_metadata_field import CustomMetadataField
    from ...models.custom_metadata_field_schema_update import (
        CustomMetadataFieldSchemaUpdate,
        CustomMetadataFieldSchemaUpdateDict,
    )

OPERATION = Operation(
    name="custom_metadata_fields.update",
    method="PATCH",
    path="/v1/customMetadataFields/{id}",
    server="https://api.imagekit.io",
    idempotent=True,
    paced=True,
    responses={200: Reference(MODELS + ".custom_metadata_field", "CustomMetadataField")},
)

_FIELDS: Mapping[str, Field] = {
    "label": Field("label", STRING),
    "schema": Field(
        "schema", Reference(MODELS + ".custom_metadata_field_schema_update", "CustomMetadataFieldSchemaUpdate")
    ),
    "description": Field("description", STRING, limits={"maxLength": 500}),
}


def call(
    id: str,
    *,
    label: str | Unset = UNSET,
    schema: CustomMetadataFieldSchemaUpdate | CustomMetadataFieldSchemaUpdateDict | Unset = UNSET,
    description: str | Unset = UNSET,
) -> Call[CustomMetadataField]:
    """
    Return the request of `custom_metadata_fields.update`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.url_path(id=id),
        json=json_body(_FIELDS, {"label": label, "schema": schema, "description": description}),
    )
