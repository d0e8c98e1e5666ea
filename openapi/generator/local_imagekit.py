"""
Writes the document where the local ImageKit reads it: as JSON, which parses a hundred times faster than YAML.
"""

from __future__ import annotations

import json
from pathlib import Path

from ruamel.yaml import YAML

from .generation import DOCUMENT, ROOT

LOCAL_DOCUMENT = ROOT / "local" / "imagekit_local" / "_document" / "openapi.json"


def local_document(path: Path = DOCUMENT) -> str:
    """
    Return the document as JSON, in its own order.
    """
    # One line a value, so that a change of the document is a small change here.
    return json.dumps(YAML(typ="safe").load(path), ensure_ascii=False, indent=1) + "\n"
