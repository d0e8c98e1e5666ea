"""
Responsive images and their HTML.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

from imagekit_async.urls import (
    HTML,
    ResponsiveImageAttributes,
    Source,
    get_responsive_image_attributes,
    img,
    picture,
)

ENDPOINT = "https://ik.imagekit.io/demo"
HOSTILE = "\"><script>alert('1 & 2')</script>"


def attributes(**options: Any) -> ResponsiveImageAttributes:
    """
    Return the attributes of the test's file.
    """
    return get_responsive_image_attributes(**{"src": "cat.jpg", "url_endpoint": ENDPOINT, **options})


class Reader(HTMLParser):
    """
    A parser that collects tags with their attributes.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """
        Keep a tag.
        """
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"width": 0}, "width must be a number of pixels above 0, got 0"),
        ({"width": "400"}, "width must be"),
        ({"width": True}, "width must be"),
        ({"device_breakpoints": [0]}, "device_breakpoints must be whole numbers of pixels of at least 1, got 0"),
        ({"image_breakpoints": [1.5]}, "image_breakpoints must be"),
        ({"image_breakpoints": ["16"]}, "image_breakpoints must be"),
        ({"device_breakpoints": []}, "leave no width to choose from"),
        ({"device_breakpoints": [], "image_breakpoints": [], "width": 5}, "leave no width to choose from"),
        ({"device_breakpoints": [], "image_breakpoints": [], "sizes": "10px"}, "leave no width to choose from"),
    ],
)
def test_refusal(options: dict[str, Any], message: str) -> None:
    """Invalid sizes, and breakpoints that leave no width to offer, are refused by name."""
    with pytest.raises(ValueError, match=message):
        attributes(**options)


def test_img_reads_back() -> None:
    """A browser reads exactly the given values from the tag."""
    found = attributes(width=400.4, query_parameters={"x": 1, "y": 2})
    html = img(
        found, alt=HOSTILE, title=HOSTILE, loading="lazy", class_="hero", data_id=7, hidden=True, async_=False, id=None
    )

    expected = {
        "src": found.src,
        "srcset": found.src_set,
        "width": "400",
        "alt": HOSTILE,
        "title": HOSTILE,
        "loading": "lazy",
        "class": "hero",
        "data-id": "7",
        "hidden": None,
    }
    assert [("img", expected)] == Reader(html).tags
    assert "<script>" not in html


def test_img_of_variable_width() -> None:
    """With `sizes`, the browser chooses by width in pixels."""
    [(_, found)] = Reader(img(attributes(sizes="50vw"), alt="")).tags

    assert "50vw" == found["sizes"]
    assert "" == found["alt"]
    assert "width" not in found
    assert found["srcset"].split(", ")[0].endswith("?tr=w-384,c-at_max 384w")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "options",
    [
        {"src": "Review List.png"},
        {"src": "a,b,,", "transformation_position": "path"},
        {"src": "a.png", "url_endpoint": "https://ik.imagekit.io/demo?x=1,", "transformation_position": "path"},
        {"src": "https://a.test/ü, b,.png?x=1, 2,"},
        {"transformation": [{"overlay": {"type": "image", "input": "my logo.png"}}]},
        {"transformation": [{"default_image": "/spare parts/none.png"}]},
        {"transformation": [{"ai_change_background": "prompt-quiet beach"}]},
        {"transformation": [{"raw": "zz-a b"}]},
        {
            "transformation": [
                {"overlay": {"type": "text", "text": "x", "transformation": [{"font_family": "Open Sans"}]}}
            ]
        },
    ],
)
def test_candidates_come_apart(options: dict[str, Any]) -> None:
    """A browser reads every candidate from `srcset`, whatever its URL was built from."""
    found = attributes(width=400, **options)
    [(_, tag)] = Reader(img(found, alt="")).tags
    candidates = [tuple(candidate.split(" ")) for candidate in found.src_set.split(", ")]

    assert list(found.candidates) == candidates
    assert [] == [url for url, _ in candidates if url.endswith(",") or not url.isascii() or " " in url]
    assert (found.src, found.src_set) == (tag["src"], tag["srcset"])
    assert candidates[-1][0] == found.src


def test_picture() -> None:
    """Sources come first, in order and with their conditions; the image comes last."""
    small, large = attributes(width=100), attributes(sizes="100vw")
    html = picture(
        small, [Source(large, media="(min-width: 800px)"), Source(small, type="image/avif")], alt="A cat", id="x"
    )
    tags = Reader(html).tags

    assert ["picture", "source", "source", "img"] == [tag for tag, _ in tags]
    assert {"media": "(min-width: 800px)", "srcset": large.src_set, "sizes": "100vw"} == tags[1][1]
    assert {"type": "image/avif", "srcset": small.src_set} == tags[2][1]
    assert ("A cat", "x") == (tags[3][1]["alt"], tags[3][1]["id"])
    assert html.endswith("></picture>")


@pytest.mark.parametrize("name", ["on click", 'a"b', "a>b", "", "_", "Ä"])
def test_attribute_names(name: str) -> None:
    """A name that could break out of the tag is refused."""
    with pytest.raises(ValueError, match="name of an attribute"):
        img(attributes(), alt="", **{name: "x"})


def test_markup_is_not_escaped_again() -> None:
    """Template engines recognize the text as markup."""
    html = img(attributes(), alt="")

    assert isinstance(html, HTML)
    assert html == html.__html__()
