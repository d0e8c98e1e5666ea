"""
Requests from web pages: those on loopback may upload, and those elsewhere may do nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from imagekit_local import LocalImageKit

pytestmark = pytest.mark.anyio

UPLOADS = ["/api/v1/files/upload", "/api/v2/files/upload"]
PAGE = {"origin": "http://localhost:3000"}
ALLOWED = "access-control-allow-origin"


@pytest.mark.parametrize("path", UPLOADS)
async def test_preflight(anonymous: httpx.AsyncClient, path: str) -> None:
    """A browser that asks before an upload from a page learns that the page may post."""
    response = await anonymous.options(path, headers={**PAGE, "access-control-request-method": "POST"})

    assert (200, "*") == (response.status_code, response.headers[ALLOWED])
    assert "POST" == response.headers["access-control-allow-methods"]


@pytest.mark.parametrize("path", UPLOADS)
async def test_refusal_is_readable(anonymous: httpx.AsyncClient, path: str) -> None:
    """A page may read why its upload was refused."""
    response = await anonymous.post(path, headers=PAGE)

    assert (400, "*") == (response.status_code, response.headers[ALLOWED])


async def test_fault_is_for_the_upload(anonymous: httpx.AsyncClient, server: LocalImageKit) -> None:
    """A fault does not affect the preflight request of an upload, and a page may read its response."""
    fault = server.faults.add("status", path=UPLOADS[0], status=503)
    await anonymous.options(UPLOADS[0], headers={**PAGE, "access-control-request-method": "POST"})
    fired = fault.fired
    response = await anonymous.post(UPLOADS[0], headers=PAGE)

    assert (0, 1) == (fired, fault.fired)
    assert (503, "*") == (response.status_code, response.headers[ALLOWED])


LOOPBACK = ["http://127.0.0.1:8000", "http://[::1]:8000", "https://localhost", "HTTP://LOCALHOST"]
FOREIGN = [
    "https://evil.test",
    "null",
    "",
    "http://localhost.evil.test",
    "http://127.0.0.1.evil.test:8080",
    "http://127.0.0.1@evil.test",
    "http://evil.test/http://127.0.0.1",
    "http://evil.test#127.0.0.1",
    "http://127.1",
    "http://2130706433",
    "file://localhost",
    "http://localhost, https://evil.test",
]
REQUESTS = [
    ("OPTIONS", UPLOADS[0]),
    ("POST", UPLOADS[0]),
    ("POST", UPLOADS[1]),
    ("GET", "/v1/files"),
    ("GET", "/local/a.txt"),
    ("POST", "/_imagekit/reset"),
    ("GET", "/nowhere"),
]


@pytest.mark.parametrize(("method", "path"), REQUESTS)
@pytest.mark.parametrize("origin", FOREIGN)
async def test_foreign_page(client: httpx.AsyncClient, method: str, path: str, origin: str) -> None:
    """A page that is not on loopback is refused everywhere, its uploads with the documented key included."""
    headers = {"origin": origin, "access-control-request-method": "POST"}
    response = await client.request(method, path, headers=headers)

    assert 403 == response.status_code
    assert f"does not serve pages of {origin!r}" in response.json()["message"]
    assert ALLOWED not in response.headers


async def test_multipart_without_preflight(
    server: LocalImageKit, client: httpx.AsyncClient, upload: Callable[..., Awaitable[dict[str, Any]]]
) -> None:
    """An upload that a foreign page sends without asking first stores nothing, although its key is right."""
    response = await client.post(
        UPLOADS[0], data={"fileName": "a.txt"}, files={"file": b"x" * 5000}, headers={"origin": "https://evil.test"}
    )

    assert 403 == response.status_code
    assert [] == (await client.get("/v1/files")).json()


@pytest.mark.parametrize("origin", LOOPBACK)
async def test_loopback_page(client: httpx.AsyncClient, origin: str) -> None:
    """A page on loopback, whatever its port, is served."""
    response = await client.get("/v1/files", headers={"origin": origin})

    assert 200 == response.status_code


async def test_two_origins(client: httpx.AsyncClient) -> None:
    """A request that names two origins is from both."""
    response = await client.get("/v1/files", headers=[("origin", "http://localhost"), ("origin", "https://evil.test")])

    assert 403 == response.status_code


async def test_allowed_page() -> None:
    """A page that is allowed by name may upload, in whatever case its origin is written."""
    server = LocalImageKit(allowed_origins=["https://Shop.example"])
    async with httpx.AsyncClient(transport=server.transport(), base_url=server.url) as client:
        allowed = await client.post(UPLOADS[0], headers={"origin": "https://shop.example"})
        other = await client.post(UPLOADS[0], headers={"origin": "https://shop.example:8443"})
    server.stop()

    assert (400, 403) == (allowed.status_code, other.status_code)
    assert "*" == allowed.headers[ALLOWED]


@pytest.mark.parametrize("origin", ["shop.example", "null", "https://shop.example/", "*"])
def test_bad_allowed_origin(origin: str) -> None:
    """What a browser never sends as the origin of a page is refused at construction."""
    with pytest.raises(ValueError, match="allowed_origins must contain origins such as"):
        LocalImageKit(allowed_origins=[origin])


async def test_management_is_closed(client: httpx.AsyncClient) -> None:
    """What takes the private key is not open to pages."""
    response = await client.get("/v1/files", headers=PAGE)

    assert 200 == response.status_code
    assert ALLOWED not in response.headers
