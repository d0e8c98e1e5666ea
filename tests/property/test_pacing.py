"""
The pacer's state against servers that count in every way a server may: simulated, without an event loop.
"""

from __future__ import annotations

import heapq
from datetime import timedelta
from itertools import pairwise

import attrs
from hypothesis import example, given, settings
from hypothesis import strategies as st

from imagekit_async import RateLimit
from imagekit_async._http.bucket import Bucket


@attrs.define
class Server:
    """
    Counts requests when they arrive, in sliding windows (the strictest reading) and in fixed ones that start anywhere.

    Reports only its first window for the first `silent` requests. Notes of each request whether its sender knew all.
    """

    limits: list[tuple[int, float]]
    speed: float
    phase: float
    silent: int = 0
    arrivals: list[float] = attrs.field(factory=list)
    aware: list[bool] = attrs.field(factory=list)

    def worst_excess(self) -> int:
        """
        Return by how many requests the fullest window was over its limit; 0 or less when none was.
        """
        times = sorted(time * self.speed for time in self.arrivals)
        excess = -(10**9)
        for limit, interval in self.limits:
            for index, start in enumerate(times):
                sliding = sum(1 for time in times[index:] if time < start + interval)
                number = (start + self.phase) // interval
                fixed = sum(1 for time in times if (time + self.phase) // interval == number)
                excess = max(excess, sliding - limit, fixed - limit)
        return excess


@st.composite
def journeys(draw: st.DrawFn) -> list[tuple[float, float, float, bool]]:
    """
    Draw requests: when the caller asks, how long until the server counts it, how long until the response, and whether
    that is lost.
    """
    times = st.floats(0, 3, allow_nan=False)
    latency = st.floats(0, 0.5, allow_nan=False)
    count = draw(st.integers(1, 40))
    return [(draw(times), draw(latency), draw(latency), draw(st.booleans())) for _ in range(count)]


windows = st.lists(st.tuples(st.integers(1, 8), st.sampled_from([0.5, 1.0, 3.0])), min_size=1, max_size=3)


def run(bucket: Bucket, server: Server, requests: list[tuple[float, float, float, bool]]) -> list[float]:
    """
    Send the requests in the order in which they were asked for, and return when each went.
    """
    waiting = sorted(requests)
    replies: list[tuple[float, int, bool]] = []
    sent: list[float] = []
    now = 0.0
    while waiting:
        asked, arrive, reply, lost = waiting[0]
        now = max(now, asked)
        while replies and replies[0][0] <= now:
            at, lease, told = heapq.heappop(replies)
            bucket.complete(at, lease, RateLimit(*server_report(server), None) if told else None)
        lease = bucket.acquire(now)
        if lease is not None:
            waiting.pop(0)
            sent.append(now)
            server.arrivals.append(now + arrive)
            server.aware.append(len(bucket.windows) == len(server.limits))
            heapq.heappush(replies, (now + arrive + reply, lease, not lost))
            continue
        delay = bucket.delay(now)
        times = [replies[0][0]] if replies else []
        if delay is not None:
            # A clock never wakes early, and time always goes on.
            times.append(now + max(delay, 1e-6))
        now = max(min(times), now)
    return sent


def server_report(server: Server) -> tuple[int, timedelta]:
    """
    Return the window that a server describes: the one with the least left, or simply its first.
    """
    number = len(server.arrivals)
    limit, interval = server.limits[0 if number <= server.silent else number % len(server.limits)]
    return limit, timedelta(seconds=interval)


@settings(max_examples=300)
@given(windows, journeys(), st.floats(0.995, 1.005), st.floats(0, 3))
def test_no_window_is_ever_exceeded(
    limits: list[tuple[int, float]], requests: list[tuple[float, float, float, bool]], speed: float, phase: float
) -> None:
    """With known limits no window counts too many, whatever the arrival order, clock speed or lost responses."""
    tightest = {interval: min(limit for limit, other in limits if other == interval) for _, interval in limits}
    server = Server([(limit, interval) for interval, limit in tightest.items()], speed, phase)
    bucket = Bucket.of((limit, timedelta(seconds=interval)) for limit, interval in server.limits)

    sent = run(bucket, server, requests)

    assert len(requests) == len(sent)
    assert server.worst_excess() <= 0


@given(st.integers(1, 50), st.sampled_from([0.5, 1.0, 2.0]), st.integers(1, 200))
def test_the_budget_is_used_in_full(limit: int, interval: float, count: int) -> None:
    """With demand and instant responses a budget is spent in every interval, give or take the margin of a hundredth."""
    server = Server([(limit, interval)], 1.0, 0.0)
    bucket = Bucket.of([(limit, timedelta(seconds=interval))])

    sent = run(bucket, server, [(0.0, 0.0, 0.0, False)] * count)

    rounds = (count - 1) // limit
    assert sent[-1] <= rounds * interval * 1.01 + 0.001


@given(journeys())
def test_requests_go_in_the_order_they_came(requests: list[tuple[float, float, float, bool]]) -> None:
    """No call is overtaken and no call starves."""
    sent = run(Bucket.of([(2, timedelta(seconds=1))]), Server([(2, 1.0)], 1.0, 0.0), requests)

    assert sorted(sent) == sent
    assert len(requests) == len(sent)


@given(windows, journeys())
def test_an_unknown_limit_is_found_by_one_request(
    limits: list[tuple[int, float]], requests: list[tuple[float, float, float, bool]]
) -> None:
    """Nothing else is sent until the first response reported the limit."""
    server = Server(limits[:1], 1.0, 0.0)

    sent = run(Bucket(), server, [(0.0, arrive, reply, False) for _, arrive, reply, _ in requests])

    _, arrive, reply, _ = min((0.0, arrive, reply, False) for _, arrive, reply, _ in requests)
    assert 1 == sum(1 for time in sent if time < arrive + reply) or arrive + reply == 0
    assert server.worst_excess() <= 0


@given(journeys(), st.integers(1, 5), st.floats(0, 90))
def test_after_a_refusal_nobody_goes_early_nor_all_at_once(
    requests: list[tuple[float, float, float, bool]], limit: int, wait: float
) -> None:
    """One refusal holds back everybody until the wait is over, and then requests go one by one for an interval."""
    bucket = Bucket.of([(limit, timedelta(seconds=1))])
    lease = bucket.acquire(0.0)
    assert lease is not None
    bucket.refuse(0.0, lease, RateLimit(limit, timedelta(seconds=1), timedelta(seconds=wait)), wait)

    sent = run(bucket, Server([(limit, 1.0)], 1.0, 0.0), requests)

    gaps = [later - earlier for earlier, later in pairwise(sent[: limit + 1])]
    assert wait <= sent[0]
    if max(asked for asked, *_ in requests) <= wait:
        assert all(gap >= 1 / limit - 0.001 for gap in gaps)


def told(limit: int, interval: float) -> RateLimit:
    """
    Return what a response says of one window.
    """
    return RateLimit(limit, timedelta(seconds=interval), None)


@given(st.integers(1, 8), st.integers(1, 8), journeys(), st.integers(0, 30))
def test_a_window_learned_late_holds_at_once(
    limit: int, late: int, requests: list[tuple[float, float, float, bool]], silent: int
) -> None:
    """When a second window is reported, what was sent before counts in it: nothing goes that would exceed it."""
    server = Server([(limit, 0.5), (late, 3.0)], 1.0, 0.0, silent)

    run(Bucket.of([(limit, timedelta(seconds=0.5))]), server, requests)

    for start in server.arrivals:
        window = [
            aware for time, aware in zip(server.arrivals, server.aware, strict=True) if start <= time < start + 3.0
        ]
        assert not any(window) or len(window) <= late


@given(st.integers(1, 8), st.floats(0, 50), st.floats(0, 3))
def test_a_window_learned_late_counts_from_the_last_response(limit: int, time: float, later: float) -> None:
    """What was sent before a window was reported leaves it one interval after the last response of its second."""
    bucket = Bucket()
    for _ in range(limit):
        bucket.complete(time, bucket.acquire(time) or 0)
    bucket.complete(time + later, 0, told(limit, 5.0))

    delay = bucket.delay(time + later)

    assert delay is not None
    assert abs(delay - (5.0 * 1.01 - later)) < 1e-6


@given(st.integers(1, 8), st.integers(0, 50))
def test_each_second_before_a_late_window_counts_by_itself(limit: int, second: int) -> None:
    """What was sent a second earlier than the rest leaves a window that is reported late a second earlier."""
    bucket = Bucket()
    for time in (second, second + 1.0):
        for _ in range(limit):
            bucket.complete(time, bucket.acquire(time) or 0)
    bucket.complete(second + 1.0, 0, told(2 * limit, 5.0))

    delay = bucket.delay(second + 1.0)

    assert delay is not None
    assert abs(delay - (5.0 * 1.01 - 1)) < 1e-6


@given(st.integers(1, 20), st.integers(0, 20), st.floats(0, 100))
def test_lost_requests_free_their_slots_in_the_end(limit: int, lost: int, start: float) -> None:
    """A request that is never given back, since its process died, counts for two minutes and one interval."""
    bucket = Bucket.of([(limit, timedelta(seconds=1))])
    taken = [bucket.acquire(start) for _ in range(lost)]

    for now, free in [(start, limit - min(lost, limit)), (start + 120.5, 0), (start + 122, limit)]:
        leases = [lease for _ in range(limit + 1) if (lease := bucket.acquire(now)) is not None]
        for lease in leases:
            bucket.complete(now, lease)

        assert free == len(leases) or (now == start + 120.5 and len(leases) == limit - min(lost, limit))
    assert min(lost, limit) == sum(lease is not None for lease in taken)


@given(st.integers(1, 30), st.integers(1, 30))
def test_a_changed_limit_holds_from_the_response_on(before: int, after: int) -> None:
    """A limit that was raised is used in full, and one that was lowered is kept, as soon as a response reports it."""
    bucket = Bucket.of([(before, timedelta(seconds=1))])
    first = bucket.acquire(0.0)
    assert first is not None
    bucket.complete(0.0, first, told(after, 1.0))

    burst = sum(bucket.acquire(0.5) is not None for _ in range(100))

    assert max(after - 1, 0) == burst


@given(windows, st.lists(st.floats(0, 3), max_size=20), st.integers(0, 10), st.floats(0, 1))
def test_the_estimate_is_never_too_long(
    limits: list[tuple[int, float]], earlier: list[float], ahead: int, latency: float
) -> None:
    """A call that is given up because of its estimated wait could not have gone in time."""
    bucket = Bucket.of((limit, timedelta(seconds=interval)) for limit, interval in limits)
    for time in sorted(earlier):
        lease = bucket.acquire(time)
        if lease is not None:
            bucket.complete(time, lease)
    estimate = bucket.estimate(3.0, ahead)

    sent = run(bucket, Server(limits, 1.0, 0.0), [(3.0, latency, 0.0, True)] * (ahead + 1))

    assert 3.0 + estimate <= sent[-1] + 1e-9


@given(st.integers(0, 200), st.integers(1, 20))
def test_the_estimate_is_exact_for_one_window(ahead: int, limit: int) -> None:
    """With one window and instant responses the estimate is the wait."""
    bucket = Bucket.of([(limit, timedelta(seconds=1))])
    for _ in range(limit):
        bucket.complete(0.0, bucket.acquire(0.0) or 0)
    estimate = bucket.estimate(0.5, ahead)

    sent = run(bucket, Server([(limit, 1.0)], 1.0, 0.0), [(0.5, 0.0, 0.0, True)] * (ahead + 1))

    assert abs(0.5 + estimate - sent[-1]) < 0.01


@example(66_000)
@given(st.integers(1, 100))
def test_without_any_limit_told_more_and_more_go_at_once(replies: int) -> None:
    """A server that reports no limit is tried with one request more a response, and with half after a refusal."""
    bucket = Bucket()
    for _ in range(replies):
        bucket.complete(0.0, bucket.acquire(0.0) or 0)
    trial = bucket.trial
    bucket.refuse(0.0, bucket.acquire(0.0) or 0, None, 1.0)

    assert min(replies + 1, 1 << 16) == trial
    assert min(trial + 1, 1 << 16) // 2 == bucket.trial
    assert bucket.acquire(0.5) is None
    assert 0.5 == bucket.delay(0.5)
    assert bucket.acquire(1.0) is not None


@given(st.integers(100_001, 10**30))
def test_an_absurd_limit_costs_nothing(limit: int) -> None:
    """A limit that cannot be reached is not kept, and a refusal under it is waited for as one without."""
    bucket = Bucket()
    bucket.refuse(0.0, bucket.acquire(0.0) or 0, told(limit, 1.0), 1.0)

    assert {} == bucket.windows
    assert 1.0 == bucket.delay(0.0)


def test_a_request_that_was_given_up_counts_once() -> None:
    """A response that comes after its request was given up for lost does not count it a second time."""
    bucket = Bucket.of([(1, timedelta(seconds=1))])
    lease = bucket.acquire(0.0)
    assert lease is not None
    assert bucket.acquire(121.0) is None

    bucket.complete(121.5, lease)

    assert bucket.acquire(122.1) is not None


def test_the_past_is_forgotten() -> None:
    """A window learned late counts requests of the last 15 minutes only, so a client keeps no more than that."""
    bucket = Bucket(trial=1000)
    for second in range(2000):
        bucket.complete(float(second), bucket.acquire(float(second)) or 0)
    bucket.complete(2000.0, 0, told(100_000, 2000.0))

    assert 890 <= len(bucket.windows[2000.0].taken) <= 900


@given(
    st.lists(st.tuples(st.integers(1, 100), st.integers(1, 5000)), min_size=9, max_size=40, unique_by=lambda w: w[1])
)
def test_learned_windows_are_bounded(reports: list[tuple[int, int]]) -> None:
    """Of ever-changing windows the eight that were reported last are kept, and budgets in any case."""
    bucket = Bucket.of([(7, timedelta(seconds=0.25))])
    for time, (limit, interval) in enumerate(reports):
        bucket.complete(float(time), 0, told(limit, interval))

    expected = [(7, 0.25), *reports[-8:]]
    assert expected == [(window.limit, window.interval) for window in bucket.windows.values()]
