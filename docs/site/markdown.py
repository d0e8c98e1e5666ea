"""
Pieces of Markdown that several generated pages share.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """
    Return a table; cells are Markdown, in which a vertical bar is escaped.
    """
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def linked_type(annotation: str, models: Collection[str]) -> str:
    """
    Return a type as HTML code, in which the names of models are links to their descriptions.

    Args:
        annotation: The type, as it is written in code.
        models: Names of the models.
    """

    def link(match: re.Match[str]) -> str:
        name = match[0]
        return f'<autoref identifier="imagekit_async.models.{name}">{name}</autoref>' if name in models else name

    # Underscores and asterisks would be emphasis.
    shown = html.escape(annotation.replace("builtins.", "")).replace("_", "&#95;").replace("*", "&#42;")
    linked = re.sub(r"[A-Z]\w*", link, shown)
    return f"<code>{linked}</code>"


def first_sentence(text: str) -> str:
    """
    Return what is before the first full stop that ends a sentence.
    """
    return re.split(r"(?<=[.])\s+(?=[A-Z`])", " ".join(text.split()), maxsplit=1)[0]
