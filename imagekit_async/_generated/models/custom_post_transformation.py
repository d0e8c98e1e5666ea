# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Required, TypedDict

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class CustomPostTransformation(Model):
    """
    Makes a transformed image or video in advance.

    Attributes:
        type: Always `transformation`.
        value: Transformation string, such as `w-400,h-300`.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    type: Literal["transformation"] = "transformation"
    value: str
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "type": Property("type", required=True),
        "value": Property("value", required=True),
    }


class CustomPostTransformationDict(TypedDict, total=False):
    """
    A dict in place of `CustomPostTransformation`, which documents the keys.
    """

    type: Required[Literal["transformation"]]
    value: Required[str]
