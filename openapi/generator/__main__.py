"""
Usage: `python -m openapi.generator [OUTPUT]`, by default `imagekit_async/_generated`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from .generation import ROOT, main

if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT / "imagekit_async" / "_generated"))
