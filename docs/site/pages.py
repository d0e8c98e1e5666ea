"""
All pages of the site, as Markdown.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import attrs

from openapi.generator.generation import DOCUMENT, Generator, generator, load

from . import command_line, models, navigation, operations, python_api, sources, tables, transformations
from .examples import Example, examples, shown


@attrs.frozen
class Site:
    """
    What the builder gets.

    Attributes:
        pages: Text of each page by path.
        files: Content of all other files by path.
        names: Page and anchor of every public name, by dotted path.
        examples: The examples of the operations.
    """

    pages: dict[str, str]
    files: dict[str, bytes]
    names: dict[str, str]
    examples: list[Example]


def document(path: Path = DOCUMENT) -> Generator:
    """
    Return the operations and types of an OpenAPI document.
    """
    return generator(load(path), path, Path("unused"))


def site(path: Path = DOCUMENT) -> Site:
    """
    Return all pages, those of the operations from a document.

    Raises:
        SystemExit: A public name has no docstring.
    """
    code = python_api.Code()
    undocumented = [*code.undocumented()]
    if undocumented:
        raise SystemExit(f"public names without a docstring: {', '.join(undocumented)}")
    handwritten = sources.pages()
    found = operation_pages(document(path), handwritten, code)
    table, pictures = transformations.page()
    names = python_api.public_names(found.models)
    pages = handwritten | found.pages
    pages |= {page: python_api.page(module, code) for module, page in python_api.MODULES.items()}
    pages |= {
        "reference/calls.md": tables.calls_page(code),
        "reference/errors.md": tables.errors_page(code),
        "reference/search.md": tables.search_page(code),
        "reference/settings.md": tables.settings_page(code),
        transformations.PAGE: table,
        command_line.PAGE: command_line.page(),
        "reference/names.md": python_api.names_page(names),
    }
    made = {"SUMMARY.md": navigation.summary(pages), "index.md": navigation.front_page(pages)}
    return Site(pages | made, sources.files() | pictures, names, found.examples)


@attrs.frozen
class OperationPages:
    """
    What comes out of the document.

    Attributes:
        pages: Text of each page by path.
        models: Names of the models by page.
        examples: The examples of the operations.
    """

    pages: dict[str, str]
    models: dict[str, list[str]]
    examples: list[Example]


def operation_pages(tree: Generator, handwritten: Mapping[str, str], code: python_api.Code) -> OperationPages:
    """
    Return the pages of operations and models.

    Args:
        tree: The operations and types of a document.
        handwritten: The handwritten pages, one of which explains retries.
        code: The source, with the models of the document.
    """
    resources = [resource for resource in tree.resources() if resource.calls]
    executed = examples(tree.calls())
    groups = models.grouped(resources, tree.types)
    known = {name for names in groups.values() for name in names} | {"UnknownModel"}
    retries = _relative(next(path for path in handwritten if path.endswith("retries.md")), operations.FOLDER)
    pages = {}
    for resource in resources:
        below = [other.path for other in resources if other.path.startswith(f"{resource.path}.")]
        page = operations.resource_page(resource, below, shown(executed), known)
        pages[operations.page_name(resource.path)] = page
    pages[operations.page_name("index")] = operations.overview(resources, retries)
    pages[f"{models.FOLDER}/index.md"] = models.index(groups)
    pages |= {
        f"{models.FOLDER}/{path}.md": models.page(f"Models of {path}", names, code) for path, names in groups.items()
    }
    return OperationPages(pages, {f"{models.FOLDER}/{path}.md": names for path, names in groups.items()}, executed)


def _relative(page: str, folder: str) -> str:
    return os.path.relpath(page, PurePosixPath(folder))
