"""
A client keeps inside the rate limits by itself, against a server that counts as ImageKit does.
"""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from itertools import pairwise

import anyio
import httpx
import pytest

from imagekit_async import AsyncImageKit, ClientClosedError, Pacing, RateLimit, RateLimitError

pytestmark = pytest.mark.anyio

BURST = (100, 1.0)
SUSTAINED = (2400, 60.0)
AVERAGED = (400, 10.0)


class CountingTransport(httpx.AsyncBaseTransport):
    """
    Counts the requests of each endpoint (method) in windows, sliding or fixed, and refuses what is too much.

    Each response describes the window with the least share left, as far as it has headers. What was sent is noted by
    the last step of its path.
    """

    def __init__(
        self, *windows: tuple[int, float], fixed: bool = False, latency: float = 0.02, headers: str = "always"
    ) -> None:
        self.windows = windows
        self.fixed = fixed
        self.latency = latency
        self.headers = headers
        self.sent: list[str] = []
        self.served: list[float] = []
        self.refused: list[float] = []
        self.most_at_once = 0
        self._at_once = 0
        self._counted: dict[str, list[deque[float]]] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Count the request half-way through its latency."""
        self.sent.append(request.url.path.rpartition("/")[2])
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            await anyio.sleep(self.latency / 2)
            response = self.judge(request.method, anyio.current_time())
            await anyio.sleep(self.latency / 2)
        finally:
            self._at_once -= 1
        return response

    def use_up(self, method: str, now: float) -> None:
        """Count requests of another client until every window is full."""
        while self.judge(method, now).is_success:
            pass
        self.refused.pop()
        self.served = []

    def judge(self, method: str, now: float) -> httpx.Response:
        """Serve or refuse."""
        counted = self._counted.setdefault(method, [deque() for _ in self.windows])
        states = [
            self.state(limit, interval, times, now)
            for (limit, interval), times in zip(self.windows, counted, strict=True)
        ]
        full = [state for state in states if state[0] < 0]
        if full:
            self.refused.append(now)
            return httpx.Response(429, headers=self.told(*max(full, key=lambda state: state[3])[1:]))
        self.served.append(now)
        for times in counted:
            times.append(now)
        return httpx.Response(204, headers=self.told(*min(states)[1:]) if self.headers == "always" else {})

    def state(self, limit: int, interval: float, times: deque[float], now: float) -> tuple[float, int, float, float]:
        """The share that one more request would leave of a window, the window, and the wait until it has room."""
        since = now // interval * interval if self.fixed else now - interval
        while times and (times[0] < since or (times[0] == since and not self.fixed)):
            times.popleft()
        reset = since + interval - now if self.fixed else (times[0] + interval - now if times else 0.0)
        return 1 - (len(times) + 1) / limit, limit, interval, reset

    def told(self, limit: int, interval: float, reset: float) -> dict[str, str]:
        """The headers that describe a window."""
        if self.headers == "never":
            return {}
        return {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Interval": str(interval * 1000),
            "X-RateLimit-Reset": str(reset * 1000),
        }

    def shortest_possible(self) -> float:
        """Seconds that as many requests need, counted to the end of the window in which the last one falls."""
        times: list[float] = []
        for index in range(len(self.served)):
            earlier = [times[index - limit] + interval for limit, interval in self.windows if index >= limit]
            times.append(max([0.0, *earlier, *times[-1:]]))
        return times[-1] + min(interval for _, interval in self.windows)


def client_on(transport: httpx.AsyncBaseTransport, **settings) -> AsyncImageKit:
    """A client that sends through the transport."""
    return AsyncImageKit("private", transport=transport, **settings)


async def delete_all(client: AsyncImageKit, count: int) -> tuple[float, list[str]]:
    """Delete as many files at once, and return the seconds that it took, and the files in the order of the calls."""
    asked: list[str] = []

    async def delete(file_id: str) -> None:
        asked.append(file_id)
        await client.files.delete(file_id)

    started = anyio.current_time()
    async with anyio.create_task_group() as tasks:
        for index in range(count):
            tasks.start_soon(delete, str(index))
    return anyio.current_time() - started, asked


@pytest.mark.parametrize("windows", [[BURST], [BURST, SUSTAINED], [BURST, AVERAGED]], ids=str)
@pytest.mark.parametrize(("fixed", "latency"), [(True, 0.0), (False, 0.1)])
async def test_a_thousand_calls_at_once(windows, fixed, latency):
    """All calls succeed, under 2 % of the attempts are refused, and at least 95 % of what is allowed is used."""
    transport = CountingTransport(*windows, fixed=fixed, latency=latency)

    took, asked = await delete_all(client_on(transport), 1000)

    assert 1000 == len(transport.served)
    assert asked == transport.sent or transport.refused
    assert len(transport.refused) < 0.02 * 1000
    assert took <= transport.shortest_possible() / 0.95


@pytest.mark.parametrize("anyio_backend", ["asyncio"], indirect=True)
async def test_ten_thousand_calls_at_once():
    """Ten times as many calls fare just as well."""
    transport = CountingTransport(BURST, SUSTAINED)

    took, _ = await delete_all(client_on(transport), 10_000)

    assert (10_000, 0) == (len(transport.served), len(transport.refused))
    assert took <= transport.shortest_possible() / 0.95


@pytest.mark.parametrize("headers", ["when refused", "never"])
async def test_limits_that_are_told_late_or_never(headers):
    """If responses report no limit, calls find it by being refused, and all of them succeed."""
    transport = CountingTransport((20, 1.0), headers=headers)

    took, _ = await delete_all(client_on(transport), 200)

    assert 200 == len(transport.served)
    assert took <= 2 * transport.shortest_possible()


async def test_a_limit_shared_with_others():
    """When another client uses the account as well, calls give way and all of them succeed."""
    transport = CountingTransport((20, 1.0))

    async def use_half() -> None:
        while True:
            for _ in range(10):
                transport.judge("DELETE", anyio.current_time())
            await anyio.sleep(1)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(use_half)
        await delete_all(client_on(transport), 200)
        tasks.cancel_scope.cancel()

    assert 200 == len(set(transport.sent))
    assert len(transport.refused) < 200


async def test_first_come_first_served():
    """Calls go in the order in which they were made, those first that were refused before."""
    transport = CountingTransport((10, 1.0))
    transport.use_up("DELETE", anyio.current_time())

    client = client_on(transport, pacing=Pacing(budgets=[(10, timedelta(seconds=1))]))
    _, asked = await delete_all(client, 35)

    assert (10, 35) == (len(transport.refused), len(transport.served))
    assert asked[:10] == transport.sent[:10]
    assert set(asked[:10]) == set(transport.sent[10:20])
    assert asked[10:] == transport.sent[20:]


async def test_one_refusal_holds_back_all_who_share_the_endpoint():
    """After a 429 no call reaches the endpoint before the reset, while other endpoints go on."""
    transport = CountingTransport((10, 30.0))
    client = client_on(transport)
    transport.use_up("DELETE", anyio.current_time())

    async with anyio.create_task_group() as tasks:
        for file_id in ("f1", "f2"):
            tasks.start_soon(client.files.delete, file_id)
            await anyio.sleep(1)
            await client.request("GET", "/v1/new")
        await anyio.sleep(25)
        before = list(transport.sent)

    assert [["f1", "new", "new"], ["f1", "f2"]] == [before, transport.sent[3:]]
    assert (4, 1) == (len(transport.served), len(transport.refused))


async def test_a_shorter_refusal_does_not_shorten_the_wait():
    """Of two refusals of an endpoint, the one that asks for the longer wait counts."""
    sent: list[tuple[str, float]] = []
    resets = {"long": 30.0, "short": 1.0}

    async def refuse_each_once(request: httpx.Request) -> httpx.Response:
        file_id = request.url.path.rpartition("/")[2]
        sent.append((file_id, anyio.current_time()))
        reset = resets.pop(file_id, None)
        if reset is None:
            return httpx.Response(204)
        await anyio.sleep(1 / reset)
        return httpx.Response(429, headers={"X-RateLimit-Reset": str(reset * 1000)})

    start = anyio.current_time()
    client = client_on(httpx.MockTransport(refuse_each_once), pacing=Pacing(budgets=[(2, timedelta(seconds=1))]))
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(client.files.delete, "long")
        tasks.start_soon(client.files.delete, "short")

    assert ["long", "short"] == sorted(file_id for file_id, _ in sent[:2])
    assert 30 <= min(moment for _, moment in sent[2:]) - start


async def test_no_herd_after_a_reset():
    """When the wait after a 429 is over, calls go one by one, spread over the window, instead of all together."""
    transport = CountingTransport((10, 1.0), latency=0.0)
    client = client_on(transport)
    transport.use_up("DELETE", anyio.current_time())
    blocked_until = anyio.current_time() + 1

    await delete_all(client, 30)

    times = transport.served
    assert blocked_until <= times[0]
    assert all(later - earlier >= 0.1 for earlier, later in pairwise(times[:11]))
    assert 1 == len(transport.refused)


@pytest.mark.parametrize("victim", [0, 1, 2])
async def test_a_canceled_call_leaves_no_slot_behind(victim):
    """If a call is canceled while waiting or sending, the others go as soon as if it had not been there."""
    transport = CountingTransport((1, 10.0), latency=1.0)
    client = client_on(transport, pacing=Pacing(budgets=[(1, timedelta(seconds=10))]))
    scopes = [anyio.CancelScope() for _ in range(3)]

    async def delete(index: int) -> None:
        with scopes[index]:
            await client.files.delete(str(index))

    started = anyio.current_time()
    async with anyio.create_task_group() as tasks:
        for index in range(3):
            tasks.start_soon(delete, index)
            await anyio.sleep(0.2)
        scopes[victim].cancel()
    took = anyio.current_time() - started

    assert [scope.cancelled_caught for scope in scopes] == [index == victim for index in range(3)]
    # A request that was sent counts, from its cancellation or from its response.
    assert (0.6 + 20.2 + 2 if victim == 0 else 1 + 10.1 + 1) == pytest.approx(took)


@pytest.mark.parametrize("latency", [0.0, 50.0])
async def test_closing_ends_the_wait(latency):
    """When the client is closed, calls that wait for their turn or for others fail at once."""
    transport = CountingTransport((1, 600.0), latency=latency)
    client = client_on(transport)
    ends = []

    async def delete() -> None:
        with pytest.raises(ClientClosedError):
            await client.files.delete("f1")
        ends.append(anyio.current_time())

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(client.files.delete, "f0")
        await anyio.sleep(1)
        for _ in range(3):
            tasks.start_soon(delete)
        await anyio.sleep(1)
        await client.aclose()
        closed = anyio.current_time()

    assert [closed] * 3 == ends


async def test_a_known_budget():
    """A budget that is given holds from the first call on, without a try to find it."""
    transport = CountingTransport((10, 1.0), (25, 10.0), headers="never")
    pacing = Pacing(budgets=[(10, timedelta(seconds=1)), (25, timedelta(seconds=10))])

    await delete_all(client_on(transport, pacing=pacing), 60)

    assert [] == transport.refused
    assert 10 == sum(time < 1 + transport.served[0] for time in transport.served)


@pytest.mark.parametrize(
    ("settings", "most"), [({}, 100), ({"pacing": None}, 100), ({"pacing": Pacing(max_concurrency=7)}, 7)]
)
async def test_concurrency_is_capped(settings, most):
    """There are never more requests in flight than the cap, uploads included, and every call gets its turn."""
    transport = CountingTransport((10_000, 1.0), latency=1.0)
    client = client_on(transport, **settings)
    await client.files.delete("f1")

    async with anyio.create_task_group() as tasks:
        for index in range(200):
            tasks.start_soon(client.files.delete, str(index))

    assert (most, 201) == (transport.most_at_once, len(transport.served))


async def test_pacing_can_be_switched_off():
    """Without pacing all calls go at once, nothing is learned, and each call waits for itself after a refusal."""
    transport = CountingTransport((10, 1.0))
    client = client_on(transport, pacing=None)

    await delete_all(client, 30)

    assert 10 == sum(time == transport.served[0] for time in transport.served)
    assert len(transport.refused) >= 20
    assert {} == client.rate_limits


async def test_what_was_learned_is_shown():
    """`rate_limits` has the windows of each endpoint as far as they were reported, whether as success or as refusal."""
    transport = CountingTransport(BURST, (150, 10.0), headers="when refused")
    client = client_on(transport, max_retries=0)

    await client.files.delete("f1")
    untold = client.rate_limits
    transport.headers = "always"
    transport.use_up("GET", anyio.current_time())
    with pytest.raises(RateLimitError):
        await client.request("GET", "/v1/new/of/any/length")
    await delete_all(client, 130)

    second, ten = (RateLimit(limit, timedelta(seconds=interval), None) for limit, interval in (BURST, (150, 10.0)))
    assert {} == untold
    assert {"files.delete": (second, ten), "GET /v1/new": (second,)} == client.rate_limits


async def test_uploads_are_not_paced():
    """Uploads have no limit: they neither wait for one nor learn one, and a refusal holds back no other call."""
    replies = iter([429, 200, 200, 200])
    headers = {"X-RateLimit-Limit": "1", "X-RateLimit-Interval": "60000", "X-RateLimit-Reset": "5000"}
    transport = httpx.MockTransport(
        lambda _: httpx.Response(next(replies), json={"fileId": "f1", "name": "a"}, headers=headers)
    )
    client = client_on(transport, pacing=Pacing(budgets=[(1, timedelta(seconds=60))]))

    started = anyio.current_time()
    response = await client.with_response.files.upload(file=b"abc", file_name="a.png")
    for _ in range(2):
        await client.files.upload(file=b"abc", file_name="a.png")

    assert 2 == response.attempts
    assert 5 <= anyio.current_time() - started <= 5.5
    assert {} == client.rate_limits


async def test_refusals_are_borne_five_times_as_long():
    """A call that is refused again and again gives up after five refusals for each retry, and reports how many."""
    client = client_on(httpx.MockTransport(lambda _: httpx.Response(429, headers={"X-RateLimit-Reset": "1000"})))

    started = anyio.current_time()
    with pytest.raises(RateLimitError) as caught:
        await client.files.delete("f1")

    assert 11 == caught.value.attempts
    assert 10 == pytest.approx(anyio.current_time() - started)


@pytest.mark.parametrize(("reset", "errors"), [("900000", 1), ("960000", 3), ("1e18", 3)])
async def test_nobody_is_held_back_for_longer_than_any_window(reset, errors):
    """After a 429 that asks for more than 15 minutes, calls that wait or come later raise at once, unsent."""
    replies = iter([httpx.Response(429, headers={"X-RateLimit-Reset": reset})])

    async def respond(_: httpx.Request) -> httpx.Response:
        await anyio.sleep(1)
        return next(replies, httpx.Response(204))

    client = client_on(httpx.MockTransport(respond))
    refused: list[tuple[str, int, float]] = []

    async def delete(file_id: str) -> None:
        try:
            await client.files.delete(file_id)
        except RateLimitError as error:
            refused.append((file_id, error.attempts, round(anyio.current_time() - started)))

    started = anyio.current_time()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(delete, "f1")
        await anyio.sleep(0.1)
        tasks.start_soon(delete, "f2")
        await anyio.sleep(1.9)
        tasks.start_soon(delete, "f3")

    assert [("f1", 1, 1), ("f2", 0, 1), ("f3", 0, 2)][:errors] == sorted(refused)


@pytest.mark.parametrize(("interval", "served", "raised"), [(900.0, 5, 0), (960.0, 3, 2), (2_592_000.0, 3, 2)])
@pytest.mark.parametrize("at_once", [True, False])
async def test_a_learned_window_never_holds_back_for_longer_than_any_known_one(interval, served, raised, at_once):
    """Calls that a full learned window would hold back for more than 15 minutes raise at once, unsent."""
    transport = CountingTransport((3, interval))
    client = client_on(transport)
    errors: list[RateLimitError] = []

    async def delete(file_id: str) -> None:
        try:
            await client.files.delete(file_id)
        except RateLimitError as error:
            errors.append(error)

    started = anyio.current_time()
    async with anyio.create_task_group() as tasks:
        for index in range(5):
            tasks.start_soon(delete, str(index))
            await anyio.sleep(0 if at_once else 1)

    assert (served, raised) == (len(transport.served), len(errors))
    assert [0] * raised == [error.attempts for error in errors]
    assert all(interval - 5 < error.retry_after.total_seconds() < interval * 1.02 for error in errors)
    assert not raised or anyio.current_time() - started < 6


async def test_a_queue_may_be_longer_than_any_window():
    """Calls wait for others before them however long that takes; only a window that stays full is too long a wait."""
    transport = CountingTransport((1, 60.0))

    await delete_all(client_on(transport), 20)

    assert 20 == len(transport.served)


async def test_a_budget_may_be_longer_than_any_window():
    """A budget that the caller sets is waited for, also when the server reports its interval."""
    transport = CountingTransport((1, 3600.0))

    took, _ = await delete_all(client_on(transport, pacing=Pacing(budgets=[(1, timedelta(hours=1))])), 2)

    assert 2 == len(transport.served)
    assert 3600 < took < 3700


async def test_long_waits_are_announced(caplog):
    """A wait of more than a minute is logged at INFO, once a minute for each endpoint, shorter ones are not."""
    caplog.set_level("INFO", logger="imagekit_async")

    await delete_all(client_on(CountingTransport((2, 50.0))), 4)
    short = len(caplog.records)
    await delete_all(client_on(CountingTransport((2, 150.0))), 20)

    messages = [record.getMessage() for record in caplog.records]
    assert 0 == short
    assert 5 < len(messages) < 11
    assert messages[0].startswith("files.delete waits at least ")
    assert {"INFO"} == {record.levelname for record in caplog.records}


async def test_ever_changing_windows_are_bounded():
    """A server whose interval differs in each response adds no windows beyond eight, the ones it reported last."""
    intervals = iter(range(600_001, 700_000))
    transport = httpx.MockTransport(
        lambda _: httpx.Response(
            204, headers={"X-RateLimit-Limit": "1000", "X-RateLimit-Interval": str(next(intervals))}
        )
    )
    client = client_on(transport, pacing=Pacing(budgets=[(1000, timedelta(seconds=600))]))

    for _ in range(50):
        await client.files.delete("f1")

    learned = [limit.interval for limit in client.rate_limits["files.delete"]]
    assert [timedelta(seconds=600), *(timedelta(milliseconds=600_043 + index) for index in range(8))] == learned


@pytest.mark.parametrize(
    "settings",
    [
        {"budgets": [(0, timedelta(seconds=1))]},
        {"budgets": [(1, timedelta(0))]},
        {"budgets": [(10.5, timedelta(seconds=1))]},
        {"budgets": [("10", timedelta(seconds=1))]},
        {"budgets": [(10, 1)]},
        {"budgets": (10, timedelta(seconds=1))},
        {"budgets": [(10, timedelta(seconds=1), 3)]},
        {"max_concurrency": 0},
        {"max_concurrency": 2.5},
        {"max_concurrency": "5"},
    ],
)
async def test_settings_that_cannot_be_kept_are_refused(settings):
    """A budget or a cap that allows nothing, or is none, is refused at once."""
    with pytest.raises((TypeError, ValueError), match=r"^a budget is|^budgets must|max_concurrency' must be"):
        Pacing(**settings)


async def test_many_calls_queue():
    """Five thousand calls on one client wait for their turn, and none of them fails for want of a connection."""
    transport = CountingTransport((10_000, 1.0))

    await delete_all(client_on(transport, timeout=1), 5000)

    assert 5000 == len(transport.served)
    assert transport.most_at_once <= 100
