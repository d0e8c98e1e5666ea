"""
Signed, transformed URLs per second: this package beside the vendor's (`pip install imagekitio==5.11.0`), in one run.

Each URL names another file, as on a page of products. In the last case no transformation occurs twice either. The two
packages take turns round by round, so both run under the same load; the figures are medians. Exits with 1 below the
bar, which does not apply to the last case, because applications have few transformations for many files.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

from imagekitio import ImageKit

from imagekit_async.urls import Helper

KEY = "private_benchmark_key"
ENDPOINT = "https://ik.imagekit.io/demo"
ROUNDS = 15
URLS_A_ROUND = 1000
BAR = 2.0
NOT_HELD = "ever new sizes"
THUMBNAIL = [{"width": 400, "height": 300}]
PRODUCT = [
    {"width": 400, "aspect_ratio": "4-3", "crop": "at_max", "quality": 80, "format": "auto"},
    {"rotation": 90, "blur": 10, "radius": "max", "sharpen": True},
]
LABEL = [
    {
        "width": 400,
        "overlay": {
            "type": "text",
            "text": "50% off",
            "position": {"x": 10, "y": "N20"},
            "transformation": [{"font_size": 40, "font_color": "FF0000", "typography": "b"}],
        },
    }
]
CASES: dict[str, Callable[[int], dict[str, Any]]] = {
    "thumbnail": lambda number: {"transformation": THUMBNAIL},
    "with expiry": lambda number: {"transformation": PRODUCT, "query_parameters": {"v": "7"}, "expires_in": 300},
    "text overlay": lambda number: {"transformation": LABEL, "transformation_position": "path"},
    NOT_HELD: lambda number: {"transformation": [{"width": number, "quality": 80, "format": "auto"}]},
}


def seconds_each(build: Callable[..., str], case: Callable[[int], dict[str, Any]], first: int) -> float:
    """
    Return the seconds that one URL takes, measured over one round whose numbers begin with the first.
    """
    numbers = range(first, first + URLS_A_ROUND)
    calls = [{"src": f"/shoes/red shoe {number}.jpg", "url_endpoint": ENDPOINT, **case(number)} for number in numbers]
    start = perf_counter()
    for call in calls:
        build(signed=True, **call)
    return (perf_counter() - start) / URLS_A_ROUND


def main() -> int:
    """
    Print a line for each case and return the exit status.
    """
    ours = Helper(KEY).build_url
    vendors = ImageKit(private_key=KEY).helper.build_url
    worst = float("inf")
    print(f"{'URLs per second':<18}{'ours':>10}{'vendor':>10}{'ratio':>8}")
    for name, case in CASES.items():
        firsts = range(1, ROUNDS * URLS_A_ROUND, URLS_A_ROUND)
        rounds = [(seconds_each(ours, case, first), seconds_each(vendors, case, first)) for first in firsts]
        mine, theirs = (1 / statistics.median(column) for column in zip(*rounds, strict=True))
        ratio = statistics.median(vendor / our for our, vendor in rounds)
        worst = worst if name == NOT_HELD else min(worst, ratio)
        print(f"{name:<18}{mine:>10,.0f}{theirs:>10,.0f}{ratio:>8.1f}")
    print(f"worst ratio {worst:.1f}, bar {BAR:.1f}")
    return 0 if worst >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
