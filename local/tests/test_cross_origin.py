"""
Uploads from web pages, which live on other origins than the API.
"""

from __future__ import annotations

import httpx
import pytest

from imagekit_local import LocalImageKit

pytestmark = pytest.mark.anyio

UPLOADS = ["/api/v1/files/upload", "/api/v2/files/upload"]
PAGE = {"origin": "https://shop.example"}
ALLOWED = "access-control-allow-origin"


@pytest.mark.parametrize("path", UPLOADS)
async def test_preflight(anonymous: httpx.AsyncClient, path: str) -> None:
    """A browser that asks before an upload from a page is told that any page may post."""
    response = await anonymous.options(path, headers={**PAGE, "access-control-request-method": "POST"})

    assert (200, "*") == (response.status_code, response.headers[ALLOWED])
    assert "POST" == response.headers["access-control-allow-methods"]


@pytest.mark.parametrize("path", UPLOADS)
async def test_refusal_is_readable(anonymous: httpx.AsyncClient, path: str) -> None:
    """A page may read why its upload was refused."""
    response = await anonymous.post(path, headers=PAGE)

    assert (400, "*") == (response.status_code, response.headers[ALLOWED])


async def test_fault_is_for_the_upload(anonymous: httpx.AsyncClient, server: LocalImageKit) -> None:
    """A fault does not happen to the question before an upload, and a page may read what it answers."""
    fault = server.faults.add("status", path=UPLOADS[0], status=503)
    await anonymous.options(UPLOADS[0], headers={**PAGE, "access-control-request-method": "POST"})
    fired = fault.fired
    response = await anonymous.post(UPLOADS[0], headers=PAGE)

    assert (0, 1) == (fired, fault.fired)
    assert (503, "*") == (response.status_code, response.headers[ALLOWED])


async def test_management_is_closed(client: httpx.AsyncClient) -> None:
    """What takes the private key is not open to pages."""
    response = await client.get("/v1/files", headers=PAGE)

    assert 200 == response.status_code
    assert ALLOWED not in response.headers
