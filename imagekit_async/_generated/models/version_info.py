# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class VersionInfo(Model):
    """
    Id and name of a version of a file.

    Attributes:
        id: Id of the version; that of the first version equals the id of the file.
        name: Name of the version, such as `Version 2`.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    id: str
    name: str
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "id": Property("id", required=True),
        "name": Property("name", required=True),
    }
