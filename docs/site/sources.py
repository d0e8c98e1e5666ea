"""
The handwritten pages, with links that work in the site.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
DOCS: Final = ROOT / "docs"
REPOSITORY: Final = "https://github.com/imagekit-async/imagekit-async"
# Pages that are kept elsewhere in the repository.
_ELSEWHERE: Final = {
    "CHANGELOG.md": "changelog.md",
    "local/README.md": "local/index.md",
    "local/docs/tutorial.md": "local/tutorial.md",
    "local/docs/provenance.md": "local/provenance.md",
}
_OPENING: Final = r"(\]\(|^\[[^\]]+\]: )"
_LINK: Final = re.compile(rf"{_OPENING}(?!https?:|mailto:|#)([^)\s>#]+)(#[^)\s]*)?", re.MULTILINE)
_OWN_URL: Final = re.compile(
    rf"{_OPENING}{re.escape(REPOSITORY)}/(?:blob|tree)/main/([^)\s#]+)(#[^)\s]*)?", re.MULTILINE
)
_FENCE: Final = re.compile(r"(^ *```.*?^ *```)", re.MULTILINE | re.DOTALL)


def pages() -> dict[str, str]:
    """
    Return the text of each page by its path in the site.
    """
    places = {path.relative_to(ROOT).as_posix(): path.relative_to(DOCS).as_posix() for path in _own_pages()}
    places |= {source: page for source, page in _ELSEWHERE.items() if (ROOT / source).is_file()}
    return {page: _relinked(source, page, places) for source, page in places.items()}


def files() -> dict[str, bytes]:
    """
    Return the content of each image, script and style sheet by its path in the site.
    """
    found = {path.relative_to(DOCS).as_posix(): path.read_bytes() for path in (DOCS / "images").rglob("*.*")}
    assets = {f"assets/{path.name}": path.read_bytes() for path in (DOCS / "site" / "assets").iterdir()}
    return found | assets | {"local/gallery.png": (ROOT / "local/docs/gallery.png").read_bytes()}


def _own_pages() -> Iterator[Path]:
    return (path for path in sorted(DOCS.rglob("*.md")) if "site" not in path.relative_to(DOCS).parts[:1])


def _relinked(source: str, page: str, places: Mapping[str, str]) -> str:
    """
    Return a page whose links to other pages follow them, and whose links to code lead to the repository.

    A link to a file that does not exist stays as it is, and fails the build.
    """
    assets = {"local/docs/gallery.png": "local/gallery.png"}

    def target(path: str) -> str | None:
        path = os.path.normpath(path)
        found = places.get(path) or assets.get(path)
        if found is None and path.startswith("docs/images/"):
            found = path.removeprefix("docs/")
        if found is not None:
            return os.path.relpath(found, PurePosixPath(page).parent)
        exists = (ROOT / path).exists() and not path.startswith("..")
        return f"{REPOSITORY}/tree/main/{path}" if exists else None

    def relative(match: re.Match[str]) -> str:
        found = target(f"{PurePosixPath(source).parent}/{match[2]}")
        return f"{match[1]}{found}{match[3] or ''}" if found else match[0]

    def absolute(match: re.Match[str]) -> str:
        return f"{match[1]}{target(match[2]) or f'{REPOSITORY}/missing/{match[2]}'}{match[3] or ''}"

    parts = _FENCE.split((ROOT / source).read_text(encoding="utf-8"))
    parts[::2] = [_OWN_URL.sub(absolute, _LINK.sub(relative, part)) for part in parts[::2]]
    return "".join(parts)


def title(text: str) -> str:
    """
    Return the first heading of a page.
    """
    heading = re.search(r"^# (.+?)(?: \{.*\})?$", text, re.MULTILINE)
    if heading is None:
        raise ValueError(f"a page has no heading: {text[:80]!r}")
    return heading[1].replace("`", "")
