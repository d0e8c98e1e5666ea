# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import MODELS, Model, Property, Reference

if TYPE_CHECKING:
    from .failed_upload_transformation import FailedUploadTransformation


@attrs.frozen(kw_only=True, repr=False, eq=False)
class UploadPostTransformErrorData(Model):
    """
    A stored file, and why a derived file could not be made.

    Attributes:
        file_id: Id of the stored file.
        url: URL that the derived file was to have.
        name: Name of the stored file.
        path: Folder and name of the stored file.
        transformation: What went wrong.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    file_id: str
    url: str
    name: str
    path: str
    transformation: FailedUploadTransformation
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "file_id": Property("fileId", required=True),
        "url": Property("url", required=True),
        "name": Property("name", required=True),
        "path": Property("path", required=True),
        "transformation": Property(
            "transformation",
            Reference(MODELS + ".failed_upload_transformation", "FailedUploadTransformation"),
            required=True,
        ),
    }
