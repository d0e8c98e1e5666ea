"""
Checks of the built site: links lead somewhere, every public name is on its page, and nothing is loaded from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADS = {"audio", "embed", "iframe", "image", "img", "input", "script", "source", "track", "video"}
_LOADING_RELATIONS = {"stylesheet", "icon", "preload", "prefetch", "modulepreload", "manifest", "preconnect"}
_CSS_URL = re.compile(r"""(?:url\(\s*|@import\s+)["']?((?:https?:)?//[^"')\s]+)""", re.IGNORECASE)


class Page(HTMLParser):
    """
    The ids, links and loaded files of an HTML page.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.unresolved: list[str] = []
        text = path.read_text(encoding="utf-8")
        self.loaded += _CSS_URL.findall(text)
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """
        Note what an element loads, links to, and is named.
        """
        given = {name: value or "" for name, value in attrs}
        self.ids |= {given[name] for name in ("id", "name") if name in given and tag != "meta"}
        if tag == "autoref":
            self.unresolved.append(given.get("identifier", ""))
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag in _LOADS:
            self.loaded += [given[name] for name in ("src", "href", "poster") if name in given]
        if tag == "link" and set(given.get("rel", "").split()) & _LOADING_RELATIONS:
            self.loaded.append(given.get("href", ""))


class Site:
    """
    A built site.

    Args:
        folder: Where it is.
        url: Where it will be.
    """

    def __init__(self, folder: Path, url: str) -> None:
        self._folder = folder.resolve()
        self._url = url

    @cached_property
    def pages(self) -> dict[Path, Page]:
        """
        The pages by path.
        """
        return {path: Page(path) for path in sorted(self._folder.rglob("*.html"))}

    def problems(self, names: Mapping[str, str]) -> Iterator[str]:
        """
        Yield what is wrong.

        Args:
            names: Page and anchor of every public name, by dotted path.
        """
        for path, page in self.pages.items():
            shown = path.relative_to(self._folder)
            if path.name != "404.html":
                yield from (f"{shown}: {link} leads nowhere" for link in page.links if not self._leads(path, link))
            yield from (f"{shown}: {name} is unknown" for name in page.unresolved)
            yield from (f"{shown}: {url} is loaded from elsewhere" for url in page.loaded if _is_foreign(url))
            if path.name != "404.html":
                yield from (f"{shown}: {url} is missing" for url in page.loaded if not self._leads(path, url))
        for path in sorted(self._folder.rglob("*.*")):
            if path.suffix in (".css", ".svg"):
                found = _CSS_URL.findall(path.read_text(encoding="utf-8"))
                yield from (f"{path.relative_to(self._folder)}: {url} is loaded from elsewhere" for url in found)
        for name, place in names.items():
            file, _, anchor = place.partition("#")
            if anchor not in self.pages[self._folder / file.replace(".md", ".html")].ids:
                yield f"{place} does not describe {name}"

    def _leads(self, path: Path, link: str) -> bool:
        link = link.removeprefix(self._url) if link.startswith(self._url) else link
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            return True
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        if target.is_dir():
            target /= "index.html"
        known = self.pages.get(target)
        if known is None:
            return target.is_file()
        return not parts.fragment or unquote(parts.fragment) in known.ids


def _is_foreign(url: str) -> bool:
    return bool(urlsplit(url).netloc)
