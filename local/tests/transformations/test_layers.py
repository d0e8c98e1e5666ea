"""
Layers on an image.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image, ImageChops

from imagekit_local._transformations import Source

Pixels = Callable[..., Image.Image]
Stored = Callable[..., Source]
WHITE = (255, 255, 255)
TEXT = "l-text,i-Hello"


@pytest.fixture
def page() -> Image.Image:
    """
    An empty page of 100x80.
    """
    return Image.new("RGB", (100, 80), "white")


@pytest.fixture
def files(stored: Stored, quarters: Callable[..., Image.Image]) -> dict[str, Source]:
    """
    A red image of 20x10, one of four colors of 40x20, one with a wide edge, and what is not an image.
    """
    edged = Image.new("RGB", (60, 40), "black")
    edged.paste("red", (20, 10, 30, 20))
    return {
        "/red.png": stored(Image.new("RGB", (20, 10), "red")),
        "/f/quarters.png": stored(quarters(40, 20)),
        "/edged.png": stored(edged),
        "/text": stored(Image.new("L", (1, 1)), mime="text/plain"),
    }


def ink(image: Image.Image) -> tuple[int, int, int, int] | None:
    """
    The box of all that is not white.
    """
    rgb = image.convert("RGB")
    return ImageChops.difference(rgb, Image.new("RGB", rgb.size, "white")).getbbox()


@pytest.mark.parametrize(
    ("place", "left", "top"),
    [
        ("", 40, 35),
        ("lx-5", 5, 35),
        ("lx-5,ly-7", 5, 7),
        ("lx-0,ly-0", 0, 0),
        ("lx-N0,ly-N0", 80, 70),
        ("lx-N5,ly-N7", 75, 63),
        ("lx-999,ly-N999", 80, 0),
        ("lx-N5_sub_7", 0, 35),
        ("lxc-30,lyc-N40", 20, 35),
        ("lx-bw_div_2,ly-bh_sub_ch", 50, 70),
        ("lx-50,ly-40,lap-center", 40, 35),
        ("lx-N10,ly-N10,lap-bottom_right", 70, 60),
        ("lfo-left", 0, 35),
        ("lfo-top", 40, 0),
        ("lfo-bottom_right", 80, 70),
        ("lfo-bottom_right,lx-3", 3, 35),
    ],
)
def test_positions(
    pixels: Pixels, page: Image.Image, files: dict[str, Source], place: str, left: int, top: int
) -> None:
    """A layer is centered, or at its side or coordinates, and always inside its base."""
    image = pixels(f"l-image,i-red.png,{place},l-end", page, files=files)

    assert (100, 80) == image.size
    assert (left, top, left + 20, top + 10) == ink(image)


def test_too_large(pixels: Pixels, page: Image.Image, files: dict[str, Source]) -> None:
    """A layer that is larger than its base is cropped to it."""
    centred = pixels("l-image,i-f@@quarters.png,w-400,l-end", page, files=files)
    at_corner = pixels("l-image,i-f@@quarters.png,w-400,lx-0,ly-0,l-end", page, files=files)

    assert (100, 80) == centred.size == at_corner.size
    assert [(255, 0, 0), (255, 255, 0)] == [centred.getpixel((0, 0)), centred.getpixel((99, 79))]
    assert [(255, 0, 0)] * 2 == [at_corner.getpixel((0, 0)), at_corner.getpixel((90, 70))]


@pytest.mark.parametrize(
    ("option", "box"), [("", (45, 35, 55, 45)), ("t-false", (20, 20, 80, 60)), ("t-true", (45, 35, 55, 45))]
)
def test_trimmed_layers(
    pixels: Pixels, page: Image.Image, files: dict[str, Source], option: str, box: tuple[int, ...]
) -> None:
    """An image is trimmed before it becomes a layer, unless that is disabled."""
    assert box == ink(pixels(f"l-image,i-edged.png,{option},l-end", page, files=files))


def test_layer_steps(pixels: Pixels, page: Image.Image, files: dict[str, Source]) -> None:
    """A layer has its own steps, with variables of itself and of its base."""
    image = pixels("l-image,i-red.png,w-bw_div_2:rt-90,w-iw,l-end", page, files=files)

    # 50x25, then 20x10 and turned.
    assert (45, 30, 55, 50) == ink(image)


def test_nested_layers(pixels: Pixels, page: Image.Image, files: dict[str, Source]) -> None:
    """A layer within a layer has the outer layer as its base."""
    box = "l-image,i-ik_canvas,bg-0000FF,w-bw_div_2,h-bh_div_2"
    image = pixels(f"{box},{box},lx-0,ly-0,l-image,i-red.png,w-5,lx-0,ly-0,l-end,l-end,l-end", page, files=files)

    assert (25, 20, 75, 60) == ink(image)
    assert (255, 0, 0) == image.getpixel((25, 20))
    assert (0, 0, 255) == image.getpixel((30, 25))


def test_several_layers(pixels: Pixels, page: Image.Image) -> None:
    """Later layers cover earlier ones, and later steps apply to all of them."""
    canvas = "l-image,i-ik_canvas,w-10,h-10"
    image = pixels(f"{canvas},bg-FF0000,l-end,{canvas},bg-00FF00,l-end:fl-h,{canvas},bg-0000FF50,l-end", page)

    assert (0, 127, 128) == image.getpixel((50, 40))


@pytest.mark.parametrize(
    ("options", "box", "color"),
    [
        ("bg-FF0000,w-20,h-10", (40, 35, 60, 45), (255, 0, 0)),
        ("bg-FF0000,w-.5", (25, 0, 75, 80), (255, 0, 0)),
        ("w-20,h-10", (40, 35, 60, 45), (0, 0, 0)),
        ("bg-FF0000,al-5,w-20,h-10", (40, 35, 60, 45), (255, 127, 127)),
        ("bg-FF0000,al-0.5,w-20,h-10", (40, 35, 60, 45), (255, 127, 127)),
        ("bg-FF000050,w-20,h-10", (40, 35, 60, 45), (255, 127, 127)),
    ],
)
def test_canvas(pixels: Pixels, page: Image.Image, options: str, box: tuple[int, ...], color: tuple[int, ...]) -> None:
    """A box of color has the size of its base by default, and can be translucent."""
    image = pixels(f"l-image,i-ik_canvas,{options},l-end", page)

    assert (box, color) == (ink(image), image.getpixel((50, 40)))


def test_round_canvas(pixels: Pixels, page: Image.Image) -> None:
    """A box of color can have round corners."""
    image = pixels("l-image,i-ik_canvas,bg-FF0000,w-20,h-10,r-max,l-end", page)

    assert (WHITE, (255, 0, 0)) == (image.getpixel((40, 35)), image.getpixel((50, 40)))


def test_text(pixels: Pixels, page: Image.Image) -> None:
    """A text has ink of its color in the center of its base and nowhere else."""
    image = pixels(f"{TEXT},fs-20,co-FF0000,l-end", page)
    left, top, right, bottom = ink(image) or (0, 0, 0, 0)
    colors = image.getcolors() or []

    assert 1 >= abs(left - (100 - right))
    assert 1 >= abs(top - (80 - bottom))
    assert (255, 0, 0) in {color for _, color in colors}
    assert all(red == 255 and green == blue for _, (red, green, blue) in colors)


def test_default_text(pixels: Pixels) -> None:
    """Without options a text is black, and its size is 45."""
    page = Image.new("RGB", (400, 100), "white")
    image, sized = pixels(f"{TEXT},l-end", page), pixels(f"{TEXT},fs-45,co-000000,l-end", page)

    assert ink(image) is not None
    assert ImageChops.difference(image, sized).getbbox() is None


def test_text_box(pixels: Pixels) -> None:
    """Padding in the order of CSS, background and round corners make a box around the ink."""
    page = Image.new("RGB", (400, 200), "white")
    bare = ink(pixels(f"{TEXT},l-end", page))
    image = pixels(f"{TEXT},pa-1_20_30,bg-00FF00,r-10,l-end", page)
    box = ink(image)
    assert bare is not None
    assert box is not None

    assert (bare[2] - bare[0] + 40, bare[3] - bare[1] + 31) == (box[2] - box[0], box[3] - box[1])
    assert (WHITE, (0, 255, 0)) == (image.getpixel(box[:2]), image.getpixel((box[0] + 5, box[3] - 15)))


@pytest.mark.parametrize("padding", ["5", "5_5", "5_5_5_5"])
def test_padding(pixels: Pixels, padding: str) -> None:
    """One, two or four paddings are accepted."""
    page = Image.new("RGB", (400, 200), "white")
    image = pixels(f"{TEXT},pa-{padding},bg-00FF00,l-end", page)

    assert ImageChops.difference(image, pixels(f"{TEXT},pa-5_5_5,bg-00FF00,l-end", page)).getbbox() is None


def test_wrapping(pixels: Pixels) -> None:
    """A width wraps words and is exact, alignment is within it, and the line height is as requested."""
    page = Image.new("RGB", (400, 400), "white")
    words = "l-text,i-one%20two%20three%0A%0A%20four,fs-40,w-150,bg-00FF0001"
    boxes = [ink(pixels(f"{words},{options},l-end", page)) for options in ("ia-left", "ia-right", "ia-center,lh-100")]
    heights = [box[3] - box[1] for box in boxes if box is not None]

    assert [150] * 3 == [box[2] - box[0] for box in boxes if box is not None]
    assert heights[0] == heights[1] < heights[2]
    assert 400 <= heights[2] + 100


@pytest.mark.parametrize(("alignment", "left", "right"), [("left", 0, 1), ("right", 1, 0), ("center", 1, 1)])
def test_alignment(pixels: Pixels, alignment: str, left: int, right: int) -> None:
    """Words lie left, right or in the middle of the width."""
    page = Image.new("RGB", (200, 100), "white")
    box = ink(pixels(f"l-text,i-I,w-200,ia-{alignment},l-end", page))
    assert box is not None

    assert (left, right) == (box[0] > 2, box[2] < 198)


def test_text_that_lets_through(pixels: Pixels, page: Image.Image) -> None:
    """Alpha applies to the whole layer, and a color can have its own."""
    by_alpha = pixels("l-text,i-M,fs-80,al-5,l-end", page).getextrema()
    by_color = pixels("l-text,i-M,fs-80,co-00000050,l-end", page).getextrema()

    assert {(127, 255)} == set(by_alpha) == set(by_color)


def test_turned_text(pixels: Pixels, page: Image.Image) -> None:
    """A text can be rotated and mirrored."""
    upright = ink(pixels("l-text,i-ab,fs-30,l-end", page)) or (0, 0, 0, 0)
    turned = ink(pixels("l-text,i-ab,fs-30,rt-90,fl-h,l-end", page)) or (0, 0, 0, 0)

    assert (upright[3] - upright[1], upright[2] - upright[0]) == (turned[2] - turned[0], turned[3] - turned[1])


def test_text_without_ink(pixels: Pixels, page: Image.Image) -> None:
    """A text of spaces leaves the image unchanged."""
    assert ink(pixels("l-text,i-%20%20,l-end", page)) is None


def test_fallback(pixels: Pixels, page: Image.Image, files: dict[str, Source]) -> None:
    """A layer without its image uses the default image."""
    assert (40, 35, 60, 45) == ink(pixels("l-image,i-no.png,di-red.png,l-end", page, files=files))


def test_layer_on_what_is_clear(pixels: Pixels, files: dict[str, Source]) -> None:
    """The image stays transparent outside base and layer."""
    image = pixels("l-image,i-red.png,lx-0,ly-0,l-end", Image.new("RGBA", (30, 30)), files=files)

    assert ((255, 0, 0, 255), 0) == (image.getpixel((0, 0)), image.getchannel("A").getpixel((25, 25)))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("l-image,i-no.png,l-end", "ENOENT - i: no such file '/no.png'"),
        ("l-image,i-no.png,di-no.png,l-end", "ENOENT - i: no such file '/no.png'"),
        ("l-image,i-text,l-end", "i: the local ImageKit does not transform text/plain"),
        ("l-image,i-ik_canvas,bg-FF000050,al-5,l-end", "al: the color has its own opacity"),
        ("l-image,i-ik_canvas,w-iw,l-end", "w: iw has no value here"),
        ("l-image,i-ik_canvas,w-20000,h-20000,l-end", "ELIMIT - w: 20000x20000 is too large"),
        (f"{TEXT},fs-17000,l-end", "ELIMIT - fs: a text layer has at most 16383 pixels per side"),
        (f"{TEXT},fs-16000,l-end", "ELIMIT - w: a text layer has at most 16383 pixels per side"),
        (f"l-text,i-{'M' * 2000},l-end", "ELIMIT - w: a text layer has at most 16383 pixels per side"),
        (f"{TEXT},fs-1,w-16000,pa-8000_0,l-end", "ELIMIT - w: 16000x16001 is too large"),
        (f"{TEXT},w-20,pa-10,l-end", "pa: the padding leaves no room for the text"),
        (f"{TEXT},r-N3,l-end", "r: -3 pixels are not between 0 and 65535"),
        (f"{TEXT},lx-iw,l-end", "lx: iw has no value here"),
    ],
)
def test_refusals(refused: Callable[..., str], files: dict[str, Source], text: str, reason: str) -> None:
    """A layer that cannot be made is refused with the option at fault."""
    assert reason == refused(text, files=files)
