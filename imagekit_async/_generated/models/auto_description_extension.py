# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Required, TypedDict

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class AutoDescriptionExtension(Model):
    """
    Writes the description of a file from its content. It may finish after the call.

    Attributes:
        name: Always `ai-auto-description`.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    name: Literal["ai-auto-description"] = "ai-auto-description"
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "name": Property("name", required=True),
    }


class AutoDescriptionExtensionDict(TypedDict, total=False):
    """
    A dict in place of `AutoDescriptionExtension`, which documents the keys.
    """

    name: Required[Literal["ai-auto-description"]]
