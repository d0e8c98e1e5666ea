"""
What the generator refuses: each problem with its place in the document, the reason and what to write instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import attrs
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode


@attrs.frozen
class Problem:
    """
    One part of the document that cannot be generated faithfully.

    Attributes:
        pointer: Its JSON pointer (RFC 6901).
        reason: What is wrong with it.
        instead: What to write instead.
        line: Its line, if no pointer leads there; 0 for the line of the pointer.
    """

    pointer: str
    reason: str
    instead: str
    line: int = 0


class DocumentError(Exception):
    """
    The document cannot be generated.

    Attributes:
        problems: Everything that is wrong with it, each once.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{problem.pointer}: {problem.reason}" for problem in problems))
        self.problems = list(dict.fromkeys(problems))


def report(problems: Sequence[Problem], path: Path) -> str:
    """
    Return the problems as text, a paragraph each, in the order of the document's lines.
    """
    root = YAML().compose(path) if any(not problem.line for problem in problems) else None
    lines = sorted((problem.line or _line(root, problem.pointer), index) for index, problem in enumerate(problems))
    return "\n".join(
        f"{path.name}:{line}: {problems[index].pointer or '/'}\n"
        f"    {problems[index].reason}\n    Instead: {problems[index].instead}"
        for line, index in lines
    )


def step(key: object) -> str:
    """
    Return a key as the last step of a JSON pointer.
    """
    return "/" + str(key).replace("~", "~0").replace("/", "~1")


def _line(node: Node | None, pointer: str) -> int:
    line = 1
    for escaped in pointer.split("/")[1:]:
        name = escaped.replace("~1", "/").replace("~0", "~")
        found = _child(node, name)
        if found is None:
            break
        line, node = found
    return line


def _child(node: Node | None, name: str) -> tuple[int, Node] | None:
    match node:
        case MappingNode():
            for key, value in node.value:
                if isinstance(key, ScalarNode) and key.value == name:
                    return key.start_mark.line + 1, value
        case SequenceNode() if name.isdigit() and int(name) < len(node.value):
            child = node.value[int(name)]
            return child.start_mark.line + 1, child
    return None
