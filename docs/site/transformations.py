"""
The table of transformation options, each with what the local ImageKit makes of it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

import anyio
import httpx
from PIL import Image

from examples.gallery import CARD, badge, chessboard, encoded, scene
from imagekit_async import AsyncImageKit
from imagekit_async.testing import LocalImageKit
from imagekit_async.urls import build_transformation_string
from imagekit_async.urls._options import TOP, Option

from .markdown import table

PAGE = "reference/transformations.md"
FOLDER = "reference/images"
_BOX = {"width": 180, "height": 180}

# What an option does, and a step that shows it; no step where the local ImageKit has no image to show.
OPTIONS: Mapping[str, tuple[str, Mapping[str, Any] | None]] = {
    "width": ("Width in pixels, or as a fraction of the original if below 1.", {"width": 120}),
    "height": ("Height in pixels, or as a fraction of the original if below 1.", {"height": 80}),
    "aspect_ratio": ("Width to height, with one of both given.", {"width": 180, "aspect_ratio": "16-9"}),
    "crop": ("How the image fits into width and height.", {**_BOX, "crop": "at_max"}),
    "crop_mode": ("How an image that does not fit is padded or cut.", {**_BOX, "crop_mode": "pad_resize"}),
    "focus": ("The part to keep when cutting.", {"width": 80, "height": 140, "focus": "right"}),
    "x": (
        "Left edge of an extracted part, in pixels of the original.",
        {"width": 140, "height": 100, "crop_mode": "extract", "x": 20, "y": 10},
    ),
    "y": (
        "Top edge of an extracted part, in pixels of the original.",
        {"width": 140, "height": 100, "crop_mode": "extract", "x": 20, "y": 150},
    ),
    "x_center": (
        "Horizontal center of an extracted part.",
        {"width": 140, "height": 100, "crop_mode": "extract", "x_center": 300, "y_center": 200},
    ),
    "y_center": (
        "Vertical center of an extracted part.",
        {"width": 140, "height": 100, "crop_mode": "extract", "x_center": 110, "y_center": 80},
    ),
    "zoom": ("How closely a face or an object is cropped.", None),
    "dpr": ("Device pixel ratio by which width and height are multiplied.", {"width": 80, "dpr": 2}),
    "background": (
        "Color behind transparent parts and padding.",
        {**_BOX, "crop_mode": "pad_resize", "background": "teal"},
    ),
    "format": ("Format of the result; `auto` chooses one that the browser accepts.", {"width": 180, "format": "png"}),
    "quality": ("Quality of a lossy format.", {"width": 180, "quality": 5}),
    "progressive": ("Whether a JPEG is progressive.", {"width": 180, "progressive": True, "format": "jpg"}),
    "lossless": ("Whether WebP or PNG is compressed without loss.", {"width": 180, "lossless": True, "format": "png"}),
    "color_profile": ("Whether the color profile is kept.", {"width": 180, "color_profile": True}),
    "metadata": ("Whether metadata such as Exif is kept.", {"width": 180, "metadata": True}),
    "density": ("Dots per inch that the result declares.", {"width": 180, "density": 300, "format": "jpg"}),
    "original": ("Whether the original is delivered, without optimization.", {"original": True}),
    "named": ("A stored transformation, by its name.", {"named": "card"}),
    "default_image": ("Path of the image to deliver if the requested one does not exist.", None),
    "page": ("Page, layer or frame of a file that has several.", None),
    "radius": ("Radius of the corners; `max` makes an ellipse.", {"width": 180, "radius": 30, "format": "png"}),
    "rotation": (
        "Degrees to rotate by; `auto` follows the Exif orientation.",
        {"width": 140, "rotation": -20, "background": "F2C14E"},
    ),
    "flip": ("Mirror horizontally, vertically or both.", {"width": 180, "flip": "h"}),
    "border": ("Border as `WIDTH_COLOR`.", {"width": 170, "border": "6_D1495B"}),
    "opacity": ("Opacity in percent.", {"width": 180, "opacity": 50, "format": "png"}),
    "blur": ("Strength of a Gaussian blur.", {"width": 180, "blur": 6}),
    "trim": ("Remove a border of one color; a number is the tolerance.", {"width": 180, "trim": True}),
    "grayscale": ("Remove all color.", {"width": 180, "grayscale": True}),
    "contrast_stretch": ("Stretch the contrast.", None),
    "sharpen": ("Sharpen; a number is the strength.", None),
    "unsharp_mask": ("Sharpen as `RADIUS-SIGMA-AMOUNT-THRESHOLD`.", None),
    "shadow": ("Shadow behind an image with transparent parts.", None),
    "gradient": ("Gradient over the image.", None),
    "color_replace": ("Replace a color with another one.", None),
    "colorize": ("Tint with a color.", None),
    "distort": ("Distort by perspective or along an arc.", None),
    "ai_remove_background": ("Remove the background with ImageKit's model.", None),
    "ai_remove_background_external": ("Remove the background with remove.bg.", None),
    "ai_upscale": ("Enlarge without losing detail.", None),
    "ai_retouch": ("Improve the quality of the image.", None),
    "ai_variation": ("Generate a variation of the image.", None),
    "ai_drop_shadow": ("Add a shadow that follows the object.", None),
    "ai_change_background": ("Generate a background from a prompt.", None),
    "ai_edit": ("Edit the image as a prompt asks.", None),
    "video_codec": ("Codec of the video track; `none` removes it.", None),
    "audio_codec": ("Codec of the audio track; `none` removes it.", None),
    "start_offset": ("Where a clip of a video starts, in seconds.", None),
    "end_offset": ("Where a clip of a video ends, in seconds.", None),
    "duration": ("Length of a clip of a video, in seconds.", None),
    "streaming_resolutions": ("Resolutions of adaptive bitrate streaming.", None),
}


def page() -> tuple[str, dict[str, bytes]]:
    """
    Return the page, and its images by path.
    """
    images = anyio.run(_images)
    rows = [_row(name, option) for name, option in TOP.options.items()]
    text = f"""# Transformation options

A step of a transformation is a mapping of options, which [`build_url`][imagekit_async.urls.build_url] checks.
The same names are the keys of [`Transformation`][imagekit_async.urls.Transformation].
The images are what the local ImageKit delivers for the step beside them.
It renders neither videos nor effects of AI models, so those options have no image here.

{table(("", "option"), rows)}
Two more keys are no options of ImageKit:

- `overlay` puts an image, a video, text, subtitles or a color on the image:
  see [`Overlay`][imagekit_async.urls.Overlay].
- `raw` is text that is written into the URL as it is.
"""
    return text, images


def _row(name: str, option: Option) -> tuple[str, str]:
    """
    Return the image and the description of an option.
    """
    meaning, step = OPTIONS[name]
    lines = [f"**`{name}`**, in the URL `{option.code}`", f"{meaning} {_accepted(option.kind)}"]
    if step is None:
        return "", "<br>".join(lines)
    lines.append(f"`{step}`".replace("'", '"'))
    return f"![{name}](images/{name}.webp)", "<br>".join(lines)


def _accepted(kind: Any) -> str:
    """
    Return which values an option takes, in the words of its error message.
    """
    words = getattr(kind, "words", None)
    if words is not None and not isinstance(words, tuple):
        return f"A list of {', '.join(f'`{word}`' for word in words.words)}."
    try:
        kind.write(object())
    except ValueError as error:
        accepted = re.sub(r"^must be |, got .*$", "", str(error))
    if words is not None:
        return f"One of {', '.join(f'`{word}`' for word in words)}."
    return f"{accepted[0].upper()}{accepted[1:]}.".replace("& ", "`&` ").replace("'", "`")


async def _images() -> dict[str, bytes]:
    server = LocalImageKit(rate_limit="off")
    transport = server.transport()
    async with (
        AsyncImageKit(
            server.private_key, base_url=server.url, upload_base_url=server.url, transport=transport
        ) as client,
        httpx.AsyncClient(transport=transport, headers={"accept": "image/webp"}) as browser,
    ):
        await _store(client)
        found = {}
        for name, (_, step) in OPTIONS.items():
            if step is not None:
                file = "mounted.png" if name == "trim" else "scene.jpg"
                steps = build_transformation_string([step])  # type: ignore[list-item]
                response = await browser.get(f"{server.url_endpoint}/{file}?tr={steps}")
                found[f"{FOLDER}/{name}.webp"] = _thumbnail(response.raise_for_status().content)
    server.stop()
    return found


async def _store(client: AsyncImageKit) -> None:
    mounted = Image.new("RGB", (480, 360), "#f4f4f4")
    mounted.paste(scene(), (40, 30))
    pictures = {
        "scene.jpg": encoded(scene(), "JPEG", quality=92),
        "badge.png": encoded(badge(), "PNG"),
        "mounted.png": encoded(mounted, "PNG"),
    }
    for name, content in pictures.items():
        await client.files.upload(
            file=content, file_name=name, use_unique_file_name=False, custom_coordinates="240,140,120,120"
        )
    await client.named_transformations.create(name="card", transformation=CARD)


def _thumbnail(content: bytes) -> bytes:
    """
    Return an image on a chessboard, at most 200 pixels wide and high.
    """
    image = Image.open(io.BytesIO(content))
    image.thumbnail((200, 200))
    ground = chessboard(image.size)
    ground.paste(image, (0, 0), image.convert("RGBA"))
    return encoded(ground, "WEBP", quality=80)
