"""
Whatever happens, the retry policy keeps to its bounds.
"""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from imagekit_async._http.retry import REFUSALS_PER_RETRY, Failure, Repeatability, RetryPolicy

failures = st.sampled_from(Failure)
waits = st.none() | st.timedeltas(min_value=timedelta(0))
jitters = st.floats(0, 1, exclude_max=True)
policies = st.builds(
    RetryPolicy,
    max_retries=st.integers(0, 8),
    repeatability=st.sampled_from(Repeatability),
)


def delay_of(policy, failure, number, wait, jitter, refusals=0) -> timedelta | None:
    """The wait after the attempt of that number."""
    return policy.delay(failure, attempts=number, refusals=refusals, retry_after=wait, jitter=lambda: jitter)


@given(policies, st.lists(st.tuples(failures, waits), min_size=50, max_size=60), jitters)
def test_attempts_are_bounded(policy, story, jitter):
    """However a call fails, it is sent at most once plus its retries, with refusals counted separately."""
    refusals = others = 0
    for number, (failure, wait) in enumerate(story, 1):
        refusals += failure.is_refusal
        others += not failure.is_refusal
        if delay_of(policy, failure, number, wait, jitter, refusals) is None:
            break

    assert others <= policy.max_retries + 1
    assert refusals <= policy.max_retries * REFUSALS_PER_RETRY + 1


@given(policies, st.integers(1, 10**6), failures, waits, jitters)
def test_waits_are_bounded(policy, number, failure, wait, jitter):
    """A wait is at least what the server asked for, and between 0 and 66 seconds."""
    delay = delay_of(policy, failure, number, wait, jitter)

    assert delay is None or max(wait or timedelta(0), timedelta(0)) <= delay <= timedelta(seconds=66)


@given(policies, st.integers(1, 50), failures, waits, jitters)
def test_the_policy_is_pure(policy, number, failure, wait, jitter):
    """The same input has the same result."""
    first, second = (delay_of(policy, failure, number, wait, jitter) for _ in range(2))

    assert first == second
