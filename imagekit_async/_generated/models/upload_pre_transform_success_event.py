# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import attrs

from ..._model import DATE_TIME, MODELS, Model, Property, Reference

if TYPE_CHECKING:
    from .file_upload_response import FileUploadResponse
    from .pre_transform_context import PreTransformContext


@attrs.frozen(kw_only=True, repr=False, eq=False)
class UploadPreTransformSuccessEvent(Model):
    """
    Sent when the pre-transformation of an uploaded video is done and the file is stored.

    Attributes:
        id: Id of the event; the same when the event is sent again.
        type: Always `upload.pre-transform.success`.
        created_at: When the event happened.
        request: The upload and its pre-transformation.
        data: The stored file, as an upload would return it.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    id: str
    type: Literal["upload.pre-transform.success"] = "upload.pre-transform.success"
    created_at: datetime.datetime
    request: PreTransformContext
    data: FileUploadResponse
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "id": Property("id", required=True),
        "type": Property("type", required=True),
        "created_at": Property("created_at", DATE_TIME, required=True),
        "request": Property(
            "request", Reference(MODELS + ".pre_transform_context", "PreTransformContext"), required=True
        ),
        "data": Property("data", Reference(MODELS + ".file_upload_response", "FileUploadResponse"), required=True),
    }
