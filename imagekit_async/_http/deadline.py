"""
The time by which a call must be over.
"""

from __future__ import annotations

import math

import anyio
import attrs


def end_after(seconds: float | None) -> float:
    """
    Return the event loop's time in `seconds` seconds; infinite for None.

    Raises:
        ValueError: It is not a positive number.
    """
    if seconds is None:
        return math.inf
    is_number = isinstance(seconds, int | float) and not isinstance(seconds, bool)  # pyright: ignore[reportUnnecessaryIsInstance] - checks untyped callers
    if not (is_number and seconds > 0):
        raise ValueError(f"deadline must be a positive number of seconds, or None for no limit, got {seconds!r}")
    return anyio.current_time() + seconds


@attrs.frozen(eq=False, repr=False)
class Deadline:
    """
    When a call must be over, by the event loop's clock; infinite for no limit.

    Attributes:
        own: The deadline passed to the call.
        at: The earlier of `own` and the deadline of the cancel scopes around the call.
    """

    own: float
    at: float

    @classmethod
    def after(cls, seconds: float | None) -> Deadline:
        """
        Combine a number of seconds from now with the cancel scopes around the call.

        Raises:
            ValueError: The number is not positive.
        """
        own = end_after(seconds)
        return cls(own, min(own, anyio.current_effective_deadline()))

    @property
    def left(self) -> float:
        """
        Return the seconds left.
        """
        return self.at - anyio.current_time()
