"""
Rate limits: how many requests an endpoint accepts within each of its windows, and the headers about them.

A window opens with the first request after the previous one has closed.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from math import ceil

import attrs

_RULE = re.compile(r"([1-9][0-9]{0,8})/([0-9]{1,6}(?:\.[0-9]{1,3})?)")
_BULK_PATHS = ("/v1/files/addTags", "/v1/files/removeTags", "/v1/files/removeAITags")


@attrs.frozen
class Rule:
    """
    A number of requests that are accepted within a time.
    """

    requests: int
    interval: timedelta


_Rules = tuple[Rule, ...]
_SECOND, _MINUTE = timedelta(seconds=1), timedelta(minutes=1)
_READS = (Rule(100, _SECOND), Rule(2400, _MINUTE))
_WRITES = (Rule(20, _SECOND), Rule(300, _MINUTE))
_BULK_WRITES = (Rule(5, _SECOND),)
_OVERWRITES = Rule(20, _MINUTE)


@attrs.define
class _Window:
    rule: Rule
    opened_at: datetime
    used: int = 0

    def open_at(self, now: datetime) -> None:
        # A clock that was set back must not keep a window open for longer than its interval.
        if not timedelta() <= now - self.opened_at < self.rule.interval:
            self.opened_at, self.used = now, 0

    def share(self) -> float:
        return 1 - self.used / self.rule.requests

    def wait(self, now: datetime) -> timedelta:
        return self.rule.interval - (now - self.opened_at)

    def headers(self, now: datetime) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(self.rule.requests),
            "X-RateLimit-Interval": str(_milliseconds(self.rule.interval)),
            "X-RateLimit-Reset": str(_milliseconds(self.wait(now))),
        }


class RateLimiter:
    """
    Counts the requests to each endpoint.

    `overwrites` is the limit of uploads over one file, None for no limit.

    Args:
        text: `off`, `realistic`, or rules for every endpoint such as `20/1,300/60`: requests per seconds.
        clock: Returns the time.

    Raises:
        ValueError: The text is malformed.
    """

    def __init__(self, text: str, clock: Callable[[], datetime]) -> None:
        self._rules = _rules_by_endpoint(text)
        self.overwrites = _OVERWRITES if text == "realistic" else None
        self._clock = clock
        self._windows: dict[tuple[str, str], list[_Window]] = {}
        self._lock = threading.Lock()

    def take(self, method: str, path: str) -> tuple[bool, Mapping[str, str]]:
        """
        Count a request, unless it is over the limit.

        Args:
            method: Method of the endpoint.
            path: Path template of the endpoint.

        Returns:
            Whether to serve it, and the headers of the window with the least left, or of the one that refuses it for
            longest; no headers without a limit.
        """
        rules = self._rules(method, path)
        if not rules:
            return True, {}
        with self._lock:
            now = self._clock()
            windows = self._windows.setdefault((method, path), [_Window(rule, now) for rule in rules])
            for window in windows:
                window.open_at(now)
            full = [window for window in windows if window.used >= window.rule.requests]
            if full:
                return False, max(full, key=lambda window: window.wait(now)).headers(now)
            for window in windows:
                window.used += 1
            return True, min(windows, key=_Window.share).headers(now)

    def reset(self) -> None:
        """
        Reset all counters.
        """
        with self._lock:
            self._windows.clear()


def _rules_by_endpoint(text: str) -> Callable[[str, str], _Rules]:
    if text == "realistic":
        return _realistic
    if text == "off":
        return lambda method, path: ()
    matches = [_RULE.fullmatch(part) for part in text.split(",")]
    rules = tuple(Rule(int(match[1]), timedelta(seconds=float(match[2]))) for match in matches if match is not None)
    if len(rules) < len(matches) or not all(rule.interval for rule in rules):
        raise ValueError(f"{text!r} is not a rate limit: pass off, realistic or requests/seconds, e.g. 20/1,300/60")
    return lambda method, path: rules


def _realistic(method: str, path: str) -> _Rules:
    if method == "GET":
        return _READS
    return _BULK_WRITES if path in _BULK_PATHS or path.startswith("/v1/customMetadataFields") else _WRITES


def _milliseconds(time: timedelta) -> int:
    return ceil(time / timedelta(milliseconds=1))
