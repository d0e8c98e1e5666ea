"""
What a document describes, in one line that shows which document a client was generated from.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

_METHODS: Final = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


def fingerprint(document: dict[str, Any]) -> str:
    """
    Return version, number of operations and webhooks, and hash of a document; the hash ignores formatting.
    """
    operations, webhooks = (
        sum(len(item.keys() & _METHODS) for item in document.get(section, {}).values())
        for section in ("paths", "webhooks")
    )
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, default=str)
    digest = hashlib.sha256(canonical.encode()).hexdigest()[:12]
    return f"{document['info']['version']}; {operations} operations; {webhooks} webhooks; sha256:{digest}"
