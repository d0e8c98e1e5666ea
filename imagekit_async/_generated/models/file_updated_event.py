# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import attrs

from ..._model import DATE_TIME, MODELS, Model, Property, Reference

if TYPE_CHECKING:
    from .file import File


@attrs.frozen(kw_only=True, repr=False, eq=False)
class FileUpdatedEvent(Model):
    """
    Sent when details, tags, metadata, name or location of a file change.

    Attributes:
        id: Id of the event; the same when the event is sent again.
        type: Always `file.updated`.
        created_at: When the event happened.
        data: The file after the change.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    id: str
    type: Literal["file.updated"] = "file.updated"
    created_at: datetime.datetime
    data: File
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "id": Property("id", required=True),
        "type": Property("type", required=True),
        "created_at": Property("created_at", DATE_TIME, required=True),
        "data": Property("data", Reference(MODELS + ".file", "File"), required=True),
    }
