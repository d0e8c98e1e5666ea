"""
Operations on pixels.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image, ImageChops, ImageStat

from imagekit_local._transformations import Source

Pixels = Callable[..., Image.Image]
RED, LIME, BLUE, YELLOW = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)
OPAQUE_RED = (255, 0, 0, 255)


def corners(image: Image.Image) -> tuple[object, ...]:
    """
    The pixels in the corners, row by row.
    """
    right, bottom = image.width - 1, image.height - 1
    return tuple(image.getpixel(place) for place in ((0, 0), (right, 0), (0, bottom), (right, bottom)))


def alpha(image: Image.Image, x: int, y: int) -> object:
    """
    How much of a pixel can be seen, from 0 to 255.
    """
    return image.getchannel("A").getpixel((x, y))


@pytest.mark.parametrize(
    ("text", "size", "expected"),
    [
        ("rt-90", (40, 60), (BLUE, RED, YELLOW, LIME)),
        ("rt-N90", (40, 60), (LIME, YELLOW, RED, BLUE)),
        ("rt-270", (40, 60), (LIME, YELLOW, RED, BLUE)),
        ("rt-180", (60, 40), (YELLOW, BLUE, LIME, RED)),
        ("rt-360", (60, 40), (RED, LIME, BLUE, YELLOW)),
        ("rt-auto", (60, 40), (RED, LIME, BLUE, YELLOW)),
        ("fl-h", (60, 40), (LIME, RED, YELLOW, BLUE)),
        ("fl-v", (60, 40), (BLUE, YELLOW, RED, LIME)),
        ("fl-h_v", (60, 40), (YELLOW, BLUE, LIME, RED)),
        ("fl-v_h", (60, 40), (YELLOW, BLUE, LIME, RED)),
        ("rt-90:rt-90", (60, 40), (YELLOW, BLUE, LIME, RED)),
    ],
)
def test_turns(pixels: Pixels, text: str, size: tuple[int, int], expected: tuple[object, ...]) -> None:
    """Rotation is clockwise, a flip mirrors columns or rows, and steps add up."""
    image = pixels(text)

    assert (size, expected) == (image.size, corners(image))


@pytest.mark.parametrize(
    ("orientation", "size", "expected"),
    [
        (1, (60, 40), (RED, LIME, BLUE, YELLOW)),
        (2, (60, 40), (LIME, RED, YELLOW, BLUE)),
        (3, (60, 40), (YELLOW, BLUE, LIME, RED)),
        (4, (60, 40), (BLUE, YELLOW, RED, LIME)),
        (5, (40, 60), (RED, BLUE, LIME, YELLOW)),
        (6, (40, 60), (BLUE, RED, YELLOW, LIME)),
        (7, (40, 60), (YELLOW, LIME, BLUE, RED)),
        (8, (40, 60), (LIME, YELLOW, RED, BLUE)),
    ],
)
def test_exif_orientation(
    pixels: Pixels,
    quarters: Callable[..., Image.Image],
    stored: Callable[..., Source],
    orientation: int,
    size: tuple[int, int],
    expected: tuple[object, ...],
) -> None:
    """`rt-auto` turns an image upright once and first, and nothing else uses its orientation."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    source = stored(quarters(), exif=exif)
    image = pixels("rt-auto:rt-auto,md-true", source)

    assert (size, expected) == (image.size, corners(image))
    assert 0x0112 not in image.getexif()
    assert (60, 40) == pixels("e-grayscale", source).size
    assert 30 == pixels("w-30,rt-auto", source).width


def test_odd_angles(pixels: Pixels) -> None:
    """An image rotated by an odd angle is inside its bounding box, with background or transparency around it."""
    image = pixels("rt-45")
    on_red = pixels("rt-45,bg-FF0000")

    assert (0, 0, 0, 0) == tuple(alpha(image, x, y) for x in (0, image.width - 1) for y in (0, image.height - 1))
    assert 255 == alpha(image, image.width // 2, image.height // 2)
    assert abs(image.width - 100 / 2**0.5) <= 2
    assert ("RGB", (RED,) * 4) == (on_red.mode, corners(on_red))


def test_grayscale(pixels: Pixels) -> None:
    """Without color, red, green and blue are equal, and alpha stays."""
    image = pixels("e-grayscale", Image.new("RGBA", (2, 2), (200, 100, 0, 77)))
    red, green, blue, visible = image.getpixel((0, 0))

    assert red == green == blue
    assert 77 == visible


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_blur(pixels: Pixels, quarters: Callable[..., Image.Image], mode: str) -> None:
    """Stronger blur lowers the variance more, and leaves flat areas unchanged."""
    sharp = quarters(mode=mode)
    variances = [sum(ImageStat.Stat(image).var) for image in (sharp, pixels("bl-3", sharp), pixels("bl-30", sharp))]
    flat = Image.new(mode, (60, 40), "red")

    assert sorted(variances, reverse=True) == variances
    assert variances[0] > variances[2]
    assert ImageChops.difference(flat, pixels("bl-30", flat)).getbbox() is None


def test_opacity(pixels: Pixels) -> None:
    """Opacity scales alpha; with a background the result is opaque, whatever the background's own alpha."""
    half = Image.new("RGBA", (2, 2), (255, 0, 0, 128))

    assert (255, 0, 0, 128) == pixels("o-50", Image.new("RGB", (2, 2), "red")).getpixel((0, 0))
    assert (255, 0, 0, 64) == pixels("o-50", half).getpixel((0, 0))
    assert (128, 0, 127) == pixels("o-50,bg-0000FF20", Image.new("RGB", (2, 2), "red")).getpixel((0, 0))


def test_background(pixels: Pixels) -> None:
    """A background shows where the image is transparent, with its own opacity."""
    clear = Image.new("RGBA", (2, 2), (0, 0, 0, 0))

    assert (255, 0, 0) == pixels("bg-FF0000", clear).getpixel((0, 0))
    assert (255, 0, 0, 128) == pixels("bg-FF000050", clear).getpixel((0, 0))
    assert LIME == pixels("bg-FF0000", Image.new("RGB", (2, 2), "lime")).getpixel((0, 0))


def test_radius(pixels: Pixels) -> None:
    """Corners are cut off, the middle stays."""
    image = pixels("r-12")

    assert (0, 0, 0, 0) == tuple(alpha(image, x, y) for x in (0, 59) for y in (0, 39))
    assert (255, 255, 255) == (alpha(image, 30, 20), alpha(image, 12, 0), alpha(image, 0, 12))


def test_single_corners(pixels: Pixels) -> None:
    """Four radii go clockwise from top left, and an opacity that was there stays."""
    image = pixels("r-0_8_0_max", Image.new("RGBA", (60, 40), (255, 0, 0, 128)))

    assert (128, 0, 128, 0) == tuple(alpha(image, *place) for place in ((0, 0), (59, 0), (59, 39), (0, 39)))
    assert 0 == alpha(image, 5, 33)


def test_ellipse(pixels: Pixels) -> None:
    """The greatest radius makes an ellipse through the middle of each side."""
    image = pixels("r-max")
    inside = [(30, 0), (30, 39), (0, 20), (59, 20), (30, 20)]
    outside = [(5, 4), (54, 4), (5, 35), (54, 35)]

    assert all(alpha(image, *place) >= 200 for place in inside)
    assert all(alpha(image, *place) == 0 for place in outside)


def test_large_radius(pixels: Pixels) -> None:
    """A radius that is too large for smooth edges still rounds."""
    image = pixels("r-max", Image.new("RGB", (2100, 2100)))

    assert (0, 255) == (alpha(image, 100, 100), alpha(image, 1050, 2))


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_border(pixels: Pixels, quarters: Callable[..., Image.Image], mode: str) -> None:
    """A border goes around the image, which keeps its size."""
    image = pixels("b-5_0000FF", quarters(mode=mode)).convert("RGB")

    assert (70, 50) == image.size
    assert (BLUE,) * 4 == corners(image)
    assert (RED, BLUE) == (image.getpixel((5, 5)), image.getpixel((4, 5)))


def test_border_width(pixels: Pixels) -> None:
    """The width of a border can depend on the image, and its color can be translucent."""
    image = pixels("b-ih_div_20_FF00FF50")

    assert ((64, 44), (255, 0, 255, 128)) == (image.size, image.getpixel((0, 0)))


def test_round_border(pixels: Pixels) -> None:
    """A border follows round corners with the same width."""
    image = pixels("b-6_0000FF,r-16", Image.new("RGB", (60, 40), "red"))

    assert 0 == alpha(image, 0, 0)
    assert (0, 0, 255, 255) == image.getpixel((7, 7))
    assert OPAQUE_RED == image.getpixel((10, 10))


@pytest.mark.parametrize(
    ("text", "size"), [("t-true", (20, 10)), ("t-false", (60, 40)), ("t-60", (16, 6)), ("e-grayscale", (60, 40))]
)
def test_trim(pixels: Pixels, text: str, size: tuple[int, int]) -> None:
    """An edge that varies by no more than the threshold is cut off."""
    image = Image.new("RGB", (60, 40), (250, 250, 250))
    image.paste((255, 255, 255), (5, 5, 50, 30))
    image.paste((200, 200, 200), (20, 15, 40, 25))
    image.paste("red", (22, 17, 38, 23))

    assert size == pixels(text, image).size


def test_trimming_what_is_clear(pixels: Pixels) -> None:
    """Transparent pixels are edge, whatever their color; an image that is only edge stays unchanged."""
    image = Image.new("RGBA", (60, 40), (255, 0, 0, 0))
    image.paste((0, 255, 0, 0), (30, 0, 60, 40))
    image.paste("blue", (10, 10, 15, 15))

    assert (5, 5) == pixels("t-true", image).size
    assert (6, 4) == pixels("t-true", Image.new("RGBA", (6, 4), (9, 9, 9, 0))).size


def test_order_in_a_step(pixels: Pixels) -> None:
    """The order of the options in a step does not matter: resizing comes before borders."""
    first, second = pixels("w-30,h-20,b-5_0000FF,rt-90,r-4"), pixels("r-4,rt-90,b-5_0000FF,h-20,w-30")

    assert (30, 40) == first.size
    assert ImageChops.difference(first, second).getbbox(alpha_only=False) is None
