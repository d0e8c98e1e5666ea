# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import attrs

from ..._model import DATE_TIME, MODELS, PLAIN, MapOf, Model, Property, Reference

if TYPE_CHECKING:
    from .creator import Creator


@attrs.frozen(kw_only=True, repr=False, eq=False)
class Folder(Model):
    """
    A folder of the media library.

    Attributes:
        type: Always `folder`.
        folder_id: Id of the folder.
        name: Name of the folder.
        folder_path: Path of the folder itself, with a leading slash and without a trailing one.
        created_at: When the folder was created.
        updated_at: When the folder last changed.
        custom_metadata: Values of custom metadata fields by field name; empty when none is set. No operation of this
            API sets them.
        created_by: Who created the folder; absent for folders made through the API.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    type: Literal["folder"] = "folder"
    folder_id: str
    name: str
    folder_path: str
    created_at: datetime.datetime
    updated_at: datetime.datetime
    custom_metadata: dict[str, Any] | None = None
    created_by: Creator | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "type": Property("type", required=True),
        "folder_id": Property("folderId", required=True),
        "name": Property("name", required=True),
        "folder_path": Property("folderPath", required=True),
        "created_at": Property("createdAt", DATE_TIME, required=True),
        "updated_at": Property("updatedAt", DATE_TIME, required=True),
        "custom_metadata": Property("customMetadata", MapOf(PLAIN)),
        "created_by": Property("createdBy", Reference(MODELS + ".creator", "Creator")),
    }
