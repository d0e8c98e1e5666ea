"""
The interactive reference at `/docs`, as the browser loads it.
"""

from __future__ import annotations

import importlib.util
from typing import Any

import httpx
import pytest

from imagekit_local import LocalImageKit

pytestmark = pytest.mark.anyio
PARTS = ["/docs", "/docs/start.js", "/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js", "/docs/openapi.json"]


async def fetched(server: LocalImageKit, path: str) -> httpx.Response:
    """
    Return the response to a request without credentials.
    """
    async with httpx.AsyncClient(transport=server.transport(), base_url=server.url) as client:
        return await client.get(path)


@pytest.mark.parametrize("path", PARTS)
async def test_parts(path: str) -> None:
    """Each part of the reference is served to anyone, may load nothing from elsewhere, and is not recorded."""
    server = LocalImageKit()
    response = await fetched(server, path)
    server.stop()
    policy = response.headers["content-security-policy"]

    assert 200 == response.status_code
    assert policy.startswith("default-src 'none'; script-src 'self'; connect-src 'self';")
    assert "http" not in policy
    assert [] == server.requests


@pytest.mark.parametrize("path", ["/docs", "/docs/swagger-ui.css"])
async def test_without_the_extra(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """Without Swagger UI, the response says what to install."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    server = LocalImageKit()
    response = await fetched(server, path)
    server.stop()

    assert 501 == response.status_code
    assert "pip install 'imagekit-local[docs]'" in response.json()["message"]


async def test_servers() -> None:
    """The servers of the document, its paths and operations lose their hosts and keep their paths."""
    elsewhere = [{"url": "https://upload.example.com/base/"}]
    get: dict[str, Any] = {"servers": elsewhere, "responses": {"200": {"content": {"text/plain": {"example": "a"}}}}}
    item = {"servers": [{"url": "https://{name}.example.com", "variables": {"name": {"default": "a"}}}], "get": get}
    content = {"openapi": "3.1.0", "servers": [{"url": "https://a.example.com/v2"}], "paths": {"/a": item}}
    server = LocalImageKit(document=content)
    reference = (await fetched(server, "/docs/openapi.json")).json()
    served = (await fetched(server, "/openapi.json")).json()
    server.stop()

    assert [{"url": "/v2"}] == reference["servers"]
    assert [{"url": "/"}] == reference["paths"]["/a"]["servers"]
    assert [{"url": "/base"}] == reference["paths"]["/a"]["get"]["servers"]
    assert content == served


async def test_form_fields() -> None:
    """Fields of a form are empty at first, unless they are required or have a default."""
    server = LocalImageKit()
    reference = (await fetched(server, "/docs/openapi.json")).json()
    server.stop()
    form = reference["paths"]["/api/v1/files/upload"]["post"]["requestBody"]["content"]["multipart/form-data"]
    fields = form["schema"]["properties"]

    assert {"fileName": None, "useUniqueFileName": None, "tags": [], "checks": "", "transformation": ""} == {
        name: fields[name].get("example")
        for name in ("fileName", "useUniqueFileName", "tags", "checks", "transformation")
    }
