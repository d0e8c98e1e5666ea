"""
The calls that wait for the turns of one endpoint, and how long each waits at least.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from typing import TYPE_CHECKING

import anyio
import attrs

from .bucket import is_too_long

if TYPE_CHECKING:
    from .rate_limit_store import RateLimitWait


@attrs.define(eq=False, repr=False)
class Turn:
    """
    A waiting call.

    Attributes:
        ends: The event loop's time by which the call must be over.
        late: Set once the call is known to wait too long: the seconds that it waits at least, and for how many of them
            all callers are held back.
        woken: Set when there is something new for it.
    """

    ends: float
    late: tuple[float, float] | None = None
    woken: anyio.Event = attrs.field(factory=anyio.Event)


@attrs.define(eq=False, repr=False)
class Queue:
    """
    The calls that wait for one endpoint, in the order they came; those that were refused go before the others.

    Attributes:
        refused: Calls whose last attempt met a 429.
        fresh: The other calls.
        decision: The store's last decision; None before the first one.
        decided: The event loop's time of that decision.
    """

    refused: OrderedDict[Turn, None] = attrs.field(factory=lambda: OrderedDict())
    fresh: OrderedDict[Turn, None] = attrs.field(factory=lambda: OrderedDict())
    decision: RateLimitWait | None = None
    decided: float = 0.0

    def __len__(self) -> int:
        return len(self.refused) + len(self.fresh)

    def head(self) -> Turn:
        """
        Return whose turn is next; the queue must not be empty.
        """
        return next(iter(self.refused or self.fresh))

    def outlook(self, decision: RateLimitWait, ahead: int, time: float) -> tuple[float, float]:
        """
        Return the least seconds that a call with `ahead` others before it waits, and for how many all are held back.
        """
        elapsed, held_back = time - self.decided, decision.held_back
        return max(decision.estimate(ahead), held_back) - elapsed, held_back - elapsed

    def note(self, decision: RateLimitWait, time: float) -> None:
        """
        Keep a decision; when it holds calls back for longer than the last one, mark those whose turn comes too late.
        """
        last, elapsed = self.decision, time - self.decided
        self.decision, self.decided = decision, time
        if last is None or last.limits != decision.limits or last.held_back - elapsed < decision.held_back - 0.001:
            self._mark_late(self.decision, time)

    def hold_back(self, seconds: float, time: float) -> None:
        """
        Mark those whose turn comes too late after a 429, before the refused call goes to the front.
        """
        if self.decision is not None:
            self.decision = attrs.evolve(self.decision, held_back=seconds + time - self.decided)
            self._mark_late(self.decision, time)

    def _mark_late(self, decision: RateLimitWait, time: float) -> None:
        ahead = 0
        held_back = self.outlook(decision, 0, time)[1]
        for turn in (*self.refused, *self.fresh):
            wait = self.outlook(decision, ahead, time)[0] if turn.ends < math.inf else held_back
            if wait > turn.ends - time or is_too_long(held_back):
                turn.late = wait, held_back
                turn.woken.set()
            else:
                ahead += 1
