"""
Parsing of delivery URLs.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from imagekit_async.urls import build_url, parse_url

ENDPOINT = "https://ik.imagekit.io/demo"


def steps(text: str) -> list[Any]:
    """
    Return the steps of a transformation in the query, after checking that they build the same URL.
    """
    parsed = parse_url(f"{ENDPOINT}/a.jpg?tr={text}")
    rebuilt = build_url(src=parsed.src, url_endpoint=ENDPOINT, transformation=parsed.transformation)

    assert f"{ENDPOINT}/a.jpg?tr={text}" == rebuilt
    return parsed.transformation


def test_every_part() -> None:
    """Each part of a URL is in the field with the name of the argument it came from."""
    parsed = parse_url(f"{ENDPOINT}/tr:w-400,q-80/shoes/red%20shoe.jpg?v=7&q=a+b%26c&ik-t=1700000300&ik-s=abc")

    assert "shoes/red shoe.jpg" == parsed.src
    assert ENDPOINT == parsed.url_endpoint
    assert [{"width": 400, "quality": 80}] == parsed.transformation
    assert "path" == parsed.transformation_position
    assert {"v": "7", "q": "a b&c"} == parsed.query_parameters
    assert "abc" == parsed.signature
    assert datetime.fromtimestamp(1700000300, UTC) == parsed.expires_at


def test_bare_url() -> None:
    """Parts that a URL lacks are empty or None."""
    parsed = parse_url("https://cdn.example.com")

    assert ("/", "https://cdn.example.com", [], "query", {}, None, None) == (
        parsed.src,
        parsed.url_endpoint,
        parsed.transformation,
        parsed.transformation_position,
        parsed.query_parameters,
        parsed.signature,
        parsed.expires_at,
    )


def test_signature_is_not_shown() -> None:
    """The signature grants access, so it is not in the repr."""
    assert "5ec7e7" not in repr(parse_url(f"{ENDPOINT}/a.jpg?ik-s=5ec7e7"))


@pytest.mark.parametrize(
    ("url", "endpoint", "expected"),
    [
        ("https://ik.imagekit.io/demo/a/b.jpg", None, ("https://ik.imagekit.io/demo", "a/b.jpg")),
        ("https://cdn.example.com/a/b.jpg", None, ("https://cdn.example.com", "a/b.jpg")),
        ("https://cdn.example.com/p/b.jpg", "https://cdn.example.com/p/?x=1", ("https://cdn.example.com/p", "b.jpg")),
        # A whole URL below the endpoint names a file there, and must not be taken for the address itself.
        ("https://cdn.example.com/https://a.test/b.jpg", None, ("https://cdn.example.com", "/https://a.test/b.jpg")),
    ],
)
def test_endpoint(url: str, endpoint: str | None, expected: tuple[str, str]) -> None:
    """The endpoint is the one given, else the first folder on the shared host, else the host."""
    parsed = parse_url(url, url_endpoint=endpoint)

    assert expected == (parsed.url_endpoint, parsed.src)
    assert url == build_url(src=parsed.src, url_endpoint=parsed.url_endpoint)


@pytest.mark.parametrize(
    ("url", "endpoint"),
    [
        ("/a.jpg", None),
        ("https://a.test/b.jpg", ENDPOINT),
        (f"{ENDPOINT}-other/b.jpg", ENDPOINT),
        (f"{ENDPOINT}/%FF.jpg", None),
        (f"{ENDPOINT}/a.jpg?ik-t=soon", None),
        (f"{ENDPOINT}/a.jpg?ik-t=99999999999999", None),
    ],
)
def test_foreign_urls(url: str, endpoint: str | None) -> None:
    """A value that is not a URL, is not below the endpoint or cannot be decoded is refused."""
    with pytest.raises(ValueError, match=r"must be|codec"):
        parse_url(url, url_endpoint=endpoint)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("w-400:rt-90", [{"width": 400}, {"rotation": 90}]),
        ("w-0.5,rt-N40,x-N20,pr-false,t-true,t-5", [{"raw": "w-0.5,rt-N40,x-N20,pr-false,t-true,t-5"}]),
        (
            "w-0.5,rt-N40,x-N0,pr-false,t-true",
            [{"width": 0.5, "rotation": -40, "x": "N0", "progressive": False, "trim": True}],
        ),
        ("w-400.0,h-iw_div_2", [{"width": "400.0", "height": "iw_div_2"}]),
        ("ar-4:3,w-9:h-5", [{"aspect_ratio": "4:3", "width": 9}, {"height": 5}]),
        ("w-9,ar-4:3", [{"width": 9, "aspect_ratio": "4:3"}]),
        ("di-https:@@@@a.test@@b.jpg,w-9", [{"default_image": "https://a.test/b.jpg", "width": 9}]),
        (
            "e-grayscale,e-sharpen,e-usm-2-2-0.8-0.024",
            [{"grayscale": True, "sharpen": True, "unsharp_mask": "2-2-0.8-0.024"}],
        ),
        ("sr-240_720", [{"streaming_resolutions": ["240", "720"]}]),
        ("w-9,zz-new,h-5", [{"width": 9, "raw": "zz-new", "height": 5}]),
        ("w-9,zz-new,yy-new", [{"raw": "w-9,zz-new,yy-new"}]),
        ("w-9:w-wide", [{"width": 9}, {"raw": "w-wide"}]),
        ("if-w_gt_800,bl-3,if-else,q-60,if-end", [{"raw": "if-w_gt_800,bl-3,if-else,q-60,if-end"}]),
        ("e-grayscale-5", [{"raw": "e-grayscale-5"}]),
        ("$%7B", [{"raw": "$%7B"}]),
        (
            "w-9,l-text,i-Hi%20you,lx-10,fs-40:co-red,l-end,h-5",
            [
                {
                    "width": 9,
                    "overlay": {
                        "type": "text",
                        "text": "Hi you",
                        "position": {"x": 10},
                        "transformation": [{"font_size": 40}, {"font_color": "red"}],
                    },
                    "height": 5,
                }
            ],
        ),
        (
            "l-image,i-a@@b.png,lm-multiply,lfo-top,lso-1.5,w-5,l-text,ie-NTAl,l-end,l-end",
            [
                {
                    "overlay": {
                        "type": "image",
                        "input": "a/b.png",
                        "layer_mode": "multiply",
                        "position": {"focus": "top"},
                        "timing": {"start": 1.5},
                        "transformation": [{"width": 5, "overlay": {"type": "text", "text": "50%"}}],
                    }
                }
            ],
        ),
        ("l-text,ie-SGk%3D,l-end", [{"overlay": {"type": "text", "text": "Hi", "encoding": "base64"}}]),
        ("l-image,i-a@2x.png,l-end", [{"overlay": {"type": "image", "input": "a@2x.png", "encoding": "plain"}}]),
        (
            "l-image,i-ik_canvas,bg-red,w-5,l-end",
            [{"overlay": {"type": "solidColor", "color": "red", "transformation": [{"width": 5}]}}],
        ),
        (
            "l-image,i-ik_canvas,w-5,l-end",
            [{"overlay": {"type": "image", "input": "ik_canvas", "transformation": [{"width": 5}]}}],
        ),
        ("l-subtitles,i-a.srt,l-end", [{"overlay": {"type": "subtitle", "input": "a.srt"}}]),
        ("l-audio,i-a.mp3,l-end", [{"raw": "l-audio,i-a.mp3,l-end"}]),
        ("l-image,i-a,l-end,l-image,i-b,l-end", [{"raw": "l-image,i-a,l-end,l-image,i-b,l-end"}]),
        ("l-text,ie-%FF,l-end", [{"raw": "l-text,ie-%FF,l-end"}]),
        ("l-text,ie-***,l-end", [{"raw": "l-text,ie-***,l-end"}]),
        ("l-image,l-end", [{"raw": "l-image,l-end"}]),
        ("l-image", [{"raw": "l-image"}]),
        ("l-image,i-a,w-5", [{"raw": "l-image,i-a,w-5"}]),
        ("w-9,l-end", [{"raw": "w-9,l-end"}]),
    ],
)
def test_transformations(text: str, expected: list[Any]) -> None:
    """Steps are read as options, and a step with unknown parts stays raw; both build the same URL again."""
    assert expected == steps(text)


def test_deep_layers_stay_raw() -> None:
    """Layers nested deeper than can be built stay raw, however many there are."""
    text = "l-image,i-a," * 5000 + "l-end," * 4999 + "l-end"
    deepest = steps(text)[0]
    while "overlay" in deepest:
        deepest = deepest["overlay"]["transformation"][0]

    assert ["raw"] == list(deepest)


def test_empty_steps_are_left_out() -> None:
    """Colons with nothing between them are not steps."""
    assert [{"width": 5}] == parse_url(f"{ENDPOINT}/a.jpg?tr=::w-5:").transformation


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("h-30%2Cw-40%3Art-90", [{"height": 30, "width": 40}, {"rotation": 90}]),
        ("h-30%2cw-40%3art-90", [{"height": 30, "width": 40}, {"rotation": 90}]),
        ("h-30,w-40%3Art-90", [{"height": 30, "width": 40}, {"rotation": 90}]),
        ("h-30%2Cw-40:rt-90", [{"height": 30, "width": 40}, {"rotation": 90}]),
        ("bg-red%2Ch-30", [{"background": "red", "height": 30}]),
        ("zz-new%2Ch-30", [{"raw": "zz-new", "height": 30}]),
        ("l-text%2Ci-a%252Cb%2Cl-end", [{"overlay": {"type": "text", "text": "a,b", "encoding": "plain"}}]),
        ("l-text,i-a%2Cb,l-end", [{"overlay": {"type": "text", "text": "a,b", "encoding": "plain"}}]),
        ("l-text,i-a%2Cw-9,l-end", [{"overlay": {"type": "text", "text": "a,w-9", "encoding": "plain"}}]),
        (
            "h-30%2Cw-40,l-text,i-a%2Cw-9,l-end",
            [{"height": 30, "width": 40, "overlay": {"type": "text", "text": "a,w-9", "encoding": "plain"}}],
        ),
        (
            "l-text,i-a%2Cb,zz-1,l-end",
            [{"overlay": {"type": "text", "text": "a,b", "encoding": "plain", "transformation": [{"raw": "zz-1"}]}}],
        ),
        ("e-edit-prompt-red%2C%20blue", [{"ai_edit": "prompt-red%2C%20blue"}]),
        ("e-edit-prompt-a%20b%C3%BC", [{"ai_edit": "prompt-a bü"}]),
        ("e-edit-prompte-aGk%3D", [{"ai_edit": "prompte-aGk%3D"}]),
        ("e-edit-prompt-a%23b%25", [{"ai_edit": "prompt-a%23b%25"}]),
        ("di-a%20b@@c.png", [{"default_image": "a b/c.png"}]),
        ("l-image,i-a%20b.png,l-end", [{"overlay": {"type": "image", "input": "a b.png"}}]),
        ("l-image,i-%C3%BC.png,l-end", [{"overlay": {"type": "image", "input": "ü.png", "encoding": "plain"}}]),
    ],
)
def test_encoded_forms(text: str, expected: list[Any]) -> None:
    """Encoded separators are separators, in the query and in the path, but text in the text of a layer."""
    for url in (f"{ENDPOINT}/a.jpg?tr={text}", f"{ENDPOINT}/tr:{text}/a.jpg", f"{ENDPOINT}/tr%3A{text}/a.jpg"):
        parsed = parse_url(url)

        assert ("a.jpg", expected) == (parsed.src, parsed.transformation)


@pytest.mark.parametrize(
    "transformation",
    [
        [{"overlay": {"type": "text", "text": "???>"}}],
        [{"overlay": {"type": "image", "input": "ü.png"}}, {"ai_edit": "prompt-a b"}],
        [{"background": "a/b", "default_image": "it's/ü.png"}],
    ],
)
@pytest.mark.parametrize("position", ["query", "path"])
def test_signed_urls_come_apart(transformation: Any, position: Any) -> None:
    """A signed URL parses into what it was built from."""
    options: dict[str, Any] = {"transformation": transformation, "transformation_position": position}
    url = build_url(src="a.jpg", url_endpoint=ENDPOINT, **options, signed=True, private_key="key")

    assert transformation == parse_url(url).transformation
