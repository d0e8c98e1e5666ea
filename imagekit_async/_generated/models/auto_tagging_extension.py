# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Required, TypedDict

import attrs

from ..._model import INTEGER, Model, Property

if TYPE_CHECKING:
    from .auto_tagging_extension_name import AutoTaggingExtensionName


@attrs.frozen(kw_only=True, repr=False, eq=False)
class AutoTaggingExtension(Model):
    """
    Tags what is seen in an image, with a service of Google (2 extension units) or AWS (1 unit). It may finish after the
    call.

    Attributes:
        name: The tagging service.
        min_confidence: Minimum certainty of a tag to keep, from 0 to 100.
        max_tags: Maximum number of tags to keep, from 0 to 30.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    name: AutoTaggingExtensionName | str
    min_confidence: int
    max_tags: int
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "name": Property("name", required=True),
        "min_confidence": Property("minConfidence", INTEGER, limits={"minimum": 0, "maximum": 100}, required=True),
        "max_tags": Property("maxTags", INTEGER, limits={"minimum": 0, "maximum": 30}, required=True),
    }


class AutoTaggingExtensionDict(TypedDict, total=False):
    """
    A dict in place of `AutoTaggingExtension`, which documents the keys.
    """

    name: Required[AutoTaggingExtensionName]
    min_confidence: Required[int]
    max_tags: Required[int]
