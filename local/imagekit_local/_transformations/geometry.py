"""
Compute which part of an image to keep, its new size and its position. Numbers only, no pixels.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Literal

import attrs

from imagekit_local._transformations.errors import TransformationError
from imagekit_local._transformations.limits import Size

Box = tuple[float, float, float, float]


@attrs.frozen
class Focus:
    """
    What to keep when cropping: from 0 for left or top to 1 for right or bottom.

    With `is_point`, that point of the image is centered as far as the image extends around it.
    """

    x: float = 0.5
    y: float = 0.5
    is_point: bool = False

    @classmethod
    def from_side(cls, side: str) -> Focus:
        """
        Return the focus on a side, a corner or the center.
        """
        x = 0.0 if "left" in side else 1.0 if "right" in side else 0.5
        y = 0.0 if "top" in side else 1.0 if "bottom" in side else 0.5
        return cls(x, y)


@attrs.frozen
class Target:
    """
    The request of a step, in pixels.

    Coordinates are those of the left and top edge, or of the center, of the part to extract. The focus decides if None.
    """

    width: int | None = None
    height: int | None = None
    mode: str = "maintain_ratio"
    focus: Focus = attrs.field(factory=Focus)
    x: float | None = None
    y: float | None = None
    x_center: float | None = None
    y_center: float | None = None


@attrs.frozen
class Frame:
    """
    A part of an image, its new size, the canvas to put it on, and the position of its top left corner there.
    """

    box: Box
    size: Size
    canvas: Size
    position: Size = (0, 0)


def frame(source: Size, target: Target) -> Frame:
    """
    Return how to bring an image of one size to another.

    Raises:
        TransformationError: The part to extract is outside the image.
    """
    if target.width is None and target.height is None:
        return _whole(source, source)
    if target.mode == "extract":
        return _extracted(source, target)
    if target.mode in {"pad_extract", "pad_extract_no_shrink"}:
        return _pad_extracted(source, target)
    if target.width is None or target.height is None:
        return _whole(source, _one_side(source, target))
    return _FRAMES[target.mode](source, (target.width, target.height), target.focus)


def aligned(outer: float, inner: float, focus: float, *, is_point: bool = False) -> float:
    """
    Return the offset of a length inside a larger one (negative if it is the larger one).

    Args:
        outer: The length that contains it.
        inner: The length itself.
        focus: 0 for the beginning, 1 for the end.
        is_point: Whether the focus is a point of `outer` to center instead.
    """
    room = outer - inner
    return min(max(focus * outer - inner / 2, 0), room) if is_point else room * focus


def pixels(length: float | Fraction) -> int:
    """
    Return a length in whole pixels, at least one.
    """
    return max(1, round(length))


def _whole(source: Size, size: Size) -> Frame:
    return Frame((0, 0, *source), size, size)


def _scaled(source: Size, scale: Fraction) -> Size:
    return pixels(source[0] * scale), pixels(source[1] * scale)


def _scales(source: Size, size: Size) -> tuple[Fraction, Fraction]:
    return Fraction(size[0], source[0]), Fraction(size[1], source[1])


def _one_side(source: Size, target: Target) -> Size:
    sides = zip(source, (target.width, target.height), strict=True)
    scale = next(Fraction(wanted, given) for given, wanted in sides if wanted is not None)
    if target.mode in {"maintain_ratio_no_enlarge", "at_max", "pad_resize_no_enlarge"}:
        scale = min(scale, Fraction(1))
    return _scaled(source, scale)


def _covered(source: Size, size: Size, focus: Focus, *, limit: Fraction | None = None) -> Frame:
    scale = max(_scales(source, size))
    if limit is not None:
        scale = min(scale, limit)
    whole = _scaled(source, scale)
    size = min(size[0], whole[0]), min(size[1], whole[1])
    width, height = (min(float(size[axis] / scale), source[axis]) for axis in (0, 1))
    left = aligned(source[0], width, focus.x, is_point=focus.is_point)
    top = aligned(source[1], height, focus.y, is_point=focus.is_point)
    return Frame((left, top, min(left + width, source[0]), min(top + height, source[1])), size, size)


def _covered_no_enlarge(source: Size, size: Size, focus: Focus) -> Frame:
    return _covered(source, size, focus, limit=Fraction(1))


def _padded(source: Size, size: Size, focus: Focus, *, limit: Fraction | None = None) -> Frame:
    scale = min(_scales(source, size))
    if limit is not None:
        scale = min(scale, limit)
    inner = _scaled(source, scale)
    return Frame((0, 0, *source), inner, size, _position(size, inner, focus))


def _padded_no_enlarge(source: Size, size: Size, focus: Focus) -> Frame:
    return _padded(source, size, focus, limit=Fraction(1))


def _position(outer: Size, inner: Size, focus: Focus) -> Size:
    # A point of the image does not say where the padding belongs.
    x, y = (0.5, 0.5) if focus.is_point else (focus.x, focus.y)
    return int(aligned(outer[0], inner[0], x)), int(aligned(outer[1], inner[1], y))


def _pad_extracted(source: Size, target: Target) -> Frame:
    width, height = target.width or source[0], target.height or source[1]
    if target.mode == "pad_extract_no_shrink":
        width, height = max(width, source[0]), max(height, source[1])
    size = min(width, source[0]), min(height, source[1])
    focus = target.focus
    left = int(aligned(source[0], size[0], focus.x, is_point=focus.is_point))
    top = int(aligned(source[1], size[1], focus.y, is_point=focus.is_point))
    box = (left, top, left + size[0], top + size[1])
    return Frame(box, size, (width, height), _position((width, height), size, focus))


def _extracted(source: Size, target: Target) -> Frame:
    width, height = size = target.width or source[0], target.height or source[1]
    left, top = _start(0, source[0], width, target), _start(1, source[1], height, target)
    return Frame((left, top, left + width, top + height), size, size)


def _start(axis: Literal[0, 1], outer: int, inner: int, target: Target) -> int:
    if inner > outer:
        raise TransformationError("wh"[axis], f"{inner} pixels cannot be extracted from {outer}")
    edge, center = (target.x, target.y)[axis], (target.x_center, target.y_center)[axis]
    if edge is not None:
        option, start = "xy"[axis], round(edge)
    elif center is not None:
        option, start = ("xc", "yc")[axis], round(center - inner / 2)
    else:
        focus = target.focus
        return int(aligned(outer, inner, (focus.x, focus.y)[axis], is_point=focus.is_point))
    if not 0 <= start <= outer - inner:
        raise TransformationError(option, f"{inner} pixels from {start} exceed the {outer} of the image")
    return start


_FRAMES: dict[str, Callable[[Size, Size, Focus], Frame]] = {
    "maintain_ratio": _covered,
    "maintain_ratio_no_enlarge": _covered_no_enlarge,
    "force": lambda source, size, focus: _whole(source, size),
    "at_max": lambda source, size, focus: _whole(source, _scaled(source, min(*_scales(source, size), Fraction(1)))),
    "at_max_enlarge": lambda source, size, focus: _whole(source, _scaled(source, min(_scales(source, size)))),
    "at_least": lambda source, size, focus: _whole(source, _scaled(source, max(_scales(source, size)))),
    "pad_resize": _padded,
    "pad_resize_no_enlarge": _padded_no_enlarge,
}
