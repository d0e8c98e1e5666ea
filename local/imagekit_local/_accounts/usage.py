"""
Usage and analytics: what was stored, delivered and run, per UTC day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter
from typing import Any

import attrs

from imagekit_local._account import Account
from imagekit_local._bodies import iso_time
from imagekit_local._errors import ApiError

_KIND = "usage"
_MAX_DAYS = 90
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNITS = {"remove-bg": 130, "google-auto-tagging": 2, "aws-auto-tagging": 1}
# The server does not geolocate clients, parse user agents or encode videos.
_BREAKDOWNS = (
    *("browser", "country", "device", "format", "urlEndpoints", "topImages", "topVideos", "topOtherAssets"),
    *("topImageTransforms", "topVideoTransforms", "topReferrers", "topUserAgents"),
)


def count_delivery(account: Account, size: int, names: Mapping[str, str]) -> None:
    """
    Count a delivery response. Needs a transaction.

    Args:
        account: The account that delivers.
        size: Size of the body in bytes.
        names: The value to count it under, by breakdown of the analytics.
    """
    for breakdown, name in {"total": "", **names}.items():
        _count(account, breakdown, name, size)


def count_extension(account: Account, name: str) -> None:
    """
    Count an extension that has run. Needs a transaction.
    """
    _count(account, "extensions", name, 0)


def usage(account: Account, parameters: Mapping[str, str]) -> dict[str, int]:
    """
    Return the usage from a start date up to but excluding an end date. Needs a transaction.

    Raises:
        ApiError: 400 if a date is missing or malformed, or the range is empty or too long.
    """
    start, end = _range(parameters)
    counts = _counts(account, start, end - timedelta(days=1))
    units = sum(count.requests * _UNITS.get(count.name, 0) for count in counts["extensions"])
    return {
        "bandwidthBytes": sum(count.size for count in counts["total"]),
        "mediaLibraryStorageBytes": account.store.assets.total_bytes(),
        "originalCacheStorageBytes": 0,
        "videoProcessingUnitsCount": 0,
        "extensionUnitsCount": units,
    }


def analytics(account: Account, parameters: Mapping[str, str]) -> dict[str, Any]:
    """
    Return the analytics of a range of days, both ends included, with empty lists for what is not known.

    Needs a transaction.

    Raises:
        ApiError: 400 if a date is missing or malformed, or the range is empty or too long.
    """
    start, end = _range(parameters)
    counts = _counts(account, start, end)
    return {
        "startDate": start.isoformat(),
        "endDate": end.isoformat(),
        "generatedAt": iso_time(account.settings.clock()),
        "requestCount": sum(count.requests for count in counts["total"]),
        "bandwidthBytes": sum(count.size for count in counts["total"]),
        "cache": {"hitCount": 0, "missCount": 0, "errorCount": 0},
        **{name: _breakdown(counts[name]) for name in _BREAKDOWNS},
        "statusCodes": _by_requests(counts["statusCodes"], "requestCount"),
        "errorReasons": [],
        "top404Assets": _by_requests(counts["top404Assets"], "requestCount"),
        "extensions": _by_requests(counts["extensions"], "operationCount"),
        "videoProcessing": [],
    }


@attrs.define
class _Count:
    name: str
    requests: int = 0
    size: int = 0


def _count(account: Account, breakdown: str, name: str, size: int) -> None:
    documents = account.store.collection(_KIND)
    day = account.settings.clock().astimezone(UTC).date().isoformat()
    id = f"{day} {breakdown} {name}"
    old = documents.get(id)
    if old is None:
        documents.insert(id, {"day": day, "breakdown": breakdown, "name": name, "requests": 1, "size": size})
    else:
        documents.replace(id, {**old, "requests": old["requests"] + 1, "size": old["size"] + size})


def _counts(account: Account, first: date, last: date) -> Mapping[str, Collection[_Count]]:
    counts: defaultdict[str, dict[str, _Count]] = defaultdict(dict)
    for document in account.store.collection(_KIND).all():
        if first.isoformat() <= document["day"] <= last.isoformat():
            name = document["name"]
            count = counts[document["breakdown"]].setdefault(name, _Count(name))
            count.requests += document["requests"]
            count.size += document["size"]
    return defaultdict(list, {breakdown: found.values() for breakdown, found in counts.items()})


def _breakdown(counts: Collection[_Count]) -> dict[str, Any]:
    orders = {"byBandwidth": attrgetter("size", "requests"), "byRequests": attrgetter("requests", "size")}
    return {
        name: [
            {"name": count.name, "requestCount": count.requests, "bandwidthBytes": count.size}
            for count in sorted(counts, key=order, reverse=True)
        ]
        for name, order in orders.items()
    }


def _by_requests(counts: Collection[_Count], key: str) -> list[dict[str, Any]]:
    ordered = sorted(counts, key=attrgetter("requests"), reverse=True)
    return [{"name": count.name, key: count.requests} for count in ordered]


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
