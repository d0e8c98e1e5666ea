"""
Operations on the pixels of an image, which is RGB, or RGBA if any of it is transparent.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from imagekit_local._transformations.geometry import Frame
from imagekit_local._transformations.limits import Budget, Size
from imagekit_local._transformations.values import OPAQUE, Color

Radii = Sequence[tuple[float, float]]
CLEAR: Color = (0, 0, 0, 0)
BLACK: Color = (0, 0, 0, OPAQUE)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SMOOTHING = 4
_SMOOTHED_PIXELS = 1_000_000


def trimmed(image: Image.Image, threshold: float) -> Image.Image:
    """
    Remove the edge whose color differs from that of the top left corner by at most the threshold.
    """
    # With premultiplied alpha, all transparent pixels have the same color.
    flat = image.convert("RGBa") if image.mode == "RGBA" else image
    difference = ImageChops.difference(flat, Image.new(flat.mode, flat.size, flat.getpixel((0, 0))))
    strongest = difference.getchannel(0)
    for band in difference.split()[1:]:
        strongest = ImageChops.lighter(strongest, band)
    box = leveled(strongest, lambda level: OPAQUE * (level > threshold)).getbbox()
    return image if box is None else image.crop(box)


def framed(image: Image.Image, frame: Frame, fill: Color, budget: Budget) -> Image.Image:
    """
    Crop and resize an image, and put it on its canvas.
    """
    if frame.box != (0, 0, *image.size) or frame.size != image.size:
        budget.spend("w", frame.size)
        # Pillow's signature refers to numpy, which is not installed.
        image = image.resize(frame.size, Image.Resampling.LANCZOS, box=frame.box)  # pyright: ignore[reportUnknownMemberType]
    if frame.canvas != frame.size:
        budget.spend("w", frame.canvas)
        canvas = _canvas(image, frame.canvas, fill)
        canvas.paste(image.convert(canvas.mode), frame.position)
        return canvas
    return image


def rotated(image: Image.Image, degrees: float, budget: Budget) -> Image.Image:
    """
    Rotate an image clockwise into its bounding box, whose corners are transparent.
    """
    angle = degrees % 360
    if not angle % 90:
        return image.rotate(-angle, expand=True)
    size = _turned_size(image.size, math.radians(angle))
    budget.spend("rt", size)
    # Transparent pixels around it make its edge smooth.
    image = ImageOps.expand(image.convert("RGBA"), 1, CLEAR).rotate(-angle, Image.Resampling.BICUBIC, expand=True)
    left, top = (image.width - size[0]) // 2, (image.height - size[1]) // 2
    return image.crop((left, top, left + size[0], top + size[1]))


def oriented(image: Image.Image, orientation: int) -> Image.Image:
    """
    Turn an image upright according to its EXIF orientation.
    """
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def flipped(image: Image.Image, axes: str) -> Image.Image:
    """
    Mirror an image: `h` swaps left and right, `v` top and bottom.
    """
    if "h" in axes:
        image = ImageOps.mirror(image)
    return ImageOps.flip(image) if "v" in axes else image


def grayscaled(image: Image.Image) -> Image.Image:
    """
    Remove the colors of an image.
    """
    return image.convert("LA" if image.mode == "RGBA" else "L").convert(image.mode)


def blurred(image: Image.Image, radius: float) -> Image.Image:
    """
    Blur an image with a radius.
    """
    if image.mode == "RGB":
        return image.filter(ImageFilter.GaussianBlur(radius))
    return image.convert("RGBa").filter(ImageFilter.GaussianBlur(radius)).convert("RGBA")


def faded(image: Image.Image, opacity: float) -> Image.Image:
    """
    Apply an opacity from 0 to 1 to an image.
    """
    image = image.convert("RGBA")
    image.putalpha(leveled(image.getchannel("A"), lambda level: level * opacity))
    return image


def on_background(image: Image.Image, color: Color) -> Image.Image:
    """
    Put an image on a background color.
    """
    if image.mode == "RGB":
        return image
    ground = Image.new("RGBA", image.size, color)
    ground.alpha_composite(image)
    return ground.convert("RGB") if color[3] == OPAQUE else ground


def bordered(image: Image.Image, width: int, color: Color, radii: Radii, budget: Budget) -> Image.Image:
    """
    Put a frame around an image, with inner corners that follow the outer ones.
    """
    size = (image.width + 2 * width, image.height + 2 * width)
    budget.spend("b", size)
    canvas = _canvas(image, size, color)
    inner = [(max(0, x - width), max(0, y - width)) for x, y in radii]
    canvas.paste(image.convert(canvas.mode), (width, width), _mask(image.size, inner))
    return canvas


def rounded(image: Image.Image, radii: Radii) -> Image.Image:
    """
    Round the corners of an image.

    Args:
        image: The image.
        radii: Horizontal and vertical radius of each corner in pixels, clockwise from top left; empty to round nothing.
    """
    if not radii:
        return image
    image = image.convert("RGBA")
    image.putalpha(ImageChops.multiply(image.getchannel("A"), _mask(image.size, radii)))
    return image


def leveled(channel: Image.Image, curve: Callable[[int], float]) -> Image.Image:
    """
    Replace every level from 0 to 255 of a channel.
    """
    # Pillow's signature refers to numpy, which is not installed.
    return channel.point([round(curve(level)) for level in range(256)])  # pyright: ignore[reportUnknownMemberType]


def solid(size: Size, color: Color) -> Image.Image:
    """
    Return an image of one color.
    """
    return Image.new("RGB", size, color[:3]) if color[3] == OPAQUE else Image.new("RGBA", size, color)


def _canvas(image: Image.Image, size: Size, color: Color) -> Image.Image:
    canvas = solid(size, color)
    return canvas.convert("RGBA") if image.mode == "RGBA" else canvas


def _turned_size(size: Size, radians: float) -> Size:
    sine, cosine = abs(math.sin(radians)), abs(math.cos(radians))
    sides = size[0] * cosine + size[1] * sine, size[0] * sine + size[1] * cosine
    return math.ceil(round(sides[0], 3)), math.ceil(round(sides[1], 3))


def _mask(size: Size, radii: Radii) -> Image.Image:
    width, height = size
    mask = Image.new("L", size, OPAQUE)
    for index, (x, y) in enumerate(radii):
        corner = _corner((round(min(x, width / 2)), round(min(y, height / 2))), index)
        if corner is not None:
            right, bottom = index in {1, 2}, index in {2, 3}
            mask.paste(corner, (width - corner.width if right else 0, height - corner.height if bottom else 0))
    return mask


def _corner(size: Size, index: int) -> Image.Image | None:
    # A quarter of an ellipse, drawn large and scaled down so that its edge is smooth.
    if 0 in size:
        return None
    factor = _SMOOTHING if size[0] * size[1] <= _SMOOTHED_PIXELS else 1
    width, height = size[0] * factor, size[1] * factor
    corner = Image.new("L", (width, height), 0)
    left, top = (-width if index in {1, 2} else 0), (-height if index in {2, 3} else 0)
    box = (left, top, left + 2 * width - 1, top + 2 * height - 1)
    ImageDraw.Draw(corner).ellipse(box, fill=OPAQUE)
    return corner.reduce(factor) if factor > 1 else corner
