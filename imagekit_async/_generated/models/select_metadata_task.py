# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from typing import Any, Literal, Required, TypedDict

import attrs

from ..._model import INTEGER, PLAIN, Array, Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class SelectMetadataTask(Model):
    """
    Chooses values that fit the file and writes them to a custom metadata field.

    Attributes:
        type: Always `select_metadata`.
        instruction: What to find out, in plain words. At least 1 characters, at most 2000 characters.
        field: Name of an existing custom metadata field.
        vocabulary: Values to choose from; the options of the field when absent. At least 1 items, at most 30 items.
        min_selections: Minimum number of values to choose. At least 0.
        max_selections: Maximum number of values to choose. At least 1.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    type: Literal["select_metadata"] = "select_metadata"
    instruction: str
    field: str
    vocabulary: builtins.list[str | float | bool] | None = None
    min_selections: int | None = None
    max_selections: int | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "type": Property("type", required=True),
        "instruction": Property("instruction", limits={"minLength": 1, "maxLength": 2000}, required=True),
        "field": Property("field", required=True),
        "vocabulary": Property("vocabulary", Array(PLAIN), limits={"minItems": 1, "maxItems": 30}),
        "min_selections": Property("min_selections", INTEGER, limits={"minimum": 0}),
        "max_selections": Property("max_selections", INTEGER, limits={"minimum": 1}),
    }


class SelectMetadataTaskDict(TypedDict, total=False):
    """
    A dict in place of `SelectMetadataTask`, which documents the keys.
    """

    type: Required[Literal["select_metadata"]]
    instruction: Required[str]
    field: Required[str]
    vocabulary: Sequence[str | float | bool]
    min_selections: int
    max_selections: int
