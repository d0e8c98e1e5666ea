"""
A background taken out: every pixel whose colour is near that of the top left corner.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from PIL import Image, ImageChops, ImageColor

from imagekit_local._metadata.header import opened_header

_TOLERANCE = 24
_MAX_PIXELS = 25_000_000


def remove_background(source: Path, target: Path, colour: str | None) -> None:
    """
    Write a picture without its background as PNG. Blocks.

    Args:
        source: The picture.
        target: Where to write.
        colour: What to put behind instead, as hexadecimal digits or a name; None for transparency.

    Raises:
        ValueError: The picture cannot be read or is too large, or there is no such colour.
    """
    picture = _pixels(source)
    # The signatures of Pillow's methods refer to numpy, which is not there.
    corner = picture.crop((0, 0, 1, 1)).resize(picture.size)  # pyright: ignore[reportUnknownMemberType]
    red, green, blue = ImageChops.difference(picture, corner).split()
    distance = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    mask = distance.point([0 if level <= _TOLERANCE else 255 for level in range(256)])  # pyright: ignore[reportUnknownMemberType]
    if colour is None:
        picture.putalpha(mask)
    else:
        picture = Image.composite(picture, Image.new("RGB", picture.size, _rgb(colour)), mask)
    picture.save(target, "PNG")


def _pixels(source: Path) -> Image.Image:
    try:
        with opened_header(source) as image:
            if image.width * image.height > _MAX_PIXELS:
                raise ValueError("the picture is too large")
        with closing(Image.open(source)) as image:
            return image.convert("RGB")
    # Pillow's readers let through whatever error broken bytes cause.
    except Exception as error:
        raise ValueError("the picture cannot be read") from error


def _rgb(colour: str) -> tuple[int, ...]:
    try:
        return ImageColor.getrgb(f"#{colour}")[:3]
    except ValueError:
        return ImageColor.getrgb(colour)[:3]
