"""
When stored work is due next, so that what waits for hours is not read ten times a second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime


class Agenda:
    """
    The time before which work of each kind need not be looked at; it is unknown until a first look.

    Call all methods within a transaction, in which others neither add work nor do it.

    Args:
        clock: Returns the time.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        # None if nothing waits.
        self._next: dict[str, datetime | None] = {}

    def is_idle(self, kind: str) -> bool:
        """
        Return whether nothing of this kind can be due.
        """
        if kind not in self._next:
            return False
        due_at = self._next[kind]
        # Only if something waits: tests have clocks that move with each look.
        return due_at is None or self._clock() < due_at

    def add(self, kind: str, due_at: datetime) -> None:
        """
        Note work that was added, or that is due at another time.
        """
        if kind in self._next:
            self._next[kind] = min(self._next[kind] or due_at, due_at)

    def wait(self, kind: str, due_at: Iterable[datetime]) -> None:
        """
        Note when all waiting work of a kind is due. Call it only if there was nothing to do: a transaction that does
        something may be undone.
        """
        self._next[kind] = min(due_at, default=None)

    def look(self, kind: str) -> None:
        """
        Have the work of a kind looked at again.
        """
        self._next.pop(kind, None)

    def clear(self) -> None:
        """
        Have all work looked at again.
        """
        self._next.clear()
