"""
Names that a reader meets in one distribution mean one thing there.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ALIAS = re.compile(r"[A-Z]\w*[a-z]\w*(?<!_co)")


def names(tree: ast.Module) -> set[str]:
    """
    Return the classes and type aliases of a module; type variables aside.
    """
    classes = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    assigned = [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    targets = [node.target if isinstance(node, ast.AnnAssign) else node.targets[0] for node in assigned]
    aliases = {target.id for target in targets if isinstance(target, ast.Name) and ALIAS.fullmatch(target.id)}
    return classes | aliases


@pytest.mark.parametrize("package", ["imagekit_async", "local/imagekit_local", "openapi"])
def test_two_things_never_share_a_name(package: str) -> None:
    """No two classes or type aliases of a package have the same name, generated ones aside."""
    places = defaultdict[str, list[str]](list)
    for path in sorted((ROOT / package).rglob("*.py")):
        if "_generated" not in path.parts and "node_modules" not in path.parts:
            for name in filter(ALIAS.fullmatch, names(ast.parse(path.read_text(encoding="utf-8")))):
                places[name].append(path.relative_to(ROOT).as_posix())

    assert {} == {name: paths for name, paths in places.items() if len(paths) > 1}
