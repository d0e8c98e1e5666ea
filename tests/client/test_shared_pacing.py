"""
Clients that share a store keep inside one budget together; the store is one that anybody could write.
"""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from imagekit_async import AsyncImageKit, Bucket, DeadlineExceededError, InProcessStore, Pacing, RateLimitStore

pytestmark = pytest.mark.anyio

PAGE = (Path(__file__).parents[2] / "docs" / "rate-limits.md").read_text(encoding="utf-8")
EXAMPLE = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]


class JsonStore:
    """Keeps JSON text, as a database would, and takes a while for each update."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.lock = anyio.Lock()
        self.begun = 0
        self.ended = 0

    def now(self) -> float:
        """The event loop's time."""
        return anyio.current_time()

    async def update(self, key: str, change: Callable[[Bucket], Any], new: Callable[[], Bucket]) -> Any:
        """Read, change and write, one after the other."""
        self.begun += 1
        async with self.lock:
            await anyio.sleep(0.001)
            bucket = Bucket.from_dict(json.loads(self.texts[key])) if key in self.texts else new()
            result = change(bucket)
            self.texts[key] = json.dumps(bucket.to_dict())
            await anyio.sleep(0.001)
        self.ended += 1
        return result

    def bucket(self, key: str) -> Bucket:
        """The state of an endpoint."""
        return Bucket.from_dict(json.loads(self.texts[key]))


class SlidingLimit:
    """Answers at most so many requests in any second, and refuses the others; tells the limit or not."""

    def __init__(self, limit: int, *, told: bool = True) -> None:
        self.limit = limit
        self.headers = {"X-RateLimit-Limit": str(limit), "X-RateLimit-Interval": "1000"} if told else {}
        self.served: list[float] = []
        self.refused = 0

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """Take some time and answer."""
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


@pytest.mark.parametrize("store", [JsonStore, InProcessStore])
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
    first, second = clients_of(JsonStore(), server, 2, budgets=[(5, timedelta(seconds=1))])

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(first.files.delete, "f1")
        await anyio.sleep(0.2)
        tasks.start_soon(second.files.delete, "f2")

    assert (5 + 2, 1) == (len(server.served), server.refused)


async def test_the_refusal_of_another_client_is_noticed_while_waiting():
    """A call that waits for the answers of others gives up when one of them is a refusal that it cannot wait for."""
    store = JsonStore()
    budget = [(1, timedelta(seconds=60))]
    (client,) = clients_of(store, SlidingLimit(1), 1, budgets=budget)
    lease = await store.update("files.delete", lambda bucket: bucket.acquire(store.now()), lambda: Bucket.of(budget))

    started = anyio.current_time()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(refuse_later, store, lease)
        with pytest.raises(DeadlineExceededError) as caught:
            await client.files.delete("f1", deadline=70)

    assert timedelta(seconds=99) < caught.value.retry_after < timedelta(seconds=100)
    assert anyio.current_time() - started < 6


async def refuse_later(store: JsonStore, lease: int) -> None:
    """Note a refusal in the store after a while."""
    await anyio.sleep(5)
    now = store.now()
    await store.update("files.delete", lambda bucket: bucket.refuse(now, lease, None, 100), Bucket)


async def test_the_answers_of_others_are_waited_for():
    """A client whose turn depends on the answer to another client's request notices that it came."""
    server = SlidingLimit(1)
    first, second = clients_of(JsonStore(), server, 2)

    started = anyio.current_time()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(first.files.delete, "f1")
        tasks.start_soon(second.files.delete, "f2")

    assert (2, 0) == (len(server.served), server.refused)
    assert anyio.current_time() - started < 1.5


async def test_lost_requests_do_not_block_for_ever():
    """The slots of a process that died are free again after two minutes."""
    store = JsonStore()
    budget = [(2, timedelta(seconds=1))]
    (client,) = clients_of(store, SlidingLimit(2), 1, budgets=budget)
    for _ in range(2):
        await store.update("files.delete", lambda bucket: bucket.acquire(store.now()), lambda: Bucket.of(budget))

    started = anyio.current_time()
    await client.files.delete("f1")

    assert 120 < anyio.current_time() - started < 123
    assert {} == store.bucket("files.delete").leases


@pytest.mark.parametrize("steps", range(1, 16))
async def test_a_call_cancelled_in_the_store_leaves_no_slot_behind(steps):
    """Whenever a call is cancelled, also while the store is at work, its slot is given back."""
    store = JsonStore()
    client, *_ = clients_of(store, SlidingLimit(1), 1, budgets=[(1, timedelta(seconds=1))])

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(client.files.delete, "f1")
        tasks.start_soon(client.files.delete, "f2")
        await anyio.sleep(0.0005 * steps)
        tasks.cancel_scope.cancel()
    started = anyio.current_time()
    await client.files.delete("f3")

    assert {} == store.bucket("files.delete").leases
    assert store.ended == store.begun
    assert anyio.current_time() - started < 1.2


@pytest.mark.parametrize("anyio_backend", ["asyncio"], indirect=True)
@pytest.mark.parametrize("steps", range(1, 60))
async def test_a_task_cancelled_in_the_store_leaves_no_slot_behind(steps):
    """The same when asyncio cancels the task, as its time-outs do: an update that began goes to its end."""
    store = JsonStore()
    client, *_ = clients_of(store, SlidingLimit(1), 1, budgets=[(1, timedelta(seconds=1))])
    tasks = [asyncio.create_task(client.files.delete("f1")), asyncio.create_task(client.files.delete("f2"))]

    await anyio.sleep(0.0005 * steps)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)

    assert {} == (store.bucket("files.delete").leases if store.texts else {})
    assert store.ended == store.begun


async def test_a_store_that_fails_fails_the_call():
    """What a store raises reaches the caller, and nothing is sent."""

    class Broken(JsonStore):
        async def update(self, key: str, change: Callable[[Bucket], Any], new: Callable[[], Bucket]) -> Any:
            raise ConnectionError("no database")

    server = SlidingLimit(1)
    (client,) = clients_of(Broken(), server, 1)

    with pytest.raises(ConnectionError, match="no database"):
        await client.files.delete("f1")
    assert [] == server.served


async def test_a_store_that_fails_after_the_answer_fails_no_call(caplog):
    """What was answered is not lost when the store cannot take note of it, nor is a cancellation: that is logged."""

    class Failing(JsonStore):
        async def update(self, key: str, change: Callable[[Bucket], Any], new: Callable[[], Bucket]) -> Any:
            if self.begun:
                raise ConnectionError("no database")
            return await super().update(key, change, new)

    server = SlidingLimit(1)
    first, second = (*clients_of(Failing(), server, 1), *clients_of(Failing(), server, 1))

    await first.files.delete("f1")
    with anyio.move_on_after(0.01) as scope:
        await second.files.delete("f2")

    assert 1 == len(server.served)
    assert scope.cancelled_caught
    assert 2 == sum("the rate limit store failed on files.delete" in record.message for record in caplog.records)


# The store reads the real clock, so that the event loop must as well: under a virtual one, polling knows no pause.
@pytest.mark.parametrize("anyio_backend", ["asyncio", "trio"])
async def test_the_documented_store(monkeypatch, tmp_path):
    """The store that the page on rate limits shows makes two clients share one bucket."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(compile(EXAMPLE, "rate-limits.md", "exec"), names)
    server = SlidingLimit(1000)
    clients = clients_of(names["SQLiteStore"]("rate-limits.db"), server, 2)

    async with anyio.create_task_group() as tasks:
        for index in range(10):
            tasks.start_soon(clients[index % 2].files.delete, "f1")

    with closing(sqlite3.connect("rate-limits.db")) as database:
        [(key, state)] = database.execute("SELECT key, state FROM buckets").fetchall()
    bucket = json.loads(state)
    assert ("files.delete", []) == (key, bucket["leases"])
    assert [[1000, 1.0]] == [[limit, interval] for limit, interval, *_ in bucket["windows"]]
    assert 10 == sum(count for _, (count, _) in bucket["history"])
