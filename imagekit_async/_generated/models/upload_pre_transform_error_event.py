# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import attrs

from ..._model import DATE_TIME, MODELS, Model, Property, Reference

if TYPE_CHECKING:
    from .pre_transform_context import PreTransformContext
    from .upload_pre_transform_error_data import UploadPreTransformErrorData


@attrs.frozen(kw_only=True, repr=False, eq=False)
class UploadPreTransformErrorEvent(Model):
    """
    Sent when the pre-transformation of an uploaded video, or the check of its result, has failed. No file is stored.

    Attributes:
        id: Id of the event; the same when the event is sent again.
        type: Always `upload.pre-transform.error`.
        created_at: When the event happened.
        request: The upload and its pre-transformation.
        data: What was uploaded and what went wrong.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    id: str
    type: Literal["upload.pre-transform.error"] = "upload.pre-transform.error"
    created_at: datetime.datetime
    request: PreTransformContext
    data: UploadPreTransformErrorData
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "id": Property("id", required=True),
        "type": Property("type", required=True),
        "created_at": Property("created_at", DATE_TIME, required=True),
        "request": Property(
            "request", Reference(MODELS + ".pre_transform_context", "PreTransformContext"), required=True
        ),
        "data": Property(
            "data", Reference(MODELS + ".upload_pre_transform_error_data", "UploadPreTransformErrorData"), required=True
        ),
    }
