# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypedDict

import attrs

from ..._model import MODELS, PLAIN, Array, Model, Property, Reference

if TYPE_CHECKING:
    from .metadata_assignment import MetadataAssignment, MetadataAssignmentDict
    from .metadata_removal import MetadataRemoval, MetadataRemovalDict


@attrs.frozen(kw_only=True, repr=False, eq=False)
class AiTaskAction(Model):
    """
    Changes to a file that follow from an answer.

    Attributes:
        add_tags: Tags to add.
        remove_tags: Tags to remove.
        set_metadata: Custom metadata fields to set.
        unset_metadata: Custom metadata fields to clear.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    add_tags: builtins.list[str] | None = None
    remove_tags: builtins.list[str] | None = None
    set_metadata: builtins.list[MetadataAssignment] | None = None
    unset_metadata: builtins.list[MetadataRemoval] | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "add_tags": Property("add_tags", Array(PLAIN)),
        "remove_tags": Property("remove_tags", Array(PLAIN)),
        "set_metadata": Property(
            "set_metadata", Array(Reference(MODELS + ".metadata_assignment", "MetadataAssignment"))
        ),
        "unset_metadata": Property("unset_metadata", Array(Reference(MODELS + ".metadata_removal", "MetadataRemoval"))),
    }


class AiTaskActionDict(TypedDict, total=False):
    """
    A dict in place of `AiTaskAction`, which documents the keys.
    """

    add_tags: Sequence[str]
    remove_tags: Sequence[str]
    set_metadata: Sequence[MetadataAssignment | MetadataAssignmentDict]
    unset_metadata: Sequence[MetadataRemoval | MetadataRemovalDict]
