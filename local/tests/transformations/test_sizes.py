"""
Sizes and crops, as the service documents them.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from imagekit_local._transformations import Rendered, Source, TransformationError
from imagekit_local._transformations.geometry import Focus, Frame, Target, frame
from imagekit_local._transformations.limits import Budget
from imagekit_local._transformations.sizing import Client

Pixels = Callable[..., Image.Image]
Refused = Callable[..., str]
SIDES = st.integers(1, 5_000)
SIZES = st.tuples(SIDES, SIDES)
FOCUSES = st.builds(Focus, st.floats(0, 1), st.floats(0, 1), st.booleans())
SCALED = ["maintain_ratio", "maintain_ratio_no_enlarge", "at_least", "at_max", "at_max_enlarge", "force"]
PADDED = ["pad_resize", "pad_resize_no_enlarge", "pad_extract", "pad_extract_no_shrink"]
RED, LIME, BLUE, YELLOW, BLACK = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (0, 0, 0)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("w-300", (300, 405)),
        ("w-1280", (1280, 1730)),
        ("h-200", (148, 200)),
        ("w-0.5", (320, 432)),
        ("w-0.5,h-0.1", (320, 86)),
        ("w-0.0001", (1, 1)),
        ("w-1", (1, 1)),
        ("w-400,ar-4-3", (400, 300)),
        ("w-400,ar-4:3", (400, 300)),
        ("h-300,ar-1.5", (450, 300)),
        ("w-100,ar-iar_mul_0.5", (100, 270)),
        ("w-10,h-20,ar-1", (10, 20)),
        ("w-300,h-200", (300, 200)),
        ("w-300,h-200,c-maintain_ratio", (300, 200)),
        ("w-300,h-200,c-maintain_ratio_no_enlarge", (300, 200)),
        ("w-1000,h-200,c-maintain_ratio_no_enlarge", (640, 200)),
        ("w-1000,c-maintain_ratio_no_enlarge", (640, 865)),
        ("w-300,h-200,c-force", (300, 200)),
        ("w-300,h-200,c-at_max", (148, 200)),
        ("w-850,h-1000,c-at_max", (640, 865)),
        ("w-850,c-at_max", (640, 865)),
        ("w-300,h-200,c-at_least", (300, 405)),
        ("w-850,h-1000,c-at_max_enlarge", (740, 1000)),
        ("w-700,h-700,cm-pad_resize", (700, 700)),
        ("w-700,cm-pad_resize", (700, 946)),
        ("w-700,cm-pad_resize_no_enlarge", (640, 865)),
        ("w-700,h-900,cm-pad_resize_no_enlarge", (700, 900)),
        ("w-300,h-200,cm-extract", (300, 200)),
        ("w-300,cm-extract", (300, 865)),
        ("w-700,h-200,cm-pad_extract", (700, 200)),
        ("h-200,cm-pad_extract", (640, 200)),
        ("w-700,h-200,cm-pad_extract_no_shrink", (700, 865)),
        ("w-iw_div_4", (160, 216)),
        ("w-iw_sub_iw", (1, 1)),
        ("w-70000", (640, 865)),
        ("w-300,h-200,dpr-2", (600, 400)),
        ("w-300,dpr-2", (600, 811)),
        ("dpr-2", (640, 865)),
        ("w-3000,dpr-2", (3000, 4055)),
        ("w-1,h-1,dpr-.5", (1, 1)),
        ("w-auto,h-100", (74, 100)),
        ("w-100,dpr-auto", (100, 135)),
        ("w-100:w-2.0:cm-extract,w-cw,h-iw_div_320", (2, 2)),
        ("h-100,rt-90", (100, 74)),
        ("fo-left", (640, 865)),
    ],
)
def test_documented_sizes(pixels: Pixels, text: str, size: tuple[int, int]) -> None:
    """An image of 640x865 pixels gets exactly the documented size."""
    assert size == pixels(text, Image.new("L", (640, 865))).size


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("w-61,cm-extract", "w: 61 pixels cannot be extracted from 60"),
        ("h-41,cm-extract", "h: 41 pixels cannot be extracted from 40"),
        ("w-20,cm-extract,x-41", "x: 20 pixels from 41 exceed the 60 of the image"),
        ("w-20,cm-extract,y-N1", "y: 40 pixels from -1 exceed the 40 of the image"),
        ("w-20,cm-extract,xc-9", "xc: 20 pixels from -1 exceed the 60 of the image"),
        ("h-20,cm-extract,yc-31", "yc: 20 pixels from 21 exceed the 40 of the image"),
        ("w-10,ar-iw_sub_iw", "ar: 0 is not a ratio"),
        ("w-10,dpr-5.1", "dpr: 5.1 is not between 0.1 and 5"),
        ("w-10,dpr-.05", "dpr: 0.05 is not between 0.1 and 5"),
        ("w-1000,ar-.001", "ELIMIT - ar: it makes a side of more than 65535 pixels"),
        ("w-20000,h-20000", "ELIMIT - w: 20000x20000 is too large"),
        ("w-20000,h-20000,cm-pad_extract", "ELIMIT - w: 20000x20000 is too large"),
        ("w-30000,h-1:rt-45", "ELIMIT - rt: 21214x21214 is too large"),
        ("b-9999_red", "ELIMIT - b: 20058x20038 is too large"),
        ("b-N9_red", "b: -9 pixels are not between 0 and 65535"),
        ("w-bw", "w: bw has no value here"),
    ],
)
def test_impossible_sizes(refused: Refused, text: str, reason: str) -> None:
    """A part outside the image or a size that is too large is refused before rendering."""
    assert reason == refused(text)


def test_total_size() -> None:
    """Images within the limits can exceed them together."""
    budget = Budget()
    for _ in range(4):
        budget.spend("w", (10_000, 10_000))

    with pytest.raises(TransformationError, match="ELIMIT - h: 1x1 is too large"):
        budget.spend("h", (1, 1))


@pytest.mark.parametrize(
    ("text", "corners"),
    [
        ("w-60,h-40", (RED, LIME, BLUE, YELLOW)),
        ("w-20,h-20", (RED, LIME, BLUE, YELLOW)),
        ("w-10,h-40,fo-left", (RED, RED, BLUE, BLUE)),
        ("w-10,h-40,fo-right", (LIME, LIME, YELLOW, YELLOW)),
        ("w-60,h-10,fo-top", (RED, LIME, RED, LIME)),
        ("w-60,h-10,fo-bottom_left", (BLUE, YELLOW, BLUE, YELLOW)),
        ("w-20,h-10,c-force", (RED, LIME, BLUE, YELLOW)),
        ("w-10,h-10,cm-extract", (RED, LIME, BLUE, YELLOW)),
        ("w-10,h-10,cm-extract,fo-top_right", (LIME, LIME, LIME, LIME)),
        ("w-10,h-10,cm-extract,fo-left", (RED, RED, BLUE, BLUE)),
        ("w-10,h-10,cm-extract,x-25,y-30", (BLUE, YELLOW, BLUE, YELLOW)),
        ("w-10,h-10,cm-extract,xc-30,y-0", (RED, LIME, RED, LIME)),
        ("w-10,h-10,cm-extract,xc-iw_sub_5,yc-5", (LIME, LIME, LIME, LIME)),
        ("w-80,h-80,cm-pad_resize", (BLACK, BLACK, BLACK, BLACK)),
        ("w-80,h-80,cm-pad_resize,fo-top", (RED, LIME, BLACK, BLACK)),
        ("w-100,h-40,cm-pad_resize,fo-left", (RED, BLACK, BLUE, BLACK)),
        ("w-100,h-40,cm-pad_resize,fo-right,bg-FFFFFF", ((255,) * 3, LIME, (255,) * 3, YELLOW)),
        ("w-10,h-60,cm-pad_extract,fo-bottom_right", (BLACK, BLACK, YELLOW, YELLOW)),
    ],
)
def test_crops(pixels: Pixels, text: str, corners: tuple[object, ...]) -> None:
    """The focus decides about cropping and padding, which are equal on both sides without one."""
    image = pixels(text)
    right, bottom = image.width - 1, image.height - 1

    assert corners == tuple(image.getpixel(place) for place in ((0, 0), (right, 0), (0, bottom), (right, bottom)))


def test_padding_by_extraction(pixels: Pixels) -> None:
    """A small image is not scaled, and gets equal padding on opposite sides: 50 of 700 around 600."""
    image = pixels("w-700,h-700,cm-pad_extract", Image.new("L", (600, 600), 255)).convert("L")

    assert (700, 700) == image.size
    assert (50, 50, 650, 650) == image.getbbox()


def test_padding_of_what_is_clear(pixels: Pixels) -> None:
    """Padding is black, and transparent pixels stay transparent."""
    image = pixels("w-9,h-3,cm-pad_resize", Image.new("RGBA", (3, 3), (255, 0, 0, 0)))

    assert [(0, 0, 0, 255), 0] == [image.getpixel((0, 0)), image.getpixel((4, 1))[3]]


@pytest.mark.parametrize(
    ("coordinates", "corners"),
    [("30,0,10,10", (LIME, LIME)), ("0,0,1,1", (RED, RED)), ("25,5,10,10", (RED, LIME)), (None, (RED, YELLOW))],
)
def test_custom_focus(
    pixels: Pixels,
    quarters: Callable[..., Image.Image],
    stored: Callable[..., Source],
    coordinates: str | None,
    corners: tuple[object, ...],
) -> None:
    """The custom coordinates of a file are centered as far as the image extends around them."""
    source = stored(quarters(), coordinates=coordinates)
    image = pixels("w-10,h-10,cm-extract,fo-custom", source)

    assert corners == (image.getpixel((0, 0)), image.getpixel((9, 9)))


def test_client_hints(pixels: Pixels, rendered: Callable[..., Rendered]) -> None:
    """The client's width is rounded up to hundreds, its density counts, and the response has a Vary header."""
    image = Image.new("L", (640, 320))

    assert (500, 250) == pixels("w-auto", image, hints=(401.5, None)).size
    assert (200, 100) == pixels("w-100,dpr-auto", image, hints=(None, 2)).size
    assert {"vary": "Sec-CH-Width, Sec-CH-DPR", "content-dpr": "2"} == dict(
        rendered("w-auto,dpr-auto", image, hints=(400, 2)).headers
    )


@pytest.mark.parametrize(
    ("headers", "client"),
    [
        ({}, Client()),
        ({"accept": "a/b", "sec-ch-width": "320.5", "sec-ch-dpr": "2"}, Client("a/b", 320.5, 2)),
        ({"sec-ch-width": "0", "sec-ch-dpr": "1e9"}, Client()),
        ({"sec-ch-width": "999999", "sec-ch-dpr": "nan"}, Client()),
    ],
)
def test_hint_headers(headers: dict[str, str], client: Client) -> None:
    """Invalid hints are ignored."""
    assert client == Client.from_headers(headers)


@given(source=SIZES, wanted=SIZES, mode=st.sampled_from(SCALED + PADDED), focus=FOCUSES)
def test_every_frame(source: tuple[int, int], wanted: tuple[int, int], mode: str, focus: Focus) -> None:
    """For any request, the part is inside the image and on the canvas, and nothing is empty."""
    result = frame(source, Target(*wanted, mode=mode, focus=focus))
    left, top, right, bottom = result.box

    assert 0 <= left < right <= source[0]
    assert 0 <= top < bottom <= source[1]
    assert all(size >= 1 for size in result.size + result.canvas)
    assert all(0 <= result.position[axis] <= result.canvas[axis] - result.size[axis] for axis in (0, 1))


@given(source=SIZES, wanted=SIZES, mode=st.sampled_from(["maintain_ratio", "force", "pad_resize", "pad_extract"]))
def test_exact_sizes(source: tuple[int, int], wanted: tuple[int, int], mode: str) -> None:
    """These modes return exactly the requested size."""
    assert wanted == frame(source, Target(*wanted, mode=mode)).canvas


@given(source=SIZES, wanted=SIZES)
def test_boxes(source: tuple[int, int], wanted: tuple[int, int]) -> None:
    """`at_max` fits into the box and `at_least` covers it, each with one side that touches."""
    inner = frame(source, Target(*wanted, mode="at_max_enlarge")).canvas
    outer = frame(source, Target(*wanted, mode="at_least")).canvas
    kept = frame(source, Target(*wanted, mode="at_max")).canvas

    assert all(inner[axis] <= wanted[axis] <= outer[axis] for axis in (0, 1))
    assert any(inner[axis] == wanted[axis] for axis in (0, 1))
    assert any(outer[axis] == wanted[axis] for axis in (0, 1))
    assert kept == (source if inner > source else inner)


@given(source=SIZES, wanted=SIZES, mode=st.sampled_from(["maintain_ratio_no_enlarge", "at_max"]), focus=FOCUSES)
def test_no_enlarging(source: tuple[int, int], wanted: tuple[int, int], mode: str, focus: Focus) -> None:
    """These modes never return more pixels than the image has, or than requested."""
    size = frame(source, Target(*wanted, mode=mode, focus=focus)).canvas

    assert all(size[axis] <= min(source[axis], wanted[axis]) for axis in (0, 1))


@given(source=SIZES, width=SIDES)
def test_one_side(source: tuple[int, int], width: int) -> None:
    """With one side given, the other follows, rounded to the nearest pixel and at least one."""
    size = frame(source, Target(width=width)).canvas

    assert (width, max(1, round(width * source[1] / source[0]))) == size


@given(source=SIZES, focus=FOCUSES, data=st.data())
def test_extracts(source: tuple[int, int], focus: Focus, data: st.DataObject) -> None:
    """An extracted part keeps its scale."""
    wanted = data.draw(st.tuples(st.integers(1, source[0]), st.integers(1, source[1])))
    left, top, right, bottom = frame(source, Target(*wanted, mode="extract", focus=focus)).box

    assert wanted == (right - left, bottom - top)
    assert 0 <= left <= source[0] - wanted[0]
    assert 0 <= top <= source[1] - wanted[1]


def test_untouched() -> None:
    """Without sides nothing changes, whatever the mode."""
    assert Frame((0, 0, 3, 2), (3, 2), (3, 2)) == frame((3, 2), Target(mode="extract"))
