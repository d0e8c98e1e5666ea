# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import MODELS, Model, Property, Reference

if TYPE_CHECKING:
    from .requested_post_transformation import RequestedPostTransformation


@attrs.frozen(kw_only=True, repr=False, eq=False)
class PostTransformContext(Model):
    """
    The upload that caused an event, with one of its post-transformations.

    Attributes:
        x_request_id: Id of the upload request.
        transformation: The post-transformation, as it was requested.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    x_request_id: str
    transformation: RequestedPostTransformation
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "x_request_id": Property("x_request_id", required=True),
        "transformation": Property(
            "transformation",
            Reference(MODELS + ".requested_post_transformation", "RequestedPostTransformation"),
            required=True,
        ),
    }
