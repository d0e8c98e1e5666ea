"""
Usage and analytics: what was stored, delivered and run, by day in UTC.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

from imagekit_async.testing._account import Account
from imagekit_async.testing._bodies import iso_time
from imagekit_async.testing._errors import ApiError

_KIND = "usageDay"
_MAX_DAYS = 90
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNITS = {"remove-bg": 130, "google-auto-tagging": 2, "aws-auto-tagging": 1}
_BREAKDOWNS = (
    *("browser", "country", "device", "format", "urlEndpoints", "topImages", "topVideos", "topOtherAssets"),
    *("topImageTransforms", "topVideoTransforms", "topReferrers", "topUserAgents"),
)


def count_delivery(account: Account, status: int, size: int) -> None:
    """
    Count an answer of delivery. Needs a transaction.

    Args:
        account: The account that delivered.
        status: HTTP status.
        size: Bytes of the body.
    """
    _count(account, {"requestCount": 1, "bandwidthBytes": size, f"status {status}": 1})


def count_extension(account: Account, name: str) -> None:
    """
    Count an extension that has been run. Needs a transaction.
    """
    _count(account, {f"extension {name}": 1})


def usage(account: Account, parameters: Mapping[str, str]) -> dict[str, int]:
    """
    What was used from a start date up to an end date that is not included. Needs a transaction.

    Raises:
        ApiError: 400, a date is missing or malformed, or the range is empty or too long.
    """
    start, end = _range(parameters)
    counts = _counts(account, start, end - timedelta(days=1))
    units = sum(number * _UNITS.get(name, 0) for name, number in _named(counts, "extension ").items())
    return {
        "bandwidthBytes": counts["bandwidthBytes"],
        "mediaLibraryStorageBytes": account.store.assets.total_bytes(),
        "originalCacheStorageBytes": 0,
        "videoProcessingUnitsCount": 0,
        "extensionUnitsCount": units,
    }


def analytics(account: Account, parameters: Mapping[str, str]) -> dict[str, Any]:
    """
    The delivery of a range of days, both ends included; empty lists for what is not told apart. Needs a transaction.

    Raises:
        ApiError: 400, a date is missing or malformed, or the range is empty or too long.
    """
    start, end = _range(parameters)
    counts = _counts(account, start, end)
    statuses, extensions = (_named(counts, prefix).most_common() for prefix in ("status ", "extension "))
    return {
        "startDate": start.isoformat(),
        "endDate": end.isoformat(),
        "generatedAt": iso_time(account.settings.clock()),
        "requestCount": counts["requestCount"],
        "bandwidthBytes": counts["bandwidthBytes"],
        "cache": {"hitCount": 0, "missCount": 0, "errorCount": 0},
        **{name: {"byBandwidth": [], "byRequests": []} for name in _BREAKDOWNS},
        "statusCodes": [{"name": name, "requestCount": number} for name, number in statuses],
        "errorReasons": [],
        "top404Assets": [],
        "extensions": [{"name": name, "operationCount": number} for name, number in extensions],
        "videoProcessing": [],
    }


def _count(account: Account, counts: Mapping[str, int]) -> None:
    days = account.store.collection(_KIND)
    day = account.settings.clock().astimezone(timezone.utc).date().isoformat()
    old = days.get(day)
    if old is None:
        days.insert(day, {"day": day, "counts": counts})
    else:
        days.replace(day, {"day": day, "counts": Counter(old["counts"]) + Counter(counts)})


def _counts(account: Account, first: date, last: date) -> Counter[str]:
    counts: Counter[str] = Counter()
    for day in account.store.collection(_KIND).all():
        if first.isoformat() <= day["day"] <= last.isoformat():
            counts.update(day["counts"])
    return counts


def _named(counts: Counter[str], prefix: str) -> Counter[str]:
    return Counter({name[len(prefix) :]: number for name, number in counts.items() if name.startswith(prefix)})


def _range(parameters: Mapping[str, str]) -> tuple[date, date]:
    texts = [parameters.get(name) for name in ("startDate", "endDate")]
    if not all(texts):
        raise ApiError(400, "startDate and endDate are required in query parameters.")
    start, end = (_day(text or "") for text in texts)
    if start >= end:
        raise ApiError(400, "startDate should be before endDate.")
    if end - start >= timedelta(days=_MAX_DAYS):
        raise ApiError(400, "startDate and endDate should be within 90 days.")
    return start, end


def _day(text: str) -> date:
    try:
        if _DATE.fullmatch(text) is None:
            raise ValueError(text)
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise ApiError(400, "startDate and endDate should be in format YYYY-MM-DD.") from None
