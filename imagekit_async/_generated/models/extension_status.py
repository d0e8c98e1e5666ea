# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import Model, Property

if TYPE_CHECKING:
    from .extension_state import ExtensionState


@attrs.frozen(kw_only=True, repr=False, eq=False)
class ExtensionStatus(Model):
    """
    State of extensions by name; those that were not requested are absent.

    Attributes:
        remove_bg: State of the removal of the background.
        google_auto_tagging: State of the tagging by Google.
        aws_auto_tagging: State of the tagging by AWS.
        ai_auto_description: State of the automatic description.
        ai_tasks: State of the AI tasks.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    remove_bg: ExtensionState | str | None = None
    google_auto_tagging: ExtensionState | str | None = None
    aws_auto_tagging: ExtensionState | str | None = None
    ai_auto_description: ExtensionState | str | None = None
    ai_tasks: ExtensionState | str | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "remove_bg": Property("remove-bg"),
        "google_auto_tagging": Property("google-auto-tagging"),
        "aws_auto_tagging": Property("aws-auto-tagging"),
        "ai_auto_description": Property("ai-auto-description"),
        "ai_tasks": Property("ai-tasks"),
    }
