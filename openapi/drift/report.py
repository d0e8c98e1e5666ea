"""
Writes differences for people and for programs.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from .differences import Difference, DifferenceKind
from .document import SourceDocument

_LONGEST_VALUE: Final = 60


def text(differences: Sequence[Difference], base: SourceDocument, document: SourceDocument) -> str:
    """
    Return one line for each difference, with its place in both documents, and a line with their number.
    """
    lines = []
    for each in differences:
        more = f" (and {len(each.others)} more)" if each.others else ""
        places = f"[{base.place(each.base)}] [{document.place(each.document)}]"
        lines.append(f"{each.kind.value:<8}  {each.place}: {fact(each)}  {places}{more}")
    counts = Counter(each.kind for each in differences)
    summary = ", ".join(f"{counts[kind]} {kind.value}" for kind in DifferenceKind if counts[kind])
    return "\n".join([*lines, f"{len(differences)} differences{f': {summary}' if summary else ''}"]) + "\n"


def fact(difference: Difference) -> str:
    """
    Return what differs, without its place.
    """
    if difference.kind is DifferenceKind.WORDING:
        return f"{difference.fact} reworded"
    before, after = difference.before, difference.after
    if difference.fact in ("operation", "webhook", "callback", "parameter", "body", "response", "header", "content"):
        return f"{difference.fact} {'added' if before is None else 'removed'}"
    if before is None:
        return f"{difference.fact} {_shown(after)} added"
    if after is None:
        return f"{difference.fact} {_shown(before)} removed"
    return f"{difference.fact} {_shown(before)} -> {_shown(after)}"


def as_json(differences: Sequence[Difference], base: SourceDocument, document: SourceDocument) -> str:
    """
    Return the differences as a JSON object.
    """
    counts = Counter(each.kind for each in differences)
    report = {
        "base": base.name,
        "document": document.name,
        "counts": {kind.value: counts[kind] for kind in DifferenceKind},
        "differences": [
            {
                "kind": each.kind.value,
                "where": each.where,
                "field": each.field,
                "fact": each.fact,
                "before": each.before,
                "after": each.after,
                "base": {"pointer": each.base, "line": base.line(each.base)},
                "document": {"pointer": each.document, "line": document.line(each.document)},
                "others": list(each.others),
            }
            for each in differences
        ],
    }
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= _LONGEST_VALUE else f"{shown[: _LONGEST_VALUE - 3]}..."
