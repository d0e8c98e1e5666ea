"""
Compute the pixels that a step asks for from expressions, fractions, aspect ratio, pixel density and client hints.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Literal

import attrs

from imagekit_local._transformations.errors import TransformationError
from imagekit_local._transformations.expressions import Expression, Scope
from imagekit_local._transformations.geometry import Focus, Target, pixels
from imagekit_local._transformations.limits import MAX_DPR_SIDE, MAX_SIDE, Size
from imagekit_local._transformations.options import Step
from imagekit_local._transformations.values import Corner

_HINT = re.compile(r"[0-9]{1,5}(\.[0-9]{1,9})?")
_WIDTH_STEP = 100
_MIN_DPR, _MAX_DPR = 0.1, 5
_Sides = tuple[float | None, float | None]


@attrs.frozen
class Client:
    """
    Client hints: accepted types, width of the image in pixels, and device pixels per CSS pixel.
    """

    accept: str = ""
    width: float | None = None
    dpr: float | None = None

    @classmethod
    def from_headers(cls, headers: Mapping[str, str]) -> Client:
        """
        Read the headers of a request; invalid hints are ignored.
        """
        return cls(headers.get("accept", ""), _hint(headers.get("sec-ch-width")), _hint(headers.get("sec-ch-dpr")))


def variables(prefix: str, size: Size) -> dict[str, float]:
    """
    Return the variables of a size: `iw`, `ih` and `iar` for the prefix `i`.
    """
    return {f"{prefix}w": size[0], f"{prefix}h": size[1], f"{prefix}ar": size[0] / size[1]}


def target(step: Step, size: Size, scope: Scope, client: Client, custom: Focus) -> Target:
    """
    Return the target of a step.

    Args:
        step: The step.
        size: Size of the image so far.
        scope: Variables.
        client: The client, for `auto`.
        custom: The focus of `fo-custom` for this image.
    """
    width, height = _sides(step, size, scope, client)
    return Target(
        width=None if width is None else pixels(width),
        height=None if height is None else pixels(height),
        mode=step.crop_mode or step.crop or "maintain_ratio",
        focus=custom if step.focus == "custom" else Focus.from_side(step.focus or "center"),
        x=_optional("x", step.x, scope),
        y=_optional("y", step.y, scope),
        x_center=_optional("xc", step.x_center, scope),
        y_center=_optional("yc", step.y_center, scope),
    )


def side(
    option: str, length: Expression | Literal["auto"] | None, whole: float, scope: Scope, client: Client
) -> float | None:
    """
    Return a side in pixels, or None if it is not set, depends on a missing hint, or is out of range.

    Args:
        option: Code of the option, for errors.
        length: Value of the step; a number below 1 is a fraction.
        whole: The length that a fraction refers to.
        scope: Variables.
        client: The client, for `auto`.
    """
    if length is None:
        return None
    if length == "auto":
        return None if client.width is None else math.ceil(client.width / _WIDTH_STEP) * _WIDTH_STEP
    value = scope.value(option, length)
    if length.constant is not None and value < 1:
        value *= whole
    return None if value > MAX_SIDE else max(1.0, value)


def distance(option: str, expression: Expression, scope: Scope) -> int:
    """
    Return a length in whole pixels, at least 0.

    Raises:
        TransformationError: It is negative or too large.
    """
    value = scope.value(option, expression)
    if not 0 <= value <= MAX_SIDE:
        raise TransformationError(option, f"{value:g} pixels are not between 0 and {MAX_SIDE}")
    return round(value)


def radii(corners: tuple[Corner, ...] | None, size: Size, scope: Scope) -> list[tuple[float, float]]:
    """
    Return the radii of the corners of a box, or none if they are not set.
    """
    half = size[0] / 2, size[1] / 2
    values = [None if corner == "max" else distance("r", corner, scope) for corner in corners or ()]
    return [half if value is None else (value, value) for value in values]


def _sides(step: Step, size: Size, scope: Scope, client: Client) -> _Sides:
    sides = side("w", step.width, size[0], scope, client), side("h", step.height, size[1], scope, client)
    if step.aspect_ratio is not None:
        ratio = scope.value("ar", step.aspect_ratio)
        if ratio <= 0:
            raise TransformationError("ar", f"{ratio:g} is not a ratio")
        sides = _completed(sides, ratio)
        if any(value is not None and value > MAX_SIDE for value in sides):
            raise TransformationError("ar", f"it makes a side of more than {MAX_SIDE} pixels", "ELIMIT")
    density = _density(step, scope, client)
    denser = sides[0] and sides[0] * density, sides[1] and sides[1] * density
    is_possible = all(value is None or 1 <= value <= MAX_DPR_SIDE for value in _completed(denser, size[0] / size[1]))
    return denser if is_possible else sides


def _completed(sides: _Sides, ratio: float) -> _Sides:
    width, height = sides
    if width is not None and height is None:
        return width, width / ratio
    if height is not None and width is None:
        return height * ratio, height
    return sides


def _density(step: Step, scope: Scope, client: Client) -> float:
    if step.dpr is None:
        return 1
    if step.dpr == "auto":
        # The width hint is in device pixels already.
        return 1 if step.width == "auto" else client.dpr or 1
    value = scope.value("dpr", step.dpr)
    if not _MIN_DPR <= value <= _MAX_DPR:
        raise TransformationError("dpr", f"{value:g} is not between {_MIN_DPR} and {_MAX_DPR}")
    return value


def _optional(option: str, expression: Expression | None, scope: Scope) -> float | None:
    return None if expression is None else scope.value(option, expression)


def _hint(text: str | None) -> float | None:
    return float(text) or None if text is not None and _HINT.fullmatch(text) else None
