# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import attrs

from ..._model import DATE_TIME, MODELS, Model, Property, Reference

if TYPE_CHECKING:
    from .post_transform_context import PostTransformContext
    from .upload_post_transform_error_data import UploadPostTransformErrorData


@attrs.frozen(kw_only=True, repr=False, eq=False)
class UploadPostTransformErrorEvent(Model):
    """
    Sent when one post-transformation of an upload has failed. The uploaded file itself is stored.

    Attributes:
        id: Id of the event; the same when the event is sent again.
        type: Always `upload.post-transform.error`.
        created_at: When the event happened.
        request: The upload and the post-transformation.
        data: The stored file and what went wrong.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    id: str
    type: Literal["upload.post-transform.error"] = "upload.post-transform.error"
    created_at: datetime.datetime
    request: PostTransformContext
    data: UploadPostTransformErrorData
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "id": Property("id", required=True),
        "type": Property("type", required=True),
        "created_at": Property("created_at", DATE_TIME, required=True),
        "request": Property(
            "request", Reference(MODELS + ".post_transform_context", "PostTransformContext"), required=True
        ),
        "data": Property(
            "data",
            Reference(MODELS + ".upload_post_transform_error_data", "UploadPostTransformErrorData"),
            required=True,
        ),
    }
