"""
What is repeated, and after what wait: the table, the waits, and the page that shows the table.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from imagekit_async._http.retry import (
    TABLE,
    Failure,
    Repeatability,
    RetryPolicy,
    classify_status,
    retry_after,
)

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "retries.md"
READ = Repeatability.READ


def seconds(number: float) -> timedelta:
    """The duration as the policy states it."""
    return timedelta(seconds=number)


def highest() -> float:
    """The upper end of what a random number may be."""
    return 1.0


def lowest() -> float:
    """The lower end of what a random number may be."""
    return 0.0


def delay(policy: RetryPolicy, failure: Failure, attempts: int = 1, *, jitter=lowest, **known) -> timedelta | None:
    """The wait after a failed attempt; a refusal counts as the only one unless `refusals` says otherwise."""
    known = {"refusals": int(failure.is_refusal), "retry_after": None, **known}
    return policy.delay(failure, attempts=attempts, jitter=jitter, **known)


def rendered() -> str:
    """The table as the page on retries shows it, in Markdown."""
    kinds = list(Repeatability)
    lines = [f"- **{kind.name.lower()}**: {kind.value}" for kind in kinds]
    lines += [
        "",
        f"| what happened | {' | '.join(kind.name.lower() for kind in kinds)} | why |",
        "|---|---|---|---|---|",
    ]
    for failure in Failure:
        rules = [TABLE[kind, failure] for kind in kinds]
        verdicts = ["retried" if rule.retry else "raised" for rule in rules]
        lines.append(
            f"| {' | '.join([failure.value, *verdicts, '; '.join(dict.fromkeys(rule.why for rule in rules))])} |"
        )
    return "\n".join(lines)


def test_the_page_shows_the_table():
    """The table of the documentation is printed from the code."""
    assert rendered() in PAGE.read_text(encoding="utf-8")


def test_the_table_has_every_cell():
    """There is a rule, with its reason, for every class of operation and every failure."""
    assert {(kind, failure) for kind in Repeatability for failure in Failure} == TABLE.keys()
    assert all(rule.why for rule in TABLE.values())


def test_nothing_executed_is_retried_unless_harmless():
    """A request that may already have run is retried only if repeating it is safe."""
    retried = {failure for failure in Failure if TABLE[Repeatability.HARMFUL, failure].retry}

    assert set() == {failure for failure in retried if failure.maybe_executed}


@pytest.mark.parametrize(
    ("failure", "statuses"),
    [
        (Failure.TIMEOUT_408, [408]),
        (Failure.CONFLICT_409, [409]),
        (Failure.LOCKED_423, [423]),
        (Failure.RATE_LIMITED_429, [429]),
        (Failure.SERVER_ERROR_5XX, [500, 502, 503, 504, 520, 599]),
        (Failure.FINAL_STATUS, [300, 304, 400, 401, 403, 404, 413, 422, 425, 499]),
    ],
)
def test_statuses(failure, statuses):
    """Four statuses and those from 500 on say something about the attempt; the rest is final."""
    assert [failure] * len(statuses) == [classify_status(status) for status in statuses]


def test_what_may_have_been_executed():
    """Only what certainly never began counts as unexecuted; a refusal is a case of its own."""
    unexecuted = {
        Failure.REFUSED_CONNECTION,
        Failure.BAD_CERTIFICATE,
        Failure.UNSENDABLE,
        Failure.NOTHING_SENT,
        Failure.CONFLICT_409,
        Failure.LOCKED_423,
        Failure.RATE_LIMITED_429,
        Failure.FINAL_STATUS,
    }

    assert set(Failure) - unexecuted == {failure for failure in Failure if failure.maybe_executed}
    assert [Failure.RATE_LIMITED_429] == [failure for failure in Failure if failure.is_refusal]


@pytest.mark.parametrize("max_retries", range(4))
def test_attempts_are_counted(max_retries):
    """There are as many retries as allowed and no more."""
    policy = RetryPolicy(max_retries=max_retries, repeatability=READ)
    waits = [delay(policy, Failure.NOTHING_SENT, number) for number in range(1, 6)]

    assert [True] * max_retries + [False] * (5 - max_retries) == [wait is not None for wait in waits]


@pytest.mark.parametrize("max_retries", range(4))
def test_refusals_are_counted_apart(max_retries):
    """Refusals have five times as many retries as other failures, and neither uses up the other's."""
    policy = RetryPolicy(max_retries=max_retries, repeatability=READ)
    refused = [delay(policy, Failure.RATE_LIMITED_429, number, refusals=number) for number in range(1, 21)]
    failed = [delay(policy, Failure.NOTHING_SENT, 7 + number, refusals=7) for number in range(1, 6)]

    assert 5 * max_retries == sum(wait is not None for wait in refused)
    assert max_retries == sum(wait is not None for wait in failed)


def test_backoff_doubles_to_a_ceiling():
    """Without a wait from the server, waits grow from half a second to eight, each up to a half shorter at random."""
    policy = RetryPolicy(max_retries=10_000, repeatability=READ)
    ceilings = [0.5, 1, 2, 4, 8, 8, 8]
    numbers = [1, 2, 3, 4, 5, 6, 9_999]
    longest = [delay(policy, Failure.SERVER_ERROR_5XX, number, jitter=highest) for number in numbers]
    shortest = [delay(policy, Failure.SERVER_ERROR_5XX, number, jitter=lowest) for number in numbers]

    assert [seconds(ceiling) for ceiling in ceilings] == longest
    assert [seconds(ceiling / 2) for ceiling in ceilings] == shortest


@pytest.mark.parametrize(
    ("failure", "asked"),
    [
        *[(Failure.RATE_LIMITED_429, asked) for asked in (0.25, 30, 60)],
        *[(Failure.SERVER_ERROR_5XX, asked) for asked in (0, 0.25, 30, 60)],
    ],
)
def test_the_servers_wait_is_kept(failure, asked):
    """A wait of up to 60 s that the server asks for is kept, up to a tenth longer; no wait only after a refusal."""
    policy = RetryPolicy(max_retries=1, repeatability=READ)

    assert seconds(asked) == delay(policy, failure, retry_after=seconds(asked), jitter=lowest)
    assert seconds(asked) * 1.1 == delay(policy, failure, retry_after=seconds(asked), jitter=highest)


def test_long_waits_are_the_callers():
    """A wait of over 60 s is left to the caller."""
    policy = RetryPolicy(max_retries=1, repeatability=READ)

    assert delay(policy, Failure.RATE_LIMITED_429, retry_after=seconds(60.001)) is None


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
    """The limit's reset comes first, in milliseconds; Retry-After is in seconds or a date; nonsense means no wait."""
    expected = None if wait is None else seconds(wait)

    assert expected == retry_after(429, httpx.Headers(headers), NOW)


@pytest.mark.parametrize("status", [400, 404, 500, 503])
def test_a_window_is_no_wait(status):
    """The limit's window, which any response may describe, is something to wait for only after 429."""
    headers = httpx.Headers({"X-RateLimit-Reset": "3600000"})

    assert retry_after(status, headers, NOW) is None
    assert seconds(7) == retry_after(status, httpx.Headers({**headers, "Retry-After": "7"}), NOW)


def test_dates_are_compared_with_the_clock():
    """Without a given present, a date long past means no wait."""
    assert timedelta(0) == retry_after(503, httpx.Headers({"Retry-After": "Mon, 01 Jan 2001 00:00:00 GMT"}))
