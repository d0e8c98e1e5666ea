"""
Readers of option values: each turns the text after the code of an option into a value.

A reader raises ValueError with a reason, and the table of options adds the name of the option.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from typing import Any, Literal

import attrs
from PIL import ImageColor

from imagekit_local._transformations.expressions import Expression, is_operator, parse_expression
from imagekit_local._transformations.limits import MAX_ENCODED_CHARACTERS, MAX_PLAIN_CHARACTERS

Reader = Callable[[str], Any]
Color = tuple[int, int, int, int]
Corner = Expression | Literal["max"]

OPAQUE = 255
_HEX = re.compile(r"([0-9a-fA-F]{6})([0-9]{2})?")
_RATIO = re.compile(r"([0-9.]+)[-_:]([0-9.]+)")
_NAME = re.compile(r"[A-Za-z0-9_]+")


@attrs.frozen
class Offset:
    """
    A coordinate of a layer, measured from the left or top edge of its base or from the opposite one.
    """

    distance: Expression
    from_end: bool = False


@attrs.frozen
class Border:
    """
    A frame: its width in pixels, and its color.
    """

    width: Expression
    color: Color


def number(low: float, high: float) -> Reader:
    """
    Return a reader of numbers within bounds.
    """

    def read(text: str) -> float:
        value = parse_expression(text).constant
        if value is None or not low <= value <= high:
            raise ValueError(f"{text!r} is not a number from {low:g} to {high:g}")
        return value

    return read


def one_of(*words: str) -> Reader:
    """
    Return a reader of one of some words.
    """

    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"{text!r} is not one of {', '.join(words)}")
        return text

    return read


def flag(text: str) -> Literal[True]:
    """
    Read the empty value of a code without one.
    """
    if text:
        raise ValueError(f"it takes no value, but has {text!r}")
    return True


def switch(text: str) -> bool:
    """
    Read `true` or `false`.
    """
    if text not in {"true", "false"}:
        raise ValueError(f"{text!r} is neither true nor false")
    return text == "true"


def length(text: str) -> Expression:
    """
    Read pixels, a fraction or an expression; a number must be above 0.
    """
    expression = parse_expression(text)
    if expression.constant is not None and expression.constant <= 0:
        raise ValueError(f"{text!r} is not above 0")
    return expression


def length_or_auto(text: str) -> Expression | Literal["auto"]:
    """
    Read a length, or `auto` for the client hint.
    """
    return "auto" if text == "auto" else length(text)


def ratio(text: str) -> Expression:
    """
    Read a ratio of width to height: two numbers, one number, or an expression.
    """
    match = _RATIO.fullmatch(text)
    if match is None:
        return length(text)
    dividend, divisor = length(match[1]), length(match[2])
    return Expression((*dividend.operands, *divisor.operands), ("div",))


def rotation(text: str) -> float | Literal["auto"]:
    """
    Read degrees clockwise, or `auto` for the EXIF orientation.
    """
    angle: float | Literal["auto"] = "auto" if text == "auto" else number(-360, 360)(text)
    return angle


def trim(text: str) -> float:
    """
    Read the tolerance of trimming: 1 to 99, 10 for `true`, 0 for `false`, which does not trim.
    """
    if text in {"true", "false"}:
        return 10 if text == "true" else 0
    threshold: float = number(1, 99)(text)
    return threshold


def corners(text: str) -> tuple[Corner, Corner, Corner, Corner]:
    """
    Read one radius for all corners or four, clockwise from top left.
    """
    values: list[Corner] = ["max" if part == "max" else parse_expression(part) for part in _parts(text)]
    if len(values) not in {1, 4}:
        raise ValueError(f"{text!r} is neither one radius nor four")
    top_left, top_right, bottom_right, bottom_left = values if len(values) == 4 else values * 4
    return (top_left, top_right, bottom_right, bottom_left)


def sides(text: str) -> tuple[Expression, Expression, Expression, Expression]:
    """
    Read one to four distances as CSS orders them: top, right, bottom, left.
    """
    values = [parse_expression(part) for part in _parts(text)]
    if len(values) > 4:
        raise ValueError(f"{text!r} has more than four sides")
    top = values[0]
    right = values[1] if len(values) > 1 else top
    bottom = values[2] if len(values) > 2 else top
    return (top, right, bottom, values[3] if len(values) > 3 else right)


def offset(text: str) -> Offset:
    """
    Read a coordinate: an expression, or a number after `N` for the opposite edge.
    """
    expression = parse_expression(text)
    # The sign of the value is not enough: `N0` is the opposite edge, `0` is not.
    if text.startswith("N") and not expression.operators:
        return Offset(parse_expression(text[1:]), from_end=True)
    return Offset(expression)


def color(text: str) -> Color:
    """
    Read six hexadecimal digits, optionally with two decimal digits of opacity, or a lowercase CSS name.
    """
    match = _HEX.fullmatch(text)
    if match is None and text not in ImageColor.colormap:
        raise ValueError(f"{text!r} is not a color that the local ImageKit knows")
    red, green, blue = bytes.fromhex(match[1]) if match else ImageColor.getrgb(text)[:3]
    return (red, green, blue, round(int(match[2]) * OPAQUE / 100) if match and match[2] else OPAQUE)


def border(text: str) -> Border:
    """
    Read a width, which can be an expression, and a color.
    """
    width, _, name = text.rpartition("_")
    return Border(parse_expression(width), color(name))


def transparency(text: str) -> float:
    """
    Read an opacity from 1 (a tenth) to 9 (nine tenths), or a fraction below 1.
    """
    value: float = number(0, 9)(text)
    return value if value < 1 else value / 10


def name(text: str) -> str:
    """
    Read the name of a stored transformation.
    """
    if _NAME.fullmatch(text) is None:
        raise ValueError(f"{text!r} is not a name")
    return text


def path(text: str) -> str:
    """
    Read the path of a stored file, with slashes written as `@@`.
    """
    return _stored(text.replace("@@", "/"))


def encoded_path(text: str) -> str:
    """
    Read the path of a stored file from base64.
    """
    return _stored(_from_base64(text))


def plain_text(text: str) -> str:
    """
    Read a plain text, truncated as the service does.
    """
    return text[:MAX_PLAIN_CHARACTERS]


def encoded_text(text: str) -> str:
    """
    Read a text from base64, truncated as the service does.
    """
    return _from_base64(text)[:MAX_ENCODED_CHARACTERS]


def _parts(text: str) -> list[str]:
    # An underscore separates values as well as operands and operators.
    parts: list[str] = []
    is_open = False
    for piece in text.split("_"):
        if parts and (is_open or is_operator(piece)):
            parts[-1] += f"_{piece}"
        else:
            parts.append(piece)
        is_open = is_operator(piece)
    return parts


def _stored(path: str) -> str:
    if "://" in path:
        raise ValueError(f"{path!r} is outside the local ImageKit")
    if not path.strip("/"):
        raise ValueError("it names no file")
    return "/" + path.strip("/")


def _from_base64(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode()
    except ValueError:
        raise ValueError("it is not base64 of UTF-8 text") from None
