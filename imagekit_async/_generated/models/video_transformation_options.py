# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..._model import INTEGER, PLAIN, Array, Model, Property

if TYPE_CHECKING:
    from .video_transformation_options_audio_codec import VideoTransformationOptionsAudioCodec
    from .video_transformation_options_format import VideoTransformationOptionsFormat
    from .video_transformation_options_stream_protocol import VideoTransformationOptionsStreamProtocol
    from .video_transformation_options_video_codec import VideoTransformationOptionsVideoCodec


@attrs.frozen(kw_only=True, repr=False, eq=False)
class VideoTransformationOptions(Model):
    """
    Settings of a video transformation; what does not apply is absent.

    Attributes:
        video_codec: Video codec.
        audio_codec: Audio codec.
        auto_rotate: Whether the video is rotated upright.
        quality: Quality of the output.
        format: Format of the output.
        stream_protocol: Protocol of adaptive bitrate streaming.
        variants: Resolutions made for streaming.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    video_codec: VideoTransformationOptionsVideoCodec | str | None = None
    audio_codec: VideoTransformationOptionsAudioCodec | str | None = None
    auto_rotate: bool | None = None
    quality: int | None = None
    format: VideoTransformationOptionsFormat | str | None = None
    stream_protocol: VideoTransformationOptionsStreamProtocol | str | None = None
    variants: builtins.list[str] | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "video_codec": Property("video_codec"),
        "audio_codec": Property("audio_codec"),
        "auto_rotate": Property("auto_rotate"),
        "quality": Property("quality", INTEGER),
        "format": Property("format"),
        "stream_protocol": Property("stream_protocol"),
        "variants": Property("variants", Array(PLAIN)),
    }
