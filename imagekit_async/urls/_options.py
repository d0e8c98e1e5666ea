"""
The table of options: name, code in the URL, and kind of value, for each place that takes options.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

import attrs

from ._kinds import (
    ABOVE_ZERO,
    ANGLE,
    CORNERS,
    EXPRESSION,
    EXPRESSION_OR_AUTO,
    PAGES,
    RATIO,
    SIDES,
    Choice,
    Effect,
    Number,
    Path,
    Resolutions,
    Switch,
    Text,
    ValueKind,
)


@attrs.frozen
class Option:
    name: str
    code: str
    kind: ValueKind

    def write(self, value: Any) -> str | None:
        """
        Return the option as it is in the URL, or None to leave it out.
        """
        try:
            text = self.kind.write(value)
        except ValueError as error:
            raise ValueError(f"{self.name} {error}") from None
        if text:
            return f"{self.code}-{text}"
        return None if text is None else self.code

    def read(self, token: str) -> Any:
        return self.kind.read(token[len(self.code) + 1 :])


def _table(*rows: tuple[str, str, ValueKind]) -> dict[str, Option]:
    return {name: Option(name, code, kind) for name, code, kind in rows}


def _one_of(words: str) -> Choice:
    return Choice(tuple(words.split()))


_SIZE = Number(ABOVE_ZERO, text=EXPRESSION_OR_AUTO)
_LENGTH = Number(ABOVE_ZERO, text=EXPRESSION)
_OFFSET = Number(text=EXPRESSION)
_SECONDS = Number(0, text=EXPRESSION)
_SIDE = _one_of("center top left bottom right top_left top_right bottom_left bottom_right")
_FONT_STYLE = "(?:b|i|strikethrough)"

_MAIN = _table(
    ("width", "w", _SIZE),
    ("height", "h", _LENGTH),
    ("aspect_ratio", "ar", Number(ABOVE_ZERO, text=RATIO)),
    ("crop", "c", _one_of("maintain_ratio maintain_ratio_no_enlarge at_least at_max at_max_enlarge force")),
    ("crop_mode", "cm", _one_of("extract pad_extract pad_extract_no_shrink pad_resize pad_resize_no_enlarge")),
    ("focus", "fo", Text(re.compile(r"[A-Za-z]+(?:[_-][A-Za-z]+)*"), "a side, 'auto', 'face', 'custom' or an object")),
    ("x", "x", _OFFSET),
    ("y", "y", _OFFSET),
    ("x_center", "xc", _OFFSET),
    ("y_center", "yc", _OFFSET),
    ("zoom", "z", Number(ABOVE_ZERO)),
    ("dpr", "dpr", Number(0.1, 5, EXPRESSION_OR_AUTO)),
    ("background", "bg", Text()),
    ("format", "f", _one_of("auto orig avif gif jpeg jpg png svg webp mp4 webm")),
    ("quality", "q", Number(1, 100)),
    ("progressive", "pr", Switch()),
    ("lossless", "lo", Switch()),
    ("color_profile", "cp", Switch()),
    ("metadata", "md", Switch()),
    ("density", "dn", Number(1, 1200, EXPRESSION, whole=True)),
    ("original", "orig", Switch()),
    ("named", "n", Text()),
    ("default_image", "di", Path()),
    ("page", "pg", Number(1, text=PAGES, whole=True)),
    ("radius", "r", Number(0, text=CORNERS)),
    ("rotation", "rt", Number(text=ANGLE)),
    ("flip", "fl", _one_of("h v h_v v_h")),
    ("border", "b", Text()),
    ("opacity", "o", Number(0, 100)),
    ("blur", "bl", Number(1, 100)),
    ("trim", "t", Number(1, 99, switch=True)),
    ("grayscale", "e-grayscale", Effect()),
    ("contrast_stretch", "e-contrast", Effect()),
    ("sharpen", "e-sharpen", Effect(Number(0))),
    ("unsharp_mask", "e-usm", Effect(Text())),
    ("shadow", "e-shadow", Effect(Text())),
    ("gradient", "e-gradient", Effect(Text())),
    ("color_replace", "cr", Text()),
    ("colorize", "e-colorize", Text()),
    ("distort", "e-distort", Text()),
    ("ai_remove_background", "e-bgremove", Effect()),
    ("ai_remove_background_external", "e-removedotbg", Effect()),
    ("ai_upscale", "e-upscale", Effect()),
    ("ai_retouch", "e-retouch", Effect()),
    ("ai_variation", "e-genvar", Effect()),
    ("ai_drop_shadow", "e-dropshadow", Effect(Text())),
    ("ai_change_background", "e-changebg", Text()),
    ("ai_edit", "e-edit", Text()),
    ("video_codec", "vc", _one_of("h264 vp9 av1 none")),
    ("audio_codec", "ac", _one_of("aac opus none")),
    ("start_offset", "so", _SECONDS),
    ("end_offset", "eo", _SECONDS),
    ("duration", "du", _SECONDS),
    ("streaming_resolutions", "sr", Resolutions(_one_of("240 360 480 720 1080 1440 2160"))),
)
_FONT = _table(
    ("font_family", "ff", Path()),
    ("font_size", "fs", _LENGTH),
    (
        "typography",
        "tg",
        Text(re.compile(rf"{_FONT_STYLE}(?:_{_FONT_STYLE})*"), "'b', 'i', 'strikethrough', or those joined with '_'"),
    ),
)
# The documentation says 1 to 9, but fractions below 1 are in use.
_ALPHA = _table(("alpha", "al", Number(0, 9)))
_TEXT = _FONT | _ALPHA | _table(
    ("font_color", "co", Text()),
    ("inner_alignment", "ia", _one_of("left right center")),
    ("line_height", "lh", _LENGTH),
    ("padding", "pa", Number(0, text=SIDES)),
)  # fmt: skip
_SUBTITLE = _FONT | _table(
    ("color", "co", Text()),
    ("font_outline", "fol", Text()),
    ("font_shadow", "fsh", Text()),
)  # fmt: skip


def _shared(names: str) -> dict[str, Option]:
    return {name: _MAIN[name] for name in names.split()}


POSITION = _table(
    ("x", "lx", _OFFSET),
    ("y", "ly", _OFFSET),
    ("x_center", "lxc", _OFFSET),
    ("y_center", "lyc", _OFFSET),
    ("anchor_point", "lap", _SIDE),
    ("focus", "lfo", _SIDE),
)
TIMING = _table(("start", "lso", _SECONDS), ("end", "leo", _SECONDS), ("duration", "ldu", _SECONDS))
LAYER_MODE = Option("layer_mode", "lm", _one_of("multiply cutter cutout displace"))
COLOR = Option("color", "bg", Text())
ENCODINGS = ("auto", "plain", "base64")


@attrs.frozen
class Place:
    """
    A place for steps: the transformation itself, or a layer of some type.

    Attributes:
        opening: Token that opens the layer; empty outside of layers.
        content: Name of the layer's main field.
        options: Options of the steps, by name.
        nests: Whether a step may hold a layer.
        codes: Options of the steps, by code.
    """

    opening: str
    content: str
    options: Mapping[str, Option]
    nests: bool = False
    codes: Mapping[str, Option] = attrs.field(
        init=False,
        repr=False,
        default=attrs.Factory(
            lambda place: {option.code: option for option in place.options.values()}, takes_self=True
        ),
    )

    @property
    def names(self) -> list[str]:
        return [*self.options, "raw", *(["overlay"] if self.nests else [])]


TOP = Place("", "", _MAIN, nests=True)
LAYERS = {
    "image": Place("l-image", "input", _MAIN, nests=True),
    "video": Place("l-video", "input", _MAIN, nests=True),
    "text": Place("l-text", "text", _shared("background flip radius rotation width") | _TEXT),
    "subtitle": Place("l-subtitles", "input", _shared("background") | _SUBTITLE),
    "solidColor": Place("l-image", "color", _shared("background gradient height radius width") | _ALPHA),
}


def unknown(name: object, known: Collection[str], codes: Mapping[str, Option] | None = None) -> ValueError:
    """
    Return the error for an unknown name, with the name that was probably meant; `codes` are recognized too.
    """
    option = (codes or {}).get(str(name))
    close = [option.name] if option else get_close_matches(str(name), known, 1)
    layers = [kind for kind, place in LAYERS.items() if name in place.options]
    if layers and codes is not None:
        hint = f"it belongs in a layer of type {' or '.join(layers)}"
    elif close:
        hint = f"did you mean {close[0]!r}?"
    else:
        hint = f"use one of {', '.join(known)}"
    way_out = "" if codes is None else " (use 'raw' for options that this version does not know)"
    return ValueError(f"{name!r} is unknown here: {hint}{way_out}")


def check_names(given: Iterable[object], known: Collection[str]) -> None:
    for name in given:
        if name not in known:
            raise unknown(name, known)
