"""
Results of the vendor's builders, and where ours differ on purpose.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from imagekit_async.urls import (
    build_transformation_string,
    build_url,
    get_authentication_parameters,
    get_responsive_image_attributes,
)

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "url_vectors.json").read_text(encoding="utf-8")
)
ENDPOINT = "https://ik.imagekit.io/demo"
KEY = "private_vector_key_0001"
NOW = 1700000000


def unsigned(url: Any) -> str:
    """
    Return a URL without its signature.
    """
    return re.sub("[?&]ik-s=[0-9a-f]{40}", "", url)


# What the vendor leaves unencoded, or encodes although some client decodes it, is spelled as it is sent.
RESPELLED: dict[str, Callable[[str], str]] = {
    f"url-0{number}": unsigned for number in (524, 562, 586, 599, 633, 647, 656, 668, 671, 678, 699)
}
RESPELLED["url-0577"] = lambda url: unsigned(url).replace("i-a%3Ab", "ie-YTpi")


def result(vector: dict[str, Any]) -> object:
    """
    Return our function's result for a vector.
    """
    call, options, key = vector["call"], vector["options"], vector.get("private_key")
    if call == "build_transformation_string":
        return build_transformation_string(**options)
    if call == "build_url":
        return build_url(**options, private_key=key, now=vector.get("now"))
    if call == "responsive":
        found = get_responsive_image_attributes(**options)
        shown = {"src": found.src, "src_set": found.src_set, "sizes": found.sizes, "width": found.width}
        return {name: value for name, value in shown.items() if value is not None}
    token = options.get("token", vector.get("uuid4"))
    return get_authentication_parameters(token, options.get("expire"), private_key=key, now=vector.get("now"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_vendors_result(vector: dict[str, Any]) -> None:
    """Input that the vendor's types allow gives the vendor's result; other input may be refused instead."""
    try:
        actual = result(vector)
    except ValueError:
        actual = None

    if vector["id"] in RESPELLED:
        assert unquote(RESPELLED[vector["id"]](vector["expected"])) == unquote(unsigned(actual))
    else:
        assert actual in ([vector["expected"], None] if vector.get("beyond_types") else [vector["expected"]])


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (
            {"overlay": {"type": "image", "input": "a.png", "position": {"x": 0, "y": 0}}},
            "l-image,i-a.png,lx-0,ly-0,l-end",
        ),
        ({"overlay": {"type": "image", "input": "a.png", "position": {"x": 10.0}}}, "l-image,i-a.png,lx-10,l-end"),
        (
            {"overlay": {"type": "image", "input": "a.png", "timing": {"start": 0, "duration": 9.0}}},
            "l-image,i-a.png,lso-0,ldu-9,l-end",
        ),
        ({"overlay": {"type": "image", "input": "a.png", "position": {"y": -7.5}}}, "l-image,i-a.png,ly-N7.5,l-end"),
        (
            {"overlay": {"type": "image", "input": "a.png", "position": {"focus": "top", "anchor_point": "left"}}},
            "l-image,i-a.png,lap-left,lfo-top,l-end",
        ),
        ({"overlay": {"type": "text", "text": "Hello\n"}}, "l-text,ie-SGVsbG8K,l-end"),
        ({"overlay": {"type": "image", "input": "a.png\n"}}, "l-image,ie-YS5wbmcK,l-end"),
        (
            {"overlay": {"type": "text", "text": "it's (ok)*!", "encoding": "plain"}},
            "l-text,i-it%27s%20%28ok%29%2A%21,l-end",
        ),
        ({"rotation": -30}, "rt-N30"),
        ({"x": -0.0}, "x-0"),
        ({"width": 0.00001}, "w-0.00001"),
        ({"progressive": False, "lossless": False, "trim": False}, "pr-false,lo-false,t-false"),
        ({"color_profile": False, "metadata": False, "original": False}, "cp-false,md-false,orig-false"),
        ({"sharpen": False, "shadow": False, "grayscale": False}, ""),
        ({"sharpen": "-", "grayscale": "-"}, "e-sharpen,e-grayscale"),
        ({"density": 300.0}, "dn-300"),
        ({"streaming_resolutions": ("240", "720")}, "sr-240_720"),
        ({"raw": "x-$&y"}, "x-$&y"),
    ],
)
def test_transformations_that_differ(step: dict[str, Any], expected: str) -> None:
    """Where the vendor's builders lose or garble a value, ours write what the service understands."""
    assert expected == build_transformation_string([step])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"src": "/a//b/../c\\d.jpg"}, f"{ENDPOINT}/a//b/../c%5Cd.jpg"),
        ({"src": "/a%20b.jpg"}, f"{ENDPOINT}/a%2520b.jpg"),
        ({"src": "dir/"}, f"{ENDPOINT}/dir"),
        (
            {"src": "/a.jpg", "transformation_position": None, "transformation": [{"width": 9}]},
            f"{ENDPOINT}/a.jpg?tr=w-9",
        ),
        ({"src": "/a.jpg", "query_parameters": {"q": "a b&c=d#e~"}}, f"{ENDPOINT}/a.jpg?q=a%20b%26c%3Dd%23e~"),
        ({"src": "/a.jpg", "transformation": [{"raw": "x-$&y"}]}, f"{ENDPOINT}/a.jpg?tr=x-$&y"),
        ({"src": "/a.jpg", "query_parameters": {"tr": "h-30,w-40:rt-90"}}, f"{ENDPOINT}/a.jpg?tr=h-30,w-40:rt-90"),
        ({"src": "/a.jpg", "query_parameters": {"q": "ünï"}}, f"{ENDPOINT}/a.jpg?q=%C3%BCn%C3%AF"),
        (
            {"src": "/a.jpg", "query_parameters": {"a": True, "b": 1.0, "c": None, "d": -2.5}},
            f"{ENDPOINT}/a.jpg?a=true&b=1&d=-2.5",
        ),
        ({"src": "/a.jpg", "url_endpoint": "https://IK.ImageKit.io/demo"}, "https://IK.ImageKit.io/demo/a.jpg"),
        (
            {"src": "https://x.test/a.jpg?q=a%20b&flag&e=&t=1&t=2&p=a+b"},
            "https://x.test/a.jpg?q=a%20b&flag&e=&t=1&t=2&p=a+b",
        ),
        ({"src": "https://x.test/a.jpg?t=1&u=2&t=3", "query_parameters": {"t": "9"}}, "https://x.test/a.jpg?t=9&u=2"),
        ({"src": "https://x.test/a;b.jpg#top", "transformation": [{"width": 9}]}, "https://x.test/a;b.jpg?tr=w-9"),
        ({"src": "https://x.test/é b%20c.jpg"}, "https://x.test/%C3%A9%20b%20c.jpg"),
        ({"src": "https://x.test", "transformation": [{"width": 9}]}, "https://x.test/?tr=w-9"),
    ],
)
def test_urls_that_differ(options: dict[str, Any], expected: str) -> None:
    """Raw paths and existing queries are kept, and added parameters are percent-encoded."""
    assert expected == build_url(**{"url_endpoint": ENDPOINT, **options})


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            {"src": "x", "query_parameters": {"u": f"{ENDPOINT}/y"}},
            f"{ENDPOINT}/x?u=https://ik.imagekit.io/demo/y&ik-s=8b8d2dc3163deba8164ea46e274697804ea1af4a",
        ),
        # The text behind the endpoint is signed: nothing, and `a.jpg?x=1`.
        ({"src": "/"}, f"{ENDPOINT}?ik-s=fb1f82c9cf2a3fae11de91ff3ad0559cf6405965"),
        (
            {"src": "/a.jpg", "url_endpoint": f"{ENDPOINT}?x=1", "transformation": [{"width": 10}]},
            f"{ENDPOINT}/a.jpg?x=1&tr=w-10&ik-s=54aa28ecad79656acfa3e91a85c5beaeb4b38c60",
        ),
    ],
)
def test_signatures_that_differ(options: dict[str, Any], expected: str) -> None:
    """The endpoint is removed as a prefix before signing, whatever follows it."""
    assert expected == build_url(**{"url_endpoint": ENDPOINT, **options}, signed=True, private_key=KEY)


@pytest.mark.parametrize(
    ("options", "widths"),
    [
        ({"device_breakpoints": [200, 400], "image_breakpoints": [200], "sizes": "10px"}, ["200w", "400w"]),
        ({"device_breakpoints": [640, 640], "image_breakpoints": []}, ["640w"]),
        ({"device_breakpoints": [], "image_breakpoints": [16, 32], "sizes": "50vw"}, ["16w", "32w"]),
        ({"device_breakpoints": [1000], "image_breakpoints": [], "sizes": "150vw"}, ["1000w"]),
        ({"device_breakpoints": [640], "sizes": ""}, ["640w"]),
    ],
)
def test_breakpoints_that_differ(options: dict[str, Any], widths: list[str]) -> None:
    """No width is offered twice, and at least one is offered."""
    found = get_responsive_image_attributes(src="a.jpg", url_endpoint=ENDPOINT, **options)

    assert widths == [descriptor for _, descriptor in found.candidates]
    assert (options.get("sizes") or "100vw") == found.sizes
