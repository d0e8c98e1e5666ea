# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from typing import Any, Required, TypedDict

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class MetadataAssignment(Model):
    """
    A custom metadata field and its new value.

    Attributes:
        field: Name of the field.
        value: Value to set; it must suit the type of the field.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    field: str
    value: str | float | bool | builtins.list[str | float | bool]
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "field": Property("field", required=True),
        "value": Property("value", required=True),
    }


class MetadataAssignmentDict(TypedDict, total=False):
    """
    A dict in place of `MetadataAssignment`, which documents the keys.
    """

    field: Required[str]
    value: Required[str | float | bool | Sequence[str | float | bool]]
