# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class PreTransformContext(Model):
    """
    The upload that caused an event, with its pre-transformation.

    Attributes:
        x_request_id: Id of the upload request.
        transformation: The transformation string.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    x_request_id: str
    transformation: str
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "x_request_id": Property("x_request_id", required=True),
        "transformation": Property("transformation", required=True),
    }
