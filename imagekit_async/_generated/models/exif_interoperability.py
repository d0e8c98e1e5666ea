# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class ExifInteroperability(Model):
    """
    Exif data about compatibility with other devices.

    Attributes:
        interop_index: Rule that the image follows, such as `R98`.
        interop_version: Version of that rule.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    interop_index: str | None = None
    interop_version: str | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "interop_index": Property("InteropIndex"),
        "interop_version": Property("InteropVersion"),
    }
