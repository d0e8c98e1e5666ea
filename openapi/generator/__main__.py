"""
Usage: `python -m openapi.generator [OUTPUT]`.

Without OUTPUT, writes `imagekit_async/_generated` and the document that the local ImageKit reads.
"""

from __future__ import annotations

import sys
from pathlib import Path

from .generation import ROOT, main
from .local_imagekit import LOCAL_DOCUMENT, local_document

if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(main(Path(sys.argv[1]).resolve()))
    status = main(ROOT / "imagekit_async" / "_generated")
    if not status:
        LOCAL_DOCUMENT.write_text(local_document(), encoding="utf-8")
    sys.exit(status)
