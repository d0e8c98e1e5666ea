# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import DATE_TIME, INTEGER, MODELS, PLAIN, Array, MapOf, Model, Property, Reference

if TYPE_CHECKING:
    from .ai_tag import AITag
    from .creator import Creator
    from .extension_status import ExtensionStatus
    from .file_type import FileType
    from .selected_field_schema import SelectedFieldSchema
    from .version_info import VersionInfo


@attrs.frozen(kw_only=True, repr=False, eq=False)
class FileUpdateResponse(Model):
    """
    The file after the change, with the state of the extensions that were requested.

    Attributes:
        type: `file` for the current version, `file-version` for an older one.
        file_id: Id of the file.
        name: Name of the file, with its extension.
        file_path: Folder and name of the file, beginning with a slash.
        url: URL that delivers the file. In lists it carries the time of the last change, and for older versions the
            parameter `ik-obj-version`.
        thumbnail: URL of a small preview image.
        file_type: `image`, or `non-image` for everything else, videos included.
        size: Size in bytes.
        custom_metadata: Values of custom metadata fields by field name; empty when none is set.
        is_private_file: Whether delivery needs a signed URL or a named transformation.
        version_info: The version that these details describe.
        created_at: When the file was first uploaded.
        updated_at: When anything about the file last changed.
        mime: Media type of the content.
        width: Width in pixels, for images and videos.
        height: Height in pixels, for images and videos.
        has_alpha: Whether the image has an alpha channel.
        bit_rate: Bit rate of a video. Documented as kbit/s, yet known values are in bit/s.
        duration: Length of a video in seconds.
        audio_codec: Audio codec of a video.
        video_codec: Video codec of a video.
        description: Text about the content.
        tags: Tags set by users; null when there are none.
        ai_tags: Tags set by extensions; null when there are none.
        custom_coordinates: Area of interest as `x,y,width,height` in pixels from the top left corner; null when none is
            set.
        embedded_metadata: EXIF, IPTC and XMP data found in the file, merged into one object.
        selected_fields_schema: Custom metadata fields that apply to the folder of the file, by field name. Present only
            on plans with path policies.
        is_published: Whether the file is delivered publicly; false for a draft.
        created_by: Who uploaded the file, when known.
        extension_status: State of each requested extension. Present when extensions were requested.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    type: FileType | str
    file_id: str
    name: str
    file_path: str
    url: str
    thumbnail: str
    file_type: str
    size: int
    custom_metadata: dict[str, Any]
    is_private_file: bool
    version_info: VersionInfo
    created_at: datetime.datetime
    updated_at: datetime.datetime
    mime: str | None = None
    width: int | None = None
    height: int | None = None
    has_alpha: bool | None = None
    bit_rate: int | None = None
    duration: int | None = None
    audio_codec: str | None = None
    video_codec: str | None = None
    description: str | None = None
    tags: builtins.list[str] | None = None
    ai_tags: builtins.list[AITag] | None = None
    custom_coordinates: str | None = None
    embedded_metadata: dict[str, Any] | None = None
    selected_fields_schema: dict[str, SelectedFieldSchema] | None = None
    is_published: bool | None = None
    created_by: Creator | None = None
    extension_status: ExtensionStatus | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "type": Property("type", required=True),
        "file_id": Property("fileId", required=True),
        "name": Property("name", required=True),
        "file_path": Property("filePath", required=True),
        "url": Property("url", required=True),
        "thumbnail": Property("thumbnail", required=True),
        "file_type": Property("fileType", required=True),
        "size": Property("size", INTEGER, required=True),
        "custom_metadata": Property("customMetadata", MapOf(PLAIN), required=True),
        "is_private_file": Property("isPrivateFile", required=True),
        "version_info": Property("versionInfo", Reference(MODELS + ".version_info", "VersionInfo"), required=True),
        "created_at": Property("createdAt", DATE_TIME, required=True),
        "updated_at": Property("updatedAt", DATE_TIME, required=True),
        "mime": Property("mime"),
        "width": Property("width", INTEGER),
        "height": Property("height", INTEGER),
        "has_alpha": Property("hasAlpha"),
        "bit_rate": Property("bitRate", INTEGER),
        "duration": Property("duration", INTEGER),
        "audio_codec": Property("audioCodec"),
        "video_codec": Property("videoCodec"),
        "description": Property("description"),
        "tags": Property("tags", Array(PLAIN)),
        "ai_tags": Property("AITags", Array(Reference(MODELS + ".ai_tag", "AITag"))),
        "custom_coordinates": Property("customCoordinates"),
        "embedded_metadata": Property("embeddedMetadata", MapOf(PLAIN)),
        "selected_fields_schema": Property(
            "selectedFieldsSchema", MapOf(Reference(MODELS + ".selected_field_schema", "SelectedFieldSchema"))
        ),
        "is_published": Property("isPublished"),
        "created_by": Property("createdBy", Reference(MODELS + ".creator", "Creator")),
        "extension_status": Property("extensionStatus", Reference(MODELS + ".extension_status", "ExtensionStatus")),
    }
