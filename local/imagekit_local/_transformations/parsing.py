"""
Read the text of a transformation into steps.

The text is as it stands in the URL. It is split first and decoded piece by piece, because an encoded comma or colon
within a piece separates nothing. Only a text without any separator of its own was encoded as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

import attrs

from imagekit_local._transformations.errors import TransformationError
from imagekit_local._transformations.limits import MAX_DEPTH, MAX_LENGTH, check_count
from imagekit_local._transformations.options import (
    INSIDE,
    PLACE,
    TOP,
    Layer,
    LayerKind,
    Option,
    Step,
    read_option,
    refusal,
    split_token,
)

_SEPARATOR = re.compile(r"([,:])")
# Colons that separate nothing: `ar-4:3`, and the scheme of a path that is a whole URL.
_RATIO_COLON = re.compile(r"(?<![^,:])(ar-[0-9.]+):(?=[0-9.]+(?:[,:]|\Z))")
_SCHEME_COLON = re.compile(r":(?=@@@@)")
_ENCODED_SEPARATOR = re.compile(r"(?i)%2c|%3a")
# All but the content of a layer, in which an encoded separator is text.
_ENCODED_TOKEN = re.compile(r"(?<![^,:])(?!ie?-)[^,:]++")
_CANVAS = "i-ik_canvas"
_LAYER_END = "l-end"


def parse(text: str) -> tuple[Step, ...]:
    """
    Return the steps of a transformation, in the order in which they are taken.

    Args:
        text: The transformation as the URL has it, still percent-encoded, in parts or as a whole, without a leading
            `tr:`. Of encoded separators in a part of it, only those outside of the content of layers separate, and only
            if it cannot be parsed otherwise.

    Raises:
        TransformationError: An option is unknown, cannot be applied here, stands where it does not belong or has a
            value it does not accept, or the text is too long or too deep.
    """
    if len(text) > MAX_LENGTH:
        raise TransformationError("tr", f"it is longer than {MAX_LENGTH} characters", "ELIMIT")
    whole = decode_whole(text)
    # A single value may contain encoded separators, too, such as the path of a default image.
    first, other = (whole, text) if whole != text else (text, _ENCODED_TOKEN.sub(_separated, text))
    try:
        return _parse(first)
    except TransformationError as error:
        if other != first:
            with suppress(TransformationError):
                return _parse(other)
        raise error


def decode_whole(text: str) -> str:
    """
    Return a transformation without what `params=` encoders of HTTP clients do to it: they encode every separator.
    """
    decoded = unquote(text)
    return decoded if _SEPARATOR.search(decoded) and not _SEPARATOR.search(text) else text


def _separated(token: re.Match[str]) -> str:
    return _ENCODED_SEPARATOR.sub(lambda match: unquote(match[0]), token[0])


def _parse(text: str) -> tuple[Step, ...]:
    pieces = _SEPARATOR.split(_SCHEME_COLON.sub("%3A", _RATIO_COLON.sub(r"\1-", text)))
    tokens = iter(list(zip([":", *pieces[1::2]], pieces[::2], strict=True)))
    steps = tuple(_steps(_tokens(tokens, 0), TOP))
    check_count("tr", _count(steps))
    return steps


def expand(steps: tuple[Step, ...], named: Callable[[str], str | None], depth: int = 0) -> tuple[Step, ...]:
    """
    The steps with named transformations replaced by what they stand for; other options of a step come after its name.

    Args:
        steps: What was parsed.
        named: Gives the text of a named transformation, None if there is none.
        depth: How many named transformations lead here.

    Raises:
        TransformationError: A name is unknown, what it stands for cannot be parsed, or it all grows too large.
    """
    expanded: list[Step] = []
    for step in steps:
        if step.named is not None:
            expanded += _looked_up(step.named, named, depth)
        layers = [attrs.evolve(layer, steps=expand(layer.steps, named, depth)) for layer in step.layers]
        rest = attrs.evolve(step, named=None, layers=tuple(layers))
        if rest != Step():
            expanded.append(rest)
        check_count("n", _count(expanded))
    return tuple(expanded)


def has_only_names(steps: tuple[Step, ...]) -> bool:
    """
    Whether a transformation consists of named ones, which may be applied to a private file without a signature.
    """
    return bool(steps) and all(step.named is not None and step == Step(named=step.named) for step in steps)


def walk(steps: tuple[Step, ...]) -> Iterator[Step]:
    """
    All steps, those of layers included.
    """
    for step in steps:
        yield step
        for layer in step.layers:
            yield from walk(layer.steps)


def paths(steps: tuple[Step, ...]) -> Iterator[str]:
    """
    The paths of all stored files that steps refer to.
    """
    for step in walk(steps):
        if step.default_image is not None:
            yield step.default_image
        yield from (layer.content for layer in step.layers if layer.kind == "image")


def _looked_up(name: str, named: Callable[[str], str | None], depth: int) -> tuple[Step, ...]:
    text = named(name)
    if text is None:
        raise TransformationError("n", f"there is no named transformation {name!r}")
    if depth == MAX_DEPTH:
        raise TransformationError("n", f"{name!r} is too deep in other named transformations", "ELIMIT")
    return expand(parse(text.removeprefix("tr:")), named, depth + 1)


def _count(steps: tuple[Step, ...] | list[Step]) -> int:
    return sum(1 + len(step.layers) for step in walk(tuple(steps)))


@attrs.frozen
class _Token:
    opens_step: bool
    code: str
    text: str
    layer: Layer | None = None


def _tokens(raw: Iterator[tuple[str, str]], depth: int) -> Iterator[_Token]:
    # Stops behind the end of the layer it is in; what follows is the caller's.
    for separator, piece in raw:
        if piece == _LAYER_END and depth > 0:
            return
        code, text = split_token(unquote(piece))
        layer = _layer(text, raw, depth + 1) if code == "l" else None
        if piece or separator == ":":
            yield _Token(separator == ":", code, text, layer)
    if depth > 0:
        raise TransformationError("l", "the layer has no l-end")


def _layer(name: str, raw: Iterator[tuple[str, str]], depth: int) -> Layer:
    if depth > MAX_DEPTH:
        raise TransformationError("l", f"layers are {MAX_DEPTH} deep at most", "ELIMIT")
    if name not in {"image", "text"}:
        reason = "the local ImageKit has no layers of this kind" if name in {"video", "subtitles"} else "no such layer"
        raise TransformationError(f"l-{name}", reason)
    tokens = list(_tokens(raw, depth))
    is_canvas = any(f"{token.code}-{token.text}" == _CANVAS for token in tokens)
    kind: LayerKind = "text" if name == "text" else "canvas" if is_canvas else "image"
    place = PLACE[kind]
    header = _fields([token for token in tokens if token.code in place], place)
    if not header.get("content"):
        raise TransformationError("i", "the layer has no content")
    _check_coordinates(header, "lx", "ly")
    body = [token for token in tokens if token.code not in place]
    if kind != "image":
        body = [attrs.evolve(token, opens_step=False) for token in body]
    return Layer(kind=kind, steps=tuple(_steps(iter(body), INSIDE[kind])), **header)


def _steps(tokens: Iterator[_Token], table: Mapping[str, Option]) -> Iterator[Step]:
    groups: list[list[_Token]] = [[]]
    for token in tokens:
        if token.opens_step:
            groups.append([])
        if token.code:
            groups[-1].append(token)
    for group in filter(None, groups):
        layers = tuple(token.layer for token in group if token.layer is not None)
        fields = _fields([token for token in group if token.layer is None], table)
        _check_step(fields)
        yield Step(layers=layers, **fields)


def _fields(tokens: list[_Token], table: Mapping[str, Option]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for token in tokens:
        option = table.get(token.code)
        if option is None:
            raise refusal(token.code)
        if option.field in fields:
            raise TransformationError(token.code, "the option appears twice in one step")
        fields[option.field] = read_option(option, token.text)
    return fields


def _check_step(fields: Mapping[str, Any]) -> None:
    if {"crop", "crop_mode"} <= fields.keys():
        raise TransformationError("cm", "it excludes c")
    if "aspect_ratio" in fields and fields.keys().isdisjoint({"width", "height"}):
        raise TransformationError("ar", "it needs w or h")
    for field, code in (("x", "x"), ("y", "y"), ("x_center", "xc"), ("y_center", "yc")):
        if field in fields and fields.get("crop_mode") != "extract":
            raise TransformationError(code, "it needs cm-extract")
    _check_coordinates(fields, "x", "y")


def _check_coordinates(fields: Mapping[str, Any], *codes: str) -> None:
    for code in codes:
        axis = code[-1]
        if {axis, f"{axis}_center"} <= fields.keys():
            raise TransformationError(code, f"it excludes {code}c")
