"""
Whatever happens, the retry policy keeps to its bounds.
"""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from imagekit_async._http.retry import Attempt, Failure, RetryPolicy

failures = st.sampled_from(Failure)
waits = st.none() | st.timedeltas(min_value=timedelta(0))
jitters = st.floats(0, 1, exclude_max=True)
policies = st.builds(RetryPolicy, max_retries=st.integers(0, 50), idempotent=st.booleans(), replayable=st.booleans())


@given(policies, st.lists(st.tuples(failures, waits), min_size=51, max_size=60), jitters)
def test_attempts_are_bounded(policy, story, jitter):
    """However a call goes on failing, it is sent at most once more than it may be retried."""
    attempts = 1
    for number, (failure, wait) in enumerate(story, 1):
        if policy.delay(Attempt(number, failure, wait), lambda: jitter) is None:
            break
        attempts += 1

    assert attempts <= policy.max_retries + 1


@given(policies, st.integers(1, 10**6), failures, waits, jitters)
def test_waits_are_bounded(policy, number, failure, wait, jitter):
    """A wait is at least what the server asked for, and between 0 and 66 seconds."""
    delay = policy.delay(Attempt(number, failure, wait), lambda: jitter)

    assert delay is None or max(wait or timedelta(0), timedelta(0)) <= delay <= timedelta(seconds=66)


@given(st.integers(0, 50), st.integers(1, 50), waits, jitters)
def test_unsafe_calls_are_never_repeated(max_retries, number, wait, jitter):
    """What may have been executed and must not be executed twice is not repeated, whatever the server asks."""
    policy = RetryPolicy(max_retries=max_retries, idempotent=False)
    unsafe = [Attempt(number, failure, wait) for failure in (Failure.UNKNOWN, Failure.FAILED, Failure.FINAL)]

    assert [None] * 3 == [policy.delay(attempt, lambda: jitter) for attempt in unsafe]


@given(policies, st.integers(1, 50), failures, waits, jitters)
def test_the_policy_is_pure(policy, number, failure, wait, jitter):
    """The same question has the same answer."""
    attempt = Attempt(number, failure, wait)

    assert policy.delay(attempt, lambda: jitter) == policy.delay(attempt, lambda: jitter)
