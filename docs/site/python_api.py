"""
Reference pages of the Python modules, and the list of all public names with their pages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Final

import griffe

from imagekit_async.errors import __all__ as ERRORS

from .markdown import linked_type

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = "reference/python"
MODULES: Final = {
    "imagekit_async": f"{FOLDER}/client.md",
    "imagekit_async.urls": f"{FOLDER}/urls.md",
    "imagekit_async.webhooks": f"{FOLDER}/webhooks.md",
    "imagekit_async.transfer": f"{FOLDER}/transfer.md",
    "imagekit_async.integrations.aiohttp": f"{FOLDER}/aiohttp.md",
    "imagekit_async.integrations.django": f"{FOLDER}/django.md",
    "imagekit_async.integrations.fastapi": f"{FOLDER}/fastapi.md",
    "imagekit_async.integrations.httpx2": f"{FOLDER}/httpx2.md",
    "imagekit_async.integrations.opentelemetry": f"{FOLDER}/opentelemetry.md",
    "imagekit_async.integrations.redis": f"{FOLDER}/redis.md",
    "imagekit_async.cli": f"{FOLDER}/cli.md",
    "imagekit_local": f"{FOLDER}/imagekit_local.md",
    "imagekit_async.testing": f"{FOLDER}/testing.md",
    "imagekit_async.errors": "reference/errors.md",
    "imagekit_async.search": "reference/search.md",
}
_FIXTURES: Final = """
## Fixtures

With the extra `testing`, pytest finds these by itself.

::: imagekit_async.testing.pytest_plugin
    options:
      show_root_heading: false
      show_root_toc_entry: false
"""


class Code:
    """
    The source of both distributions, read without being imported.
    """

    def __init__(self) -> None:
        loader = griffe.GriffeLoader(search_paths=[ROOT, ROOT / "local"])
        loader.load("imagekit_async")
        loader.load("imagekit_local")
        loader.resolve_aliases(implicit=False, external=False)
        self._modules = loader.modules_collection

    def find(self, path: str) -> griffe.Object:
        """
        Return what a dotted path names, where it is defined.

        Raises:
            KeyError: There is nothing.
        """
        found = self._modules[path]
        return found.final_target if isinstance(found, griffe.Alias) else found

    def undocumented(self) -> Iterator[str]:
        """
        Yield the paths of public names, and of the methods of public classes, that have no docstring.
        """
        for module in MODULES:
            for name in import_module(module).__all__:
                found = self.find(f"{module}.{name}")
                if not found.has_docstring:
                    yield f"{module}.{name}"
                if isinstance(found, griffe.Class):
                    yield from (
                        f"{module}.{name}.{member.name}"
                        for member in found.members.values()
                        if member.is_function and not member.name.startswith("_") and not member.has_docstring
                    )

    def keys(self, path: str) -> dict[str, str]:
        """
        Return the keys of a typed dictionary and their types; nothing for anything else.
        """
        found = self.find(path)
        if not isinstance(found, griffe.Class):
            return {}
        classes = [*reversed(found.mro()), found]
        if "TypedDict" not in {str(base) for each in classes for base in each.bases}:
            return {}
        return {name: str(member.annotation) for each in classes for name, member in each.attributes.items()}


def described_as(module: str, name: str) -> str:
    """
    Return the dotted path that the description of an exported name has, which is that of the module it belongs to.
    """
    if module == "imagekit_async" and name in ERRORS:
        return f"imagekit_async.errors.{name}"
    return f"imagekit_local.{name}" if module == "imagekit_async.testing" else f"{module}.{name}"


def page(module: str, code: Code) -> str:
    """
    Return the page of a module.
    """
    paths = {name: described_as(module, name) for name in import_module(module).__all__}
    own = [path for name, path in paths.items() if path == f"{module}.{name}"]
    others = [f"[`{name}`][{path}]" for name, path in paths.items() if path not in own]
    title = "Client" if module == "imagekit_async" else f"`{module}`"
    entries = "\n".join(entry(path, code) for path in own)
    also = f"\nThe module also exports {', '.join(others)}.\n" if others else ""
    return f"""# {title}

::: {module}
    options:
      members: false
      show_root_heading: false
      show_root_toc_entry: false
{also}
{entries}{_FIXTURES if module == "imagekit_async.testing" else ""}"""


def entry(path: str, code: Code, models: Collection[str] = (), *, members: bool = True) -> str:
    """
    Return the description of a name, with its keys if it is a typed dictionary.

    Args:
        path: Dotted path of the name.
        code: The source.
        models: Names to link in the types of the keys.
        members: Whether to describe what a class has, and what it derives from.
    """
    keys = code.keys(path)
    listed = "".join(f"- `{name}` {linked_type(annotation, models)}\n" for name, annotation in keys.items())
    options = "" if members else "    options:\n      members: false\n      show_bases: false\n"
    return f"::: {path}\n{options}\n" + (f"**Keys:**\n\n{listed}" if keys else "")


def names_page(places: Mapping[str, str]) -> str:
    """
    Return the list of all public names.

    Args:
        places: Page and anchor by dotted path.
    """
    lines = "\n".join(f"- [`{name}`](../{places[name]})" for name in sorted(places, key=str.lower))
    return f"# All names\n\nEvery public name of both distributions, in alphabetical order.\n\n{lines}\n"


def public_names(models: Mapping[str, Collection[str]]) -> dict[str, str]:
    """
    Return page and anchor of every public name, by dotted path.

    Args:
        models: Names of the models by page.
    """
    found = {}
    for module in MODULES:
        for name in import_module(module).__all__:
            path = described_as(module, name)
            found[f"{module}.{name}"] = f"{MODULES[path.rpartition('.')[0]]}#{path}"
    prefix = "imagekit_async.models"
    found |= {f"{prefix}.{name}": f"{page}#{prefix}.{name}" for page, names in models.items() for name in names}
    return found | {
        f"{prefix}.{name}": f"reference/models/index.md#{prefix}.{name}" for name in ("Model", "UnknownModel")
    }
