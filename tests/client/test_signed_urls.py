"""
Signed URLs over real sockets: the local ImageKit verifies what each HTTP client really sends.
"""

from __future__ import annotations

import asyncio
import io
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import aiohttp
import anyio
import httpx
import pytest
import requests
from PIL import Image

from imagekit_async import AsyncImageKit
from imagekit_async.testing import LocalImageKit
from imagekit_async.urls import build_url


def image(color: str) -> bytes:
    """
    Return a small PNG.
    """
    out = io.BytesIO()
    Image.new("RGB", (400, 200), color).save(out, "PNG")
    return out.getvalue()


def with_httpx(url: str) -> int:
    """
    Return the status that httpx gets.
    """
    return httpx.get(url, trust_env=False).status_code


def with_requests(url: str) -> int:
    """
    Return the status that requests gets.
    """
    with requests.Session() as session:
        session.trust_env = False
        return session.get(url, timeout=10).status_code


def with_urllib(url: str) -> int:
    """
    Return the status that the standard library gets.
    """
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url) as response:
        status: int = response.status
        return status


def with_aiohttp(url: str) -> int:
    """
    Return the status that aiohttp gets.
    """

    async def status() -> int:
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            return response.status

    return asyncio.run(status())


async def upload(server: LocalImageKit) -> None:
    """
    Store the private file that the tests ask for, and the files that transformations name.
    """
    async with AsyncImageKit(server.private_key, base_url=server.url) as client:
        for folder, name, is_private in (
            ("/spare_parts", "é_it_s.png", False),
            ("/spare_parts", "logo.png", False),
            ("/private", "ü.png", True),
        ):
            await client.files.upload(
                file=image("red"),
                file_name=name,
                folder=folder,
                is_private_file=is_private,
                use_unique_file_name=False,
            )


@pytest.fixture(scope="module")
def server() -> Iterator[LocalImageKit]:
    """
    A local ImageKit with the files.
    """
    with LocalImageKit() as started:
        anyio.run(upload, started)
        yield started


@pytest.mark.parametrize("send", [with_httpx, with_requests, with_urllib, with_aiohttp])
@pytest.mark.parametrize("position", ["query", "path"])
@pytest.mark.parametrize(
    "options",
    [
        {"transformation": [{"default_image": "/spare parts/é it's.png"}]},
        {"transformation": [{"width": 100, "raw": "di-spare parts@@logo.png"}]},
        {"transformation": [{"overlay": {"type": "text", "text": "50% off?>~, ü: 'now'", "encoding": "plain"}}]},
        {"transformation": [{"overlay": {"type": "text", "text": "ÿÿÿ", "transformation": [{"font_size": 9}]}}]},
        {"transformation": [{"overlay": {"type": "image", "input": "/spare_parts/logo.png"}}]},
        {"query_parameters": {"v": "Größe (1), a/b:c@d", "~": '!*$|^[]{}\\`<>"'}},
    ],
)
def test_every_client_gets_the_file(
    server: LocalImageKit, send: Callable[[str], int], position: Any, options: dict[str, Any]
) -> None:
    """A private file, transformed by any text, is delivered to every HTTP client."""
    url = build_url(
        src="/private/ü.png",
        url_endpoint=server.url_endpoint,
        transformation_position=position,
        signed=True,
        private_key=server.private_key,
        **options,
    )

    assert 200 == send(url)


def test_unsigned(server: LocalImageKit) -> None:
    """Without its signature the private file is not delivered, which is what the other tests rest on."""
    assert 401 == with_httpx(build_url(src="/private/ü.png", url_endpoint=server.url_endpoint))
