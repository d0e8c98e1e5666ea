"""
The contact sheet of the documentation.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from PIL import Image

from imagekit_local._transformations.options import TOP

ROOT = Path(__file__).parents[3]
GALLERY = ROOT / "examples" / "gallery.py"


def test_gallery_runs(tmp_path: Path) -> None:
    """The sheet can be made, and is as large as the one in the documentation."""
    sheet = tmp_path / "gallery.png"
    subprocess.run([sys.executable, str(GALLERY), str(sheet)], check=True, timeout=60)

    with Image.open(ROOT / "local" / "docs" / "gallery.png") as documented, Image.open(sheet) as made:
        assert documented.size == made.size


def test_gallery_shows_every_option() -> None:
    """The sheet shows every option that changes how an image looks."""
    shown = set(re.findall(r"(?:^|[,:])(e-[a-z]+|[a-z]+)", GALLERY.read_text(encoding="utf-8"), re.MULTILINE))
    invisible = {"cp", "md", "orig", "y", "yc"}

    assert TOP.keys() - invisible <= shown
