"""
Properties of delivery URLs: parsing reverses building, and every change to a signed URL is detected.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from urllib.request import Request

import httpx
import pytest
import requests
import yarl
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st

from imagekit_async.errors import InvalidSignatureError
from imagekit_async.urls import build_transformation_string, build_url, parse_url, verify_url
from imagekit_async.urls._kinds import Choice, Effect, Number, Path, Resolutions, Switch, Text, ValueKind
from imagekit_async.urls._options import LAYERS, POSITION, TIMING, TOP, Option, Place

CLIENTS: dict[str, Callable[[str], str]] = {
    "httpx": lambda url: httpx.Request("GET", url).url.raw_path.decode(),
    "aiohttp": lambda url: yarl.URL(url).raw_path_qs,
    "requests": lambda url: requests.Request("GET", url).prepare().path_url,
    "urllib": lambda url: Request(url).selector,
}
KEY = "private_vector_key_0001"
ENDPOINTS = st.sampled_from(["https://ik.imagekit.io/demo", "https://cdn.example.com", "http://127.0.0.1:9000/a/b"])
ORIGIN = re.compile("https?://[^/?]+/?")
WORDS = {
    "focus": ["top_left", "trafficLight"],
    "typography": ["b", "b_i", "strikethrough"],
}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/"), min_size=1)
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join).filter(lambda path: not path.startswith("tr:"))


def numbers(kind: Number) -> st.SearchStrategy[Any]:
    """
    Return numbers that a kind accepts, whole ones as int, because parsing returns them so.
    """
    low, high = max(kind.low, -5000), min(kind.high, 5000)
    whole = st.integers(int(-(-low // 1)) if low > 0 else int(low), int(high)).filter(lambda number: number >= kind.low)
    if kind.whole:
        return whole
    hundredths = st.integers(int(low * 100) + 1, int(high * 100) - 1).map(lambda number: number / 100)
    return whole | hundredths.filter(lambda number: number != int(number))


def values(name: str, kind: ValueKind) -> st.SearchStrategy[Any]:
    """
    Return values that an option accepts, in the form in which parsing returns them.
    """
    if isinstance(kind, Choice):
        return st.sampled_from(kind.words)
    if name in WORDS:
        return st.sampled_from(WORDS[name])
    if isinstance(kind, Number):
        return numbers(kind) | st.booleans() if kind.switch else numbers(kind)
    if isinstance(kind, Switch):
        return st.booleans()
    if isinstance(kind, Effect):
        return st.just(True) if kind.value is None else st.just(True) | values(name, kind.value)
    if isinstance(kind, Resolutions):
        return st.lists(st.sampled_from(kind.words.words), min_size=1)
    if isinstance(kind, Path):
        return st.sampled_from(["a.jpg", "a/b.jpg", "https://a.test/ü.jpg", "a//b c.ttf"])
    return st.sampled_from(["FF0000", "5_red", "prompt-a quiet beach", "p-1_2_N3", "x", "50%25"])


def group(options: dict[str, Option]) -> st.SearchStrategy[dict[str, Any]]:
    """
    Return some of a group's options, in the order in which they are written.
    """
    given_values = {name: values(name, option.kind) for name, option in options.items()}
    drawn = st.fixed_dictionaries({}, optional=given_values).filter(bool)
    return drawn.map(lambda found: {name: found[name] for name in options if name in found})


def overlays(depth: int) -> st.SearchStrategy[dict[str, Any]]:
    """
    Return layers of every type.
    """
    kinds = []
    for kind, place in LAYERS.items():
        content = (
            st.sampled_from(["red", "FF000050"])
            if place.content == "color"
            else PATHS.map(lambda path: path.strip("/"))
        )
        contents = TEXTS if place.content == "text" else content.filter(lambda text: bool(text) and text != "ik_canvas")
        optional = {
            "layer_mode": st.sampled_from(["multiply", "cutout"]),
            "position": group(POSITION),
            "timing": group(TIMING),
            "transformation": steps(place, depth),
        }
        kinds.append(st.fixed_dictionaries({"type": st.just(kind), place.content: contents}, optional=optional))
    return st.one_of(kinds)


def steps(place: Place, depth: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    """
    Return steps as parsing returns them: no empty steps, and values in their shortest form.
    """
    options: dict[str, Any] = {name: values(name, option.kind) for name, option in place.options.items()}
    options["raw"] = st.sampled_from(["zz-new", "yy_unlisted-4"])
    if place.nests and depth:
        options["overlay"] = overlays(depth - 1)
    pairs = st.sampled_from(sorted(options)).flatmap(lambda name: st.tuples(st.just(name), options[name]))
    return st.lists(st.lists(pairs, min_size=1, max_size=4).map(dict), min_size=1, max_size=3)


TRANSFORMATIONS = steps(TOP, 2)
POSITIONS = st.sampled_from(["query", "path"])
QUERIES = st.dictionaries(
    NAMES.filter(lambda name: name not in {"tr", "ik-s", "ik-t"}),
    st.text(st.characters(exclude_categories=["Cs"])),
    max_size=3,
)


@given(src=PATHS, endpoint=ENDPOINTS, transformation=TRANSFORMATIONS, position=POSITIONS, query=QUERIES)
def test_round_trip(src: str, endpoint: str, transformation: list[Any], position: Any, query: dict[str, str]) -> None:
    """Parsing a URL returns what it was built from, and that builds the same URL."""
    url = build_url(
        src=src,
        url_endpoint=endpoint,
        transformation=transformation,
        transformation_position=position,
        query_parameters=query,
    )
    parsed = parse_url(url, url_endpoint=endpoint)

    assert (src.strip("/"), endpoint, position, query) == (
        parsed.src.strip("/"),
        parsed.url_endpoint,
        parsed.transformation_position,
        parsed.query_parameters,
    )
    assert transformation == parsed.transformation
    assert url == build_url(
        src=parsed.src,
        url_endpoint=parsed.url_endpoint,
        transformation=parsed.transformation,
        transformation_position=parsed.transformation_position,
        query_parameters=parsed.query_parameters,
    )


@given(text=st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="#&%"), min_size=1))
def test_any_transformation_survives(text: str) -> None:
    """Any transformation that is parsed and built again stays the same, apart from encoding."""
    parsed = parse_url(f"https://ik.imagekit.io/demo/a.jpg?tr={text}")
    rebuilt = build_url(src=parsed.src, url_endpoint=parsed.url_endpoint, transformation=parsed.transformation)

    assert ":".join(filter(None, text.split(":"))) == unquote(rebuilt.partition("?tr=")[2])


@given(transformation=TRANSFORMATIONS, encode=st.sampled_from([quote, partial(quote, safe="")]))
def test_encoded_transformations(transformation: list[Any], encode: Callable[[str], str]) -> None:
    """A transformation that a URL library has encoded again is parsed like the original."""
    assume("raw" not in repr(transformation))
    steps = build_transformation_string([{"width": 9, "height": 5}, *transformation])
    endpoint = "https://ik.imagekit.io/demo"
    expected = parse_url(f"{endpoint}/a.jpg?tr={steps}").transformation

    assert expected == parse_url(f"{endpoint}/a.jpg?tr={encode(steps)}").transformation
    assert expected == parse_url(f"{endpoint}/{encode(f'tr:{steps}')}/a.jpg").transformation


@given(src=TEXTS, endpoint=ENDPOINTS)
def test_paths_are_encoded(src: str, endpoint: str) -> None:
    """Any text can be a file name: the URL is ASCII, and its path decodes to that name."""
    url = build_url(src=f"/{src}", url_endpoint=endpoint)

    assert url.isascii()
    assert url.isprintable()
    assert " " not in url
    assert endpoint + ("/" + src.strip("/") if src.strip("/") else "") == endpoint + unquote(url[len(endpoint) :])
    assert "" == urlsplit(url).query


@given(src=PATHS, endpoint=ENDPOINTS, query=QUERIES, expires_in=st.integers(1, 10**6) | st.none(), data=st.data())
def test_any_change_is_found(
    src: str, endpoint: str, query: dict[str, str], expires_in: Any, data: st.DataObject
) -> None:
    """A signed URL verifies, and any other character after the endpoint makes it invalid."""
    url = build_url(
        src=src,
        url_endpoint=endpoint,
        query_parameters=query,
        signed=True,
        expires_in=expires_in,
        private_key=KEY,
        now=0,
    )
    verify_url(url, private_key=KEY, url_endpoint=endpoint, now=0)
    place = data.draw(st.integers(len(endpoint) + 1, len(url) - 1))
    other = data.draw(
        st.characters(min_codepoint=33, max_codepoint=126).filter(lambda character: character != url[place])
    )

    with pytest.raises(InvalidSignatureError):
        verify_url(url[:place] + other + url[place + 1 :], private_key=KEY, url_endpoint=endpoint, now=0)


def any_text(place: Place, depth: int) -> st.SearchStrategy[dict[str, Any]]:
    """
    Return a step with arbitrary text in an option or layer that takes text.
    """
    names = [name for name, option in place.options.items() if isinstance(option.kind, (Text, Path))]
    chosen = [st.fixed_dictionaries({name: TEXTS}) for name in [*names, "raw"]]
    if depth:
        kinds = st.sampled_from(sorted(LAYERS))
        chosen += [kinds.flatmap(lambda kind: layers_with_any_text(kind, depth - 1))] * 3
    return st.one_of(chosen)


def layers_with_any_text(kind: str, depth: int) -> st.SearchStrategy[dict[str, Any]]:
    """
    Return a step with a layer of arbitrary content.
    """
    place = LAYERS[kind]
    optional: dict[str, Any] = {"transformation": st.lists(any_text(place, depth * place.nests), max_size=1)}
    if place.content != "color":
        optional["encoding"] = st.sampled_from(["auto", "plain", "base64"])
    layer = st.fixed_dictionaries({"type": st.just(kind), place.content: TEXTS}, optional=optional)
    return layer.map(lambda overlay: {"overlay": overlay})


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(
    step=any_text(TOP, 2) | st.just({}),
    src=TEXTS,
    is_absolute=st.booleans(),
    endpoint=ENDPOINTS,
    position=POSITIONS,
    query=QUERIES,
)
def test_what_is_signed_is_sent(
    step: Any, src: str, is_absolute: bool, endpoint: str, position: Any, query: dict[str, str]
) -> None:
    """Every HTTP client sends a signed URL as it was signed, whatever text it was built from."""
    src = f"{endpoint}/{src.translate(dict.fromkeys(map(ord, '?#'), '_'))}" if is_absolute else src
    options: dict[str, Any] = {"src": src, "url_endpoint": endpoint, "query_parameters": query}
    try:
        url = build_url(**options, transformation=[step], transformation_position=position)
        signed = build_url(
            **options, transformation=[step], transformation_position=position, signed=True, private_key=KEY
        )
    except ValueError:
        reject()

    assert url.isascii()
    assert " " not in url
    for name, target in CLIENTS.items():
        # Only browsers and yarl differ here, and only in a query.
        if name != "aiohttp" or "%27" not in signed.partition("?")[2]:
            assert (name, f"/{signed.removeprefix(ORIGIN.match(signed)[0])}") == (name, target(signed))  # type: ignore[index]
    verify_url(signed, private_key=KEY, url_endpoint=endpoint)
