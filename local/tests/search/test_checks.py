"""
The checks that decide whether an upload is stored.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio
Make = Callable[..., Awaitable[dict[str, Any]]]
FAILED = "Your request failed 'checks' validation."
INVALID = "Your request contains invalid syntax for the checks parameter."
METADATA = '{"title": "Fine wine", "price": 9, "shot": "2029-05-01", "inStock": true, "grade": 20, "sizes": ["XL", 1]}'


@pytest.fixture
async def attempt(client: httpx.AsyncClient, define: Make, picture: Callable[..., bytes]) -> Callable[..., Any]:
    """
    Upload an image of 4 by 3 pixels with many properties and some checks, and return the response.
    """
    await define("title", "Text")
    await define("price", "Number")
    await define("shot", "Date")
    await define("inStock", "Boolean")
    await define("grade", "SingleSelect", selectOptions=["a", 20])
    await define("sizes", "MultiSelect", selectOptions=["XL", 1, True])

    async def attempted(checks: str) -> httpx.Response:
        fields = {"fileName": "a.png", "folder": "/campaign/may", "tags": "red,Blue sky", "isPrivateFile": "true"}
        return await client.post(
            "/api/v1/files/upload",
            data={**fields, "customMetadata": METADATA, "checks": checks},
            files={"file": ("a.png", picture())},
        )

    return attempted


@pytest.mark.parametrize(
    "checks",
    [
        "",
        '"request.fileName" = "a.png"',
        "'request.fileName' : 'a.'",
        "request.fileName IN [b.png, a.png]",
        '"request.folder" : "campaign/"',
        '"request.folder" = "/campaign/may/"',
        '"request.folder" NOT IN ["campaign", may]',
        '"request.customCoordinates" NOT = "1,2,3,4"',
        '"request.isPrivateFile" = true AND "request.overwriteFile" NOT = false',
        '"request.tags" IN ["red", "green"] AND "request.tags" NOT IN ["blue"]',
        '"request.tags" HAS "red b" AND "request.tags" NOT HAS "black"',
        '"file.size" < "1mb" AND "file.size" >= 10 AND "file.size" <= 1KB AND "file.size" > 0',
        '"file.mime" : "image" AND "file.mime" NOT = "image/gif"',
        '"mediaMetadata.width" = 4 AND ("mediaMetadata.height" > 3 OR "mediaMetadata.height" = 3)',
        '"mediaMetadata.videoCodec" NOT = "h264"',
        '"request.customMetadata.title" : "Fine" AND "request.customMetadata.price" IN [9.0]',
        '"request.customMetadata.shot" > "2029-04-30" AND "request.customMetadata.shot" < "1d"',
        '"request.customMetadata.inStock" = true AND "request.customMetadata.grade" >= 20',
        '"request.customMetadata.sizes" IN [1] AND "request.customMetadata.sizes" NOT IN [true, "1"]',
    ],
)
async def test_met(attempt: Callable[..., Awaitable[httpx.Response]], checks: str) -> None:
    """An upload that meets its checks is stored."""
    response = await attempt(checks)

    assert 200 == response.status_code, response.text


@pytest.mark.parametrize(
    "checks",
    [
        '"request.fileName" NOT = "a.png"',
        '"request.folder" : "camp/" OR "request.folder" = "campaign"',
        '"request.customCoordinates" = "1,2,3,4"',
        '"request.tags" IN ["blue"]',
        '"request.tags" HAS "re blue"',
        '"file.size" > "1mb"',
        '"mediaMetadata.duration" < 10',
        '"request.customMetadata.grade" : "2"',
        '"request.customMetadata.sizes" IN [true]',
    ],
)
async def test_not_met(
    attempt: Callable[..., Awaitable[httpx.Response]], client: httpx.AsyncClient, checks: str
) -> None:
    """An upload that does not meet its checks is refused, and stores nothing."""
    response = await attempt(checks)

    assert (400, FAILED) == (response.status_code, response.json()["message"])
    assert [] == (await client.get("/v1/files", params={"type": "all"})).json()


@pytest.mark.parametrize(
    "checks",
    [
        '"file.size" <',
        "{}",
        '"file.colour" = "red"',
        'name = "a.png"',
        '"file.size" IN [1]',
        '"file.size" = big',
        '"request.isPrivateFile" = "true"',
        '"file.size" > 0 OR "request.customMetadata.none" = 1',
    ],
)
async def test_senseless(attempt: Callable[..., Awaitable[httpx.Response]], checks: str) -> None:
    """Invalid checks are refused, whatever the file."""
    response = await attempt(checks)

    assert (400, INVALID) == (response.status_code, response.json()["message"])
