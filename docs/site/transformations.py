"""
The tables of transformation options, each with what the local ImageKit makes of it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, Final

import anyio
from PIL import Image

from examples.gallery import CARD, badge, chessboard, encoded, local_imagekit, scene
from imagekit_async import AsyncImageKit
from imagekit_async.urls import build_transformation_string
from imagekit_async.urls._options import LAYERS, POSITION, TOP, Option

from .markdown import table
from .options import LAYER_OPTIONS, OPTIONS, POSITIONS, Shown

PAGE: Final = "reference/transformations.md"
FOLDER: Final = "reference/images"
# Options by the table they are in, and what each table says about them.
TABLES: Final[Mapping[str, tuple[Mapping[str, Option], Mapping[str, Shown]]]] = {
    "step": (TOP.options, OPTIONS),
    "layer": ({name: option for place in LAYERS.values() for name, option in place.options.items()}, LAYER_OPTIONS),
    "position": (POSITION, POSITIONS),
}


def page() -> tuple[str, dict[str, bytes]]:
    """
    Return the page, and its images by path.
    """
    tables = {
        place: table(("", "option"), [_row(place, name, options[name], shown[name]) for name in shown])
        for place, (options, shown) in TABLES.items()
    }
    text = f"""# Transformation options

A step of a transformation is a mapping of options, which [`build_url`][imagekit_async.urls.build_url] checks.
The same names are the keys of [`Transformation`][imagekit_async.urls.Transformation].
The images are what the local ImageKit delivers for the step beside them.
It renders no videos, and not all effects, so some options have no image here.

Most numbers may also be an *expression*, such as `"iw_div_2"`.
Negative numbers are written with `N` in the URL.

## Options of a step

{tables["step"]}
Two more keys are not options of ImageKit:

- `overlay` puts an image, a video, text, subtitles or a color on the image:
  see [`Overlay`][imagekit_async.urls.Overlay].
- `raw` is text that is written into the URL as it is.

## Options in a layer only

Text layers also take `background`, `flip`, `radius`, `rotation` and `width`.
Subtitles also take `background`.
Boxes of one color take `alpha`, `background`, `gradient`, `height`, `radius` and `width`.
Image and video layers take all options of a step.

{tables["layer"]}
## Position of a layer

{tables["position"]}"""
    return text, anyio.run(_images)


def image_path(place: str, name: str) -> str:
    """
    Return the path of an option's image.
    """
    return f"{FOLDER}/{place}-{name.replace('_', '-')}.webp"


def _row(place: str, name: str, option: Option, shown: Shown) -> tuple[str, str]:
    """
    Return the image and the description of an option.
    """
    lines = [f"**`{name}`**, in the URL `{option.code}`", shown.meaning, f"Values: {shown.values}"]
    if shown.step is None:
        return "", "<br>".join(lines)
    lines.append(f"`{shown.step}`".replace("'", '"'))
    image = image_path(place, name).removeprefix("reference/")
    return f"![{name}]({image})", "<br>".join(lines)


async def _images() -> dict[str, bytes]:
    async with local_imagekit() as (client, browser):
        await _store(client)
        found = {}
        for place, (_, options) in TABLES.items():
            for name, shown in options.items():
                if shown.step is not None:
                    file = "mounted.png" if name == "trim" else "scene.jpg"
                    steps: Any = [shown.step]
                    url = f"{file}?tr={build_transformation_string(steps)}"
                    response = await browser.get(url)
                    found[image_path(place, name)] = _thumbnail(response.raise_for_status().content)
    return found


async def _store(client: AsyncImageKit) -> None:
    mounted = Image.new("RGB", (480, 360), "#f4f4f4")
    mounted.paste(scene(), (40, 30))
    contents = {
        "scene.jpg": encoded(scene(), "JPEG", quality=92),
        "badge.png": encoded(badge(), "PNG"),
        "mounted.png": encoded(mounted, "PNG"),
    }
    for name, content in contents.items():
        await client.files.upload(file=content, file_name=name, use_unique_file_name=False)
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
