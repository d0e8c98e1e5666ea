"""
Lists the descriptions and summaries of the document that are still to be written, and exits with 1 if there are any.
"""

from __future__ import annotations

import sys
from itertools import pairwise

from .drift.__main__ import OURS
from .drift.document import SourceDocument, pointer, steps, walk


def unwritten(document: SourceDocument) -> list[str]:
    """
    Return the JSON pointers of empty descriptions and summaries.
    """
    return [
        pointer(at, key)
        for at, value in walk(document.content)
        if isinstance(value, dict) and not _is_example(at)
        for key in ("description", "summary")
        if isinstance(value.get(key), str) and not value[key].strip()
    ]


def _is_example(at: str) -> bool:
    path = steps(at)
    return any(step in ("example", "examples") and before != "properties" for before, step in pairwise(path))


def main(source: str = str(OURS)) -> int:
    """
    Print where descriptions are empty and return the exit status.
    """
    document = SourceDocument.read(source)
    empty = unwritten(document)
    for at in empty:
        print(f"{document.place(at)} is empty; describe it", file=sys.stderr)
    return 1 if empty else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
