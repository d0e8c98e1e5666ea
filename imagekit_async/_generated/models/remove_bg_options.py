# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class RemoveBgOptions(Model):
    """
    Look of an image whose background is removed. Use `bg_color` or `bg_image_url`, not both.

    Attributes:
        add_shadow: Whether an artificial shadow is added. Default False.
        semitransparency: Whether partly transparent areas, such as glass, stay partly transparent. Default True.
        bg_color: Color of the new background, as hexadecimal digits or a color name.
        bg_image_url: URL of an image to use as the new background.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    add_shadow: bool | None = None
    semitransparency: bool | None = None
    bg_color: str | None = None
    bg_image_url: str | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "add_shadow": Property("add_shadow"),
        "semitransparency": Property("semitransparency"),
        "bg_color": Property("bg_color"),
        "bg_image_url": Property("bg_image_url"),
    }


class RemoveBgOptionsDict(TypedDict, total=False):
    """
    A dict in place of `RemoveBgOptions`, which documents the keys.
    """

    add_shadow: bool
    semitransparency: bool
    bg_color: str
    bg_image_url: str
