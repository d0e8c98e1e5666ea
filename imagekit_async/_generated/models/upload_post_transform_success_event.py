# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import attrs

from ..._model import DATE_TIME, MODELS, Model, Property, Reference

if TYPE_CHECKING:
    from .post_transform_context import PostTransformContext
    from .upload_post_transform_success_data import UploadPostTransformSuccessData


@attrs.frozen(kw_only=True, repr=False, eq=False)
class UploadPostTransformSuccessEvent(Model):
    """
    Sent when one post-transformation of an upload is done.

    Attributes:
        id: Id of the event; the same when the event is sent again.
        type: Always `upload.post-transform.success`.
        created_at: When the event happened.
        request: The upload and the post-transformation.
        data: The stored file and the derived one.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    id: str
    type: Literal["upload.post-transform.success"] = "upload.post-transform.success"
    created_at: datetime.datetime
    request: PostTransformContext
    data: UploadPostTransformSuccessData
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
            Reference(MODELS + ".upload_post_transform_success_data", "UploadPostTransformSuccessData"),
            required=True,
        ),
    }
