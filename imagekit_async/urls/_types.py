"""
The options of a transformation as typed dictionaries, for editors and type checkers.

At run time any mapping is accepted, and `_options` decides what is valid. The page on
transformation options (docs/site/options.py) explains the values.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, TypedDict

Size: TypeAlias = float | str
Side: TypeAlias = Literal[
    "center", "top", "left", "bottom", "right", "top_left", "top_right", "bottom_left", "bottom_right"
]
Encoding: TypeAlias = Literal["auto", "plain", "base64"]
StreamingResolution: TypeAlias = Literal["240", "360", "480", "720", "1080", "1440", "2160"]
TransformationPosition: TypeAlias = Literal["query", "path"]
QueryValue: TypeAlias = str | float | bool | None
Expiry: TypeAlias = float | timedelta | datetime
Moment: TypeAlias = float | datetime


class Position(TypedDict, total=False):
    """
    Position of a layer on its base: pixels, fractions or expressions. Negative numbers count from the far edge.
    """

    x: Size
    y: Size
    x_center: Size
    y_center: Size
    anchor_point: Side
    focus: Side


class Timing(TypedDict, total=False):
    """
    When to show a layer on a video, in seconds.
    """

    start: Size
    end: Size
    duration: Size


class TextStyle(TypedDict, total=False):
    """
    Options of the steps inside a text layer.
    """

    alpha: float
    background: str
    flip: Literal["h", "v", "h_v", "v_h"]
    font_color: str
    font_family: str
    font_size: Size
    inner_alignment: Literal["left", "right", "center"]
    line_height: Size
    padding: Size
    radius: Size
    rotation: Size
    typography: str
    width: Size
    raw: str


class SubtitleStyle(TypedDict, total=False):
    """
    Options of the steps inside a subtitle layer.
    """

    background: str
    color: str
    font_family: str
    font_outline: str
    font_shadow: str
    font_size: Size
    typography: str
    raw: str


class SolidColorStyle(TypedDict, total=False):
    """
    Options of the steps inside a layer of one color.
    """

    alpha: float
    background: str
    gradient: bool | str
    height: Size
    radius: Size
    width: Size
    raw: str


class _Layer(TypedDict, total=False):
    layer_mode: Literal["multiply", "cutter", "cutout", "displace"]
    position: Position
    timing: Timing


class _MediaLayer(_Layer, total=False):
    encoding: Encoding
    transformation: Sequence[Transformation]


class _TextLayer(_Layer, total=False):
    encoding: Encoding
    transformation: Sequence[TextStyle]


class _SubtitleLayer(_Layer, total=False):
    encoding: Encoding
    transformation: Sequence[SubtitleStyle]


class _SolidColorLayer(_Layer, total=False):
    transformation: Sequence[SolidColorStyle]


class ImageOverlay(_MediaLayer):
    """
    An image, given by its path, over the base.
    """

    type: Literal["image"]
    input: str


class VideoOverlay(_MediaLayer):
    """
    A video, given by its path, over the base.
    """

    type: Literal["video"]
    input: str


class TextOverlay(_TextLayer):
    """
    Text over the base.
    """

    type: Literal["text"]
    text: str


class SubtitleOverlay(_SubtitleLayer):
    """
    Subtitles, given by the path of their file, over a video.
    """

    type: Literal["subtitle"]
    input: str


class SolidColorOverlay(_SolidColorLayer):
    """
    A box of one color over the base.
    """

    type: Literal["solidColor"]
    color: str


Overlay: TypeAlias = ImageOverlay | VideoOverlay | TextOverlay | SubtitleOverlay | SolidColorOverlay
"""
A layer on an image or a video; `type` says which.
"""


class Transformation(TypedDict, total=False):
    """
    One step of a transformation. Options are written in the order given; None leaves an option out.
    """

    width: Size
    height: Size
    aspect_ratio: Size
    crop: Literal["maintain_ratio", "maintain_ratio_no_enlarge", "at_least", "at_max", "at_max_enlarge", "force"]
    crop_mode: Literal["extract", "pad_extract", "pad_extract_no_shrink", "pad_resize", "pad_resize_no_enlarge"]
    focus: str
    x: Size
    y: Size
    x_center: Size
    y_center: Size
    zoom: float
    dpr: Size
    background: str
    format: Literal["auto", "orig", "avif", "gif", "jpeg", "jpg", "png", "svg", "webp", "mp4", "webm"]
    quality: float
    progressive: bool
    lossless: bool
    color_profile: bool
    metadata: bool
    density: int | str
    original: bool
    named: str
    default_image: str
    page: Size
    radius: Size
    rotation: Size
    flip: Literal["h", "v", "h_v", "v_h"]
    border: str
    opacity: float
    blur: float
    trim: bool | float
    grayscale: bool
    contrast_stretch: bool
    sharpen: bool | float
    unsharp_mask: bool | str
    shadow: bool | str
    gradient: bool | str
    color_replace: str
    colorize: str
    distort: str
    ai_remove_background: bool
    ai_remove_background_external: bool
    ai_upscale: bool
    ai_retouch: bool
    ai_variation: bool
    ai_drop_shadow: bool | str
    ai_change_background: str
    ai_edit: str
    video_codec: Literal["h264", "vp9", "av1", "none"]
    audio_codec: Literal["aac", "opus", "none"]
    start_offset: Size
    end_offset: Size
    duration: Size
    streaming_resolutions: Sequence[StreamingResolution]
    overlay: Overlay
    raw: str
