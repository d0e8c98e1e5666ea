"""
Clients that share a store stay within one budget together; the store is one that anybody could write.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

import anyio
import httpx
import pytest

from imagekit_async import AsyncImageKit, DeadlineExceededError, Pacing, RateLimit, RateLimitStore, RateLimitWait
from imagekit_async._http.in_process_store import InProcessStore
from imagekit_async._http.rate_limit_store import Budgets

pytestmark = pytest.mark.anyio


class RemoteStore(InProcessStore):
    """Decides as the default store does, but takes a while, one decision after the other, as a server would."""

    def __init__(self) -> None:
        super().__init__()
        self.lock = anyio.Lock()
        self.begun = 0
        self.ended = 0

    async def acquire(self, key: str, *, waiting: int, budgets: Budgets) -> int | RateLimitWait:
        """Decide half-way."""
        self.begun += 1
        async with self.lock:
            await anyio.sleep(0.001)
            decision = await super().acquire(key, waiting=waiting, budgets=budgets)
            await anyio.sleep(0.001)
        self.ended += 1
        return decision

    async def complete(
        self, key: str, permit: int, *, reported: RateLimit | None, refused_for: timedelta | None
    ) -> tuple[RateLimit, ...]:
        """Take note half-way."""
        self.begun += 1
        async with self.lock:
            await anyio.sleep(0.001)
            limits = await super().complete(key, permit, reported=reported, refused_for=refused_for)
            await anyio.sleep(0.001)
        self.ended += 1
        return limits

    def in_flight(self, key: str) -> int:
        """How many requests hold a slot."""
        return len(self._buckets[key].leases) if key in self._buckets else 0


class SlidingLimit:
    """Serves at most so many requests in any second, and refuses the others; reports the limit or not."""

    def __init__(self, limit: int, *, told: bool = True) -> None:
        self.limit = limit
        self.headers = {"X-RateLimit-Limit": str(limit), "X-RateLimit-Interval": "1000"} if told else {}
        self.served: list[float] = []
        self.refused = 0

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """Take some time and respond."""
        await anyio.sleep(0.02)
        now = anyio.current_time()
        if sum(time > now - 1 for time in self.served[-self.limit :]) == self.limit:
            self.refused += 1
            return httpx.Response(429, headers={**self.headers, "X-RateLimit-Reset": "1000"})
        self.served.append(now)
        return httpx.Response(204, headers=self.headers)


def clients_of(store: RateLimitStore, server: SlidingLimit, count: int, **settings) -> list[AsyncImageKit]:
    """Clients that share the store."""
    pacing = Pacing(store=store, **settings)
    return [AsyncImageKit("private", transport=httpx.MockTransport(server), pacing=pacing) for _ in range(count)]


@pytest.mark.parametrize("store", [RemoteStore, InProcessStore])
async def test_clients_share_one_budget(store):
    """Three clients that learn the limit together stay inside it together, and use it."""
    server = SlidingLimit(10)
    clients = clients_of(store(), server, 3)

    started = anyio.current_time()
    async with anyio.create_task_group() as tasks:
        for index in range(60):
            tasks.start_soon(clients[index % 3].files.delete, "f1")

    assert (60, 0) == (len(server.served), server.refused)
    assert anyio.current_time() - started < 7
    assert {(10, timedelta(seconds=1))} == {
        (limit.limit, limit.interval) for client in clients for limit in client.rate_limits["files.delete"]
    }


async def test_one_refusal_holds_back_all_clients():
    """A 429 that one client gets makes the others wait as well, before they call at all."""
    server = SlidingLimit(5, told=False)
    server.served = [anyio.current_time()] * 5
    first, second = clients_of(RemoteStore(), server, 2, budgets=[(5, timedelta(seconds=1))])

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(first.files.delete, "f1")
        await anyio.sleep(0.2)
        tasks.start_soon(second.files.delete, "f2")

    assert (5 + 2, 1) == (len(server.served), server.refused)


async def test_a_refusal_during_the_first_decision_holds_back_as_well():
    """A call whose first decision is on its way when a 429 comes waits like the others."""
    server = SlidingLimit(5, told=False)
    server.served = [anyio.current_time()] * 5
    (client,) = clients_of(RemoteStore(), server, 1, budgets=[(5, timedelta(seconds=1))])

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(client.files.delete, "f1")
        # The store took 2 ms and the server 20 ms; now the store takes note of the 429.
        await anyio.sleep(0.023)
        tasks.start_soon(client.files.delete, "f2")

    assert (5 + 2, 1) == (len(server.served), server.refused)


async def test_the_refusal_of_another_client_is_noticed_while_waiting():
    """A call that waits for the responses of others gives up when one of them is a refusal that it cannot wait for."""
    store = RemoteStore()
    budget = [(1, timedelta(seconds=60))]
    (client,) = clients_of(store, SlidingLimit(1), 1, budgets=budget)
    permit = await store.acquire("files.delete", waiting=1, budgets=tuple(budget))

    started = anyio.current_time()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(refuse_later, store, permit)
        with pytest.raises(DeadlineExceededError) as caught:
            await client.files.delete("f1", deadline=70)

    assert timedelta(seconds=99) < caught.value.retry_after < timedelta(seconds=100)
    assert anyio.current_time() - started < 6


async def refuse_later(store: RemoteStore, permit: int) -> None:
    """Note a refusal in the store after a while."""
    await anyio.sleep(5)
    await store.complete("files.delete", permit, reported=None, refused_for=timedelta(seconds=100))


async def test_the_responses_of_others_are_waited_for():
    """A client whose turn depends on the response to another client's request notices that it came."""
    server = SlidingLimit(1)
    first, second = clients_of(RemoteStore(), server, 2)

    started = anyio.current_time()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(first.files.delete, "f1")
        tasks.start_soon(second.files.delete, "f2")

    assert (2, 0) == (len(server.served), server.refused)
    assert anyio.current_time() - started < 1.5


async def test_lost_requests_do_not_block_for_ever():
    """The slots of a process that died are free again after two minutes."""
    store = RemoteStore()
    budget = [(2, timedelta(seconds=1))]
    (client,) = clients_of(store, SlidingLimit(2), 1, budgets=budget)
    for _ in range(2):
        await store.acquire("files.delete", waiting=1, budgets=tuple(budget))

    started = anyio.current_time()
    await client.files.delete("f1")

    assert 120 < anyio.current_time() - started < 123
    assert 0 == store.in_flight("files.delete")


@pytest.mark.parametrize("steps", range(1, 16))
async def test_a_call_canceled_in_the_store_leaves_no_slot_behind(steps):
    """Whenever a call is canceled, also while the store is at work, its slot is given back."""
    store = RemoteStore()
    client, *_ = clients_of(store, SlidingLimit(1), 1, budgets=[(1, timedelta(seconds=1))])

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(client.files.delete, "f1")
        tasks.start_soon(client.files.delete, "f2")
        await anyio.sleep(0.0005 * steps)
        tasks.cancel_scope.cancel()
    started = anyio.current_time()
    await client.files.delete("f3")

    assert 0 == store.in_flight("files.delete")
    assert store.ended == store.begun
    assert anyio.current_time() - started < 1.2


@pytest.mark.parametrize("anyio_backend", ["asyncio"], indirect=True)
@pytest.mark.parametrize("steps", range(1, 60))
async def test_a_task_canceled_in_the_store_leaves_no_slot_behind(steps):
    """The same when asyncio cancels the task, as its time-outs do: an update that began goes to its end."""
    store = RemoteStore()
    client, *_ = clients_of(store, SlidingLimit(1), 1, budgets=[(1, timedelta(seconds=1))])
    tasks = [asyncio.create_task(client.files.delete("f1")), asyncio.create_task(client.files.delete("f2"))]

    await anyio.sleep(0.0005 * steps)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)

    assert 0 == store.in_flight("files.delete")
    assert store.ended == store.begun


async def test_a_store_that_fails_fails_the_call():
    """What a store raises reaches the caller, and nothing is sent."""

    class Broken(RemoteStore):
        async def acquire(self, key: str, *, waiting: int, budgets: Budgets) -> int | RateLimitWait:
            raise ConnectionError("no database")

    server = SlidingLimit(1)
    (client,) = clients_of(Broken(), server, 1)

    with pytest.raises(ConnectionError, match="no database"):
        await client.files.delete("f1")
    assert [] == server.served


async def test_a_store_that_fails_after_the_response_fails_no_call(caplog):
    """When the store cannot take note of a response or a cancellation, neither is lost, and the failure is logged."""

    class Failing(RemoteStore):
        async def complete(
            self, key: str, permit: int, *, reported: RateLimit | None, refused_for: timedelta | None
        ) -> tuple[RateLimit, ...]:
            raise ConnectionError("no database")

    server = SlidingLimit(1)
    first, second = (*clients_of(Failing(), server, 1), *clients_of(Failing(), server, 1))

    await first.files.delete("f1")
    with anyio.move_on_after(0.01) as scope:
        await second.files.delete("f2")

    assert 1 == len(server.served)
    assert scope.cancelled_caught
    assert 2 == sum("the rate limit store failed on files.delete" in record.message for record in caplog.records)


async def test_the_store_is_told_how_many_wait():
    """A store that grants several permits at once knows how many requests of the process can use them."""
    asked: list[int] = []

    class Asked(RemoteStore):
        async def acquire(self, key: str, *, waiting: int, budgets: Budgets) -> int | RateLimitWait:
            asked.append(waiting)
            return await super().acquire(key, waiting=waiting, budgets=budgets)

    (client,) = clients_of(Asked(), SlidingLimit(100), 1, budgets=[(100, timedelta(seconds=1))])

    async with anyio.create_task_group() as tasks:
        for _ in range(4):
            tasks.start_soon(client.files.delete, "f1")

    assert [1, 3, 2, 1] == asked
