"""
What is repeated, and after what wait.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import httpx
import pytest

from imagekit_async._http.retry import Attempt, Failure, RetryPolicy, classify, retry_after

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=timezone.utc)


def seconds(number: float) -> timedelta:
    """The duration as the policy states it."""
    return timedelta(seconds=number)


def highest() -> float:
    """The upper end of what a random number may be."""
    return 1.0


def lowest() -> float:
    """The lower end of what a random number may be."""
    return 0.0


@pytest.mark.parametrize(
    ("failure", "statuses"),
    [
        (Failure.REFUSED, [429]),
        (Failure.FAILED, [408, 500, 502, 503, 504, 520, 599]),
        (Failure.FINAL, [300, 304, 400, 401, 403, 404, 409, 413, 422, 423, 425, 499]),
    ],
)
def test_statuses(failure, statuses):
    """Only 429 means unexecuted; 408 and what is above 500 may have been executed; the rest is final."""
    assert [failure] * len(statuses) == [classify(status) for status in statuses]


@pytest.mark.parametrize("failure", list(Failure))
@pytest.mark.parametrize("idempotent", [True, False])
@pytest.mark.parametrize("replayable", [True, False])
def test_what_is_repeated(failure, idempotent, replayable):
    """A call is repeated when it was not executed or may be executed twice, and its body can be sent again."""
    safe = failure in (Failure.NOT_SENT, Failure.REFUSED) or (idempotent and failure is not Failure.FINAL)
    policy = RetryPolicy(max_retries=1, idempotent=idempotent, replayable=replayable)
    delay = policy.delay(Attempt(1, failure), lowest)

    assert (safe and replayable) == (delay is not None)


@pytest.mark.parametrize("max_retries", range(4))
def test_attempts_are_counted(max_retries):
    """There are as many retries as allowed and no more."""
    policy = RetryPolicy(max_retries=max_retries, idempotent=True)
    waits = [policy.delay(Attempt(number, Failure.NOT_SENT), lowest) for number in range(1, 6)]

    assert max_retries == sum(wait is not None for wait in waits)
    assert [None] * (5 - max_retries) == waits[max_retries:]


def test_backoff_doubles_to_a_ceiling():
    """Without a wait from the server, waits grow from half a second to eight, halved at most by chance."""
    policy = RetryPolicy(max_retries=10_000, idempotent=True)
    ceilings = [0.5, 1, 2, 4, 8, 8, 8]
    attempts = [Attempt(number, Failure.FAILED) for number in [1, 2, 3, 4, 5, 6, 9_999]]

    assert [seconds(ceiling) for ceiling in ceilings] == [policy.delay(attempt, highest) for attempt in attempts]
    assert [seconds(ceiling / 2) for ceiling in ceilings] == [policy.delay(attempt, lowest) for attempt in attempts]


@pytest.mark.parametrize("failure", [Failure.REFUSED, Failure.FAILED])
@pytest.mark.parametrize("asked", [0, 0.25, 30, 60])
def test_the_servers_wait_is_kept(failure, asked):
    """A wait of up to 60 s that the server asks for is waited for, and up to a tenth longer by chance."""
    policy = RetryPolicy(max_retries=1, idempotent=True)
    attempt = Attempt(1, failure, seconds(asked))

    assert seconds(asked) == policy.delay(attempt, lowest)
    assert seconds(asked) * 1.1 == policy.delay(attempt, highest)


def test_long_waits_are_the_callers():
    """A wait of over 60 s is not waited for."""
    policy = RetryPolicy(max_retries=1, idempotent=True)

    assert policy.delay(Attempt(1, Failure.REFUSED, seconds(60.001)), lowest) is None


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({}, None),
        ({"X-RateLimit-Reset": "1500"}, 1.5),
        ({"X-RateLimit-Reset": "0"}, 0),
        ({"X-RateLimit-Reset": "1500", "Retry-After": "7"}, 1.5),
        ({"X-RateLimit-Reset": "soon", "Retry-After": "7"}, 7),
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": "0"}, 0),
        ({"Retry-After": "0.5"}, 0.5),
        ({"Retry-After": "-7"}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": ""}, None),
        ({"Retry-After": "1e300"}, 366 * 24 * 3600),
        ({"Retry-After": "Sun, 01 Mar 2026 12:00:30 GMT"}, 30),
        ({"Retry-After": "Sun, 01 Mar 2026 13:00:30 +0100"}, 30),
        ({"Retry-After": "Sun, 01 Mar 2026 12:00:30 -0000"}, 30),
        ({"Retry-After": "Sun, 01 Mar 2026 11:59:00 GMT"}, 0),
        ({"Retry-After": "Sun, 99 Mar 2026 11:59:00 GMT"}, None),
        ({"Retry-After": "Sun, 01 Mar 2026 12:00:00 +99999999999999999999"}, None),
    ],
)
def test_waits_are_read_in_every_form(headers, wait):
    """The limit's reset comes first, in milliseconds; Retry-After is in seconds or a date; nonsense is no wait."""
    expected = None if wait is None else seconds(wait)

    assert expected == retry_after(429, httpx.Headers(headers), NOW)


@pytest.mark.parametrize("status", [400, 404, 500, 503])
def test_a_window_is_no_wait(status):
    """The limit's window, which any answer may describe, is something to wait for only after 429."""
    headers = httpx.Headers({"X-RateLimit-Reset": "3600000"})

    assert retry_after(status, headers, NOW) is None
    assert seconds(7) == retry_after(status, httpx.Headers({**headers, "Retry-After": "7"}), NOW)


def test_dates_are_compared_with_the_clock():
    """Without a given present, a date long past means no wait."""
    assert timedelta(0) == retry_after(503, httpx.Headers({"Retry-After": "Mon, 01 Jan 2001 00:00:00 GMT"}))
