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


@pytest.fixture(autouse=True)
def _reachable(server: LocalImageKit, origin: LocalImageKit) -> None:
    server.add_reachable(origin.url)


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
    """Text that is not base64 is not a file."""
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


UNLISTED = "The local ImageKit sends requests to listed addresses only. Start it with reachable=['{}']."


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://192.0.2.1/a.jpg", "192.0.2.1:80"),
        ("https://example.test/a.jpg", "example.test:443"),
        ("http://127.0.0.1:9/a.jpg", "127.0.0.1:9"),
        ("http://localhost:9/a.jpg", "localhost:9"),
        ("http://[::1]:9/a.jpg", "[::1]:9"),
        ("http://[::ffff:127.0.0.1]:9/a.jpg", "127.0.0.1:9"),
        ("http://[::ffff:7f00:1]:9/a.jpg", "127.0.0.1:9"),
        ("http://2130706433/a.jpg", "2130706433:80"),
        ("http://0x7f.1/a.jpg", "0x7f.1:80"),
        ("http://0.0.0.0:9/a.jpg", "0.0.0.0:9"),
    ],
)
async def test_unlisted_address(client: httpx.AsyncClient, url: str, address: str) -> None:
    """Nothing is fetched from an address that is not listed, however it is written; the error says how to list it."""
    response = await post(client, url)

    assert (400, f"{INVALID_FILE} {UNLISTED.format(address)}") == (response.status_code, response.json()["message"])


async def test_own_address() -> None:
    """A server that listens does not fetch from itself."""
    async with LocalImageKit() as server, httpx.AsyncClient(base_url=server.url) as client:
        client.auth = httpx.BasicAuth(server.private_key, "")
        response = await post(client, f"{server.url}/_imagekit/requests")

    assert 400 == response.status_code
    assert "listed addresses only" in response.json()["message"]


@pytest.mark.parametrize("user", ["user:secret@", "user@", ":secret@"])
async def test_credentials(client: httpx.AsyncClient, origin: LocalImageKit, user: str) -> None:
    """Credentials in a URL are not sent, not even to a listed address."""
    response = await post(client, f"{origin.url_endpoint}/hi.txt".replace("//", f"//{user}"))

    assert 400 == response.status_code
    assert f"{INVALID_FILE} The local ImageKit sends no credentials of a URL." == response.json()["message"]


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
        "http://nowhere.invalid:1/",
        "http://127.0.0.1:x/",
        "http://[::1/",
        "http://0177.0.0.1/",
        "http://xn--a/",
    ],
)
async def test_unreachable_origin(server: LocalImageKit, client: httpx.AsyncClient, url: str) -> None:
    """An origin that cannot be connected to, or named, is an error of the upload."""
    for address in ("localhost:1", "[::1]:1", "nowhere.invalid:1"):
        server.add_reachable(address)
    response = await post(client, url)

    assert (400, INVALID_FILE) == (response.status_code, response.json()["message"])


@pytest.mark.parametrize("url", ["http://127.0.0.1:65536/", "http://[::1]-1/", "http:///a.jpg"])
async def test_impossible_address(client: httpx.AsyncClient, url: str) -> None:
    """A URL without a valid host and port is refused by itself."""
    response = await post(client, url)

    assert 400 == response.status_code
    assert response.json()["message"].endswith("is not an http or https URL with a valid host and port.")


async def test_slow_origin(origin: LocalImageKit) -> None:
    """An origin that does not respond within its time fails the upload."""
    server = LocalImageKit(fetch_timeout_seconds=1e-6, reachable=[origin.url])
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
