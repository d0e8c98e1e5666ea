# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class ExtensionUsageEntry(Model):
    """
    How often an extension was used.

    Attributes:
        name: Name of the extension.
        operation_count: Number of operations, not of billed units.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    name: str
    operation_count: float
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "name": Property("name", required=True),
        "operation_count": Property("operationCount", required=True),
    }
