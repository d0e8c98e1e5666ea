"""
Text layers, in the font that Pillow includes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import attrs
from PIL import Image, ImageDraw, ImageFont

from imagekit_local._transformations.errors import TransformationError
from imagekit_local._transformations.limits import MAX_TEXT_SIDE, Budget, Size
from imagekit_local._transformations.looks import leveled
from imagekit_local._transformations.values import OPAQUE, Color

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_SHIFTS = {"left": 0.0, "center": 0.5, "right": 1.0}


@attrs.frozen(kw_only=True)
class TextStyle:
    """
    The style of a text. Lengths are in pixels.

    `width` is that of the whole box with padding, into which words are wrapped; None for the natural width.
    `line_height` is from baseline to baseline, None for the font's default; `padding` is top, right, bottom, left.
    """

    size: int
    color: Color
    background: Color
    width: int | None
    alignment: str
    line_height: int | None
    padding: tuple[int, int, int, int]


@attrs.frozen
class _Line:
    """
    The ink of a line without space around it, and the distance of its top from the first baseline.
    """

    ink: Image.Image
    top: int

    @property
    def bottom(self) -> int:
        return self.top + self.ink.height


def written(text: str, style: TextStyle, budget: Budget) -> Image.Image:
    """
    Return an image of a text, no larger than its ink, its padding and the requested width.

    Raises:
        TransformationError: It is too large, or its padding leaves no room.
    """
    top, right, bottom, left = style.padding
    room = None if style.width is None else style.width - left - right
    if room is not None and room <= 0:
        raise TransformationError("pa", "the padding leaves no room for the text")
    lines = list(_lines(text, style, room, budget))
    highest = min((line.top for line in lines), default=0)
    lowest = max((line.bottom for line in lines), default=1)
    width = max([room or 1, *(line.ink.width for line in lines)])
    size = width + left + right, lowest - highest + top + bottom
    _check_size("w", size, budget)
    ink = Image.new("L", size, 0)
    for line in lines:
        shift = int((width - line.ink.width) * _SHIFTS[style.alignment])
        place = (left + shift, top + line.top - highest)
        # Lines that are close together may overlap.
        ink.paste(OPAQUE, (*place, place[0] + line.ink.width, place[1] + line.ink.height), line.ink)
    return _inked(ink, size, style)


def _lines(text: str, style: TextStyle, room: int | None, budget: Budget) -> Iterator[_Line]:
    _check_size("fs", (style.size, 1), budget)
    font = cast("FreeTypeFont", ImageFont.load_default(style.size))
    height = sum(font.getmetrics()) if style.line_height is None else style.line_height
    lines = [line for paragraph in text.splitlines() for line in _wrapped(paragraph, font, room)]
    for index, line in enumerate(lines):
        left, top, right, bottom = font.getbbox(line, anchor="ls")
        size = math.ceil(right - left), math.ceil(bottom - top)
        _check_size("w", size, budget)
        ink = Image.new("L", size, 0)
        ImageDraw.Draw(ink).text((-left, -top), line, OPAQUE, font, anchor="ls")
        box = ink.getbbox()
        if box is not None:
            yield _Line(ink.crop(box), math.floor(top) + box[1] + index * height)


def _wrapped(paragraph: str, font: FreeTypeFont, room: int | None) -> Iterator[str]:
    if room is None:
        yield paragraph
        return
    line = ""
    for word in paragraph.split():
        longer = f"{line} {word}".lstrip()
        if line and font.getlength(longer) > room:
            yield line
            line = word
        else:
            line = longer
    yield line


def _inked(ink: Image.Image, size: Size, style: TextStyle) -> Image.Image:
    opacity = style.color[3] / OPAQUE
    letters = Image.new("RGBA", size, style.color)
    letters.putalpha(leveled(ink, lambda level: level * opacity))
    ground = Image.new("RGBA", size, style.background)
    ground.alpha_composite(letters)
    return ground


def _check_size(option: str, size: Size, budget: Budget) -> None:
    if max(size) > MAX_TEXT_SIDE:
        raise TransformationError(option, f"a text layer has at most {MAX_TEXT_SIDE} pixels per side", "ELIMIT")
    budget.spend(option, size)
