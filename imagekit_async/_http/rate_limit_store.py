"""
Where the pacer asks whether a request may be sent: the protocol of a store, and its decision to wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from .._response import RateLimit

Budgets: TypeAlias = "tuple[tuple[int, timedelta], ...]"


@attrs.frozen
class RateLimitWait:
    """
    A store's decision that a request has to wait.

    Attributes:
        delay: Seconds after which to ask again; None if a response has to come first.
        held_back: Seconds for which no request to the endpoint may be sent, because one was refused or because a quota
            is used up that is too long to wait for; 0 if requests just wait for each other.
        limits: The windows known so far, with limit and interval.
        estimate: Return the least seconds, counted from this decision, that a request waits that has so many others
            before it.
    """

    delay: float | None
    held_back: float
    limits: tuple[RateLimit, ...]
    estimate: Callable[[int], float]


class RateLimitStore(Protocol):
    """
    Decides when requests may be sent, so that several processes can share one budget.

    Give a client one through `Pacing(store=...)`. Each decision is made where the state is, by the clock there. The
    client never cancels a decision, so each must end by itself.
    """

    async def acquire(self, key: str, *, waiting: int, budgets: Budgets) -> int | RateLimitWait:
        """
        Ask for the permit to send one request.

        Args:
            key: The endpoint, for example `assets.list`.
            waiting: How many requests of this process wait for the endpoint, this one included.
            budgets: Limits known beforehand, as (requests, interval) pairs; for an endpoint that is new to the store.

        Returns:
            A number to pass to `complete` when the request is over, or why it has to wait.
        """
        ...

    async def complete(
        self, key: str, permit: int, *, reported: RateLimit | None, refused_for: timedelta | None
    ) -> tuple[RateLimit, ...]:
        """
        Note that a request is over, and return the windows known so far.

        Args:
            key: The endpoint.
            permit: What `acquire` returned.
            reported: The limit that the response reported; None if it reported none or no response came.
            refused_for: How long no request may be sent, if the response was a 429; else None.
        """
        ...
