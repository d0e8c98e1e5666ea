"""
What comes back from a call besides its value: `ApiResponse` and the `RateLimit` it reports.
"""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

from ._migration import missing
from ._redaction import show

if TYPE_CHECKING:
    from collections.abc import Mapping

T_co = TypeVar("T_co", covariant=True)

_LONGEST_MS = timedelta(days=366) / timedelta(milliseconds=1)


def _seconds(length: timedelta | None) -> str:
    return "None" if length is None else f"{length.total_seconds():g} s"


@attrs.frozen
class RateLimit:
    """
    The window of the account's rate limit that a response described (headers `X-RateLimit-*`).

    Attributes:
        limit: Requests allowed per window for this endpoint.
        interval: Length of the window.
        reset: How long to wait until the window is free again.
    """

    limit: int | None
    interval: timedelta | None = attrs.field(repr=_seconds)
    reset: timedelta | None = attrs.field(repr=_seconds)

    @classmethod
    def from_headers(cls, headers: Mapping[str, str]) -> RateLimit | None:
        """
        Read the three headers; None when all of them are absent or unreadable.

        Args:
            headers: Response headers, case-insensitive. Interval and reset are in milliseconds.
        """
        limit = _number(headers.get("x-ratelimit-limit"))
        interval = milliseconds(headers.get("x-ratelimit-interval"))
        reset = milliseconds(headers.get("x-ratelimit-reset"))
        if limit is None and interval is None and reset is None:
            return None
        return cls(limit=None if limit is None else int(limit), interval=interval, reset=reset)


def milliseconds(text: str | None) -> timedelta | None:
    """
    Read a header that counts milliseconds; None when it is absent, negative, not finite or no number, at most 366 days.
    """
    number = _number(text)
    return None if number is None else timedelta(milliseconds=min(number, _LONGEST_MS))


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None


@attrs.frozen
class ApiResponse(Generic[T_co]):
    """
    The value of a call with what is known about the exchange.

    Attributes:
        value: The parsed value, as the plain method returns it.
        request_id: ImageKit's id of the request, to be quoted to its support; None if the response had none.
        status_code: HTTP status, 200 to 299. 207 means that a part failed: see the value's `errors` or `message`. 404
            only after a DELETE that was retried: an earlier attempt had succeeded.
        headers: Response headers, case-insensitive.
        rate_limit: The limits that the response reported; None if it reported none.
        attempts: How many times the request was sent, 1 unless it was retried.
        elapsed: Time from the start of the call to its end, waits and retries included.
    """

    value: T_co = attrs.field(repr=show)
    request_id: str | None
    status_code: int
    headers: Mapping[str, str] = attrs.field(repr=False)
    rate_limit: RateLimit | None
    attempts: int
    elapsed: timedelta

    if not TYPE_CHECKING:  # pragma: no branch
        # Hidden from type checkers, to which it would make every misspelt name look right.

        def __getattr__(self, name: str) -> Any:
            raise missing("response", self, name)
