# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, Required, TypedDict

import attrs

from ..._model import MODELS, Array, Model, OneOf, Property, Reference, UnknownModel

if TYPE_CHECKING:
    from .select_metadata_task import SelectMetadataTask, SelectMetadataTaskDict
    from .select_tags_task import SelectTagsTask, SelectTagsTaskDict
    from .yes_no_task import YesNoTask, YesNoTaskDict


@attrs.frozen(kw_only=True, repr=False, eq=False)
class AiTasksExtension(Model):
    """
    Tags a file or sets its custom metadata as described in plain words. It may finish after the call.

    Attributes:
        name: Always `ai-tasks`.
        tasks: What to find out about the file. At least 1 items, at most 10 items.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    name: Literal["ai-tasks"] = "ai-tasks"
    tasks: builtins.list[SelectTagsTask | SelectMetadataTask | YesNoTask | UnknownModel]
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "name": Property("name", required=True),
        "tasks": Property(
            "tasks",
            Array(
                OneOf(
                    "type",
                    {
                        "select_tags": Reference(MODELS + ".select_tags_task", "SelectTagsTask"),
                        "select_metadata": Reference(MODELS + ".select_metadata_task", "SelectMetadataTask"),
                        "yes_no": Reference(MODELS + ".yes_no_task", "YesNoTask"),
                    },
                )
            ),
            limits={"minItems": 1, "maxItems": 10},
            required=True,
        ),
    }


class AiTasksExtensionDict(TypedDict, total=False):
    """
    A dict in place of `AiTasksExtension`, which documents the keys.
    """

    name: Required[Literal["ai-tasks"]]
    tasks: Required[
        Sequence[
            SelectTagsTask
            | SelectTagsTaskDict
            | SelectMetadataTask
            | SelectMetadataTaskDict
            | YesNoTask
            | YesNoTaskDict
        ]
    ]
