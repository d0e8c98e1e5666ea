# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

import attrs

from ..._model import INTEGER, PLAIN, Array, Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class CustomMetadataFieldSchemaUpdate(Model):
    """
    Rules to change for the values of a custom metadata field. They must suit its type, which stays.

    Attributes:
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

    is_value_required: bool | None = None
    default_value: str | float | bool | builtins.list[str | float | bool] | None = None
    min_length: int | None = None
    max_length: int | None = None
    min_value: str | float | None = None
    max_value: str | float | None = None
    select_options: builtins.list[str | float | bool] | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "is_value_required": Property("isValueRequired"),
        "default_value": Property("defaultValue"),
        "min_length": Property("minLength", INTEGER),
        "max_length": Property("maxLength", INTEGER),
        "min_value": Property("minValue"),
        "max_value": Property("maxValue"),
        "select_options": Property("selectOptions", Array(PLAIN)),
    }


class CustomMetadataFieldSchemaUpdateDict(TypedDict, total=False):
    """
    A dict in place of `CustomMetadataFieldSchemaUpdate`, which documents the keys.
    """

    is_value_required: bool
    default_value: str | float | bool | Sequence[str | float | bool]
    min_length: int
    max_length: int
    min_value: str | float
    max_value: str | float
    select_options: Sequence[str | float | bool]
