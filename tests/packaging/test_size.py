"""
Handwritten code stays small: short modules and short functions.
"""

from __future__ import annotations

import ast
from pathlib import Path

import imagekit_async

PACKAGE = Path(imagekit_async.__file__).parent
LOCAL = PACKAGE.parent / "local" / "imagekit_local"
HANDWRITTEN = [path for package in (PACKAGE, LOCAL) for path in package.rglob("*.py") if "_generated" not in path.parts]
GENERATOR = list((PACKAGE.parent / "openapi" / "generator").glob("*.py"))
LONG_MODULES = {
    "_model.py": "models and the kinds that refer to them, which need each other",
    "errors.py": "one tree, most of it docstrings",
}
LONG_FUNCTIONS = {
    "_server.__init__": "a parameter and a line for each option",
    "_client.__init__": "a parameter and a line for each setting",
    "_settings.resolve": "a parameter and a line for each setting",
    "_transfers.sync": "a parameter and a line for each option",
    "_transfers.upload": "a parameter and a line for each option",
    "annotations._alternatives": "a case for each type of the document",
    "form.from_form": "a line for each field of the form",
}


def line_count(path: Path) -> int:
    """
    Return the number of lines of a file.
    """
    return len(path.read_text(encoding="utf-8").splitlines())


def function_lengths(path: Path) -> dict[str, int]:
    """
    Return the lines of each function of a file, signature included, docstring excluded.
    """
    lengths: dict[str, int] = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            doc = node.body[0] if ast.get_docstring(node) is not None else None
            documented = 0 if doc is None else (doc.end_lineno or 0) - doc.lineno + 1
            lengths[f"{path.stem}.{node.name}"] = (node.end_lineno or 0) - node.lineno + 1 - documented
    return lengths


def test_modules_are_short():
    """No handwritten module has more than 350 lines, but for a stated reason."""
    long = {path.name for path in HANDWRITTEN + GENERATOR if line_count(path) > 350}

    assert LONG_MODULES.keys() == long


def test_functions_are_short():
    """No handwritten function has more than 30 lines besides its docstring, but for a stated reason."""
    lengths = {name: length for path in HANDWRITTEN + GENERATOR for name, length in function_lengths(path).items()}
    long = {name: length for name, length in lengths.items() if length > 30}

    assert LONG_FUNCTIONS.keys() == long.keys()
