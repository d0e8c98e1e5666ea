"""
The end of a call: nothing is begun that cannot be over by then.
"""

from __future__ import annotations

import math
from datetime import timedelta

import anyio
import attrs

from ..errors import DeadlineExceededError


def end_after(seconds: float | None) -> float:
    """
    Return the event loop's time in so many seconds; infinite for None.

    Raises:
        ValueError: The number is not positive.
    """
    if seconds is None:
        return math.inf
    if not seconds > 0:
        raise ValueError(f"deadline must be a positive number of seconds, or None for no limit, not {seconds!r}")
    return anyio.current_time() + seconds


@attrs.frozen
class Deadline:
    """
    When a call must be over.

    Attributes:
        own: The event loop's time at which the call's own deadline comes; infinite for none.
        at: The same with the deadline of the cancel scopes around the call.
        method: For messages.
        path: For messages.
    """

    own: float
    at: float
    method: str
    path: str

    @classmethod
    def after(cls, seconds: float | None, *, method: str, path: str) -> Deadline:
        """
        Combine a number of seconds from now with the deadline of the cancel scopes around the call.

        Raises:
            ValueError: The number is not positive.
        """
        own = end_after(seconds)
        return cls(own, min(own, anyio.current_effective_deadline()), method, path)

    @property
    def left(self) -> float:
        """
        Return the seconds that are left.
        """
        return self.at - anyio.current_time()

    def check(self, wait: float, *, attempts: int, why: str) -> None:
        """
        Refuse to begin a wait that cannot end in time.

        Args:
            wait: Seconds that it lasts at least.
            attempts: Attempts made so far.
            why: What is waited for.

        Raises:
            DeadlineExceededError: It lasts longer than the time that is left.
        """
        if wait > self.left:
            raise self.exceeded(why, attempts=attempts, retry_after=timedelta(seconds=wait))

    def exceeded(
        self, why: str, *, attempts: int, retry_after: timedelta | None = None, request_sent: bool = False
    ) -> DeadlineExceededError:
        """
        Return the error for a call whose time is up.
        """
        return DeadlineExceededError(
            f"The deadline does not leave the time to wait for {why}",
            retry_after=retry_after,
            request_sent=request_sent,
            method=self.method,
            path=self.path,
            attempts=attempts,
        )
