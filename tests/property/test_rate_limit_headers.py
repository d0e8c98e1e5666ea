"""
Whatever a server writes into its rate-limit headers, reading them is safe.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from imagekit_async import RateLimit
from imagekit_async._http.retry import retry_after

NAMES = ["x-ratelimit-limit", "x-ratelimit-interval", "x-ratelimit-reset", "retry-after"]
digits = st.integers().map(str)
dates = st.builds(
    "{} {} {} {}:{}:{} {}".format,
    digits,
    st.sampled_from(["Jan", "Feb", "Xyz"]),
    digits,
    digits,
    digits,
    digits,
    st.one_of(st.sampled_from(["GMT", "-0000", "EST", ""]), digits.map("+{}".format)),
)
texts = st.one_of(st.text(), digits, st.floats().map(str), dates)
headers = st.dictionaries(st.sampled_from(NAMES), texts)


@given(headers)
def test_limits_are_sane_or_absent(headers):
    """No text makes reading fail, or gives a negative number; where no field can be read there is no limit."""
    limit = RateLimit.from_headers(headers)

    if limit is not None:
        fields = [field for field in (limit.limit, limit.interval, limit.reset) if field is not None]
        assert fields
        assert all(type(field)() <= field for field in fields)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_proper_limits_are_read_exactly(limit, interval, reset):
    """Whole milliseconds survive unchanged."""
    expected = RateLimit(limit, timedelta(milliseconds=interval), timedelta(milliseconds=reset))

    assert expected == RateLimit.from_headers(dict(zip(NAMES, map(str, (limit, interval, reset)), strict=False)))


@given(st.integers(300, 599), headers)
def test_waits_are_sane_or_absent(status, headers):
    """No text makes reading a wait fail, or gives a negative one."""
    wait = retry_after(status, headers, datetime(2026, 3, 1, tzinfo=UTC))

    assert wait is None or timedelta(0) <= wait


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)))
def test_dates_are_read_exactly(date):
    """A date of any time is as far away as it is."""
    now = datetime(2026, 3, 1, tzinfo=UTC)
    date = date.replace(microsecond=0, tzinfo=UTC)
    text = date.strftime("%a, %d %b %Y %H:%M:%S GMT")

    assert max(date - now, timedelta(0)) == retry_after(503, {"retry-after": text}, now)
