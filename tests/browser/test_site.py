"""
The documentation site that `make docs` has built, in a browser: from a folder, and from a server that knows files only.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urldefrag

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

SITE = Path(__file__).parents[2] / "site"
PAGES = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html") if path.name != "404.html")


class Files(SimpleHTTPRequestHandler):
    """
    Serves files, and says nothing.
    """

    def log_message(self, format: str, *args: object) -> None:
        """
        Drop a line of the log.
        """


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """
    The address of the site on a server.
    """
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Files, directory=str(SITE))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(params=["folder", "server"])
def address(request: pytest.FixtureRequest, served: str) -> str:
    """
    The address of the site, from a folder and from a server.
    """
    return SITE.as_uri() if request.param == "folder" else served


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    """
    A page that fails the test if a script fails, or if a request goes to another host.
    """
    problems: list[str] = []
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("file:", "data:", "blob:", "http://127.0.0.1:"))
            else problems.append(request.url)
        ),
    )
    yield page
    context.close()

    assert [] == problems


def test_site_is_built() -> None:
    """There are pages to test."""
    assert {"index.html", "reference/resources/files.html", "reference/errors.html"} <= set(PAGES)


def test_pages_fit_a_phone(reader: Page) -> None:
    """Every page opens from a folder without an error, and none is wider than a phone."""
    wide = []
    for page in PAGES:
        reader.goto(f"{SITE.as_uri()}/{page}")
        if reader.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(page)

    assert [] == wide


def test_links_lead_somewhere(reader: Page, served: str) -> None:
    """Every link to a page of the site, also one that a script made, leads to a file and to an element of it."""
    ids: dict[str, set[str]] = {}
    links: dict[str, str] = {}
    for page in PAGES:
        reader.goto(f"{served}/{page}")
        ids[reader.url] = set(reader.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)"))
        found = reader.evaluate("[...document.links].map(link => link.href)")
        links |= {link: page for link in found if link.startswith(served)}
    dead = []
    for link, page in links.items():
        target, fragment = urldefrag(link)
        target = f"{target}index.html" if target.endswith("/") else target
        if target in ids:
            missing = bool(fragment) and fragment not in ids[target] and fragment != "__skip"
        else:
            missing = not httpx.head(target).is_success
        if missing:
            dead.append(f"{page}: {link}")

    assert [] == dead


def test_search_finds(reader: Page, address: str) -> None:
    """A search, which needs no server, finds an operation and leads to it."""
    reader.set_viewport_size({"width": 1280, "height": 900})
    reader.goto(f"{address}/reference/errors.html")
    reader.get_by_role("button", name="Search").first.click()
    reader.get_by_role("combobox").fill("restore version")
    expect(reader.get_by_role("option", name="restore").first).to_be_visible()
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/reference/resources/files.versions.html*#files.versions.restore")

    expect(reader.get_by_role("heading", name="restore")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("page", "language", "code"),
    [
        ("reference/resources/files.html", "python", "file = await client.files.get(file_id)"),
        ("index.html", "console", "pip install imagekit-async"),
        ("reference/python/urls.html", "pycon", "build_transformation_string([{"),
    ],
)
def test_code_is_copied(reader: Page, served: str, page: str, language: str, code: str) -> None:
    """The button of a block copies its code, without prompts and output."""
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.goto(f"{served}/{page}")
    block = reader.locator(f".language-{language}", has_text=code).first
    block.hover()
    block.get_by_role("button").first.click()
    expect(reader.get_by_text("Copied to clipboard")).to_be_visible()
    copied = reader.evaluate("navigator.clipboard.readText()").strip()

    assert copied.startswith(code)
    assert 1 == len(copied.splitlines())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colors_follow_the_system(reader: Page, address: str, scheme: str) -> None:
    """The page is light on a light system and dark on a dark one."""
    reader.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    reader.goto(f"{address}/index.html")
    color = reader.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)")

    assert (sum(color) > 3 * 127) is (scheme == "light")


def test_markdown_is_beside_each_page(served: str) -> None:
    """Every page that `llms.txt` lists is there as Markdown."""
    text = httpx.get(f"{served}/llms.txt").text
    listed = {line.partition("(<")[2].partition(">)")[0] for line in text.splitlines() if "(<" in line}
    paths = {link.partition("/imagekit-async/")[2] for link in listed}

    assert {page.replace(".html", ".md") for page in PAGES} == paths
    assert all((SITE / path).read_text(encoding="utf-8").startswith("# ") for path in paths)
