"""
A local ImageKit with a predictable clock and predictable ids, and a client that reaches it in process.
"""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx
import pytest
from PIL import Image

from imagekit_local import LocalImageKit

START = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """
    Advance the clock by a second with each reading.
    """
    seconds = count()
    return lambda: START + timedelta(seconds=next(seconds))


@pytest.fixture
def new_id() -> Callable[[], str]:
    """
    Count ids up from 1.
    """
    numbers = count(1)
    return lambda: f"{next(numbers):024x}"


@pytest.fixture
def server(clock: Callable[[], datetime], new_id: Callable[[], str]) -> Iterator[LocalImageKit]:
    """
    A server with small size limits that is not listening.
    """
    server = LocalImageKit(
        private_key="private_test",
        public_key="public_test",
        max_upload_bytes=10_000,
        max_video_bytes=20_000,
        clock=clock,
        new_id=new_id,
    )
    yield server
    server.stop()


@pytest.fixture
def anonymous(server: LocalImageKit) -> httpx.AsyncClient:
    """
    A client without credentials.
    """
    return httpx.AsyncClient(transport=server.transport(), base_url=server.url)


@pytest.fixture
def client(server: LocalImageKit) -> httpx.AsyncClient:
    """
    A client with the private key.
    """
    return httpx.AsyncClient(transport=server.transport(), base_url=server.url, auth=(server.private_key, ""))


@pytest.fixture
def upload(client: httpx.AsyncClient) -> Callable[..., Awaitable[dict[str, Any]]]:
    """
    Store bytes under an exact name, and return the response of the upload.
    """

    async def stored(name: str, content: bytes = b"text", **fields: str) -> dict[str, Any]:
        response = await client.post(
            "/api/v1/files/upload",
            data={"fileName": name, "useUniqueFileName": "false", **fields},
            files={"file": (name, content)},
        )
        response.raise_for_status()
        body: dict[str, Any] = response.json()
        return body

    return stored


@pytest.fixture
def define(client: httpx.AsyncClient) -> Callable[..., Awaitable[dict[str, Any]]]:
    """
    Define a custom metadata field.
    """

    async def defined(name: str, type: str, **schema: Any) -> dict[str, Any]:
        body = {"name": name, "label": name, "schema": {"type": type, **schema}}
        response = await client.post("/v1/customMetadataFields", json=body)
        response.raise_for_status()
        field: dict[str, Any] = response.json()
        return field

    return defined


@pytest.fixture
def picture() -> Callable[..., bytes]:
    """
    Return the bytes of an image.
    """

    def made(format: str = "PNG", size: tuple[int, int] = (4, 3), mode: str = "RGB", **options: Any) -> bytes:
        buffer = io.BytesIO()
        Image.new(mode, size).save(buffer, format, **options)
        return buffer.getvalue()

    return made
