"""
Limits of one transformation.

Some sizes are documented by ImageKit; the others keep a hostile URL from filling memory.
"""

from __future__ import annotations

import attrs

from imagekit_local._transformations.errors import TransformationError

Size = tuple[int, int]

MAX_LENGTH = 10_000
MAX_STEPS = 25
MAX_DEPTH = 3
MAX_PIXELS = 100_000_000
MAX_TOTAL_PIXELS = 4 * MAX_PIXELS
MAX_SIDE = 65_535
MAX_DPR_SIDE = 5_000
MAX_TEXT_SIDE = 16_383
MAX_PLAIN_CHARACTERS = 2_000
MAX_ENCODED_CHARACTERS = 2_500


@attrs.define
class Budget:
    """
    The pixels that one transformation can still produce, in all steps and layers.
    """

    pixels: int = MAX_TOTAL_PIXELS

    def spend(self, option: str, size: Size) -> None:
        """
        Spend the pixels of an image that is about to be made.

        Raises:
            TransformationError: The image is too large, or the budget is used up.
        """
        area = size[0] * size[1]
        self.pixels -= area
        if area > MAX_PIXELS or self.pixels < 0:
            raise TransformationError(option, f"{size[0]}x{size[1]} is too large", "ELIMIT")


def check_count(option: str, count: int) -> None:
    """
    Check the number of steps and layers of a transformation.

    Raises:
        TransformationError: There are too many.
    """
    if count > MAX_STEPS:
        raise TransformationError(option, f"a transformation has at most {MAX_STEPS} steps and layers", "ELIMIT")
