"""
The table of options: their codes, the readers of their values, and where they are allowed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

import attrs

from imagekit_local._transformations import values
from imagekit_local._transformations.errors import TransformationError
from imagekit_local._transformations.expressions import Expression, parse_expression

LayerKind = Literal["image", "text", "canvas"]
SIDES = (
    "center",
    "top",
    "left",
    "bottom",
    "right",
    "top_left",
    "top_right",
    "bottom_left",
    "bottom_right",
)


@attrs.frozen(kw_only=True)
class Layer:
    """
    A layer on an image: another stored image by its path, a text, or a box of one color.
    """

    kind: LayerKind
    content: str
    steps: tuple[Step, ...]
    x: values.Offset | None = None
    y: values.Offset | None = None
    x_center: values.Offset | None = None
    y_center: values.Offset | None = None
    anchor: str | None = None
    focus: str = "center"


@attrs.frozen(kw_only=True)
class Step:
    """
    The options of one step; None or false changes nothing.
    """

    width: Expression | Literal["auto"] | None = None
    height: Expression | None = None
    aspect_ratio: Expression | None = None
    crop: str | None = None
    crop_mode: str | None = None
    focus: str | None = None
    x: Expression | None = None
    y: Expression | None = None
    x_center: Expression | None = None
    y_center: Expression | None = None
    dpr: Expression | Literal["auto"] | None = None
    background: values.Color | None = None
    radius: tuple[values.Corner, values.Corner, values.Corner, values.Corner] | None = None
    rotation: float | Literal["auto"] | None = None
    flip: str | None = None
    border: values.Border | None = None
    opacity: float | None = None
    blur: float | None = None
    trim: float | None = None
    grayscale: bool = False
    format: str | None = None
    quality: float | None = None
    progressive: bool | None = None
    lossless: bool | None = None
    color_profile: bool | None = None
    metadata: bool | None = None
    density: Expression | None = None
    original: bool | None = None
    named: str | None = None
    default_image: str | None = None
    font_size: Expression | None = None
    font_color: values.Color | None = None
    inner_alignment: str | None = None
    line_height: Expression | None = None
    padding: tuple[Expression, Expression, Expression, Expression] | None = None
    alpha: float | None = None
    layers: tuple[Layer, ...] = ()


@attrs.frozen
class Option:
    """
    An option: the field that it sets, and the reader of its value.
    """

    code: str
    field: str
    read: values.Reader


def _table(*rows: tuple[str, str, values.Reader]) -> dict[str, Option]:
    return {code: Option(code, field, read) for code, field, read in rows}


_IMAGE = _table(
    ("w", "width", values.length_or_auto),
    ("h", "height", values.length),
    ("ar", "aspect_ratio", values.ratio),
    (
        "c",
        "crop",
        values.one_of("maintain_ratio", "maintain_ratio_no_enlarge", "at_least", "at_max", "at_max_enlarge", "force"),
    ),
    (
        "cm",
        "crop_mode",
        values.one_of("extract", "pad_extract", "pad_extract_no_shrink", "pad_resize", "pad_resize_no_enlarge"),
    ),
    ("fo", "focus", values.one_of(*SIDES, "custom")),
    ("x", "x", parse_expression),
    ("y", "y", parse_expression),
    ("xc", "x_center", parse_expression),
    ("yc", "y_center", parse_expression),
    ("dpr", "dpr", values.length_or_auto),
    ("bg", "background", values.color),
    ("r", "radius", values.corners),
    ("rt", "rotation", values.rotation),
    ("fl", "flip", values.one_of("h", "v", "h_v", "v_h")),
    ("b", "border", values.border),
    ("o", "opacity", values.number(0, 100)),
    ("bl", "blur", values.number(1, 100)),
    ("t", "trim", values.trim),
    ("e-grayscale", "grayscale", values.flag),
    ("n", "named", values.name),
    ("di", "default_image", values.path),
)
_OUTPUT = _table(
    ("f", "format", values.one_of("auto", "orig", "avif", "gif", "jpeg", "jpg", "png", "svg", "webp")),
    ("q", "quality", values.number(1, 100)),
    ("pr", "progressive", values.switch),
    ("lo", "lossless", values.switch),
    ("cp", "color_profile", values.switch),
    ("md", "metadata", values.switch),
    ("dn", "density", values.length),
    ("orig", "original", values.switch),
)
_ALPHA = _table(("al", "alpha", values.transparency))
_TEXT = _table(
    ("co", "font_color", values.color),
    ("fs", "font_size", values.length),
    ("ia", "inner_alignment", values.one_of("left", "right", "center")),
    ("lh", "line_height", values.length),
    ("pa", "padding", values.sides),
)
_PLACE = _table(
    ("lx", "x", values.offset),
    ("ly", "y", values.offset),
    ("lxc", "x_center", values.offset),
    ("lyc", "y_center", values.offset),
    ("lap", "anchor", values.one_of(*SIDES)),
    ("lfo", "focus", values.one_of(*SIDES)),
)


def _only(codes: str) -> dict[str, Option]:
    return {code: _IMAGE[code] for code in codes.split()}


TOP = _IMAGE | _OUTPUT
INSIDE: Mapping[LayerKind, Mapping[str, Option]] = {
    "image": _IMAGE,
    "text": _only("bg fl r rt w") | _TEXT | _ALPHA,
    "canvas": _only("bg h r w") | _ALPHA,
}
PLACE: Mapping[LayerKind, Mapping[str, Option]] = {
    "image": _PLACE | _table(("i", "content", values.path), ("ie", "content", values.encoded_path)),
    "text": _PLACE | _table(("i", "content", values.plain_text), ("ie", "content", values.encoded_text)),
    "canvas": _PLACE | _table(("i", "content", values.one_of("ik_canvas"))),
}
_KNOWN = TOP | _TEXT | _ALPHA | _PLACE
_AI = frozenset(
    {"e-bgremove", "e-changebg", "e-dropshadow", "e-edit", "e-genvar", "e-removedotbg", "e-retouch", "e-upscale"}
)
_VIDEO = frozenset({"ac", "du", "eo", "ldu", "leo", "lso", "so", "sr", "vc"})
_LEFT_OUT = frozenset(
    {
        "cr",
        "e-colorize",
        "e-contrast",
        "e-distort",
        "e-gradient",
        "e-shadow",
        "e-sharpen",
        "e-usm",
        "ff",
        "fol",
        "fsh",
        "if",
        "lm",
        "pg",
        "tg",
        "z",
    }
)
_TOKEN = re.compile(r"(e-[A-Za-z]+|[A-Za-z]+)(?:-(.*))?", re.DOTALL)


def split_token(token: str) -> tuple[str, str]:
    """
    Split a token into code and text. A token without a code is an unknown code.
    """
    match = _TOKEN.fullmatch(token)
    return (match[1], match[2] or "") if match else (token, "")


def read_option(option: Option, text: str) -> Any:
    """
    Return the value of an option.

    Raises:
        TransformationError: The option does not accept it.
    """
    try:
        return option.read(text)
    except ValueError as error:
        raise TransformationError(option.code, _unsupported(option.code, text) or str(error)) from None


def refusal(code: str) -> TransformationError:
    """
    Return the error for an option that is not allowed where it stands.
    """
    if code in _AI:
        reason = "the local ImageKit has no AI"
    elif code in _VIDEO:
        reason = "the local ImageKit does not transform videos"
    elif code in _LEFT_OUT:
        reason = "the local ImageKit does not apply this option"
    elif code in _KNOWN:
        reason = "the option does not belong here"
    else:
        reason = "the option is unknown"
    return TransformationError(code, reason)


def _unsupported(code: str, text: str) -> str | None:
    if code == "f" and text in {"mp4", "webm"}:
        return "the local ImageKit does not transform videos"
    if code == "fo" or (code == "bg" and text.startswith(("blurred", "dominant", "gen", "gradient_dominant"))):
        return f"the local ImageKit cannot do {text!r}"
    return None
