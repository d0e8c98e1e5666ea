"""
What the options of a transformation mean, and steps that show them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs

_BOX: Final = {"width": 180, "height": 180}
_EXTRACT: Final = {"width": 140, "height": 100, "crop_mode": "extract"}


@attrs.frozen
class Shown:
    """
    An option.

    Attributes:
        meaning: What it does.
        values: What it takes.
        step: A step that shows it; None if the local ImageKit has no image to show.
    """

    meaning: str
    values: str
    step: Mapping[str, Any] | None = None


def _text(**options: Any) -> Mapping[str, Any]:
    layer = {"type": "text", "text": "Valley", "transformation": [{"font_size": 36, **options}]}
    return {"width": 180, "overlay": layer}


def _placed(**position: Any) -> Mapping[str, Any]:
    layer = {"type": "image", "input": "badge.png", "transformation": [{"width": 60}], "position": position}
    return {"width": 180, "overlay": layer}


OPTIONS: Final[Mapping[str, Shown]] = {
    "width": Shown("Width.", "pixels, or a fraction of the original below 1; expression; `auto`", {"width": 120}),
    "height": Shown("Height.", "pixels, or a fraction of the original below 1; expression", {"height": 80}),
    "aspect_ratio": Shown(
        "Width to height; needs one of both.",
        '`"4-3"`, `1.5`, expression',
        {"width": 180, "aspect_ratio": "16-9"},
    ),
    "crop": Shown(
        "How the image fits into width and height.",
        "`maintain_ratio`, `maintain_ratio_no_enlarge`, `at_least`, `at_max`, `at_max_enlarge`, `force`",
        {**_BOX, "crop": "force"},
    ),
    "crop_mode": Shown(
        "How the image is cut or padded.",
        "`extract`, `pad_extract`, `pad_extract_no_shrink`, `pad_resize`, `pad_resize_no_enlarge`",
        {**_BOX, "crop_mode": "pad_resize", "background": "teal"},
    ),
    "focus": Shown(
        "The part to keep when cutting.",
        "a side or corner, `center`, `auto`, `face`, `custom`, an object such as `trafficLight`",
        {"width": 80, "height": 140, "focus": "right"},
    ),
    "x": Shown("Left edge of an extract.", "pixels; expression", {**_EXTRACT, "x": 20, "y": 10}),
    "y": Shown("Top edge of an extract.", "pixels; expression", {**_EXTRACT, "x": 20, "y": 150}),
    "x_center": Shown("Center of an extract.", "pixels; expression", {**_EXTRACT, "x_center": 300, "y_center": 200}),
    "y_center": Shown("Center of an extract.", "pixels; expression", {**_EXTRACT, "x_center": 110, "y_center": 80}),
    "zoom": Shown("How closely a face or an object is cropped.", "above 0; with focus on a face or an object"),
    "dpr": Shown("Factor for width and height.", "0.1 to 5; expression; `auto`", {"width": 80, "height": 60, "dpr": 2}),
    "background": Shown(
        "Color behind padding and transparent parts.",
        "color, `dominant`, `blurred_25_N15`, `gradient_dominant`, `genfill-prompt-snow`",
        {**_BOX, "crop_mode": "pad_resize", "background": "F2C14E"},
    ),
    "format": Shown(
        "Format of the result.",
        "`auto`, `orig`, `avif`, `gif`, `jpeg`, `jpg`, `png`, `svg`, `webp`, `mp4`, `webm`",
        {"width": 180, "format": "png"},
    ),
    "quality": Shown("Quality of a lossy format.", "1 to 100", {"width": 180, "quality": 5}),
    "progressive": Shown(
        "Whether a JPEG is progressive.", "True, False", {"width": 180, "format": "jpg", "progressive": True}
    ),
    "lossless": Shown("Whether nothing is lost.", "True, False", {"width": 180, "format": "webp", "lossless": True}),
    "color_profile": Shown("Whether to keep the color profile.", "True, False", {"width": 180, "color_profile": True}),
    "metadata": Shown("Whether to keep metadata such as Exif.", "True, False", {"width": 180, "metadata": True}),
    "density": Shown("Dots per inch.", "1 to 1200; expression", {"width": 180, "format": "jpg", "density": 300}),
    "original": Shown("Deliver the file unchanged.", "True, False", {"original": True}),
    "named": Shown("Use a stored transformation.", "its name", {"named": "card"}),
    "default_image": Shown("Image to deliver if the file is missing.", "path"),
    "page": Shown("Page, layer or frame of the file.", '`2`, `"3-4"`, `"2_4"`, `"name-layer-4"`'),
    "radius": Shown(
        "Round the corners.",
        'pixels, `max`, up to four corners `"10_20_30_40"`',
        {"width": 180, "radius": 30, "format": "png"},
    ),
    "rotation": Shown(
        "Rotate the image.", "degrees clockwise; `auto`", {"width": 140, "rotation": -20, "background": "F2C14E"}
    ),
    "flip": Shown("Mirror the image.", "`h`, `v`, `h_v`, `v_h`", {"width": 180, "flip": "h"}),
    "border": Shown("Draw a border.", 'width in pixels and color, `"5_FF0000"`', {"width": 170, "border": "6_D1495B"}),
    "opacity": Shown("Make the image transparent.", "0 to 100", {"width": 180, "opacity": 50, "format": "png"}),
    "blur": Shown("Blur the image.", "1 to 100", {"width": 180, "blur": 6}),
    "trim": Shown(
        "Remove a border of one color.", "True, False, or a tolerance from 1 to 99", {"width": 180, "trim": True}
    ),
    "grayscale": Shown("Remove the colors.", "True", {"width": 180, "grayscale": True}),
    "contrast_stretch": Shown("Stretch the contrast.", "True"),
    "sharpen": Shown("Sharpen the image.", "True, or a number"),
    "unsharp_mask": Shown(
        "Sharpen the image with a mask.", 'True, or `"2-2-0.8-0.024"`: radius, sigma, amount, threshold'
    ),
    "shadow": Shown("Add a shadow to an object on a transparent ground.", 'True, or `"bl-15_st-40_x-10_y-N5"`'),
    "gradient": Shown("Add a gradient.", 'True, or `"ld-top_from-green_to-00FF0010_sp-1"`'),
    "color_replace": Shown("Replace a color.", '`"FF0000_10_0000FF"`: to, tolerance, from'),
    "colorize": Shown("Tint the image.", '`"co-red_in-50"`'),
    "distort": Shown("Distort the image.", '`"p-"` and eight coordinates, or `"a-45"`'),
    "ai_remove_background": Shown("Remove the background.", "True"),
    "ai_remove_background_external": Shown("Remove the background with remove.bg.", "True"),
    "ai_upscale": Shown("Enlarge the image.", "True"),
    "ai_retouch": Shown("Retouch the image.", "True"),
    "ai_variation": Shown("Create a variation.", "True"),
    "ai_drop_shadow": Shown("Add a shadow.", 'True, or `"az-45_el-30_st-60"`'),
    "ai_change_background": Shown(
        "Replace the background.", '`"prompt-quiet beach"`, or `"prompte-"` and percent-encoded base64'
    ),
    "ai_edit": Shown("Change the image.", '`"prompt-add a hat"`, or `"prompte-"` and percent-encoded base64'),
    "video_codec": Shown("Codec of the video track.", "`h264`, `vp9`, `av1`, `none`"),
    "audio_codec": Shown("Codec of the audio track.", "`aac`, `opus`, `none`"),
    "start_offset": Shown("Start of a clip.", "seconds; expression"),
    "end_offset": Shown("End of a clip.", "seconds; expression"),
    "duration": Shown("Length of a clip.", "seconds; expression"),
    "streaming_resolutions": Shown(
        "Resolutions to stream in.", "list of `240`, `360`, `480`, `720`, `1080`, `1440`, `2160`"
    ),
}
LAYER_OPTIONS: Final[Mapping[str, Shown]] = {
    "font_size": Shown("Size of the text.", "pixels; expression (text and subtitles)", _text(font_size=52)),
    "font_family": Shown("Font of the text.", "a font, or the path of a font file (text and subtitles)"),
    "typography": Shown("Style of the text.", "`b`, `i`, `strikethrough`, joined with `_` (text and subtitles)"),
    "font_color": Shown("Color of the text.", "color (text)", _text(font_color="FFFFFF")),
    "inner_alignment": Shown(
        "Alignment of the lines.",
        "`left`, `right`, `center` (text)",
        _text(width=150, background="FFFFFF80", inner_alignment="right"),
    ),
    "line_height": Shown("Height of a line.", "pixels; expression (text)"),
    "padding": Shown(
        "Space around the text.",
        'pixels, or up to four `"10_20"` as in CSS (text)',
        _text(background="FFFFFF80", padding=14),
    ),
    "alpha": Shown("How opaque the layer is.", "0 to 9 (text and boxes of one color)", _text(alpha=4)),
    "color": Shown("Color of the subtitles.", "color (subtitles)"),
    "font_outline": Shown("Outline of the subtitles.", 'width and color, `"2_blue"` (subtitles)'),
    "font_shadow": Shown("Shadow of the subtitles.", 'color and indent, `"blue_2"` (subtitles)'),
}
POSITIONS: Final[Mapping[str, Shown]] = {
    "x": Shown("Left edge of the layer.", "pixels, from the right edge if negative; expression", _placed(x=10, y=10)),
    "y": Shown("Top edge of the layer.", "pixels, from the bottom edge if negative; expression", _placed(x=10, y=-10)),
    "x_center": Shown("Center of the layer.", "pixels; expression", _placed(x_center=60, y_center=60)),
    "y_center": Shown("Center of the layer.", "pixels; expression", _placed(x_center=120, y_center=90)),
    "anchor_point": Shown("Part of the layer that is at `x` and `y`.", "a side, a corner or `center`"),
    "focus": Shown(
        "Side or corner to put the layer at.", "a side, a corner or `center`", _placed(focus="bottom_right")
    ),
}
