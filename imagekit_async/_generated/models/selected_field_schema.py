# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import INTEGER, PLAIN, Array, Model, Property

if TYPE_CHECKING:
    from .custom_metadata_field_type import CustomMetadataFieldType


@attrs.frozen(kw_only=True, repr=False, eq=False)
class SelectedFieldSchema(Model):
    """
    Rules of a custom metadata field, as they apply to one asset under a path policy.

    Attributes:
        type: Kind of values the field takes.
        default_value: Value used when none is given.
        is_value_required: Whether the field must have a value.
        min_length: Minimum number of characters of a text.
        max_length: Maximum number of characters of a text.
        min_value: Smallest number, or earliest date in ISO 8601 form.
        max_value: Largest number, or latest date in ISO 8601 form.
        select_options: Values to choose from.
        select_options_truncated: True when the field has more than 100 options, of which only a part is listed.
        read_only: Whether the value may not be changed.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    type: CustomMetadataFieldType | str
    default_value: str | float | bool | builtins.list[str | float | bool] | None = None
    is_value_required: bool | None = None
    min_length: int | None = None
    max_length: int | None = None
    min_value: str | float | None = None
    max_value: str | float | None = None
    select_options: builtins.list[str | float | bool] | None = None
    select_options_truncated: bool | None = None
    read_only: bool | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "type": Property("type", required=True),
        "default_value": Property("defaultValue"),
        "is_value_required": Property("isValueRequired"),
        "min_length": Property("minLength", INTEGER),
        "max_length": Property("maxLength", INTEGER),
        "min_value": Property("minValue"),
        "max_value": Property("maxValue"),
        "select_options": Property("selectOptions", Array(PLAIN)),
        "select_options_truncated": Property("selectOptionsTruncated"),
        "read_only": Property("readOnly"),
    }
