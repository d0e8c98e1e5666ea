"""
`RedisStore` against a real server that is killed, paused, emptied and filled up while calls go on.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta

import anyio
import httpx
import pytest
import redis.asyncio

from imagekit_async import (
    AsyncImageKit,
    ConfigurationError,
    Pacing,
    RateLimit,
    RateLimitError,
    RateLimitStoreError,
    RateLimitWait,
)
from imagekit_async._http.bucket import Window
from imagekit_async.integrations import redis as redis_integration
from imagekit_async.integrations._redis_endpoint import RedisEndpoint
from imagekit_async.integrations.redis import RedisStore
from imagekit_async.testing import LocalImageKit
from tests.redis_server import RedisServer

pytestmark = pytest.mark.anyio

BUDGET = ((20, timedelta(seconds=0.5)),)


@pytest.fixture
def anyio_backend() -> str:
    """redis-py needs asyncio."""
    return "asyncio"


@pytest.fixture(scope="module")
def shared_server() -> Iterator[RedisServer]:
    """A server for the tests that leave it alone."""
    with RedisServer() as server:
        yield server


@pytest.fixture
def redis_server(shared_server: RedisServer) -> RedisServer:
    """The same, empty."""
    shared_server.execute("FLUSHALL")
    return shared_server


@pytest.fixture
def mortal_server() -> Iterator[RedisServer]:
    """A server for one test, which may kill it."""
    with RedisServer() as server:
        yield server


class Api:
    """Counts requests in a sliding window, refuses what is too much, and describes the window."""

    def __init__(self, limit: int = 20, interval: float = 0.5, *, reports: bool = True) -> None:
        self.limit = limit
        self.interval = interval
        self.headers = {"X-RateLimit-Limit": str(limit), "X-RateLimit-Interval": str(interval * 1000)}
        self.reports = reports
        self.served: list[float] = []
        self.refused = 0
        self.before_response = lambda: None

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """Serve or refuse."""
        await asyncio.sleep(0.001)
        now = time.monotonic()
        self.before_response()
        headers = self.headers if self.reports else {}
        counted = [served for served in self.served[-self.limit :] if served > now - self.interval]
        if len(counted) >= self.limit:
            self.refused += 1
            reset = (counted[0] + self.interval - now) * 1000
            return httpx.Response(429, headers={**headers, "X-RateLimit-Reset": str(reset)})
        self.served.append(now)
        return httpx.Response(204, headers=headers)


def client_on(api: Api, store: RedisStore, **settings) -> AsyncImageKit:
    """A client that shares the store's budget."""
    settings.setdefault("budgets", BUDGET)
    return AsyncImageKit("private", transport=httpx.MockTransport(api), pacing=Pacing(store=store, **settings))


async def delete_all(clients: list[AsyncImageKit], calls: int) -> list[BaseException | None]:
    """Make the calls at once, and return what each raised."""
    return await asyncio.gather(
        *(clients[index % len(clients)].files.delete("f1") for index in range(calls)), return_exceptions=True
    )


async def test_processes_share_one_budget(redis_server):
    """Stores that know nothing of each other learn a limit together and stay within it; the key expires by itself."""
    api = Api()
    stores = [RedisStore(redis_server.url) for _ in range(3)]
    clients = [client_on(api, store, budgets=()) for store in stores]

    ended = await delete_all(clients, 60)
    for store in stores:
        await store.aclose()

    assert [None] * 60 == ended
    assert (60, 0) == (len(api.served), api.refused)
    assert {(20, timedelta(seconds=0.5))} == {
        (limit.limit, limit.interval) for client in clients for limit in client.rate_limits["files.delete"]
    }
    assert 0 < redis_server.execute("PTTL", "imagekit:files.delete") <= 3_600_000


async def test_a_refusal_holds_back_the_others_before_they_send(redis_server):
    """A 429 that one process gets reaches the others with their next decision."""
    api = Api(reports=False)
    async with RedisStore(redis_server.url) as first, RedisStore(redis_server.url) as second:
        api.served = [time.monotonic()] * 20
        call = asyncio.create_task(client_on(api, first).files.delete("f1"))
        while not api.refused:
            await asyncio.sleep(0.001)
        await client_on(api, second).files.delete("f2")
        await call

    assert (22, 1) == (len(api.served), api.refused)


async def test_a_refusal_for_too_long_raises_everywhere(redis_server):
    """After a 429 that asks for more than 15 minutes, calls of another process raise at once, unsent."""
    async with RedisStore(redis_server.url) as first, RedisStore(redis_server.url) as second:
        permit = await first.acquire("files.delete", waiting=1, budgets=BUDGET)
        await first.complete("files.delete", permit, reported=None, refused_for=timedelta(hours=1))
        api = Api()
        with pytest.raises(RateLimitError) as caught:
            await client_on(api, second).files.delete("f1")

    assert [] == api.served
    assert timedelta(minutes=59) < caught.value.retry_after <= timedelta(hours=1)


async def test_decisions_are_single_script_calls(redis_server):
    """A decision is one EVALSHA; only a server that does not know the script is sent it, with the decision."""
    async with RedisStore(redis_server.url) as store:
        client = client_on(Api(1000), store, budgets=((1000, timedelta(seconds=1)),))
        await delete_all([client], 10)
        redis_server.execute("SCRIPT", "FLUSH")
        redis_server.execute("CONFIG", "RESETSTAT")
        await delete_all([client], 160)
        used = {
            name.removeprefix("cmdstat_"): stats["calls"]
            for name, stats in redis_server.execute("INFO", "commandstats").items()
        }

    assert 1 == used["eval"]
    assert 15 <= used["evalsha"] <= 40
    assert {"eval", "evalsha", "get", "set", "time", "config|resetstat", "info"} >= {
        name for name in used if not name.startswith(("client", "hello"))
    }


async def test_the_state_stays_small(redis_server):
    """Ten thousand requests in a window, and ever-changing windows, take a few kilobytes."""
    async with RedisStore(redis_server.url) as store:
        budgets = ((10_000, timedelta(seconds=60)),)
        for number in range(2000):
            permit = await store.acquire("k", waiting=8, budgets=budgets)
            assert isinstance(permit, int)
            interval = timedelta(seconds=60 + number % 50)
            limits = await store.complete("k", permit, reported=RateLimit(5000, interval, None), refused_for=None)
        size = len(redis_server.execute("GET", "imagekit:k"))

    assert 9 == len(limits)
    assert size < 10_000


async def test_a_caller_may_bring_a_client(redis_server):
    """A client of redis-py, also one that decodes responses, is used and left open."""
    async with redis.asyncio.Redis(port=redis_server.port, decode_responses=True) as connection:
        async with RedisStore(connection, prefix="account:") as store:
            await client_on(Api(), store).files.delete("f1")

        assert ["account:files.delete"] == await connection.keys()


@pytest.mark.parametrize("way", ["killed", "full", "replica", "paused"])
@pytest.mark.parametrize("fallback", [(5, timedelta(seconds=0.25)), None])
async def test_calls_go_on_or_fail_clearly_without_redis(mortal_server, caplog, way, fallback):
    """Without Redis each process keeps to the fallback or raises; when Redis is back, so is the shared budget."""
    api = Api(1000)
    store = RedisStore(mortal_server.url, fallback=fallback)
    client = client_on(api, store, budgets=((1000, timedelta(seconds=1)),))
    await client.files.delete("f1")
    break_down(mortal_server, way)

    ended = await delete_all([client], 12)
    served = sorted(api.served[1:])
    recover(mortal_server, way)
    while await delete_all([client], 1) != [None] or "responds again" not in caplog.text:
        caplog.set_level("INFO", logger="imagekit_async")
        await asyncio.sleep(0.05)
    await store.aclose()

    if fallback is None:
        assert {RateLimitStoreError} == {type(error) for error in ended}
        assert [] == served
    else:
        assert [None] * 12 == ended
        assert all(later - earlier >= 0.25 for earlier, later in zip(served, served[5:], strict=False))
    assert re.search("the rate limit store failed: [A-Za-z]+Error", caplog.text)


def break_down(server: RedisServer, way: str) -> None:
    """Make the server unable to decide."""
    if way == "killed":
        server.kill()
    elif way == "full":
        server.execute("CONFIG", "SET", "maxmemory", "1")
    elif way == "replica":
        server.execute("REPLICAOF", "127.0.0.1", "1")
    else:
        server.pause()


def recover(server: RedisServer, way: str) -> None:
    """Undo that; a server that was killed starts empty."""
    if way == "killed":
        server.start()
    elif way == "full":
        server.execute("CONFIG", "SET", "maxmemory", "0")
    elif way == "replica":
        server.execute("REPLICAOF", "NO", "ONE")
    else:
        server.resume()


async def test_a_server_that_lost_its_state_opens_no_window(redis_server):
    """When the state is gone, for example after a failover, earlier requests still count: none is refused."""
    api = Api(20, 1.0)
    async with RedisStore(redis_server.url) as first, RedisStore(redis_server.url) as second:
        clients = [client_on(api, store, budgets=()) for store in (first, second)]
        await delete_all(clients, 20)

        redis_server.execute("FLUSHALL")
        ended = await delete_all(clients, 20)

    assert [None] * 20 == ended
    assert 0 == api.refused


async def test_a_response_is_not_lost_with_redis(mortal_server):
    """When Redis dies while a request is in flight, the call still returns, and a 429 still holds calls back."""
    api = Api(20, 0.5)
    store = RedisStore(mortal_server.url, fallback=(100, timedelta(seconds=1)))
    client = client_on(api, store, budgets=())
    api.before_response = mortal_server.kill
    await client.files.delete("f1")
    api.before_response = lambda: None
    api.served = [time.monotonic()] * 20

    started = time.monotonic()
    ended = await delete_all([client], 3)
    await store.aclose()

    assert [None] * 3 == ended
    assert 1 <= api.refused <= 3
    assert all(served > started + 0.49 for served in api.served[20:])


async def permits_left(store: RedisStore) -> int:
    """Take permits until one has to wait, and return how many there were."""
    granted = 0
    while isinstance(await store.acquire("k", waiting=1, budgets=()), int):
        granted += 1
    return granted


@pytest.mark.parametrize(
    ("fallback", "reported"),
    [
        ((1000, timedelta(minutes=1)), (5, timedelta(hours=1))),
        ((5, timedelta(minutes=1)), (1000, timedelta(minutes=1))),
    ],
    ids=["fewer", "more"],
)
async def test_a_limit_reported_without_redis_holds_for_the_fallback(mortal_server, fallback, reported):
    """A fallback keeps to what the server reports in the meantime, which never raises it."""
    store = RedisStore(mortal_server.url, fallback=fallback)
    mortal_server.kill()
    permit = await store.acquire("k", waiting=1, budgets=())
    assert isinstance(permit, int)
    await store.complete("k", permit, reported=RateLimit(*reported, None), refused_for=None)

    assert 4 == await permits_left(store)
    await store.aclose()


async def test_a_limit_learned_between_two_outages_holds_for_the_fallback(mortal_server, monkeypatch):
    """What the shared state has learned since the last outage counts in the next one."""
    monkeypatch.setattr(redis_integration, "_RETRY_SECONDS", 0.0)
    store = RedisStore(mortal_server.url, fallback=(1000, timedelta(minutes=1)))
    mortal_server.kill()
    permit = await store.acquire("k", waiting=1, budgets=())
    assert isinstance(permit, int)
    await store.complete("k", permit, reported=None, refused_for=None)
    mortal_server.start()
    permit = await store.acquire("k", waiting=1, budgets=())
    assert isinstance(permit, int)
    await store.complete("k", permit, reported=RateLimit(7, timedelta(hours=1), None), refused_for=None)
    mortal_server.kill()

    assert await permits_left(store) <= 7
    await store.aclose()


async def test_a_store_without_a_server_closes(mortal_server):
    """Closing reports what it can and does not hang or raise."""
    store = RedisStore(mortal_server.url)
    permit = await store.acquire("k", waiting=1, budgets=BUDGET)
    mortal_server.kill()
    assert isinstance(permit, int)

    await store.complete("k", permit, reported=None, refused_for=None)
    await store.aclose()
    await store.aclose()


async def test_a_store_may_be_closed_while_requests_are_in_flight(redis_server):
    """What ends after the store was closed is of no interest to anybody, and raises nothing."""
    store = RedisStore(redis_server.url)
    permit = await store.acquire("k", waiting=1, budgets=BUDGET)
    await store.aclose()
    assert isinstance(permit, int)

    assert () == await store.complete("k", permit, reported=None, refused_for=None)
    await store.aclose()


async def test_what_ends_after_the_store_was_closed_leaves_new_requests_alone(redis_server):
    """A permit from before the store was closed is not mistaken for a later one."""
    store = RedisStore(redis_server.url)
    before = await store.acquire("k", waiting=1, budgets=BUDGET)
    await store.aclose()
    after = await store.acquire("k", waiting=1, budgets=BUDGET)
    assert isinstance(before, int)
    assert isinstance(after, int)

    assert () == await store.complete("k", before, reported=None, refused_for=None)
    assert (RateLimit(20, timedelta(seconds=0.5), None),) == await store.complete(
        "k", after, reported=None, refused_for=None
    )
    await store.aclose()


@pytest.mark.parametrize(
    ("limit", "refused_for"), [(None, timedelta(seconds=1)), (500, None)], ids=["refusals", "new-limit"]
)
async def test_what_many_responses_say_at_once_is_reported_at_once(redis_server, limit, refused_for):
    """Responses that arrive together do not wait for one decision each, which a slow Redis would add up."""
    async with RedisStore(redis_server.url) as store:
        budgets = ((1000, timedelta(seconds=1)),)
        permits = [await store.acquire("k", waiting=8, budgets=budgets) for _ in range(64)]
        redis_server.execute("CONFIG", "RESETSTAT")
        reported = limit and RateLimit(limit, timedelta(seconds=1), None)
        await asyncio.gather(
            *(store.complete("k", permit, reported=reported, refused_for=refused_for) for permit in permits)
        )
        decisions = redis_server.execute("INFO", "commandstats")["cmdstat_evalsha"]["calls"]

    assert decisions <= 3


async def test_an_address_that_leads_to_a_new_primary_is_connected_to_again(redis_server, mortal_server):
    """After a failover the store leaves the replica that was the primary, although its connection still works."""
    ports = [mortal_server.port]

    async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", ports[-1])
        await asyncio.gather(copy(reader, far_writer), copy(far_reader, writer))

    async def copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
        writer.close()

    address = await asyncio.start_server(forward, "127.0.0.1", 0)
    store = RedisStore(f"redis://127.0.0.1:{address.sockets[0].getsockname()[1]}", fallback=None)
    assert isinstance(await store.acquire("before", waiting=1, budgets=()), int)
    mortal_server.execute("REPLICAOF", "127.0.0.1", "1")
    ports.append(redis_server.port)

    assert isinstance(await store.acquire("after", waiting=1, budgets=()), int)
    await store.aclose()
    address.close()


@pytest.mark.parametrize("fallback", [(5, timedelta(seconds=0.25)), None])
async def test_a_cluster_that_is_gone_is_a_failure_like_others(caplog, fallback):
    """redis-py's errors of a cluster are no `RedisError`, but count as a store that does not respond."""
    store = RedisStore(redis.asyncio.RedisCluster(host="127.0.0.1", port=1), fallback=fallback)
    ended = await delete_all([client_on(Api(), store)], 1)
    await store.aclose()

    assert [type(None if fallback else RateLimitStoreError("x"))] == [type(error) for error in ended]
    assert "the rate limit store failed: RedisClusterException" in caplog.text


def test_a_callers_client_in_another_event_loop_is_refused(redis_server):
    """Connections of redis-py belong to one event loop, which the error says instead of that a loop is closed."""
    connection = redis.asyncio.Redis(port=redis_server.port)
    store = RedisStore(connection)

    async def acquire() -> None:
        async with connection, store:
            await store.acquire("k", waiting=1, budgets=())

    asyncio.run(acquire())
    with pytest.raises(ConfigurationError, match=r"belongs to another event loop; pass a URL"):
        asyncio.run(acquire())


@pytest.mark.parametrize("slots", [[], [500_000, 1, 900_000, 3], [500_000, 40, 900_000, 60]])
def test_slots_that_are_put_together_count_like_separate_ones(slots):
    """A process keeps slots as the script returns them, so that a limit of 100,000 costs it no more than one of 10."""
    endpoint = RedisEndpoint("k", ())
    question = endpoint.question("p", 0, 0.0)
    endpoint.learn([1, 1, 0, 0, 2, [], [[100, 1_000_000, 1, slots]]], question, 0.0, 0.0)
    assert slots[::2] == [end * 1e6 for end in endpoint.bucket.windows[1.0].taken]
    taken = [end / 1e6 for end, count in zip(slots[::2], slots[1::2], strict=True) for _ in range(count)]
    window = Window(100, 1.0, taken, 0.0)

    for now in (0.0, 0.6, 0.95):
        endpoint.learn([1, 1, 0, 0, 2, [], [[100, 1_000_000, 1, []]]], question, 0.0, 0.0)
        window.forget(now)
        expected = [window.estimate(now, 2, ahead) for ahead in range(250)]

        assert expected == [endpoint.bucket.estimate(now, ahead) for ahead in range(250)]


async def test_permits_that_nobody_uses_are_given_back(redis_server):
    """When the calls that a process wanted permits for were canceled, others get them soon."""
    budgets = ((10, timedelta(minutes=10)),)
    async with RedisStore(redis_server.url) as first, RedisStore(redis_server.url) as second:
        redis_server.execute("FLUSHALL")
        assert isinstance(await first.acquire("k", waiting=8, budgets=((80, timedelta(minutes=10)),)), int)
        taken = 0
        while taken < 79:
            decision = await second.acquire("k", waiting=8, budgets=budgets)
            taken += isinstance(decision, int)
            await asyncio.sleep(0 if isinstance(decision, int) else 0.05)

    assert 79 == taken


async def test_a_request_in_flight_for_long_keeps_its_slot(redis_server):
    """A process whose requests take longer than a dead one is waited for still holds their slots."""
    async with RedisStore(redis_server.url) as first, RedisStore(redis_server.url) as second:
        assert isinstance(await first.acquire("k", waiting=1, budgets=((1, timedelta(seconds=0.1)),)), int)
        await asyncio.sleep(0)
        renewed = redis_server.execute("INFO", "commandstats")["cmdstat_evalsha"]["calls"]
        while redis_server.execute("INFO", "commandstats")["cmdstat_evalsha"]["calls"] == renewed:
            await asyncio.sleep(0.1)

        assert not isinstance(await second.acquire("k", waiting=1, budgets=()), int)


async def test_ever_changing_windows_are_bounded_without_redis(mortal_server):
    """What responses report while Redis is away does not grow without end."""
    store = RedisStore(mortal_server.url, fallback=(1000, timedelta(seconds=1)))
    await store.acquire("k", waiting=1, budgets=())
    mortal_server.kill()
    for number in range(50):
        permit = await store.acquire("k", waiting=1, budgets=())
        if isinstance(permit, int):
            reported = RateLimit(1000, timedelta(seconds=60 + number), None)
            await store.complete("k", permit, reported=reported, refused_for=None)
        else:
            await asyncio.sleep(permit.delay or 0.05)
    mortal_server.start()
    async with RedisStore(mortal_server.url) as other:
        while "k" not in str(mortal_server.execute("KEYS", "*")):
            await asyncio.sleep(0.1)
        decision = await other.acquire("k", waiting=1, budgets=())
    await store.aclose()

    assert isinstance(decision, RateLimitWait)
    assert 8 == len(decision.limits)


async def test_an_outage_is_logged_once(mortal_server, caplog, monkeypatch):
    """However often Redis fails, there is one warning."""
    monkeypatch.setattr(redis_integration, "_RETRY_SECONDS", 0.0)
    store = RedisStore(mortal_server.url, fallback=None)
    mortal_server.kill()

    for _ in range(3):
        with pytest.raises(RateLimitStoreError):
            await store.acquire("k", waiting=1, budgets=())
    await store.aclose()

    assert 1 == len(caplog.records)


def test_a_limit_that_changes_during_a_decision_is_reported_with_the_next():
    """What was reported to the script is forgotten, what came in the meantime is not."""
    endpoint = RedisEndpoint("k", ())
    endpoint.note(0.0, (10, 1.0), None)
    question = endpoint.question("p", 0, 0.0)
    endpoint.note(0.0, (20, 1.0), None)

    endpoint.learn([1, 1, 0, 0, 0, [], [[10, 1_000_000, 1, []]]], question, 0.0, 0.0)

    assert ({1.0: 20}, [0.0]) == (endpoint.reported, endpoint.completed)


async def test_secrets_stay_out_of_errors(mortal_server, caplog):
    """A wrong password is reported without it."""
    mortal_server.execute("CONFIG", "SET", "requirepass", "right")
    store = RedisStore(mortal_server.url.replace("//", "//:planted@"), fallback=None)

    with pytest.raises(RateLimitStoreError, match="Redis did not respond") as caught:
        await store.acquire("k", waiting=1, budgets=())
    await store.aclose()

    assert "planted" not in f"{caught.value!r} {caught.value.__cause__!r} {caplog.text} {store!r}"


def test_trio_is_refused():
    """redis-py needs asyncio, which the error says."""

    async def acquire() -> None:
        await RedisStore("redis://127.0.0.1:1").acquire("k", waiting=1, budgets=())

    with pytest.raises(ConfigurationError, match="RedisStore needs asyncio"):
        anyio.run(acquire, backend="trio")


@pytest.mark.parametrize(
    "url",
    [
        "http://:hush@127.0.0.1",
        "redis://:hu/sh@127.0.0.1",
        "redis://:hush@127.0.0.1:99999",
        "redis://:hush@127.0.0.1/0?unknown=1",
        "redis://:hush@127.0.0.1?protocol=9",
    ],
)
def test_an_impossible_url_is_refused_at_once(url):
    """A URL that redis-py cannot use is refused when the store is made, without any part of its password."""
    with pytest.raises(ValueError, match=r"^server must be the URL of a Redis server") as caught:
        RedisStore(url)

    assert not {"hu", "hush"} & set(str(caught.value).replace("'", " ").split())
    assert (None, True) == (caught.value.__cause__, caught.value.__suppress_context__)


@pytest.mark.parametrize("fallback", [(0, timedelta(seconds=1)), (1, timedelta(0)), (1, 1), 5, ("1", timedelta(1))])
async def test_a_fallback_that_allows_nothing_is_refused(fallback):
    """The fallback must be a number of requests and an interval."""
    with pytest.raises(ValueError, match="fallback must be"):
        RedisStore("redis://127.0.0.1:1", fallback=fallback)


SYNC_PROGRAM = """
import os, sys, threading
from imagekit_async import ImageKit, Pacing
from imagekit_async.integrations.redis import RedisStore

store = RedisStore(sys.argv[1])
client = ImageKit("private", base_url=sys.argv[2], pacing=Pacing(store=store))
done = []

def work(name):
    for _ in range(5):
        client.assets.list(limit=1)
    done.append(name)

def work_in_threads(name):
    threads = [threading.Thread(target=work, args=[name]) for _ in range(3)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()

work_in_threads("before")
child = os.fork()
work_in_threads("after")
if child:
    assert os.waitpid(child, 0)[1] == 0
print(*done, flush=True)
client.close()
"""


def test_threads_and_forked_processes_share_a_store(redis_server):
    """The sync client keeps to the shared limit from all its threads, and in a process that is forked afterward."""
    with LocalImageKit(private_key="private") as server:
        command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", SYNC_PROGRAM, redis_server.url, server.url]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert (0, "") == (ended.returncode, ended.stderr)
    assert [" ".join(["before"] * 3 + ["after"] * 3)] * 2 == ended.stdout.splitlines()
    assert 0 < redis_server.execute("PTTL", "imagekit:assets.list") <= 3_600_000
