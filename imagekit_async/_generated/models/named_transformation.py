# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import attrs

from ..._model import DATE_TIME, Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class NamedTransformation(Model):
    """
    A transformation string with a name.

    Attributes:
        id: Id of the named transformation.
        name: Name to use in delivery URLs.
        transformation: The transformation string.
        enabled: Whether delivery accepts the name.
        created_at: When it was created.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    id: str
    name: str
    transformation: str
    enabled: bool
    created_at: datetime.datetime
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "id": Property("id", required=True),
        "name": Property("name", required=True),
        "transformation": Property("transformation", required=True),
        "enabled": Property("enabled", required=True),
        "created_at": Property("createdAt", DATE_TIME, required=True),
    }
