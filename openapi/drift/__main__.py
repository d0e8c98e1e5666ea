"""
Usage: `python -m openapi.drift DOCUMENT [--with DOCUMENT] [--format text|json] [--ignore KIND] [--write OVERLAY]`.

Exits with 0 if the documents agree, 1 if they differ, 2 if one cannot be read.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from . import overlay, report
from .differences import DifferenceKind
from .document import SourceDocument, UnreadableDocumentError
from .operations import compared

OURS = Path(__file__).resolve().parents[1] / "imagekit-v1.yaml"


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Compare two documents, print how they differ, and return the exit status.
    """
    parser = argparse.ArgumentParser(prog="python -m openapi.drift", description="Compare two OpenAPI documents.")
    parser.add_argument("document", help="path or URL of the document to compare with ours")
    parser.add_argument("--with", dest="base", default=str(OURS), help="compare with this document instead of ours")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parser.add_argument(
        "--ignore",
        action="append",
        default=[],
        choices=[kind.value for kind in DifferenceKind],
        help="leave out a kind",
    )
    parser.add_argument("--write", metavar="OVERLAY", help="write what the first document lacks as an OpenAPI Overlay")
    options = parser.parse_args(arguments)
    try:
        base, document = SourceDocument.read(options.base), SourceDocument.read(options.document)
        differences = [each for each in compared(base, document) if each.kind.value not in options.ignore]
    except UnreadableDocumentError as error:
        print(error, file=sys.stderr)
        return 2
    form = report.as_json if options.format == "json" else report.text
    sys.stdout.write(form(differences, base, document))
    if options.write:
        written = overlay.write(Path(options.write), differences, base, document)
        print(f"{options.write}: {written} actions for what {base.name} lacks", file=sys.stderr)
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
