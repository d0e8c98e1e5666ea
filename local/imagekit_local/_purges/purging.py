"""
Requests to purge the cache: which URLs they may name, how many are accepted, and how far they have come.

Nothing is cached here, so that a purge has no effect but its record.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from imagekit_local._account import Account
from imagekit_local._accounts.url_endpoints import UrlEndpoints
from imagekit_local._clock import shifted
from imagekit_local._errors import ApiError

_MIN_WILDCARD_LENGTH = 15
_MIN_WILDCARD_DEPTH = 2
# Shops keep all of their images there.
_REFUSED_WILDCARDS = {"/media/catalog/", "/s/files/"}


def request_purge(account: Account, body: Mapping[str, Any]) -> str:
    """
    Accept a purge of a URL, or of all URLs that begin as it does if it ends with `*`. Needs a transaction.

    Returns:
        The id of the request.

    Raises:
        ApiError: 400, the URL is not one of the account, or its wildcard takes in too much; 429, there were too many
            purges this month.
    """
    url = body.get("url")
    if not isinstance(url, str) or not _is_purgeable(account, url):
        raise ApiError(400, "The URL is not valid for cache purging.")
    request_id = _charged(account, url)
    if request_id is None:
        raise ApiError(429, "You have used up the cache purges of this month.")
    return request_id


def purge_path(account: Account, path: str) -> str | None:
    """
    Purge everything whose delivery URL begins with that of a path. Needs a transaction.

    Returns:
        The id of the request; None if there were too many purges this month.
    """
    return _charged(account, f"{account.url_endpoint}{quote(path)}*")


def purge_status(account: Account, request_id: str) -> str:
    """
    `Pending` or `Completed`. Needs a transaction.

    Raises:
        ApiError: 400, there is no such request.
    """
    purge = account.store.collection("purge").get(request_id)
    if purge is None:
        raise ApiError(400, "No request found for this requestId.")
    return "Completed" if datetime.fromisoformat(purge["dueAt"]) <= account.settings.clock() else "Pending"


def _charged(account: Account, url: str) -> str | None:
    now = account.settings.clock()
    months = account.store.collection("purgeMonth")
    month = now.astimezone(UTC).strftime("%Y-%m")
    used = months.get(month)
    if used is None:
        used = {"count": 0}
        months.insert(month, used)
    if used["count"] >= account.settings.purges_per_month:
        return None
    months.replace(month, {"count": used["count"] + 1})
    request_id = account.settings.new_id()
    due_at = shifted(now, timedelta(seconds=account.settings.job_delay_seconds))
    account.store.collection("purge").insert(request_id, {"url": url, "dueAt": due_at.isoformat()})
    return request_id


def _is_purgeable(account: Account, url: str) -> bool:
    path = _path(account, url)
    if path is None:
        return False
    if "*" not in url:
        return True
    if url.index("*") < len(url) - 1 or path in _REFUSED_WILDCARDS:
        return False
    names = [name for name in path.split("/") if name]
    return (
        len(names) >= _MIN_WILDCARD_DEPTH
        or len(path) >= _MIN_WILDCARD_LENGTH
        or (not path.endswith("/") and PurePosixPath(path).suffix != "")
    )


def _path(account: Account, url: str) -> str | None:
    """
    What follows the endpoint in a URL of the account, without query and wildcard; None for any other URL.
    """
    base = f"{account.url_endpoint}/"
    if not url.startswith(base) or any(map(str.isspace, url)):
        return None
    rest = url[len(base) :].partition("?")[0].rstrip("*")
    for endpoint in account.store.collection(UrlEndpoints.kind).all():
        prefix = f"{endpoint['urlPrefix']}/"
        if len(prefix) > 1 and rest.startswith(prefix):
            rest = rest[len(prefix) :]
    return f"/{rest}" if rest else None
