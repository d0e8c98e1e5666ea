# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class Creator(Model):
    """
    The user who created an asset.

    Attributes:
        name: Name of the user.
        email: E-mail address of the user.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    name: str | None = None
    email: str | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "name": Property("name"),
        "email": Property("email"),
    }
