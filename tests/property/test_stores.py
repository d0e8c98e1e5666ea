"""
The rules of pacing over both stores: several processes, simulated, ask one store in memory, or one real Redis server
each through a store of its own, under a virtual clock.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable, Coroutine, Iterator
from datetime import timedelta
from itertools import count, pairwise
from typing import Any

import attrs
import pytest
import redis as redis_py
from hypothesis import example, given, settings
from hypothesis import strategies as st

from imagekit_async import RateLimit, RateLimitStore
from imagekit_async._http.in_process_store import InProcessStore
from imagekit_async.integrations import redis as redis_integration
from tests.redis_server import RedisServer

START = 1_000_000.0
INTERVALS = [0.5, 1.0, 3.0]
_prefixes = count()


class _Loop(asyncio.SelectorEventLoop):
    """
    An event loop whose time passes only when a test says so.
    """

    now = START

    def time(self) -> float:
        """
        Return the virtual time.
        """
        return self.now


@attrs.define
class World:
    """
    The processes that share a limit.

    Attributes:
        stores: The store of each process.
        loop: The event loop that they run in.
        redis: A connection to the server, or None if the store is in memory.
    """

    stores: list[RateLimitStore]
    loop: _Loop
    redis: redis_py.Redis | None

    def set_time(self, now: float, jump: float = 0.0) -> None:
        """
        Move the clock, and that of the server by more.
        """
        self.loop.now = START + now
        if self.redis is not None:
            seconds, micros = divmod(round((START + now + jump) * 1e6), 1_000_000)
            self.redis.pipeline().delete("clock").rpush("clock", seconds, micros).execute()


class Worlds:
    """
    Runs simulations, each in a new world.
    """

    def __init__(self, kind: str, server: RedisServer) -> None:
        self.kind = kind
        self._server = server

    def run(self, processes: int, simulate: Callable[[World], Coroutine[Any, Any, Any]]) -> Any:
        """
        Run a simulation and return its result.
        """
        loop = _Loop()
        connection = redis_py.Redis(port=self._server.port) if self.kind == "redis" else None
        try:
            return loop.run_until_complete(self._simulate(World([], loop, connection), processes, simulate))
        finally:
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()
            if connection is not None:
                connection.close()

    async def _simulate(
        self, world: World, processes: int, simulate: Callable[[World], Coroutine[Any, Any, Any]]
    ) -> Any:
        prefix = f"{next(_prefixes)}:"
        if world.redis is None:
            world.stores = [InProcessStore()] * processes
        else:
            world.stores = [redis_integration.RedisStore(self._server.url, prefix=prefix) for _ in range(processes)]
        world.set_time(0)
        try:
            return await simulate(world)
        finally:
            for store in world.stores:
                if isinstance(store, redis_integration.RedisStore):
                    await store.aclose()


@pytest.fixture(scope="module")
def server() -> Iterator[RedisServer]:
    """
    A Redis server whose script reads the time from a key.
    """
    with RedisServer() as server, pytest.MonkeyPatch.context() as patch:
        script = redis_integration.SCRIPT.replace("redis.call('TIME')", "redis.call('LRANGE', 'clock', 0, 1)")
        assert script != redis_integration.SCRIPT
        patch.setattr(redis_integration, "SCRIPT", script)
        # Time jumps from one event to the next.
        patch.setattr(redis_integration, "_DECISION_SECONDS", None)
        yield server


@pytest.fixture(scope="module", params=["memory", "redis"])
def worlds(request: pytest.FixtureRequest, server: RedisServer) -> Worlds:
    """
    Worlds with one of the stores.
    """
    return Worlds(request.param, server)


@attrs.frozen(order=True)
class Request:
    """
    A request: when a process asks to send it, how long until the server counts it and until it responds.
    """

    asked: float
    process: int
    arrive: float = 0.0
    respond: float = 0.0


@attrs.define
class Served:
    """
    What a server saw: when each request was sent and counted, and by which process.
    """

    limits: list[tuple[int, float]]
    reports: bool = False
    sent: list[tuple[float, int]] = attrs.field(factory=list)
    counted: list[float] = attrs.field(factory=list)
    first_response: float = 0.0

    def worst_excess(self, phase: float = 0.0) -> int:
        """
        Return by how many requests the fullest window was over its limit, whether sliding or fixed.
        """
        excess = -(10**9)
        for limit, interval in self.limits:
            for start in self.counted:
                sliding = sum(start <= time < start + interval for time in self.counted)
                number = (start + phase) // interval
                fixed = sum((time + phase) // interval == number for time in self.counted)
                excess = max(excess, sliding - limit, fixed - limit)
        return excess


async def serve(world: World, requests: list[Request], served: Served, budgets: Any, start: float = 0.0) -> None:
    """
    Send the requests of each process in the order in which they were asked for, as a pacer does.
    """
    waiting = {process: [r for r in sorted(requests) if r.process == process] for process in range(len(world.stores))}
    responses: list[tuple[float, int, int]] = []
    now = start
    while any(waiting.values()) or responses:
        while responses and responses[0][0] <= now:
            _, process, permit = heapq.heappop(responses)
            limit, interval = served.limits[len(served.sent) % len(served.limits)]
            reported = RateLimit(limit, timedelta(seconds=interval), None) if served.reports else None
            await world.stores[process].complete("k", permit, reported=reported, refused_for=None)
        times = [responses[0][0]] if responses else []
        for process, queue in waiting.items():
            while queue and queue[0].asked <= now:
                due = sum(request.asked <= now for request in queue)
                decision = await world.stores[process].acquire("k", waiting=due, budgets=budgets)
                if not isinstance(decision, int):
                    times.append(now + max(0.05 if decision.delay is None else decision.delay, 1e-5))
                    break
                request = queue.pop(0)
                served.sent.append((now, process))
                served.counted.append(now + request.arrive)
                served.first_response = served.first_response or now + request.arrive + request.respond
                heapq.heappush(responses, (now + request.arrive + request.respond, process, decision))
            if queue:
                times.append(max(queue[0].asked, now + 1e-5) if queue[0].asked > now else times[-1])
        now = max(now, min(times, default=now))
        world.set_time(now)
        # What the stores do by themselves gets its turn.
        await asyncio.sleep(0)


limits = st.lists(st.tuples(st.integers(1, 12), st.sampled_from(INTERVALS)), min_size=1, max_size=2).map(
    lambda windows: [(limit, interval) for interval, limit in {interval: limit for limit, interval in windows}.items()]
)
requests = st.lists(
    st.builds(Request, st.floats(0, 3), st.integers(0, 2), st.floats(0, 0.3), st.floats(0, 0.3)),
    min_size=1,
    max_size=40,
)
# Each example of the store in Redis takes some hundred round trips.
few = settings(max_examples=20)


def budgets_of(windows: list[tuple[int, float]]) -> tuple[tuple[int, timedelta], ...]:
    """
    Return windows as budgets.
    """
    return tuple((limit, timedelta(seconds=interval)) for limit, interval in windows)


@few
@given(windows=limits, requests=requests, phase=st.floats(0, 3))
def test_no_window_is_ever_exceeded(worlds, windows, requests, phase):
    """Three processes with known limits never exceed a window, sliding or fixed, and all requests are served."""
    served = Served(windows)

    worlds.run(3, lambda world: serve(world, requests, served, budgets_of(windows)))

    assert len(requests) == len(served.sent)
    assert served.worst_excess(phase) <= 0


@few
@given(windows=limits, requests=requests.map(lambda rs: [attrs.evolve(r, respond=r.respond + 0.001) for r in rs]))
def test_limits_are_learned_together(worlds, windows, requests):
    """While no limit is known, one request of all processes goes ahead, and its response holds for all of them."""
    served = Served(windows[:1], reports=True)

    worlds.run(3, lambda world: serve(world, requests, served, ()))

    assert served.worst_excess() <= 0
    assert not [sent for sent, _ in served.sent[1:] if sent < served.first_response]


@few
@given(limit=st.integers(1, 300), interval=st.sampled_from(INTERVALS), rounds=st.integers(1, 3))
def test_the_budget_is_used_in_full(worlds, limit, interval, rounds):
    """With demand in all processes a budget is spent in each interval, but for two hundredths and a poll."""
    served = Served([(limit, interval)])
    asked = [Request(0.0, index % 3) for index in range(limit * rounds)]

    worlds.run(3, lambda world: serve(world, asked, served, budgets_of(served.limits)))

    assert max(sent for sent, _ in served.sent) <= (rounds - 1) * (interval * 1.02 + 0.15) + 0.001


@few
@given(limit=st.integers(1, 100), processes=st.integers(2, 5))
def test_no_process_starves(worlds, limit, processes):
    """Processes with the same demand get the same share, but for the permits that each holds."""
    served = Served([(limit, 1.0)])
    asked = [Request(0.0, index % processes) for index in range(processes * max(limit, 20))]

    worlds.run(processes, lambda world: serve(world, asked, served, budgets_of(served.limits)))

    first_to_finish = min(
        max(place for place, (_, process) in enumerate(served.sent) if process == number) for number in range(processes)
    )
    shares = [
        sum(process == number for _, process in served.sent[limit : first_to_finish + 1]) for number in range(processes)
    ]
    assert worlds.kind == "memory" or max(shares) - min(shares) <= 16


@few
@given(limit=st.integers(1, 30), wait=st.floats(0.5, 90), reports=st.booleans(), requests=requests)
def test_after_a_refusal_no_process_sends_early_nor_all_at_once(worlds, limit, wait, reports, requests):
    """One 429 holds back all processes until the wait is over; then requests go one by one for an interval."""
    served = Served([(limit, 1.0)])
    budgets = budgets_of(served.limits)
    reported = RateLimit(limit, timedelta(seconds=1), None) if reports else None

    async def simulate(world: World) -> None:
        permit = await world.stores[0].acquire("k", waiting=1, budgets=budgets)
        await world.stores[0].complete("k", permit, reported=reported, refused_for=timedelta(seconds=wait))
        await serve(world, [attrs.evolve(request, asked=0.0) for request in requests], served, budgets)

    worlds.run(3, simulate)

    sent = [time for time, _ in served.sent]
    assert wait <= sent[0] + 1e-5
    assert all(later - earlier >= 1 / limit - 0.011 for earlier, later in pairwise(sent[: limit + 1]))


@few
@given(limit=st.integers(2, 30), held=st.integers(1, 8))
@example(limit=30, held=8)
def test_what_a_dead_process_held_is_given_back(worlds, limit, held):
    """Permits of a process that died hold their slots for a while, but not forever."""
    served = Served([(limit, 1.0)])
    budgets = budgets_of(served.limits)

    async def simulate(world: World) -> None:
        for _ in range(min(held, limit - 1)):
            await world.stores[0].acquire("k", waiting=1, budgets=budgets)
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await serve(world, [Request(0.0, 1) for _ in range(limit)], served, budgets)
        before = [sent for sent, _ in served.sent if sent < 1]
        assert len(before) == limit - min(held, limit - 1)
        world.set_time(130)
        await world.stores[1].acquire("k", waiting=1, budgets=budgets)
        served.sent.clear()
        world.set_time(135)
        await serve(world, [Request(0.0, 1) for _ in range(limit - 1)], served, budgets, start=135)

    worlds.run(2, simulate)

    assert {135} == {sent for sent, _ in served.sent}


@few
@given(limit=st.integers(1, 30), jump=st.floats(-1e5, 1e5), at=st.floats(0.01, 1.0))
def test_a_server_whose_time_jumps_opens_and_closes_no_window(worlds, limit, jump, at):
    """When the server's clock is set, windows open when they would have, for all processes; small steps count."""
    budgets = budgets_of([(limit, 1.0)])

    async def simulate(world: World) -> list[bool]:
        for store in world.stores:
            world.set_time(0)
            while isinstance(permit := await store.acquire("k", waiting=1, budgets=budgets), int):
                await store.complete("k", permit, reported=None, refused_for=None)
            await asyncio.sleep(0)
        granted: list[bool] = []
        for now in (at, 1.0 + at + 2.1, 2.1 + at + 2.1):
            for store in world.stores:
                world.set_time(now, jump if now >= at else 0.0)
                permit = await store.acquire("k", waiting=1, budgets=budgets)
                granted.append(isinstance(permit, int))
                if isinstance(permit, int):
                    await store.complete("k", permit, reported=None, refused_for=None)
        return granted

    first, second, *later = worlds.run(2, simulate)

    assert (False, False) == (first, second) or 0 <= jump < 2.1
    assert [True] * 4 == later or (limit == 1 and later.count(True) >= 2)
