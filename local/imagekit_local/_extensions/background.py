"""
Remove a background: every pixel whose color is close to that of the top left corner.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from PIL import Image, ImageChops, ImageColor

from imagekit_local._metadata.header import opened_header

_TOLERANCE = 24
_MAX_PIXELS = 25_000_000


def remove_background(source: Path, target: Path, color: str | None) -> None:
    """
    Write an image without its background as PNG. Blocks.

    Args:
        source: The image.
        target: The file to write.
        color: The new background, as hexadecimal digits or a name; None for transparency.

    Raises:
        ValueError: The image cannot be read or is too large, or the color is unknown.
    """
    picture = _pixels(source)
    # The signatures of Pillow's methods refer to numpy, which is not installed.
    corner = picture.crop((0, 0, 1, 1)).resize(picture.size)  # pyright: ignore[reportUnknownMemberType]
    red, green, blue = ImageChops.difference(picture, corner).split()
    distance = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    mask = distance.point([0 if level <= _TOLERANCE else 255 for level in range(256)])  # pyright: ignore[reportUnknownMemberType]
    if color is None:
        picture.putalpha(mask)
    else:
        picture = Image.composite(picture, Image.new("RGB", picture.size, _rgb(color)), mask)
    picture.save(target, "PNG")


def _pixels(source: Path) -> Image.Image:
    try:
        with opened_header(source) as image:
            if image.width * image.height > _MAX_PIXELS:
                raise ValueError("the image is too large")
        with closing(Image.open(source)) as image:
            return image.convert("RGB")
    # Pillow's readers let any error through that broken bytes cause.
    except Exception as error:
        raise ValueError("the image cannot be read") from error


def _rgb(color: str) -> tuple[int, ...]:
    try:
        return ImageColor.getrgb(f"#{color}")[:3]
    except ValueError:
        return ImageColor.getrgb(color)[:3]
