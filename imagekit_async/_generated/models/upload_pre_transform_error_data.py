# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import MODELS, Model, Property, Reference

if TYPE_CHECKING:
    from .failed_upload_transformation import FailedUploadTransformation


@attrs.frozen(kw_only=True, repr=False, eq=False)
class UploadPreTransformErrorData(Model):
    """
    An upload that failed in its pre-transformation.

    Attributes:
        name: Name of the file that was uploaded.
        path: Folder and name that the file was to have.
        transformation: What went wrong.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    name: str
    path: str
    transformation: FailedUploadTransformation
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "name": Property("name", required=True),
        "path": Property("path", required=True),
        "transformation": Property(
            "transformation",
            Reference(MODELS + ".failed_upload_transformation", "FailedUploadTransformation"),
            required=True,
        ),
    }
