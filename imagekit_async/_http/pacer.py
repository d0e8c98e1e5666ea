"""
Makes calls wait their turn: a queue an endpoint, first come first served, over a store of what is known about its
limit.
"""

from __future__ import annotations

import logging
import math
from collections import OrderedDict
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

import anyio
import attrs

from .._response import RateLimit
from .bucket import Bucket, is_too_long
from .rate_limit_store import InProcessStore

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from .rate_limit_store import RateLimitStore

    GiveUp = Callable[[float, float], None]

logger = logging.getLogger("imagekit_async")

T = TypeVar("T")

_POLL_SECONDS = 0.1
_LONG_WAIT_SECONDS = 60.0


def _as_budgets(value: Iterable[tuple[int, timedelta]]) -> tuple[tuple[int, timedelta], ...]:
    # `tuple` itself has no signature that attrs could read in less than a tenth of the time of importing this package.
    try:
        budgets = tuple((limit, interval) for limit, interval in value)
    except (TypeError, ValueError):
        raise ValueError(f"budgets must be pairs of requests and interval, not {value!r}") from None
    for limit, interval in budgets:
        # Untyped callers give seconds, or fractions.
        if not (isinstance(limit, int) and isinstance(interval, timedelta) and limit > 0 and interval > timedelta(0)):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ValueError(
                f"a budget is (requests, interval), a whole number and a timedelta, both positive, "
                f"not {(limit, interval)!r}"
            )
    return budgets


@attrs.frozen(kw_only=True)
class Pacing:
    """
    How a client stays inside the account's rate limits.

    Attributes:
        budgets: Limits that are known beforehand, as (requests, interval) pairs that hold for each endpoint. What the
            server reports is learnt in any case.
        max_concurrency: Requests under way at the same time, uploads included; the others queue. At least 1.
        store: Where the state lives; by default in the process, apart for each event loop.
    """

    budgets: tuple[tuple[int, timedelta], ...] = attrs.field(default=(), converter=_as_budgets)
    max_concurrency: int = attrs.field(
        default=100, validator=[attrs.validators.instance_of(int), attrs.validators.ge(1)]
    )
    store: RateLimitStore | None = None


@attrs.define(eq=False)
class _Turn:
    """
    A call that waits.

    Attributes:
        ends: The event loop's time by which the call must be over.
        late: What to tell it once it is known that it waits too long: the seconds that it will wait at least, and those
            of them that a refusal holds everybody back for.
        woken: Set when there is something new for it.
    """

    ends: float
    late: tuple[float, float] | None = None
    woken: anyio.Event = attrs.field(factory=anyio.Event)


@attrs.frozen(eq=False)
class _Queue:
    """
    The calls that wait for one endpoint, in the order they came; those that were refused go before the others.
    """

    refused: OrderedDict[_Turn, None] = attrs.field(factory=lambda: OrderedDict())
    fresh: OrderedDict[_Turn, None] = attrs.field(factory=lambda: OrderedDict())

    def __len__(self) -> int:
        return len(self.refused) + len(self.fresh)

    def head(self) -> _Turn:
        """
        Return whose turn is next; the queue must not be empty.
        """
        return next(iter(self.refused or self.fresh))

    def too_late(self, bucket: Bucket, now: float, time: float) -> list[tuple[_Turn, tuple[float, float]]]:
        """
        Return those whose turn cannot come in time, and what to tell them.

        Args:
            bucket: The endpoint's state.
            now: The time by the store's clock.
            time: The time by the event loop's clock.
        """
        late: list[tuple[_Turn, tuple[float, float]]] = []
        ahead = 0
        held_back = bucket.held_back(now)
        for turn in (*self.refused, *self.fresh):
            wait = bucket.estimate(now, ahead) if turn.ends < math.inf else held_back
            if wait > turn.ends - time or is_too_long(held_back):
                late.append((turn, (wait, held_back)))
            else:
                ahead += 1
        return late


@attrs.frozen
class Permit:
    """
    The right to send one request, to be given back with what came of it.
    """

    key: str
    lease: int


async def _at_once(work: Callable[[], Awaitable[T]]) -> T:
    return await work()


async def _to_the_end(work: Callable[[], Awaitable[T]]) -> T:
    # Cancelled in the middle, it might have taken a slot that nobody gives back, or leave a transaction open. A shield
    # stops no `task.cancel()` of asyncio, which a task of its own never meets.
    results: list[T] = []
    errors: list[Exception] = []

    async def run() -> None:
        with anyio.CancelScope(shield=True):
            try:
                results.append(await work())
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
    """

    def __init__(self, pacing: Pacing, learnt: dict[str, tuple[RateLimit, ...]]) -> None:
        self._store = pacing.store or InProcessStore()
        # The default store never waits, so that nothing in it can be cancelled.
        self._to_the_end = _at_once if pacing.store is None else _to_the_end
        # Who else uses the store cannot wake anybody here.
        self._poll_seconds = None if pacing.store is None else _POLL_SECONDS
        self._budgets = pacing.budgets
        self._learnt = learnt
        self._queues: dict[str, _Queue] = {}
        self._announced: dict[str, float] = {}

    async def acquire(self, key: str, give_up: GiveUp, *, ends: float, first: bool) -> Permit:
        """
        Wait for the turn of a request.

        Args:
            key: The endpoint.
            give_up: Called with the seconds that the wait will last at least, and those of them that a refusal holds
                everybody back for; raises if that is too long.
            ends: The event loop's time by which the call must be over.
            first: Whether the request goes before those that wait already, since it was refused and comes again.
        """
        queue = self._queues.get(key)
        if not queue:
            permit = await self._try(key)
            if permit is not None:
                return permit
        ahead = 0 if queue is None else len(queue.refused if first else queue)
        wait, held_back = await self._update(
            key, lambda bucket, now: (bucket.estimate(now, ahead), bucket.held_back(now))
        )
        give_up(wait, held_back)
        self._announce(key, wait)
        return await self._wait(key, give_up, _Turn(ends), first=first)

    async def _wait(self, key: str, give_up: GiveUp, turn: _Turn, *, first: bool) -> Permit:
        queue = self._queues.setdefault(key, _Queue())
        part = queue.refused if first else queue.fresh
        part[turn] = None
        try:
            while True:
                delay: float | None = None
                if turn.late is not None:
                    give_up(*turn.late)
                if queue.head() is turn:
                    permit = await self._try(key)
                    if permit is not None:
                        return permit
                    delay, held_back = await self._update(
                        key, lambda bucket, now: (bucket.delay(now), bucket.held_back(now))
                    )
                    give_up(delay or 0.0, held_back)
                    self._announce(key, delay or 0.0)
                    delay = self._poll_seconds if delay is None else delay
                with anyio.move_on_after(delay):
                    await turn.woken.wait()
                turn.woken = anyio.Event()
        finally:
            del part[turn]
            self._wake(key)

    async def complete(self, permit: Permit, told: RateLimit | None) -> None:
        """
        Give a permit back after an answer, or after it is known that none will come.
        """
        await self._finish(permit, lambda bucket, now: bucket.complete(now, permit.lease, told))

    async def refuse(self, permit: Permit, told: RateLimit | None, wait: timedelta) -> None:
        """
        Give a permit back after a 429; everybody who wants this endpoint waits that long.
        """
        seconds = wait.total_seconds()
        await self._finish(permit, lambda bucket, now: bucket.refuse(now, permit.lease, told, seconds), refused=True)

    def wake_all(self) -> None:
        """
        Let those who wait see whether they still may.
        """
        for key in list(self._queues):
            self._wake(key)

    async def _finish(self, permit: Permit, change: Callable[[Bucket, float], None], *, refused: bool = False) -> None:
        key = permit.key

        def apply(bucket: Bucket, now: float) -> tuple[RateLimit, ...]:
            change(bucket, now)
            return tuple(
                RateLimit(window.limit, timedelta(seconds=window.interval), None) for window in bucket.windows.values()
            )

        async def note() -> None:
            learnt = await self._change(key, apply)
            if refused or learnt != self._learnt.get(key):
                await self._dismiss(key)
            self._learnt[key] = learnt

        try:
            await self._to_the_end(note)
        except Exception:
            # The answer is there, and worth more than the note of it: who asks again may do it twice.
            logger.exception("the rate limit store failed on %s; the place in its window stays taken for a while", key)
        finally:
            self._wake(key)

    async def _dismiss(self, key: str) -> None:
        queue, time = self._queues.get(key), anyio.current_time()
        if not queue:
            return
        for turn, told in await self._change(key, lambda bucket, now: queue.too_late(bucket, now, time)):
            turn.late = told
            turn.woken.set()

    async def _try(self, key: str) -> Permit | None:
        lease: int | None = None

        async def take() -> None:
            nonlocal lease
            lease = await self._change(key, lambda bucket, now: bucket.acquire(now))

        try:
            await self._to_the_end(take)
        except BaseException:
            if lease is not None:
                await self.complete(Permit(key, lease), None)
            raise
        return None if lease is None else Permit(key, lease)

    async def _update(self, key: str, change: Callable[[Bucket, float], T]) -> T:
        return await self._to_the_end(lambda: self._change(key, change))

    async def _change(self, key: str, change: Callable[[Bucket, float], T]) -> T:
        now = self._store.now()
        return await self._store.update(key, lambda bucket: change(bucket, now), lambda: Bucket.of(self._budgets))

    def _announce(self, key: str, wait: float) -> None:
        """
        Log a long wait, once a minute for each endpoint, because thousands of calls may share it.
        """
        time = anyio.current_time()
        if wait > _LONG_WAIT_SECONDS and time - self._announced.get(key, -math.inf) >= _LONG_WAIT_SECONDS:
            self._announced[key] = time
            logger.info("%s waits at least %.0f s because its rate limit is used up", key, wait)

    def _wake(self, key: str) -> None:
        queue = self._queues.get(key)
        if queue:
            queue.head().woken.set()
        elif queue is not None:
            del self._queues[key]
