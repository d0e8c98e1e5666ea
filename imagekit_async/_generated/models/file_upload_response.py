# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import INTEGER, MODELS, PLAIN, Array, MapOf, Model, Property, Reference

if TYPE_CHECKING:
    from .ai_tag import AITag
    from .extension_status import ExtensionStatus
    from .metadata import Metadata
    from .selected_field_schema import SelectedFieldSchema
    from .version_info import VersionInfo


@attrs.frozen(kw_only=True, repr=False, eq=False)
class FileUploadResponse(Model):
    """
    The stored file. Fields named in `response_fields` are present only when asked for. With status 202 the file is not
    stored yet: `message` is set, and every other field is missing.

    Attributes:
        file_id: Id of the file.
        name: Name under which the file is stored.
        file_path: Folder and name of the file, beginning with a slash.
        url: URL that delivers the file.
        thumbnail_url: URL of a small preview image.
        file_type: `image`, or `non-image` for everything else, videos included.
        size: Size in bytes.
        version_info: The version that the upload has created.
        message: Message that the upload was queued; set only with status 202.
        width: Width in pixels, for images and videos.
        height: Height in pixels, for images and videos.
        bit_rate: Bit rate of a video. Documented as kbit/s, yet known values are in bit/s.
        duration: Length of a video in seconds.
        audio_codec: Audio codec of a video.
        video_codec: Video codec of a video.
        description: Text about the content.
        ai_tags: Tags set by extensions; null when there are none.
        extension_status: State of each requested extension. Present when extensions were requested.
        tags: Tags of the file, when asked for; null when there are none.
        custom_coordinates: Area of interest as `x,y,width,height` in pixels, when asked for; null when none is set.
        is_private_file: Whether delivery needs a signed URL or a named transformation, when asked for.
        is_published: Whether the file is delivered publicly, when asked for.
        custom_metadata: Values of custom metadata fields by field name, when asked for.
        metadata: Technical metadata of the file, when asked for.
        embedded_metadata: EXIF, IPTC and XMP data found in the file, when asked for.
        selected_fields_schema: Custom metadata fields that apply to the folder of the file, by field name, when asked
            for. Needs a plan with path policies.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    file_id: str
    name: str
    file_path: str
    url: str
    thumbnail_url: str
    file_type: str
    size: int
    version_info: VersionInfo
    message: str | None = None
    width: int | None = None
    height: int | None = None
    bit_rate: int | None = None
    duration: int | None = None
    audio_codec: str | None = None
    video_codec: str | None = None
    description: str | None = None
    ai_tags: builtins.list[AITag] | None = None
    extension_status: ExtensionStatus | None = None
    tags: builtins.list[str] | None = None
    custom_coordinates: str | None = None
    is_private_file: bool | None = None
    is_published: bool | None = None
    custom_metadata: dict[str, Any] | None = None
    metadata: Metadata | None = None
    embedded_metadata: dict[str, Any] | None = None
    selected_fields_schema: dict[str, SelectedFieldSchema] | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "file_id": Property("fileId", required=True),
        "name": Property("name", required=True),
        "file_path": Property("filePath", required=True),
        "url": Property("url", required=True),
        "thumbnail_url": Property("thumbnailUrl", required=True),
        "file_type": Property("fileType", required=True),
        "size": Property("size", INTEGER, required=True),
        "version_info": Property("versionInfo", Reference(MODELS + ".version_info", "VersionInfo"), required=True),
        "message": Property("message"),
        "width": Property("width", INTEGER),
        "height": Property("height", INTEGER),
        "bit_rate": Property("bitRate", INTEGER),
        "duration": Property("duration", INTEGER),
        "audio_codec": Property("audioCodec"),
        "video_codec": Property("videoCodec"),
        "description": Property("description"),
        "ai_tags": Property("AITags", Array(Reference(MODELS + ".ai_tag", "AITag"))),
        "extension_status": Property("extensionStatus", Reference(MODELS + ".extension_status", "ExtensionStatus")),
        "tags": Property("tags", Array(PLAIN)),
        "custom_coordinates": Property("customCoordinates"),
        "is_private_file": Property("isPrivateFile"),
        "is_published": Property("isPublished"),
        "custom_metadata": Property("customMetadata", MapOf(PLAIN)),
        "metadata": Property("metadata", Reference(MODELS + ".metadata", "Metadata")),
        "embedded_metadata": Property("embeddedMetadata", MapOf(PLAIN)),
        "selected_fields_schema": Property(
            "selectedFieldsSchema", MapOf(Reference(MODELS + ".selected_field_schema", "SelectedFieldSchema"))
        ),
    }
