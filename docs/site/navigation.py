"""
The navigation, from the folders that the pages are in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .sources import title

_SECTIONS = {
    "How-to guides": "how-to/",
    "Reference": "reference/",
    "Explanation": "explanation/",
    "Decisions": "adr/",
    "Local ImageKit": "local/",
}
_MARK = "<!-- pages -->"
# What most readers look for comes first; pages that are not listed follow by title.
BY_NEED = {
    "how-to": "uploads upload-a-folder search delivery-urls signed-urls browser-uploads webhooks fastapi django "
    "web-frameworks taskiq workers lambda notebooks-and-scripts command-line testing configure unknown-outcome "
    "rate-limits observability proxies-and-certificates transports models-as-json migrate-from-imagekitio "
    "follow-the-api generator",
    "reference": "calls settings errors search transformations command-line names",
    "reference/python": "client urls search webhooks transfer",
    "explanation": "pacing retries models decisions",
    "local": "tutorial provenance",
}
_REFERENCE = ("Operations", "resources/"), ("Models", "models/"), ("Python", "python/")


def summary(pages: Mapping[str, str]) -> str:
    """
    Return the navigation as nested lists: `SUMMARY.md` for the plugin literate-nav.
    """
    titles = {path: title(text) for path, text in pages.items()}
    lines = ["- [Home](index.md)"]
    if "tutorial.md" in pages:
        lines.append("- [Tutorial](tutorial.md)")
    for name, folder in _SECTIONS.items():
        found = _directly(folder, pages)
        if found:
            lines.append(f"- {name}")
            lines += [f"    - [{titles[path]}]({path})" for path in _ordered(found, titles)]
        if name == "Reference":
            lines += _reference(pages, titles)
    return "\n".join([*lines, "- [Changelog](changelog.md)"]) + "\n"


def front_page(pages: Mapping[str, str]) -> str:
    """
    Return the front page with links to the pages that a reader may start with.
    """
    titles = {path: title(text) for path, text in pages.items()}
    lines = [f"- **[{titles[path]}]({path})**" for path in ("tutorial.md",) if path in pages]
    lines.append("- **[Reference](reference/index.md)**: every call, model, error, option and name")
    for name in ("How-to guides", "Explanation", "Local ImageKit"):
        found = _ordered(_directly(_SECTIONS[name], pages), titles)
        lines += [f"- **{name}**", *(f"    - [{titles[path]}]({path})" for path in found)]
    return pages["index.md"].replace(_MARK, "\n".join(lines))


def _reference(pages: Mapping[str, str], titles: Mapping[str, str]) -> Iterator[str]:
    for name, folder in _REFERENCE:
        yield f"    - {name}"
        found = _directly(f"reference/{folder}", pages)
        yield from (f"        - [{_short(titles[path])}]({path})" for path in _ordered(found, titles))


def _directly(folder: str, pages: Mapping[str, str]) -> list[str]:
    """
    Return the pages in a folder, without those in folders below it.
    """
    return [path for path in pages if path.startswith(folder) and "/" not in path[len(folder) :]]


def _ordered(paths: list[str], titles: Mapping[str, str]) -> list[str]:
    """
    Return the index first, then the pages by need, then the others by title; decisions are numbered.
    """
    return sorted(paths, key=lambda path: (_rank(path), _number(titles[path]), titles[path].lower()))


def _rank(path: str) -> int:
    folder, _, name = path.removesuffix(".md").rpartition("/")
    names = ["index", *BY_NEED.get(folder, "").split()]
    return names.index(name) if name in names else len(names)


def _number(text: str) -> int:
    number = text.partition(".")[0]
    return int(number) if number.isdigit() else 0


def _short(name: str) -> str:
    """
    Return the title of a module without the packages that it is in, for which the navigation has no room.
    """
    return name.removeprefix("imagekit_async.").removeprefix("integrations.")
