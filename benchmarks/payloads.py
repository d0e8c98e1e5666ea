"""
What the benchmarks' server returns: assets as the API's document describes them, made once.
"""

from __future__ import annotations

import json
from typing import Any

ACCOUNT = "https://ik.imagekit.io/benchmark"


def asset(number: int) -> dict[str, Any]:
    """
    Return one file of a list: the first example of `assets.list` in the API's document, with ids and names of its own.
    """
    name = f"winter-coat-{number:06d}.jpg"
    return {
        "type": "file",
        "fileId": f"{number:024x}",
        "name": name,
        "filePath": f"/catalog/{name}",
        "url": f"{ACCOUNT}/catalog/{name}?updatedAt=1775145910250",
        "thumbnail": f"{ACCOUNT}/tr:n-ik_ml_thumbnail/catalog/{name}",
        "fileType": "image",
        "mime": "image/jpeg",
        "size": 284_113 + number,
        "width": 1600,
        "height": 1200,
        "hasAlpha": False,
        "description": "A blue winter coat on a wooden hanger",
        "tags": ["coat", "winter"],
        "AITags": [{"name": "Outerwear", "confidence": 92.4, "source": "google-auto-tagging"}],
        "customCoordinates": "200,150,800,600",
        "customMetadata": {"price": 129.5, "sizes": ["M", "L"]},
        "isPrivateFile": False,
        "isPublished": True,
        "versionInfo": {"id": f"{number:024x}", "name": "Version 2"},
        "createdBy": {"name": "Mira Holt", "email": "mira.holt@example.com"},
        "createdAt": f"2026-03-14T{number % 24:02d}:{number % 60:02d}:53.000Z",
        "updatedAt": f"2026-04-02T{number % 24:02d}:{number % 60:02d}:10.250Z",
    }


def page(size: int, skip: int = 0) -> bytes:
    """
    Return a page of a list as JSON text.
    """
    return json.dumps([asset(skip + number) for number in range(size)]).encode()
