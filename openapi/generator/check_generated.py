"""
Compares the committed generated code with what the document gives now; prints a diff and exits with 1 when they differ.
"""

from __future__ import annotations

import difflib
import sys
import tempfile
from pathlib import Path

from . import generation
from .local_imagekit import LOCAL_DOCUMENT, local_document


def sources(folder: Path) -> dict[str, str]:
    """
    Return the generated files of a folder, by relative path.
    """
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.rglob("*.py")}


def differences(committed: dict[str, str], fresh: dict[str, str]) -> list[str]:
    """
    Return the lines of a unified diff from the committed files to the fresh ones.
    """
    lines: list[str] = []
    for name in sorted(committed.keys() | fresh.keys()):
        old, new = committed.get(name, ""), fresh.get(name, "")
        lines += difflib.unified_diff(
            old.splitlines(keepends=True), new.splitlines(keepends=True), f"committed/{name}", f"document/{name}"
        )
    return lines


def main() -> int:
    """
    Generate into a temporary folder and compare.
    """
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / generation.PACKAGE.relative_to(generation.ROOT)
        if generation.main(fresh):
            return 1
        lines = differences(sources(generation.PACKAGE), sources(fresh))
    name = str(LOCAL_DOCUMENT.relative_to(generation.ROOT))
    lines += differences({name: LOCAL_DOCUMENT.read_text(encoding="utf-8")}, {name: local_document()})
    sys.stdout.writelines(lines)
    if lines:
        print(
            "The committed code is not what openapi/imagekit-v1.yaml gives: run `make generate` and commit the result."
        )
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
