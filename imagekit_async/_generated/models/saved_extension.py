# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import DATE_TIME, MODELS, Model, OneOf, Property, Reference, UnknownModel

if TYPE_CHECKING:
    from .ai_tasks_extension import AiTasksExtension
    from .auto_description_extension import AutoDescriptionExtension
    from .auto_tagging_extension import AutoTaggingExtension
    from .remove_bg_extension import RemoveBgExtension


@attrs.frozen(kw_only=True, repr=False, eq=False)
class SavedExtension(Model):
    """
    Settings of an extension, stored in the account.

    Attributes:
        id: Id of the saved extension.
        name: Name of the saved extension.
        description: What it is for.
        config: The extension with its settings.
        created_at: When it was saved.
        updated_at: When it last changed.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    id: str
    name: str
    description: str
    config: RemoveBgExtension | AutoTaggingExtension | AutoDescriptionExtension | AiTasksExtension | UnknownModel
    created_at: datetime.datetime
    updated_at: datetime.datetime
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "id": Property("id", required=True),
        "name": Property("name", required=True),
        "description": Property("description", required=True),
        "config": Property(
            "config",
            OneOf(
                "name",
                {
                    "remove-bg": Reference(MODELS + ".remove_bg_extension", "RemoveBgExtension"),
                    "google-auto-tagging": Reference(MODELS + ".auto_tagging_extension", "AutoTaggingExtension"),
                    "aws-auto-tagging": Reference(MODELS + ".auto_tagging_extension", "AutoTaggingExtension"),
                    "ai-auto-description": Reference(
                        MODELS + ".auto_description_extension", "AutoDescriptionExtension"
                    ),
                    "ai-tasks": Reference(MODELS + ".ai_tasks_extension", "AiTasksExtension"),
                },
            ),
            required=True,
        ),
        "created_at": Property("createdAt", DATE_TIME, required=True),
        "updated_at": Property("updatedAt", DATE_TIME, required=True),
    }
