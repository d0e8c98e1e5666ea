"""
The forms in which the bytes of an upload may come.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from imagekit_local import LocalImageKit

pytestmark = pytest.mark.anyio
INVALID_FILE = "Your request contains invalid file parameter."
TOO_LARGE = f"{INVALID_FILE} The file size exceeds limits."


@pytest.fixture(scope="module")
def origin() -> Iterator[LocalImageKit]:
    """
    A second server on loopback, to fetch files from.
    """
    with LocalImageKit() as server:
        for name, content in {"hi.txt": b"hello", "big.txt": b"x" * 20_001}.items():
            httpx.post(
                f"{server.url}/api/v1/files/upload",
                data={"fileName": name, "useUniqueFileName": "false"},
                files={"file": content},
                auth=(server.private_key, ""),
            )
        yield server


async def post(client: httpx.AsyncClient, file: Any, name: str = "a.txt") -> httpx.Response:
    """
    Upload a file part, or a text part if the file is a string.
    """
    part = (None, file) if isinstance(file, str) else ("blob", file)
    return await client.post(
        "/api/v1/files/upload", data={"fileName": name, "useUniqueFileName": "false"}, files={"file": part}
    )


async def delivered(client: httpx.AsyncClient, response: httpx.Response) -> bytes:
    """
    The stored bytes.
    """
    return (await client.get(response.json()["url"])).content


@pytest.mark.parametrize(
    "text",
    [
        base64.b64encode(b"\x00\xfftext").decode(),
        base64.b64encode(b"\x00\xfftext").decode().rstrip("="),
        "data:text/plain;base64," + base64.b64encode(b"\x00\xfftext").decode(),
        "Data:text/plain;BASE64," + base64.b64encode(b"\x00\xfftext").decode(),
        "AP90\r\nZXh0\n",
    ],
)
async def test_base64(client: httpx.AsyncClient, text: str) -> None:
    """Base64 may be wrapped, unpadded, or part of a data URI."""
    response = await post(client, text)

    assert b"\x00\xfftext" == await delivered(client, response)


@pytest.mark.parametrize("text", ["not base64!", "A", "äöü", "data:text/plain,text", "data:", "C:\\photo.jpg"])
async def test_bad_base64(client: httpx.AsyncClient, text: str) -> None:
    """Text that is no base64 is no file."""
    response = await post(client, text)

    assert (400, INVALID_FILE) == (response.status_code, response.json()["message"])


async def test_bytes_that_look_like_text(client: httpx.AsyncClient) -> None:
    """A file part is taken as it is, whatever it says."""
    response = await post(client, b"http://127.0.0.1/x")

    assert b"http://127.0.0.1/x" == await delivered(client, response)


async def test_empty_file_part(client: httpx.AsyncClient) -> None:
    """A file of no bytes can be stored."""
    response = await post(client, b"")

    assert 0 == response.json()["size"]


@pytest.mark.parametrize("scheme", ["http", "HTTP"])
async def test_fetched(client: httpx.AsyncClient, origin: LocalImageKit, scheme: str) -> None:
    """A URL is fetched, and its bytes are stored."""
    response = await post(client, f"{origin.url_endpoint}/hi.txt".replace("http", scheme))

    assert b"hello" == await delivered(client, response)


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.1/a.jpg",
        "https://example.test/a.jpg",
        "http://127.0.0.1@example.test/a.jpg",
        "http://2130706433/a.jpg",
        "http:///a.jpg",
    ],
)
async def test_foreign_host(client: httpx.AsyncClient, url: str) -> None:
    """The server never reaches beyond the machine."""
    response = await post(client, url)

    assert 400 == response.status_code
    reason = "The local ImageKit fetches from loopback and allowed hosts only."
    assert f"{INVALID_FILE} {reason}" == response.json()["message"]


@pytest.mark.parametrize("path", ["/local/missing.txt", "/local/hi.txt?tr=w-1"])
async def test_origin_that_refuses(client: httpx.AsyncClient, origin: LocalImageKit, path: str) -> None:
    """An origin's error is an error of the upload."""
    response = await post(client, origin.url + path)

    assert (400, INVALID_FILE) == (response.status_code, response.json()["message"])


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:1/x",
        "http://[::1]:1/x",
        "http://127.0.0.1:x/",
        "http://[::1/",
        "http://127.0.0.1:65536/",
        "http://[::1]-1/",
        "http://xn--a/",
    ],
)
async def test_unreachable_origin(client: httpx.AsyncClient, url: str) -> None:
    """An origin that cannot be connected to, or named, is an error of the upload."""
    response = await post(client, url)

    assert (400, INVALID_FILE) == (response.status_code, response.json()["message"])


async def test_slow_origin(origin: LocalImageKit) -> None:
    """An origin that does not answer within its time fails the upload."""
    server = LocalImageKit(fetch_timeout_seconds=0)
    async with httpx.AsyncClient(transport=server.transport(), base_url=server.url) as client:
        client.auth = httpx.BasicAuth(server.private_key, "")
        response = await post(client, f"{origin.url_endpoint}/hi.txt")
    server.stop()

    assert (400, INVALID_FILE) == (response.status_code, response.json()["message"])


async def test_fetched_too_large(client: httpx.AsyncClient, origin: LocalImageKit) -> None:
    """Fetching ends where no file may be larger."""
    response = await post(client, f"{origin.url_endpoint}/big.txt")

    assert (400, TOO_LARGE) == (response.status_code, response.json()["message"])


async def test_size_limits(client: httpx.AsyncClient) -> None:
    """A video may be larger than other files, up to its own limit; base64 is measured in bytes."""
    video = b"\x00\x00\x00\x18ftypisom"
    responses = [
        await post(client, b"x" * 10_000),
        await post(client, b"x" * 10_001),
        await post(client, base64.b64encode(b"x" * 10_001).decode()),
        await post(client, video.ljust(20_000), "a.mp4"),
        await post(client, video.ljust(20_001), "a.mp4"),
    ]

    assert [200, 400, 400, 200, 400] == [response.status_code for response in responses]
    assert TOO_LARGE == responses[1].json()["message"]


async def test_spooled_file(server: LocalImageKit) -> None:
    """A file that was spooled to disk arrives whole."""
    large = LocalImageKit()
    content = bytes(range(256)) * 12_000
    async with httpx.AsyncClient(transport=large.transport(), base_url=large.url) as client:
        client.auth = httpx.BasicAuth(large.private_key, "")
        response = await post(client, content, "a.bin")
        stored = await delivered(client, response)
    large.stop()

    assert content == stored


async def test_refused_bytes_are_deleted(server: LocalImageKit, client: httpx.AsyncClient) -> None:
    """Nothing of a refused upload stays on disk."""
    kept = await post(client, b"kept")
    await post(client, b"x" * 10_001, "b.txt")
    blob = server._account.store.blobs.path(kept.json()["fileId"])

    assert [blob] == list(blob.parent.iterdir())
