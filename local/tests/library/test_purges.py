"""
Purges of the cache: URLs, quota and status.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio
Upload = Callable[..., Awaitable[dict[str, Any]]]
Call = Callable[..., Awaitable[tuple[int, Any]]]
PURGE = ("POST", "/v1/files/purge")
BASE = "http://imagekit.test/local"


async def test_status(call: Call, clock: Any) -> None:
    """A purge is pending until its time has passed."""
    status, body = await call(*PURGE, url=f"{BASE}/a/b.jpg")
    before = await call("GET", f"/v1/files/purge/{body['requestId']}")
    clock.advance()
    after = await call("GET", f"/v1/files/purge/{body['requestId']}")

    assert (201, {"requestId"}) == (status, body.keys())
    assert [(200, {"status": "Pending"}), (200, {"status": "Completed"})] == [before, after]


async def test_unknown_request(call: Call) -> None:
    """An unknown request id is 400, not 404."""
    status, body = await call("GET", "/v1/files/purge/00000000000000000000beef")

    assert (400, "No request found for this requestId.") == (status, body["message"])


@pytest.mark.parametrize(
    "path",
    ["/a.jpg", "/a", "/a.jpg?tr=w-1", "/a.jpg*", "/a.jpg?tr=*", "/a/b*", "/a/b/*", "/quite-a-long-name*", "/site/a/b*"],
)
async def test_accepted_url(path: str, call: Call) -> None:
    """Exact URLs are accepted, and wildcards that are deep enough, long enough or name a whole file."""
    assert 201 == (await call(*PURGE, url=BASE + path))[0]


@pytest.mark.parametrize(
    "url",
    [
        None,
        1,
        "",
        "/a.jpg",
        "http://elsewhere.test/local/a.jpg",
        "http://imagekit.test/localhost/a.jpg",
        BASE,
        f"{BASE}/",
        f"{BASE}/*",
        f"{BASE}/a*",
        f"{BASE}/a/*",
        f"{BASE}/a.b/*",
        f"{BASE}/a*/b.jpg",
        f"{BASE}/a/b**",
        f"{BASE}/a/b c.jpg",
        f"{BASE}/media/catalog/*",
        f"{BASE}/s/files/*",
        f"{BASE}/site/a*",
    ],
)
async def test_refused_url(url: Any, call: Call) -> None:
    """URLs of other accounts and wildcards that match too much are refused; an endpoint's prefix adds no depth."""
    await call("POST", "/v1/accounts/url-endpoints", description="d", urlPrefix="other", origins=[])
    await call("POST", "/v1/accounts/url-endpoints", description="d", urlPrefix="site", origins=[])
    status, body = await call(*PURGE, url=url)

    assert (400, "The URL is not valid for cache purging.") == (status, body["message"])


async def test_quota(call: Call, clock: Any) -> None:
    """Purges per month are limited, refused URLs do not count, and the next month starts over."""
    responses = [await call(*PURGE, url=url) for url in ("x", f"{BASE}/a", f"{BASE}/a", f"{BASE}/a")]
    clock.now += timedelta(days=30)
    next_month = await call(*PURGE, url=f"{BASE}/a")

    assert [400, 201, 201, 429] == [status for status, _ in responses]
    assert {"message"} == responses[3][1].keys()
    assert 201 == next_month[0]


async def test_unpublishing_purges(upload: Upload, client: httpx.AsyncClient, call: Call) -> None:
    """Unpublishing a file purges it, which counts as one purge."""
    file_id = (await upload("a.txt"))["fileId"]
    for is_published in (False, False, True):
        await client.patch(f"/v1/files/{file_id}/details", json={"publish": {"isPublished": is_published}})
    responses = [await call(*PURGE, url=f"{BASE}/a") for _ in range(2)]

    assert [201, 429] == [status for status, _ in responses]
