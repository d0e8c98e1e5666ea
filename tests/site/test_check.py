"""
What `make docs` finds in a built site, and what it makes of links.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.site import check, navigation, sources
from docs.site.pages import Site

URL = "https://docs.example/"


def problems(folder: Path, body: str) -> list[str]:
    """
    Return what is wrong with a site of two pages.
    """
    (folder / "sub").mkdir()
    (folder / "index.html").write_text(body)
    (folder / "sub" / "page.html").write_text('<h1 id="here">Page</h1><a href="../index.html">Home</a>')
    return [*check.Site(folder, URL).problems({})]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="sub/page.html">x</a>',
        '<a href="sub/page.html#here">x</a>',
        '<a href="#own">x</a><p id="own">y</p>',
        f'<a href="{URL}sub/page.html#here">x</a>',
        '<a href="https://elsewhere.example/">x</a>',
        '<img src="data:image/png;base64,AA">',
        '<link rel="canonical" href="https://docs.example/">',
    ],
)
def test_good_pages_pass(tmp_path: Path, body: str) -> None:
    """Links to pages and headings that exist, and links to other hosts, are fine."""
    assert [] == problems(tmp_path, body)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ('<a href="sub/other.html">x</a>', "index.html: sub/other.html leads nowhere"),
        ('<a href="sub/page.html#there">x</a>', "index.html: sub/page.html#there leads nowhere"),
        ('<a href="#own">x</a>', "index.html: #own leads nowhere"),
        (f'<a href="{URL}other.html">x</a>', f"index.html: {URL}other.html leads nowhere"),
        ('<autoref identifier="a.b">x</autoref>', "index.html: a.b is unknown"),
        ('<script src="https://cdn.example/x.js"></script>', "index.html: https://cdn.example/x.js is loaded from"),
        ('<img src="//cdn.example/x.png">', "index.html: //cdn.example/x.png is loaded from"),
        ('<link rel="stylesheet" href="https://cdn.example/x.css">', "index.html: https://cdn.example/x.css is loaded"),
        ('<img src="sub/other.svg">', "index.html: sub/other.svg is missing"),
        ("<style>@import 'https://cdn.example/x.css'</style>", "index.html: https://cdn.example/x.css is loaded from"),
    ],
)
def test_bad_pages_fail(tmp_path: Path, body: str, problem: str) -> None:
    """A dead link, an unknown name, and a file of another host are reported."""
    (found,) = problems(tmp_path, body)

    assert found.startswith(problem)


def test_images_load_nothing(tmp_path: Path) -> None:
    """A font that an SVG image loads from another host is reported."""
    (tmp_path / "x.svg").write_text('<style>@font-face { src: url("https://cdn.example/x.woff") }</style>')

    assert ["x.svg: https://cdn.example/x.woff is loaded from elsewhere"] == problems(tmp_path, "")


def test_recordings_load_nothing() -> None:
    """The committed recordings of a terminal are written in a font of the reader."""
    images = {path.name: path.read_text(encoding="utf-8") for path in (sources.DOCS / "images").glob("*.svg")}

    assert {"api.svg", "sync.svg"} == images.keys()
    assert not [name for name, text in images.items() if "@font-face" in text or "url(http" in text]


def test_missing_names_are_found(tmp_path: Path) -> None:
    """A public name that its page does not describe is reported."""
    (tmp_path / "index.html").write_text('<h2 id="a.b">b</h2>')
    found = [*check.Site(tmp_path, URL).problems({"a.b": "index.md#a.b", "a.c": "index.md#a.c"})]

    assert ["index.md#a.c does not describe a.c"] == found


def test_links_into_the_repository(content: Site) -> None:
    """Links to code lead to the repository, those to other pages stay in the site, and code stays as it is."""
    page = content.pages["how-to/workers.md"]
    tree = f"{sources.REPOSITORY}/tree/main"

    assert f"]({tree}/examples/" in page
    assert "](../../examples" not in page
    assert "[Tutorial]: tutorial.md" in content.pages["local/index.md"]


def test_pages_have_one_title(content: Site) -> None:
    """Every page has a heading, from which the navigation takes its name."""
    assert all(sources.title(text) for path, text in content.pages.items() if path != "SUMMARY.md")
    with pytest.raises(ValueError, match="no heading"):
        sources.title("text")


def test_navigation_leads_to_all_pages(content: Site) -> None:
    """Each page is in the navigation once."""
    summary = content.pages["SUMMARY.md"]

    assert all(summary.count(f"]({path})") == 1 for path in content.pages if path != "SUMMARY.md")


def test_guides_are_in_the_order_of_need(content: Site) -> None:
    """Every guide has its place in the navigation, and the front page lists the guides in the same order."""
    guides = [path for path in content.pages if path.startswith("how-to/")]
    listed = [f"how-to/{name}.md" for name in navigation.BY_NEED["how-to"].split()]

    assert sorted(guides) == sorted(listed)
    for page in ("SUMMARY.md", "index.md"):
        assert listed == sorted(guides, key=lambda path, page=page: content.pages[page].index(f"]({path})")), page
