# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..._model import Model, Property


@attrs.frozen(kw_only=True, repr=False, eq=False)
class FileVersionDeletedData(Model):
    """
    A file version that is gone.

    Attributes:
        file_id: Id of the file.
        version_id: Id of the version.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    file_id: str
    version_id: str
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "file_id": Property("fileId", required=True),
        "version_id": Property("versionId", required=True),
    }
