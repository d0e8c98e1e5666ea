# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Required, TypedDict

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class MetadataRemoval(Model):
    """
    A custom metadata field to clear.

    Attributes:
        field: Name of the field.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    field: str
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "field": Property("field", required=True),
    }


class MetadataRemovalDict(TypedDict, total=False):
    """
    A dict in place of `MetadataRemoval`, which documents the keys.
    """

    field: Required[str]
