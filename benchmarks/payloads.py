"""
What the benchmarks' server answers: assets as the API describes them, made once.
"""

from __future__ import annotations

import json
from typing import Any

ACCOUNT = "https://ik.imagekit.io/benchmark"


def asset(number: int) -> dict[str, Any]:
    """
    Return one file of a list as most accounts see it: tags and custom metadata, but none from extensions.
    """
    name = f"product-{number:06d}.jpg"
    return {
        "type": "file",
        "fileId": f"{number:024x}",
        "name": name,
        "filePath": f"/catalogue/{number % 40:02d}/{name}",
        "url": f"{ACCOUNT}/catalogue/{number % 40:02d}/{name}?updatedAt=1735689600000",
        "thumbnail": f"{ACCOUNT}/tr:n-ik_ml_thumbnail/catalogue/{number % 40:02d}/{name}",
        "fileType": "image",
        "mime": "image/jpeg",
        "size": 40_000 + number,
        "width": 1600,
        "height": 1200,
        "hasAlpha": False,
        "tags": ["catalogue", f"shelf-{number % 40}"],
        "AITags": None,
        "customCoordinates": None,
        "customMetadata": {"brand": "Acme", "price": 19.95},
        "isPrivateFile": False,
        "isPublished": True,
        "versionInfo": {"id": f"{number:024x}", "name": "Version 1"},
        "createdAt": f"2025-01-01T{number % 24:02d}:{number % 60:02d}:00.000Z",
        "updatedAt": f"2025-06-01T{number % 24:02d}:{number % 60:02d}:30.500Z",
    }


def page(size: int, skip: int = 0) -> bytes:
    """
    Return a page of a list as JSON text.
    """
    return json.dumps([asset(skip + number) for number in range(size)]).encode()
