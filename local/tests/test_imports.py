"""
How the modules of the package import one another.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import imagekit_local

PACKAGE = Path(imagekit_local.__file__).parent


def modules(package: Path) -> dict[str, Path]:
    """
    Return the files of a package by module name.
    """
    parts = {path: path.relative_to(package.parent).with_suffix("").parts for path in package.rglob("*.py")}
    return {".".join(names).removesuffix(".__init__"): path for path, names in parts.items()}


def imported(source: str) -> Iterator[str]:
    """
    Return every absolute name that a module imports, in functions and for type checkers too.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "relative imports are not followed"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def graph(package: Path) -> dict[str, set[str]]:
    """
    Return the modules that each module imports from the same package.
    """
    known = modules(package)

    def owner(name: str) -> str:
        return name if name in known else name.rpartition(".")[0]

    return {
        module: {found for name in imported(path.read_text(encoding="utf-8")) if (found := owner(name)) in known}
        for module, path in known.items()
    }


def test_no_circle() -> None:
    """No module imports itself through others, not even inside functions or under TYPE_CHECKING."""
    order = list(TopologicalSorter(graph(PACKAGE)).static_order())

    assert len(modules(PACKAGE)) == len(order)


def test_circles_are_found(tmp_path: Path) -> None:
    """A circle that runs through a function and a type-checking block is a circle."""
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "a.py").write_text("def f():\n    from package.b import g\n")
    (package / "b.py").write_text("if TYPE_CHECKING:\n    from package import a\n")

    with pytest.raises(CycleError):
        TopologicalSorter(graph(package)).prepare()


def test_nothing_of_the_sdk_is_imported() -> None:
    """The distribution stands alone."""
    names = {name for path in modules(PACKAGE).values() for name in imported(path.read_text(encoding="utf-8"))}

    assert not [name for name in names if name.partition(".")[0] == "imagekit_async"]
