# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import attrs

from ..._model import DATE_TIME, MODELS, Model, Property, Reference

if TYPE_CHECKING:
    from .folder import Folder


@attrs.frozen(kw_only=True, repr=False, eq=False)
class FolderCreatedEvent(Model):
    """
    Sent when a folder appears: made as such, by a copy or a move, or for the path of an upload.

    Attributes:
        id: Id of the event; the same when the event is sent again.
        type: Always `folder.created`.
        created_at: When the event happened.
        data: The new folder.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    id: str
    type: Literal["folder.created"] = "folder.created"
    created_at: datetime.datetime
    data: Folder
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "id": Property("id", required=True),
        "type": Property("type", required=True),
        "created_at": Property("created_at", DATE_TIME, required=True),
        "data": Property("data", Reference(MODELS + ".folder", "Folder"), required=True),
    }
