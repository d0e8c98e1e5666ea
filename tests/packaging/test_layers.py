"""
Who may import whom: a part of the package imports only from its own layer and from those below it.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import imagekit_async

PACKAGE = Path(imagekit_async.__file__).parent
# The first prefix that fits a module's dotted path below the package gives its layer; small numbers are on top.
LAYERS = {
    "cli": 1,
    "integrations": 1,
    "testing": 1,
    "transfer": 2,
    "": 3,
    "_background": 3,
    "_client": 3,
    "_sync": 3,
    "search": 4,
    "urls": 4,
    "webhooks": 4,
    "_generated.api": 5,
    "_runtime": 5,
    "_views": 5,
    "_http": 6,
    "_pagination": 6,
    "_uploads": 6,
    "_waiting": 6,
    "_callbacks": 7,
    "_deprecation": 7,
    "_generated": 7,
    "_generated.models": 7,
    "_migration": 7,
    "_json": 7,
    "_model": 7,
    "_notebook": 7,
    "_pydantic": 7,
    "_redaction": 7,
    "_reflection": 7,
    "_response": 7,
    "_limits": 7,
    "_scalars": 7,
    "_settings": 7,
    "_unset": 7,
    "_version": 7,
    "errors": 7,
    "models": 7,
}
DEPENDENCIES = {"httpx", "attrs", "anyio"}
# What an extra brings, and the only module that imports it: within a function, or when pydantic meets a model.
OPTIONAL = {
    ("_http.decoding", "msgspec"),
    ("_pydantic", "pydantic_core"),
    ("transfer._filters", "pathspec"),
    ("transfer._state", "platformdirs"),
}


def is_type_checking(node: ast.AST) -> bool:
    """
    Whether a statement is `if TYPE_CHECKING:`.
    """
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def statements(node: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """
    Yield the imports that are executed, those within functions included.
    """
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.Import, ast.ImportFrom)):
            yield child
        elif not is_type_checking(child):
            yield from statements(child)


def dotted(path: Path) -> str:
    """
    Return the dotted name of a module below the package, `` for the package itself.
    """
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_module(name: str) -> bool:
    """
    Whether a dotted name below the package is a module or package.
    """
    path = PACKAGE.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or path.is_dir()


def imported(path: Path) -> Iterator[str]:
    """
    Yield the absolute names of the modules that a file imports.
    """
    package = ["imagekit_async", *path.parent.relative_to(PACKAGE).parts]
    for node in statements(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
            continue
        base = package[: len(package) - node.level + 1] if node.level else []
        module = ".".join([*base, *([node.module] if node.module else [])])
        for alias in node.names:
            inner = f"{module}.{alias.name}".removeprefix("imagekit_async.")
            is_inner = module.partition(".")[0] == "imagekit_async" and is_module(inner)
            yield f"{module}.{alias.name}" if is_inner else module


def layer(module: str) -> int | None:
    """
    Return the layer of a module of the package; None when it belongs to none.
    """
    parts = module.split(".")
    prefixes = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return next((LAYERS[prefix] for prefix in prefixes if prefix in LAYERS), None)


FILES = sorted(PACKAGE.rglob("*.py"))
CORE = [path for path in FILES if layer(dotted(path)) != 1]


def test_every_module_has_a_layer():
    """No module stands outside the layers."""
    homeless = [str(path) for path in FILES if layer(dotted(path)) is None]

    assert not homeless


def test_imports_point_downwards():
    """No module imports one of a higher layer."""
    upward = [
        f"{dotted(path)} imports {name}"
        for path in FILES
        for name in imported(path)
        if name.partition(".")[0] == "imagekit_async"
        and (layer(name.removeprefix("imagekit_async").lstrip(".")) or 0) < (layer(dotted(path)) or 0)
    ]

    assert not upward


def test_layers_are_seen():
    """The reader of imports finds the known ones: within functions, of modules and of names, but not for types only."""
    client = set(imported(PACKAGE / "_client.py"))
    resource = set(imported(PACKAGE / "_generated" / "api" / "files" / "resource.py"))

    assert {"imagekit_async._settings", "imagekit_async._generated.api.root.resource"} <= client
    assert not {"httpx", "imagekit_async._response"} & client
    assert "imagekit_async._generated.api.files.copy" in resource
    assert "imagekit_async._generated.api.files_bulk.resource" in resource


def test_core_dependencies():
    """The SDK without its extras needs the standard library, httpx, attrs and anyio."""
    used = {(dotted(path), name.partition(".")[0]) for path in CORE for name in imported(path)}
    foreign = {name for _, name in used - OPTIONAL} - sys.stdlib_module_names

    assert used >= OPTIONAL
    assert DEPENDENCIES | {"imagekit_async"} == foreign


@pytest.mark.parametrize("backend", ["asyncio", "trio", "sniffio"])
def test_core_knows_no_event_loop(backend):
    """The SDK reaches the event loop through anyio only, not even for types."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in CORE}
    users = {
        dotted(path)
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Import) and any(alias.name.partition(".")[0] == backend for alias in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == backend)
    }

    assert not users
