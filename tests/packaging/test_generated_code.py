"""
How generated code reads: what it imports of the SDK, and how wide its lines are.
"""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

import imagekit_async
from imagekit_async import _runtime

GENERATED = Path(imagekit_async.__file__).parent / "_generated"
FILES = sorted(GENERATED.rglob("*.py"))


def imported(path: Path) -> set[str]:
    """
    Return the modules of the SDK outside `_generated` that a file imports, for types too.
    """
    depth = len(path.relative_to(GENERATED).parts) + 1
    return {
        node.module or ""
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level == depth
    }


@pytest.mark.parametrize(("room", "facade"), [("api", "_runtime"), ("models", "_model"), ("", "_model")])
def test_one_facade(room, facade):
    """Calls import the SDK through `_runtime`, models and events through `_model`."""
    paths = [path for path in FILES if path.relative_to(GENERATED).parts[:-1][:1] == ((room,) if room else ())]

    assert {facade} == set().union(*map(imported, paths))


def test_facade_gives_what_it_names():
    """Each name of the facade is that of the module that it comes from."""
    names = {name: module for module, found in _runtime._NAMES.items() for name in found}

    for name, module in names.items():
        assert getattr(_runtime, name) is getattr(importlib.import_module(module, "imagekit_async"), name)
    with pytest.raises(AttributeError, match=r"^module 'imagekit_async._runtime' has no attribute 'call'$"):
        _runtime.call  # noqa: B018 - reading it is the point


def test_lines_are_narrow():
    """No generated line is wider than 120 columns."""
    wide = [
        f"{path.relative_to(GENERATED)}:{number}"
        for path in FILES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 120
    ]

    assert not wide
