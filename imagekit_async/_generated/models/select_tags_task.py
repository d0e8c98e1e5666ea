# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from typing import Any, Literal, Required, TypedDict

import attrs

from ..._model import INTEGER, PLAIN, Array, Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class SelectTagsTask(Model):
    """
    Chooses tags that fit the file and adds them.

    Attributes:
        type: Always `select_tags`.
        instruction: What to tag, in plain words. At least 1 characters, at most 2000 characters.
        vocabulary: Tags to choose from, without percent signs and at most 500 characters long together; any tag when
            absent. At least 1 items, at most 30 items.
        min_selections: Minimum number of values to choose. At least 0.
        max_selections: Maximum number of values to choose. At least 1.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    type: Literal["select_tags"] = "select_tags"
    instruction: str
    vocabulary: builtins.list[str] | None = None
    min_selections: int | None = None
    max_selections: int | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "type": Property("type", required=True),
        "instruction": Property("instruction", limits={"minLength": 1, "maxLength": 2000}, required=True),
        "vocabulary": Property("vocabulary", Array(PLAIN), limits={"minItems": 1, "maxItems": 30}),
        "min_selections": Property("min_selections", INTEGER, limits={"minimum": 0}),
        "max_selections": Property("max_selections", INTEGER, limits={"minimum": 1}),
    }


class SelectTagsTaskDict(TypedDict, total=False):
    """
    A dict in place of `SelectTagsTask`, which documents the keys.
    """

    type: Required[Literal["select_tags"]]
    instruction: Required[str]
    vocabulary: Sequence[str]
    min_selections: int
    max_selections: int
