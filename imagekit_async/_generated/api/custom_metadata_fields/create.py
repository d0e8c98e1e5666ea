# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...._runtime import MODELS, STRING, UNSET, Call, Field, Operation, Reference, Unset, json_body

if TYPE_CHECKING:
    from ...models.custom_metadata_field import CustomMetadataField
    from ...models.custom_metadata_field_schema import CustomMetadataFieldSchema, CustomMetadataFieldSchemaDict

OPERATION = Operation(
    name="custom_metadata_fields.create",
    method="POST",
    path="/v1/customMetadataFields",
    server="https://api.imagekit.io",
    idempotent=False,
    paced=True,
    responses={201: Reference(MODELS + ".custom_metadata_field", "CustomMetadataField")},
)

_FIELDS: Mapping[str, Field] = {
    "name": Field("name", STRING, required=True),
    "label": Field("label", STRING, required=True),
    "schema": Field(
        "schema", Reference(MODELS + ".custom_metadata_field_schema", "CustomMetadataFieldSchema"), required=True
    ),
    "description": Field("description", STRING, limits={"maxLength": 500}),
}


def call(
    *,
    name: str,
    label: str,
    schema: CustomMetadataFieldSchema | CustomMetadataFieldSchemaDict,
    description: str | Unset = UNSET,
) -> Call[CustomMetadataField]:
    """
    Return the request of `custom_metadata_fields.create`, whose method documents the arguments.
    """
    return Call(
        operation=OPERATION,
        path=OPERATION.path,
        json=json_body(_FIELDS, {"name": name, "label": label, "schema": schema, "description": description}),
    )
