# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import MODELS, Model, Property, Reference

if TYPE_CHECKING:
    from .custom_metadata_field_schema import CustomMetadataFieldSchema


@attrs.frozen(kw_only=True, repr=False, eq=False)
class CustomMetadataField(Model):
    """
    A field that the custom metadata of files and folders may use.

    Attributes:
        id: Id of the field.
        name: Name of the field, which is its key in custom metadata.
        label: Name of the field in the dashboard.
        schema: Rules for its values.
        description: What the field is for.
        reserved: True for a field that ImageKit itself defines, which cannot be deleted; absent for ordinary ones.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    id: str
    name: str
    label: str
    schema: CustomMetadataFieldSchema
    description: str | None = None
    reserved: bool | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "id": Property("id", required=True),
        "name": Property("name", required=True),
        "label": Property("label", required=True),
        "schema": Property(
            "schema", Reference(MODELS + ".custom_metadata_field_schema", "CustomMetadataFieldSchema"), required=True
        ),
        "description": Property("description"),
        "reserved": Property("reserved"),
    }
