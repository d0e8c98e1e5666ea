# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Required, TypedDict

import attrs

from ..._model import INTEGER, PLAIN, Array, Model, Property

if TYPE_CHECKING:
    from .custom_metadata_field_type import CustomMetadataFieldType


@attrs.frozen(kw_only=True, repr=False, eq=False)
class CustomMetadataFieldSchema(Model):
    """
    Rules for the values of a custom metadata field.

    Attributes:
        type: Kind of values the field takes.
        is_value_required: Whether the field must have a value; false by default. A default value is then needed.
        default_value: Value used when none is given. It must suit the type, the bounds and the options; an array for
            MultiSelect.
        min_length: Minimum number of characters, for Text and Textarea.
        max_length: Maximum number of characters, for Text and Textarea.
        min_value: Smallest number, for Number; earliest date in ISO 8601 form, for Date.
        max_value: Largest number, for Number; latest date in ISO 8601 form, for Date.
        select_options: Values to choose from, for SingleSelect and MultiSelect, which need it.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    type: CustomMetadataFieldType | str
    is_value_required: bool | None = None
    default_value: str | float | bool | builtins.list[str | float | bool] | None = None
    min_length: int | None = None
    max_length: int | None = None
    min_value: str | float | None = None
    max_value: str | float | None = None
    select_options: builtins.list[str | float | bool] | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "type": Property("type", required=True),
        "is_value_required": Property("isValueRequired"),
        "default_value": Property("defaultValue"),
        "min_length": Property("minLength", INTEGER),
        "max_length": Property("maxLength", INTEGER),
        "min_value": Property("minValue"),
        "max_value": Property("maxValue"),
        "select_options": Property("selectOptions", Array(PLAIN)),
    }


class CustomMetadataFieldSchemaDict(TypedDict, total=False):
    """
    A dict in place of `CustomMetadataFieldSchema`, which documents the keys.
    """

    type: Required[CustomMetadataFieldType]
    is_value_required: bool
    default_value: str | float | bool | Sequence[str | float | bool]
    min_length: int
    max_length: int
    min_value: str | float
    max_value: str | float
    select_options: Sequence[str | float | bool]
