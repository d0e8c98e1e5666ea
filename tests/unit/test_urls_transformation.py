"""
What transformations refuse, and their error messages.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any

import pytest

from imagekit_async.urls import _transformation as writing
from imagekit_async.urls import build_transformation_string


class Word(str, Enum):  # noqa: UP042 - `str()` of it is not its value
    """
    Values as an application may define them.
    """

    WEBP = "webp"
    RED = "red"
    TRUE = "true"
    AUTO = "auto"
    LOGO = "/logo.png"


class Ratio(float):
    """
    A number with a repr of its own, as numpy's have.
    """

    def __repr__(self) -> str:
        """
        Return the number with its type.
        """
        return f"Ratio({float(self)})"


def build(*steps: Any) -> str:
    """
    Build a transformation from untyped steps.
    """
    return build_transformation_string(list(steps))


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ({"widths": 300}, "'widths' is unknown here: did you mean 'width'?"),
        ({"aspectRatio": "4-3"}, "did you mean 'aspect_ratio'?"),
        ({"w": 300}, "did you mean 'width'?"),
        ({"zzzz": 300}, "use one of width, height,"),
        ({3: 300}, "3 is unknown here"),
        ({"font_size": 300}, "it belongs in a layer of type text or subtitle"),
        ({"quality": 300}, "quality must be a number from 1 to 100, got 300"),
        ({"quality": "300"}, "quality must be a number from 1 to 100, got '300'"),
        ({"width": 0}, "width must be a number above 0 or 'auto' or an expression such as 'iw_div_2', got 0"),
        ({"width": "0"}, "width must be"),
        ({"width": "N5"}, "width must be"),
        ({"width": "300px"}, "width must be"),
        ({"width": "٣"}, "width must be"),
        ({"width": True}, "width must be"),
        ({"width": [300]}, "width must be"),
        ({"width": math.nan}, "width must be"),
        ({"width": math.inf}, "width must be"),
        ({"width": ""}, "width must be"),
        (
            {"radius": -1},
            "radius must be a number of at least 0 or 'max', or up to four values joined with '_', got -1",
        ),
        ({"rotation": "left"}, "rotation must be a number or 'auto' or text such as 'N40', got 'left'"),
        ({"density": 72.5}, "density must be a whole number from 1 to 1200 or"),
        ({"dpr": 6}, "dpr must be a number from 0.1 to 5 or"),
        ({"trim": 100}, "trim must be True or False or a number from 1 to 99, got 100"),
        ({"crop": "at_last"}, "crop must be one of maintain_ratio, maintain_ratio_no_enlarge, at_least,"),
        ({"format": ["png"]}, "format must be one of auto,"),
        ({"progressive": "yes"}, "progressive must be True or False, got 'yes'"),
        ({"grayscale": "yes"}, "grayscale must be True or False, got 'yes'"),
        ({"sharpen": -1}, "sharpen must be True, False or a number of at least 0, got -1"),
        ({"background": "red,w-9"}, "background must be text without any of , : ? # & and control characters"),
        ({"background": 112233}, "background must be text"),
        ({"named": "a:b"}, "named must be"),
        ({"border": "5_red\n"}, "border must be"),
        ({"focus": "top left"}, "focus must be a side, 'auto', 'face', 'custom' or an object, got 'top left'"),
        ({"default_image": "/"}, "default_image must be the path of a file, got '/'"),
        ({"default_image": "a?b.jpg"}, "default_image must be a path without"),
        ({"streaming_resolutions": "240"}, "streaming_resolutions must be a list of resolutions, got '240'"),
        ({"streaming_resolutions": ["241"]}, "streaming_resolutions must be one of 240, 360,"),
        ({"raw": " "}, "raw must be text as it is in the URL, got ' '"),
        ({"raw": 5}, "raw must be"),
        ("w-300", "must be a mapping of options, got 'w-300'"),
        ({"overlay": "logo.png"}, "overlay: must be a mapping with a type, got 'logo.png'"),
        (
            {"overlay": {"input": "logo.png"}},
            "overlay: type must be one of image, video, text, subtitle, solidColor, got None",
        ),
        ({"overlay": {"type": ["image"]}}, "overlay: type must be one of"),
        ({"overlay": {"type": "image"}}, "overlay: input must be text that is not empty, got None"),
        ({"overlay": {"type": "text", "text": ""}}, "overlay: text must be"),
        ({"overlay": {"type": "solidColor", "color": 5}}, "overlay: color must be"),
        (
            {"overlay": {"type": "solidColor", "color": "red", "encoding": "plain"}},
            "overlay: 'encoding' is unknown here",
        ),
        ({"overlay": {"type": "image", "text": "a"}}, "overlay: 'text' is unknown here: use one of type, input,"),
        ({"overlay": {"type": "image", "input": "/"}}, "overlay: input must be the path of a file, got '/'"),
        (
            {"overlay": {"type": "image", "input": "a", "encoding": "utf-8"}},
            "overlay: encoding must be auto, plain or base64, got 'utf-8'",
        ),
        (
            {"overlay": {"type": "image", "input": "a", "position": "top"}},
            "overlay: position must be a mapping, got 'top'",
        ),
        ({"overlay": {"type": "image", "input": "a", "position": {"X": 1}}}, "overlay: position: 'X' is unknown here"),
        (
            {"overlay": {"type": "image", "input": "a", "position": {"focus": "face"}}},
            "overlay: position: focus must be one of center,",
        ),
        (
            {"overlay": {"type": "image", "input": "a", "timing": {"start": -1}}},
            "overlay: timing: start must be a number of at least 0 or",
        ),
        (
            {"overlay": {"type": "image", "input": "a", "layer_mode": "screen"}},
            "overlay: layer_mode must be one of multiply,",
        ),
        (
            {"overlay": {"type": "text", "text": "a", "transformation": [{"blur": 3}]}},
            "overlay: transformation[0]: 'blur' is unknown here: it belongs in a layer of type image or video",
        ),
        ({"overlay": {"type": "text", "text": "a", "transformation": [{"overlay": {}}]}}, "'overlay' is unknown here"),
        (
            {"overlay": {"type": "text", "text": "a", "transformation": [{"font_size": 5}, {"alpha": 10}]}},
            "overlay: transformation[1]: alpha must be a number from 0 to 9, got 10",
        ),
    ],
)
def test_refusal(step: Any, message: str) -> None:
    """A ValueError says where the option is, its value and what is accepted."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the message is looked at below
        build({"width": 5}, step)

    assert str(caught.value).startswith("transformation[1]: ")
    assert message in str(caught.value)


@pytest.mark.parametrize("steps", [{"width": 300}, "w-300", 5])
def test_steps_are_a_list(steps: Any) -> None:
    """A single step or a string instead of a list is refused."""
    with pytest.raises(ValueError, match="transformation must be a list of steps"):
        build_transformation_string(steps)


def layers(depth: int) -> dict[str, Any]:
    """
    Return an image layer with nested layers.
    """
    inner = [{"overlay": layers(depth - 1)}] if depth > 1 else None
    return {"type": "image", "input": "a", "transformation": inner}


def test_layers_nest_three_deep() -> None:
    """Layers nest three deep; a fourth is refused."""
    three = "l-image,i-a,l-image,i-a,l-image,i-a,l-end,l-end,l-end"

    assert three == build({"overlay": layers(3)})
    with pytest.raises(ValueError, match="layers must be nested at most 3 deep"):
        build({"overlay": layers(4)})


def test_nothing_to_do() -> None:
    """No steps, empty steps and options that are None add nothing."""
    overlay = {"type": "text", "text": "a", "position": None, "encoding": None, "transformation": [{}]}

    assert ["", "", "w-5"] == [
        build_transformation_string(),
        build({}, {"width": None, "raw": None}),
        build({}, {"width": 5}, {}),
    ]
    assert "l-text,i-a,l-end" == build({"overlay": overlay})


class Options(Mapping[str, Any]):
    """
    A mapping that is not a dict.
    """

    def __getitem__(self, key: str) -> Any:
        return {"width": 5, "height": 6}[key]

    def __iter__(self) -> Iterator[str]:
        return iter(["width", "height"])

    def __len__(self) -> int:
        return 2


def test_any_mapping_will_do() -> None:
    """Steps may be any mappings in any collection."""
    assert "w-5,h-6:w-7" == build_transformation_string((Options(), MappingProxyType({"width": 7})))  # type: ignore[arg-type]


def test_values_that_compare_equal() -> None:
    """True, 1 and 1.0 stay distinct, however often they are written."""
    written = [build({"sharpen": value}) for value in (1, True, 1.0, False, 0) * 2]

    assert ["e-sharpen-1", "e-sharpen", "e-sharpen-1", "", "e-sharpen-0"] * 2 == written


def test_a_changed_list_is_written_anew() -> None:
    """A cached transformation is recognized by its content, not by the list object."""
    step = {"width": 5}
    first = build(step)
    step["width"] = 6

    assert ["w-5", "w-6"] == [first, build(step)]


def test_memory_is_bounded() -> None:
    """The cache of transformations is bounded."""
    for width in range(1, 1500):
        build({"width": width})

    assert 512 == writing._written.cache_info().currsize


def test_values_that_cannot_be_remembered() -> None:
    """A transformation that cannot be cached is written like any other."""
    step = MappingProxyType({"raw": Word.RED, "width": 5})

    assert "red,w-5" == build(step)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ({"format": Word.WEBP}, "f-webp"),
        ({"background": Word.RED}, "bg-red"),
        ({"progressive": Word.TRUE}, "pr-true"),
        ({"width": Word.AUTO}, "w-auto"),
        ({"default_image": Word.LOGO}, "di-logo.png"),
        ({"overlay": {"type": "text", "text": Word.RED}}, "l-text,i-red,l-end"),
        ({"zoom": Ratio(0.5)}, "z-0.5"),
    ],
)
def test_subclasses_of_plain_types(step: Any, expected: str) -> None:
    """Enum members that are strings, and numbers of other libraries, are written as their value."""
    assert expected == build(step)
