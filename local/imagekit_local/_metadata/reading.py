"""
Technical metadata of an image, read by Pillow.
"""

from __future__ import annotations

import io
from contextlib import closing
from pathlib import Path
from typing import Any

from PIL import Image

from imagekit_local._media import IMAGE_FORMATS
from imagekit_local._metadata.exif import exif_sections
from imagekit_local._metadata.header import opened_header
from imagekit_local._metadata.measuring import jpeg_quality, perceptual_hash

_DEFAULT_DENSITY = 72
_MAX_PIXELS = 50_000_000


def picture_metadata(source: Path | bytes) -> dict[str, Any] | None:
    """
    Return the metadata of an image, except its size in bytes; None if it is not a valid image. Blocks.
    """
    try:
        with opened_header(source) as image:
            if image.format not in IMAGE_FORMATS or image.width * image.height > _MAX_PIXELS:
                return None
            exif = exif_sections(image)
        with closing(Image.open(source if isinstance(source, Path) else io.BytesIO(source))) as image:
            return {
                "height": image.height,
                "width": image.width,
                "format": IMAGE_FORMATS[str(image.format)],
                "hasColorProfile": "icc_profile" in image.info,
                "quality": jpeg_quality(image),
                "density": round(image.info.get("dpi", (_DEFAULT_DENSITY,))[0]),
                "hasTransparency": image.has_transparency_data,
                "exif": exif,
                "pHash": perceptual_hash(image),
            }
    # Pillow's readers let any error through that broken bytes cause.
    except Exception:
        return None
