"""
What the package exports, and what importing it costs.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import imagekit_async
from imagekit_async import errors, models, transfer


def order(name: str) -> tuple[int, str]:
    """
    Return the sort key of an export: constants, then classes, then the rest.
    """
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


def loaded_by(statement: str) -> set[str]:
    """
    Return the top-level packages that a fresh interpreter has loaded after a statement.
    """
    script = f"{statement}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", [imagekit_async, errors, transfer], ids=lambda module: module.__name__)
def test_exports_are_sorted(module):
    """`__all__` is sorted and names nothing twice."""
    assert sorted(set(module.__all__), key=order) == module.__all__


@pytest.mark.parametrize("module", [imagekit_async, errors, models], ids=lambda module: module.__name__)
def test_exports_exist(module):
    """Every exported name can be imported and is listed by `dir`."""
    missing = [name for name in module.__all__ if not hasattr(module, name)]

    assert not missing
    assert set(module.__all__) <= set(dir(module))


def test_dir_lists_what_is_public():
    """Completion of the lazy modules shows public names only."""
    modules = ["errors", "models", "search", "transfer", "urls", "webhooks"]

    assert sorted([*imagekit_async.__all__, *modules]) == dir(imagekit_async)
    assert sorted(models.__all__) == dir(models)


def test_type_checkers_see_the_exports():
    """What type checkers see imported is what `__all__` names."""
    tree = ast.parse(Path(imagekit_async.__file__).read_text(encoding="utf-8"))
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level]
    seen = {alias.name for node in imported for alias in node.names}

    assert set(imagekit_async.__all__) == seen


def test_unknown_names_are_refused():
    """A misspelt name fails as in any other module."""
    for module in (imagekit_async, models):
        with pytest.raises(AttributeError, match="Imagekit"):
            module.Imagekit  # noqa: B018 - reading it is the point


def test_every_error_is_exported():
    """Each public exception class is exported by `errors` and by the package itself."""
    defined = {
        name
        for name, value in inspect.getmembers(errors, inspect.isclass)
        if value.__module__ == errors.__name__ and not name.startswith("_")
    }

    assert set(errors.__all__) == defined
    assert defined <= set(imagekit_async.__all__)
    assert all(getattr(errors, name) is getattr(imagekit_async, name) for name in defined)


def test_import_is_lazy():
    """Importing the client and the errors loads none of the dependencies; they come with the first client made."""
    dependencies = {"httpx", "anyio", "attrs", "attr"}
    imported = "from imagekit_async import AsyncImageKit, NotFoundError"

    assert not dependencies & loaded_by(imported)
    assert dependencies <= loaded_by(f"{imported}; AsyncImageKit('key')")


def test_client_needs_no_extra():
    """The client loads no package of an extra, and neither asyncio's nor trio's backend."""
    extras = {
        "starlette",
        "uvicorn",
        "PIL",
        "python_multipart",
        "trio",
        "aiohttp",
        "fastapi",
        "httpx2",
        "msgspec",
        "opentelemetry",
        "pathspec",
        "platformdirs",
        "pydantic",
        "cyclopts",
        "watchfiles",
    }

    assert not extras & loaded_by("from imagekit_async import AsyncImageKit; AsyncImageKit('key')")


def test_public_modules():
    """Modules without an underscore are the documented ones."""
    folder = Path(imagekit_async.__file__).parent
    names = {path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    public = {name for name in names if not name.startswith("_")}

    assert public <= {"cli", "errors", "integrations", "models", "search", "testing", "transfer", "urls", "webhooks"}
    for name in public - {"integrations", "testing"}:
        assert importlib.import_module(f"imagekit_async.{name}").__all__
