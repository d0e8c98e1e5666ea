# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class UploadTransformationFailure(Model):
    """
    Why a transformation of an upload has failed.

    Attributes:
        reason: Cause, such as `encoding_failed`; further ones occur.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    reason: str
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "reason": Property("reason", required=True),
    }
