# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import attrs

from ..._model import DATE_TIME, MODELS, Model, Property, Reference

if TYPE_CHECKING:
    from .file_deleted_data import FileDeletedData


@attrs.frozen(kw_only=True, repr=False, eq=False)
class FileDeletedEvent(Model):
    """
    Sent when a file is removed from the media library.

    Attributes:
        id: Id of the event; the same when the event is sent again.
        type: Always `file.deleted`.
        created_at: When the event happened.
        data: Which file is gone.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    id: str
    type: Literal["file.deleted"] = "file.deleted"
    created_at: datetime.datetime
    data: FileDeletedData
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "id": Property("id", required=True),
        "type": Property("type", required=True),
        "created_at": Property("created_at", DATE_TIME, required=True),
        "data": Property("data", Reference(MODELS + ".file_deleted_data", "FileDeletedData"), required=True),
    }
