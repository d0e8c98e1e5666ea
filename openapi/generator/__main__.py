"""
Usage: `python -m openapi.generator [--document PATH] [--names PATH] [OUTPUT]`.

Without OUTPUT, writes `imagekit_async/_generated` and the document that the local ImageKit reads.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path

from .generation import DOCUMENT, PACKAGE, main
from .local_imagekit import LOCAL_DOCUMENT, local_document

if __name__ == "__main__":
    parser = ArgumentParser(prog="python -m openapi.generator", description="Generate the API from its document.")
    parser.add_argument("--document", type=Path, default=DOCUMENT, help="OpenAPI 3.0 or 3.1, YAML or JSON")
    parser.add_argument("--names", type=Path, help="YAML file of operation ids and the names to give them")
    parser.add_argument("output", type=Path, nargs="?", help="folder to write; default: imagekit_async/_generated")
    given = parser.parse_args()
    status = main((given.output or PACKAGE).resolve(), given.document.resolve(), given.names)
    if not status and given.output is None:
        LOCAL_DOCUMENT.write_text(local_document(given.document), encoding="utf-8")
    sys.exit(status)
