"""
Read the text of a transformation back into steps.

Each step is written again as a check. A step that comes out different, because it holds something that this version
does not know, stays `raw`.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote

from .._json import is_collection, is_mapping
from ._options import COLOR, LAYER_MODE, LAYERS, POSITION, TIMING, TOP, Option, Place
from ._percent import ENCODED_SEPARATOR, readable, same
from ._transformation import CANVAS, MAX_LAYERS, encoded, write_steps

if TYPE_CHECKING:
    from ._types import Transformation

# Tokens but for the content of a layer, in which an encoded separator is text.
_ENCODED_TOKEN = re.compile(r"(?:\A|(?<=[,:]))(?!ie?-)[^,:]+")
_SEPARATOR = re.compile(r"[,:]|\Z")
_CODE = re.compile(r"(e-[a-z]+|[a-z]+)(?:-|\Z)")
# Colons inside a value: `ar-4:3`, and the scheme of a path that is a whole URL.
_RATIO = re.compile(r"ar-[0-9.]+")
_RATIO_END = re.compile(r"[0-9.]+(?=[,:]|\Z)")
_SCHEME_END = "@@@@"
_KINDS = {place.opening: kind for kind, place in LAYERS.items() if kind != "solidColor"}
_HEADER: Mapping[str, tuple[str | None, Option]] = {
    LAYER_MODE.code: (None, LAYER_MODE),
    **{option.code: ("position", option) for option in POSITION.values()},
    **{option.code: ("timing", option) for option in TIMING.values()},
}


def read_transformation(text: str) -> list[Transformation]:
    """
    Return the steps of a transformation as it stands in a URL.

    Writing the steps gives the text again, apart from which characters are encoded. Other SDKs and URL libraries
    encode the separators too. These are read as separators where that makes sense of a value that has none otherwise.
    """
    steps = _read_steps(text, TOP, 0)
    if ENCODED_SEPARATOR.search(text) and not _is_clear(steps):
        decoded = _read_steps(_ENCODED_TOKEN.sub(lambda match: unquote(match[0]), text), TOP, 0)
        if not _has_raw(decoded) or _has_raw(steps):
            steps = decoded
    return cast("list[Transformation]", steps)


def _has_raw(value: object) -> bool:
    if is_mapping(value):
        return "raw" in value or any(map(_has_raw, value.values()))
    return is_collection(value) and any(map(_has_raw, value))


def _is_clear(value: object) -> bool:
    if is_mapping(value):
        return all(map(_is_clear, value.values()))
    return all(map(_is_clear, value)) if is_collection(value) else not ENCODED_SEPARATOR.search(str(value))


def _read_steps(text: str, place: Place, depth: int) -> list[dict[str, Any]]:
    return [_read_step(step, place, depth) for step in _split(text, ":") if step.strip()]


def _split(text: str, separator: str) -> Iterator[str]:
    depth = start = token_start = 0
    for match in _SEPARATOR.finditer(text):
        token, end = text[token_start : match.start()], match.end()
        if token == "l-end":
            depth -= 1
        elif token.startswith("l-"):
            depth += 1
        if match[0] == separator and depth <= 0 and not _is_inner(match[0], token, text, end):
            yield text[start : match.start()]
            start = end
        token_start = end
    yield text[start:]


def _is_inner(separator: str, token: str, text: str, end: int) -> bool:
    if separator == ",":
        return False
    return text.startswith(_SCHEME_END, end) or bool(_RATIO.fullmatch(token) and _RATIO_END.match(text, end))


def _read_step(text: str, place: Place, depth: int) -> dict[str, Any]:
    try:
        step = _read_options(text, place, depth)
        if same(write_steps([step], place, depth), text):
            return step
    except ValueError:
        pass
    return {"raw": text}


def _read_options(text: str, place: Place, depth: int) -> dict[str, Any]:
    # What comes twice overwrites itself; the step then does not come out as it was.
    step: dict[str, Any] = {}
    for token in _split(text, ","):
        code = _code(token)
        option = place.codes.get(code)
        if code == "if":
            raise ValueError("A condition is one whole")
        if code == "l":
            step["overlay"] = _read_layer(token, depth + 1)
        elif option is None:
            step["raw"] = token
        else:
            step[option.name] = option.read(token)
    return step


def _code(token: str) -> str:
    match = _CODE.match(token)
    return match[1] if match else ""


def _read_layer(text: str, depth: int) -> dict[str, Any]:
    opening, *tokens, closing = _split_layer(text)
    if depth > MAX_LAYERS or closing != "l-end" or opening not in _KINDS or not tokens:
        raise ValueError("The text is not a layer")
    kind = _KINDS[opening]
    if kind == "image" and tokens[0] == CANVAS and tokens[1:] and _code(tokens[1]) == "bg":
        layer: dict[str, Any] = {"type": "solidColor", "color": COLOR.read(tokens[1])}
        del tokens[:2]
    else:
        layer = {"type": kind, **_read_content(LAYERS[kind].content, tokens.pop(0))}
    while tokens and _code(tokens[0]) in _HEADER:
        group, option = _HEADER[_code(tokens[0])]
        values = layer if group is None else layer.setdefault(group, {})
        values[option.name] = option.read(tokens.pop(0))
    if tokens:
        layer["transformation"] = _read_steps(",".join(tokens), LAYERS[layer["type"]], depth)
    return layer


def _split_layer(text: str) -> list[str]:
    opening, _, rest = text.partition(",")
    inside, _, closing = rest.rpartition(",")
    return [opening, *(_split(inside, ",") if inside else []), closing]


def _read_content(field: str, token: str) -> dict[str, str]:
    code, _, content = token.partition("-")
    if code == "ie":
        content = b64decode(unquote(content, errors="strict"), validate=True).decode()
    elif field == "text":
        content = unquote(content, errors="strict")
    else:
        content = readable(content).replace("@@", "/")
    if same(encoded(content, None, is_path=field == "input"), token):
        return {field: content}
    return {field: content, "encoding": "base64" if code == "ie" else "plain"}
