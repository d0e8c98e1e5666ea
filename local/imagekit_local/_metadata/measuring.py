"""
Two figures that no image contains: the quality of a JPEG, and a hash that similar images share.
"""

from __future__ import annotations

import math
from statistics import median

from PIL import Image

_SIDE = 32
_KEPT = 8
# The example luminance table of the JPEG standard, which encoders scale to a quality.
_STANDARD_TABLE = (
    *(16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55),
    *(14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62),
    *(18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92),
    *(49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99),
)
_MAX_CELL = 255
_COSINES = [
    [math.cos(math.pi * frequency * (2 * index + 1) / (2 * _SIDE)) for index in range(_SIDE)]
    for frequency in range(_KEPT)
]


def jpeg_quality(image: Image.Image) -> int:
    """
    Return the quality, from 1 to 100, at which the usual encoder quantizes like this; 0 for other formats.
    """
    tables: dict[int, list[int]] = getattr(image, "quantization", {})
    if not tables:
        return 0
    total = sum(tables[min(tables)])
    return min(range(1, 101), key=lambda quality: abs(total - _table_sum(quality)))


def perceptual_hash(image: Image.Image) -> str:
    """
    Return 64 bits in hexadecimal digits: which of the lowest frequencies of an image are above their median.
    """
    # The signature of the method refers to numpy, which is not installed.
    small = image.convert("L").resize((_SIDE, _SIDE), Image.Resampling.LANCZOS)  # pyright: ignore[reportUnknownMemberType]
    pixels = small.tobytes()
    rows = [pixels[start : start + _SIDE] for start in range(0, _SIDE * _SIDE, _SIDE)]
    across = [[_product(row, cosines) for cosines in _COSINES] for row in rows]
    columns = list(zip(*across, strict=True))
    low = [_product(column, cosines) for cosines in _COSINES for column in columns]
    middle = median(low)
    bits = "".join("1" if value > middle else "0" for value in low)
    return f"{int(bits, 2):016x}"


def _table_sum(quality: int) -> int:
    percent = 5000 // quality if quality < 50 else 200 - 2 * quality
    return sum(min(max((cell * percent + 50) // 100, 1), _MAX_CELL) for cell in _STANDARD_TABLE)


def _product(values: bytes | tuple[float, ...], factors: list[float]) -> float:
    return sum(value * factor for value, factor in zip(values, factors, strict=True))
