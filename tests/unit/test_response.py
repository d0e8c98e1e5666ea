"""
What a response holds besides its value.
"""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from imagekit_async import ApiResponse, RateLimit

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("headers", "limit"),
    [
        ({}, None),
        ({"X-RateLimit-Limit": "many", "X-RateLimit-Interval": "", "X-RateLimit-Reset": "-5"}, None),
        ({"X-RateLimit-Limit": "inf", "X-RateLimit-Interval": "nan", "X-RateLimit-Reset": "1e999"}, None),
        (
            {"x-ratelimit-limit": "100", "X-RateLimit-Interval": "1000", "X-RATELIMIT-RESET": "2500"},
            RateLimit(limit=100, interval=SECOND, reset=2.5 * SECOND),
        ),
        ({"X-RateLimit-Limit": "0"}, RateLimit(limit=0, interval=None, reset=None)),
        ({"X-RateLimit-Interval": "500.5"}, RateLimit(limit=None, interval=0.5005 * SECOND, reset=None)),
        ({"X-RateLimit-Reset": "1e300"}, RateLimit(limit=None, interval=None, reset=timedelta(days=366))),
    ],
)
def test_rate_limits(headers, limit):
    """What can be read of the three headers is kept, in milliseconds; with nothing readable there is no limit."""
    assert limit == RateLimit.from_headers(httpx.Headers(headers))


def test_a_response_prints_without_headers():
    """Headers, which are many and may be private, are not part of the text."""
    response = ApiResponse(
        value=5,
        request_id="id-1",
        status_code=200,
        headers=httpx.Headers({"X-Private": "hush"}),
        rate_limit=None,
        attempts=1,
        elapsed=SECOND,
    )

    assert "id-1" in repr(response)
    assert "hush" not in repr(response)


def test_a_rate_limit_prints_seconds():
    """Times are printed in seconds, as `client.rate_limits` shows them."""
    limit = RateLimit(limit=100, interval=60 * SECOND, reset=2.5 * SECOND)

    assert "RateLimit(limit=100, interval=60 s, reset=2.5 s)" == repr(limit)
    assert "RateLimit(limit=5, interval=None, reset=None)" == repr(RateLimit(5, None, None))
