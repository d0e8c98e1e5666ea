"""
Usage and analytics.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import httpx
import pytest

from imagekit_local import LocalImageKit

pytestmark = pytest.mark.anyio
Upload: TypeAlias = Callable[..., Awaitable[dict[str, Any]]]
Picture: TypeAlias = Callable[..., bytes]
PATHS = ("/v1/accounts/usage", "/v1/accounts/usage-analytics")
TODAY = {"startDate": "2030-01-02", "endDate": "2030-01-03"}
BEFORE = {"startDate": "2030-01-01", "endDate": "2030-01-02"}


async def report(client: httpx.AsyncClient, path: str, dates: dict[str, str]) -> dict[str, Any]:
    """
    The usage or the analysis of a range.
    """
    response = await client.get(path, params=dates)
    response.raise_for_status()
    body: dict[str, Any] = response.json()
    return body


async def test_nothing_used(client: httpx.AsyncClient) -> None:
    """A new account has used nothing."""
    used = await report(client, PATHS[0], TODAY)
    analysis = await report(client, PATHS[1], TODAY)

    assert {0} == set(used.values())
    assert (0, 0, "2030-01-02", "2030-01-03") == (
        analysis["requestCount"],
        analysis["bandwidthBytes"],
        analysis["startDate"],
        analysis["endDate"],
    )
    assert {"byBandwidth": [], "byRequests": []} == analysis["topImages"]


async def test_storage(client: httpx.AsyncClient, upload: Upload) -> None:
    """All versions count as storage."""
    for content in (b"12345", b"123"):
        await upload("a.txt", content)

    assert 8 == (await report(client, PATHS[0], TODAY))["mediaLibraryStorageBytes"]


async def test_delivery(client: httpx.AsyncClient, anonymous: httpx.AsyncClient, upload: Upload) -> None:
    """Each delivered byte counts on the day of its delivery; the last day counts in analytics only."""
    await upload("a.txt", b"12345")
    for path in ("/local/a.txt", "/local/a.txt", "/local/b.txt"):
        missing = await anonymous.get(path)
    used = await report(client, PATHS[0], TODAY)
    used_before = await report(client, PATHS[0], BEFORE)
    analysis = await report(client, PATHS[1], BEFORE)
    analysis_after = await report(client, PATHS[1], {"startDate": "2030-01-03", "endDate": "2030-01-04"})

    assert 10 + len(missing.content) == used["bandwidthBytes"] == analysis["bandwidthBytes"]
    assert 0 == used_before["bandwidthBytes"] == analysis_after["bandwidthBytes"]
    assert 3 == analysis["requestCount"]
    assert [{"name": "200", "requestCount": 2}, {"name": "404", "requestCount": 1}] == analysis["statusCodes"]


async def test_metadata_is_no_delivery(client: httpx.AsyncClient, upload: Upload, picture: Picture) -> None:
    """Reading the metadata of a URL does not count as delivery."""
    file = await upload("a.png", picture())
    response = await client.get("/v1/metadata", params={"url": file["url"]})
    used = await report(client, PATHS[0], TODAY)
    analysis = await report(client, PATHS[1], TODAY)

    assert (200, 0, 0) == (response.status_code, used["bandwidthBytes"], analysis["requestCount"])


async def test_breakdowns(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, server: LocalImageKit, upload: Upload, picture: Picture
) -> None:
    """Deliveries are broken down by asset, format, endpoint, status, referrer and user agent."""
    await client.post("/v1/accounts/url-endpoints", json={"description": "Shop", "urlPrefix": "shop"})
    content = picture()
    await upload("a.png", content)
    await upload("a.txt", b"12345")
    await upload("a.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(16))
    headers = {"user-agent": "browser", "referer": "http://shop.test/"}
    for path in ("a.png", "shop/a.png", "tr:w-2/a.png", "a.png?tr=w-2", "a.txt", "a.mp4", "b.txt?x=1"):
        response = await anonymous.get(f"/local/{path}", headers=headers)
    await anonymous.head("/local/a.txt", headers={"user-agent": ""})
    analysis = await report(client, PATHS[1], TODAY)
    requests = {
        name: {entry["name"]: entry["requestCount"] for entry in found["byRequests"]}
        for name, found in analysis.items()
        if isinstance(found, dict) and "byRequests" in found
    }
    endpoint = server.url_endpoint

    assert {
        "browser": {},
        "country": {},
        "device": {},
        "format": {"image/png": 4, "text/plain": 3, "video/mp4": 1},
        "urlEndpoints": {"Default": 7, f"{endpoint}/shop": 1},
        "topImages": {f"{endpoint}/a.png": 3, f"{endpoint}/shop/a.png": 1},
        "topVideos": {f"{endpoint}/a.mp4": 1},
        "topOtherAssets": {f"{endpoint}/a.txt": 2},
        "topImageTransforms": {"tr:w-2": 2},
        "topVideoTransforms": {},
        "topReferrers": {"http://shop.test/": 7},
        "topUserAgents": {"browser": 7},
    } == requests
    assert ["image/png", "video/mp4", "text/plain"] == [entry["name"] for entry in analysis["format"]["byBandwidth"]]
    assert 5 + len(response.content) == analysis["format"]["byBandwidth"][2]["bandwidthBytes"]
    assert [{"name": f"{endpoint}/b.txt", "requestCount": 1}] == analysis["top404Assets"]


async def test_extensions(client: httpx.AsyncClient, upload: Upload, picture: Picture) -> None:
    """Operations are counted by extension, and cost their units."""
    asked = [{"name": "remove-bg"}, {"name": "aws-auto-tagging", "minConfidence": 0, "maxTags": 1}]
    await upload("a.png", picture(), extensions=json.dumps([*asked, asked[1], {"name": "ai-auto-description"}]))

    assert 132 == (await report(client, PATHS[0], TODAY))["extensionUnitsCount"]
    assert [
        {"name": "aws-auto-tagging", "operationCount": 2},
        {"name": "remove-bg", "operationCount": 1},
        {"name": "ai-auto-description", "operationCount": 1},
    ] == (await report(client, PATHS[1], TODAY))["extensions"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        ("", "2030-01-01", "startDate and endDate are required in query parameters."),
        ("2030-1-01", "2030-01-02", "startDate and endDate should be in format YYYY-MM-DD."),
        ("2030-01-01", "2030-02-30", "startDate and endDate should be in format YYYY-MM-DD."),
        ("2030-01-02", "2030-01-02", "startDate should be before endDate."),
        ("2030-01-03", "2030-01-02", "startDate should be before endDate."),
        ("2030-01-01", "2030-04-01", "startDate and endDate should be within 90 days."),
    ],
)
async def test_bad_range(client: httpx.AsyncClient, path: str, start: str, end: str, message: str) -> None:
    """A range is two dates in order, less than 90 days apart."""
    response = await client.get(path, params={"startDate": start, "endDate": end})

    assert (400, message) == (response.status_code, response.json()["message"])


async def test_longest_range(client: httpx.AsyncClient) -> None:
    """A range of 89 days is allowed, and both dates are required."""
    longest = await client.get(PATHS[0], params={"startDate": "2030-01-01", "endDate": "2030-03-31"})
    none = await client.get(PATHS[0])

    assert (200, 400) == (longest.status_code, none.status_code)
