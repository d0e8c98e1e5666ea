"""
Write the steps of a transformation, and the layers in them, as text.
"""

from __future__ import annotations

import marshal
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from .._json import is_collection, is_mapping
from ._kinds import is_blank, refused
from ._options import COLOR, ENCODINGS, LAYER_MODE, LAYERS, POSITION, TIMING, TOP, Option, Place, check_names, unknown

if TYPE_CHECKING:
    from ._types import Transformation

MAX_LAYERS = 3
_COMMON_FIELDS = ("layer_mode", "position", "timing", "transformation")
FIELDS = {
    kind: ("type", place.content, *(() if place.content == "color" else ("encoding",)), *_COMMON_FIELDS)
    for kind, place in LAYERS.items()
}
CANVAS = "i-ik_canvas"
_PLAIN_PATH = re.compile(r"[A-Za-z0-9\-._/ ]*")
_PLAIN_TEXT = re.compile(r"[A-Za-z0-9\-._ ]*")


def build_transformation_string(transformation: Sequence[Transformation] | None = None) -> str:
    """
    Return a transformation as text; `build_url` percent-encodes that text where it must be.

    >>> build_transformation_string([{"width": 400, "height": 300}, {"rotation": 90}])
    'w-400,h-300:rt-90'

    Args:
        transformation: Steps, applied in order. Options are written in the order given; None leaves an option out.

    Raises:
        ValueError: An option is unknown, or its value is not accepted. The message names both.
    """
    if transformation is None:
        return ""
    steps: Any = transformation
    try:
        key = marshal.dumps(steps, 2)
    except ValueError:
        return write_steps(steps, TOP, 0)
    return _written(key)


# Applications have few transformations for many files, and a URL with one that was written before takes less than half
# the time: 10 instead of 23 us ("with expiry" in `benchmarks/urls.py`). Bytes, unlike hashes, distinguish 1 from True.
@lru_cache(maxsize=512)
def _written(key: bytes) -> str:
    return write_steps(marshal.loads(key), TOP, 0)


def write_steps(steps: Any, place: Place, depth: int) -> str:
    """
    Return steps as text. A ValueError begins with the path to the option.
    """
    if not is_collection(steps):
        raise ValueError(f"transformation {refused('a list of steps', steps)}")
    texts: list[str] = []
    for index, step in enumerate(steps):
        try:
            texts.append(_write_step(step, place, depth))
        except ValueError as error:
            raise ValueError(f"transformation[{index}]: {error}") from None
    return ":".join(filter(None, texts))


def _write_step(step: Any, place: Place, depth: int) -> str:
    if not is_mapping(step):
        raise refused("a mapping of options", step)
    options = place.options
    tokens: list[str | None] = []
    for name, value in step.items():
        if value is None:
            continue
        option = options.get(name)
        if option is not None:
            tokens.append(option.write(value))
        elif name == "raw":
            tokens.append(_raw(value))
        elif name == "overlay" and place.nests:
            tokens.append(_write_layer(value, depth + 1))
        else:
            raise unknown(name, place.names, place.codes)
    return ",".join(filter(None, tokens))


def _raw(value: Any) -> str:
    if is_blank(value):
        raise ValueError(f"raw {refused('text as it is in the URL', value)}")
    return str.__str__(value)


def _write_layer(overlay: object, depth: int) -> str:
    if depth > MAX_LAYERS:
        raise ValueError(f"overlay: layers must be nested at most {MAX_LAYERS} deep")
    try:
        if not is_mapping(overlay):
            raise refused("a mapping with a type", overlay)
        return ",".join(_layer_tokens(overlay, depth))
    except ValueError as error:
        raise ValueError(f"overlay: {error}") from None


def _layer_tokens(overlay: Mapping[str, Any], depth: int) -> Iterable[str]:
    kind = overlay.get("type")
    place = LAYERS.get(kind) if isinstance(kind, str) else None
    if kind is None or place is None:
        choices = ", ".join(LAYERS)
        raise ValueError(f"type {refused(f'one of {choices}', kind)}")
    check_names(overlay, FIELDS[kind])
    content = overlay.get(place.content)
    if not content or not isinstance(content, str):
        raise ValueError(f"{place.content} {refused('text that is not empty', content)}")
    yield place.opening
    if place.content == "color":
        yield CANVAS
        yield str(COLOR.write(content))
    else:
        yield encoded(content, overlay.get("encoding"), is_path=place.content == "input")
    yield from _given({"layer_mode": LAYER_MODE}, overlay)
    yield from _group("position", POSITION, overlay)
    yield from _group("timing", TIMING, overlay)
    nested = overlay.get("transformation")
    if nested is not None:
        steps = write_steps(nested, place, depth)
        if steps:
            yield steps
    yield "l-end"


def _group(name: str, options: Mapping[str, Option], overlay: Mapping[str, Any]) -> Iterable[str]:
    values = overlay.get(name)
    if values is None:
        return []
    if not is_mapping(values):
        raise ValueError(f"{name} {refused('a mapping', values)}")
    try:
        check_names(values, options)
        return _given(options, values)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


def _given(options: Mapping[str, Option], values: Mapping[str, Any]) -> list[str]:
    # In the order of the table, which is the order that the API documents for layers.
    given = [option.write(values[name]) for name, option in options.items() if values.get(name) is not None]
    return list(filter(None, given))


def encoded(content: str, encoding: object, *, is_path: bool) -> str:
    """
    Return the token for the content of a layer: plain where that is safe, else base64, unless an encoding is given.
    """
    if encoding not in (None, *ENCODINGS):
        raise ValueError(f"encoding {refused('auto, plain or base64', encoding)}")
    if is_path:
        content = content.removeprefix("/").removesuffix("/")
        if not content:
            raise ValueError(f"input {refused('the path of a file', '/')}")
    simple = _PLAIN_PATH if is_path else _PLAIN_TEXT
    if encoding == "base64" or (encoding != "plain" and not simple.fullmatch(content)):
        return f"ie-{quote(b64encode(content.encode()), safe='')}"
    return f"i-{content.replace('/', '@@')}" if is_path else f"i-{quote(content, safe='')}"
