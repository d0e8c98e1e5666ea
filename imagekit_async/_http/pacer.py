"""
Makes calls wait for their turn: one queue for each endpoint, first come first served, over a store that decides.
"""

from __future__ import annotations

import logging
import math
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

import anyio
import attrs

from .in_process_store import InProcessStore

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from .._response import RateLimit
    from .queue import Queue, Turn
    from .rate_limit_store import RateLimitStore, RateLimitWait

    GiveUp = Callable[[float, float], None]

logger = logging.getLogger("imagekit_async")

T = TypeVar("T")

_POLL_SECONDS = 0.1
_LONG_WAIT_SECONDS = 60.0


def _as_budgets(value: Iterable[tuple[int, timedelta]]) -> tuple[tuple[int, timedelta], ...]:
    # attrs reads the signature of a converter; for `tuple` that takes a tenth of the time of importing this package.
    try:
        budgets = tuple((limit, interval) for limit, interval in value)
    except (TypeError, ValueError):
        raise ValueError(f"budgets must be pairs of requests and interval, got {value!r}") from None
    for limit, interval in budgets:
        # Untyped callers pass seconds, or fractions.
        if not (isinstance(limit, int) and isinstance(interval, timedelta) and limit > 0 and interval > timedelta(0)):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ValueError(
                f"budgets must be pairs of a positive int and a positive timedelta, got {(limit, interval)!r}"
            )
    return budgets


@attrs.frozen(kw_only=True)
class Pacing:
    """
    How a client stays within the account's rate limits.

    Attributes:
        budgets: Limits known beforehand, as (requests, interval) pairs that apply to each endpoint. What the server
            reports is learned in any case.
        max_concurrency: Requests in flight at the same time, uploads included; the others queue. At least 1.
        store: Where the state is kept; by default in memory, separately for each client and event loop.
    """

    budgets: tuple[tuple[int, timedelta], ...] = attrs.field(default=(), converter=_as_budgets)
    max_concurrency: int = attrs.field(
        default=100, validator=[attrs.validators.instance_of(int), attrs.validators.ge(1)]
    )
    store: RateLimitStore | None = None


@attrs.frozen(eq=False, repr=False)
class Permit:
    """
    The right to send one request, to be given back with what came of it.
    """

    key: str
    number: int


async def _to_the_end(decide: Callable[[], Awaitable[T]]) -> T:
    # A canceled decision might have taken a slot for good, or leave a transaction open. A shield does not
    # stop asyncio's own `task.cancel()`, which never reaches a task of its own.
    results: list[T] = []
    errors: list[Exception] = []

    async def run() -> None:
        with anyio.CancelScope(shield=True):
            try:
                results.append(await decide())
            except Exception as error:
                errors.append(error)

    with anyio.CancelScope(shield=True):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(run)
    for error in errors:
        raise error
    return results[0]


class Pacer:
    """
    Hands out permits in one event loop.

    Args:
        pacing: The caller's settings.
        learned: Where to note the windows known of each endpoint.
    """

    def __init__(self, pacing: Pacing, learned: dict[str, tuple[RateLimit, ...]]) -> None:
        self._store = pacing.store or InProcessStore()
        # The default store never awaits anything, so that nothing in it can be canceled.
        self._shared = pacing.store is not None
        self._budgets = pacing.budgets
        self._learned = learned
        self._queues: dict[str, Queue] = {}
        self._announced: dict[str, float] = {}

    async def acquire(self, key: str, give_up: GiveUp, *, ends: float, first: bool) -> Permit:
        """
        Wait until a request may be sent.

        Args:
            key: The endpoint.
            give_up: Called with the seconds that the wait lasts at least, and for how many of them all callers are held
                back; raises if that is too long.
            ends: The event loop's time by which the call must be over.
            first: Whether the request goes before those that wait already, because it is a retry after a 429.

        Raises:
            Exception: What the store raises.
        """
        queue = self._queues.get(key)
        decision = None
        if queue is None and not self._shared:
            granted = await self._store.acquire(key, waiting=1, budgets=self._budgets)
            if isinstance(granted, int):
                return Permit(key, granted)
            decision = granted
        # Imported with the first call that waits.
        from .queue import Queue, Turn

        if queue is None:
            queue = Queue() if decision is None else Queue(decision=decision, decided=anyio.current_time())
        if queue.decision is not None:
            # A call that is canceled already has no time left, but may find that it need not wait.
            ahead = len(queue.refused if first else queue)
            wait, held_back = queue.outlook(queue.decision, ahead, anyio.current_time())
            give_up(wait, held_back)
            self._announce(key, wait)
        return await self._wait(key, give_up, Turn(ends), first=first, queue=queue)

    async def _wait(self, key: str, give_up: GiveUp, turn: Turn, *, first: bool, queue: Queue) -> Permit:
        self._queues[key] = queue
        part = queue.refused if first else queue.fresh
        part[turn] = None
        try:
            while True:
                delay: float | None = None
                if turn.late is not None:
                    give_up(*turn.late)
                if queue.head() is turn:
                    decision = await self._decide(key, len(queue))
                    if isinstance(decision, Permit):
                        return decision
                    queue.note(decision, anyio.current_time())
                    delay = decision.delay
                    give_up(delay or 0.0, decision.held_back)
                    self._announce(key, delay or 0.0)
                    if delay is None and self._shared:
                        # Other processes cannot wake a call here.
                        delay = _POLL_SECONDS
                with anyio.move_on_after(delay):
                    await turn.woken.wait()
                turn.woken = anyio.Event()
        finally:
            del part[turn]
            self._wake(key)

    async def complete(self, permit: Permit, reported: RateLimit | None) -> None:
        """
        Give a permit back after a response, or when it is known that none will come.
        """
        await self._finish(permit, reported, None)

    async def refuse(self, permit: Permit, reported: RateLimit | None, wait: timedelta) -> None:
        """
        Give a permit back after a 429; all callers of the endpoint wait that long.
        """
        await self._finish(permit, reported, wait)

    def wake_all(self) -> None:
        """
        Let waiting calls see whether the client is still open.
        """
        for key in list(self._queues):
            self._wake(key)

    async def _finish(self, permit: Permit, reported: RateLimit | None, refused_for: timedelta | None) -> None:
        key, number = permit.key, permit.number

        async def complete() -> None:
            self._learned[key] = await self._store.complete(key, number, reported=reported, refused_for=refused_for)

        try:
            await (_to_the_end(complete) if self._shared else complete())
        except Exception:
            # The response came and is worth more than the note of it: a caller that tries again might do it twice.
            logger.exception("the rate limit store failed on %s; the slot of one request stays taken for a while", key)
        finally:
            if refused_for is not None and key in self._queues:
                self._queues[key].hold_back(refused_for.total_seconds(), anyio.current_time())
            self._wake(key)

    async def _decide(self, key: str, waiting: int) -> Permit | RateLimitWait:
        granted: list[int] = []

        async def decide() -> int | RateLimitWait:
            decision = await self._store.acquire(key, waiting=waiting, budgets=self._budgets)
            if isinstance(decision, int):
                granted.append(decision)
            return decision

        try:
            decision = await (_to_the_end(decide) if self._shared else decide())
        except BaseException:
            for number in granted:
                await self.complete(Permit(key, number), None)
            raise
        return Permit(key, decision) if isinstance(decision, int) else decision

    def _announce(self, key: str, wait: float) -> None:
        """
        Log a long wait, once a minute for each endpoint, because thousands of calls may share it.
        """
        if wait <= _LONG_WAIT_SECONDS:
            return
        time = anyio.current_time()
        if time - self._announced.get(key, -math.inf) >= _LONG_WAIT_SECONDS:
            self._announced[key] = time
            logger.info("%s waits at least %.0f s because its rate limit is used up", key, wait)

    def _wake(self, key: str) -> None:
        queue = self._queues.get(key)
        if queue is None:
            return
        if queue:
            queue.head().woken.set()
        else:
            del self._queues[key]
