# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import MODELS, Model, Property, Reference

if TYPE_CHECKING:
    from .upload_transformation_failure import UploadTransformationFailure


@attrs.frozen(kw_only=True, repr=False, eq=False)
class FailedUploadTransformation(Model):
    """
    A transformation of an upload that has failed.

    Attributes:
        error: What went wrong.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    error: UploadTransformationFailure
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "error": Property(
            "error", Reference(MODELS + ".upload_transformation_failure", "UploadTransformationFailure"), required=True
        ),
    }
