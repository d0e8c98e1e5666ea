# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class AITag(Model):
    """
    A tag that an extension has set.

    Attributes:
        name: What was recognized.
        source: Name of the extension that set the tag.
        confidence: Certainty of the recognition, from 0 to 100.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    name: str
    source: str
    confidence: float | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "name": Property("name", required=True),
        "source": Property("source", required=True),
        "confidence": Property("confidence"),
    }
