"""
Delivery of stored files.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio
Upload = Callable[..., Awaitable[dict[str, Any]]]


async def test_original(upload: Upload, anonymous: httpx.AsyncClient, picture: Callable[..., bytes]) -> None:
    """A public file is delivered to anyone as it was stored, with its detected type."""
    content = picture()
    body = await upload("Größe.jpg", content, folder="f")
    response = await anonymous.get(body["url"])

    assert (200, content, "image/png") == (response.status_code, response.content, response.headers["content-type"])


async def test_versions(upload: Upload, client: httpx.AsyncClient, anonymous: httpx.AsyncClient) -> None:
    """The plain URL delivers the current version, and each version has a URL of its own."""
    body = await upload("a.txt", b"one")
    await upload("a.txt", b"two")
    versions = (await client.get(f"/v1/files/{body['fileId']}/versions")).json()

    assert b"two" == (await anonymous.get(body["url"])).content
    assert [b"two", b"one"] == [(await anonymous.get(version["url"])).content for version in versions]


@pytest.mark.parametrize("path", ["/local/b.txt", "/local/", "/local/a.txt?ik-obj-version=x", "/local/tr:w-1/b.txt"])
async def test_missing(upload: Upload, anonymous: httpx.AsyncClient, path: str) -> None:
    """What is not stored is not found, whatever is to be done to it."""
    await upload("a.txt")
    response = await anonymous.get(path)

    assert (404, "Not Found", "ENOENT - no such file") == (
        (
            response.status_code,
            response.text,
            response.headers["ik-error"],
        )
    )


async def test_private(upload: Upload, anonymous: httpx.AsyncClient) -> None:
    """A private file needs a signed URL, also for its variants."""
    url = (await upload("a.txt", isPrivateFile="true", isPublished="false"))["url"]
    responses = [await anonymous.get(url + query) for query in ("", "?tr=w-1")]

    assert [401, 401] == [response.status_code for response in responses]


async def test_draft(upload: Upload, anonymous: httpx.AsyncClient) -> None:
    """A file that is not published is not delivered."""
    response = await anonymous.get((await upload("a.txt", isPublished="false"))["url"])

    assert (404, "ENOENT - the file is not published") == (response.status_code, response.headers["ik-error"])


async def test_unknown_parameter(upload: Upload, anonymous: httpx.AsyncClient) -> None:
    """A parameter of the service that is not known here is refused by name, never ignored."""
    url = (await upload("a.txt"))["url"]
    response = await anonymous.get(f"{url}?ik-attachment=true&updatedAt=1")

    assert (400, "Bad Image Transformation Request") == (response.status_code, response.text)
    assert "the local ImageKit does not apply ik-attachment yet" == response.headers["ik-error"]
