"""
Delivery of stored files.
"""

from __future__ import annotations

import hashlib
import hmac
import io
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from imagekit_local import LocalImageKit

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


async def test_thumbnails(
    upload: Upload, client: httpx.AsyncClient, anonymous: httpx.AsyncClient, picture: Callable[..., bytes]
) -> None:
    """The thumbnails that responses name are small images, those of older versions too."""
    await upload("a.png", picture(size=(60, 30)))
    body = await upload("a.png", picture(size=(600, 300)))
    versions = (await client.get(f"/v1/files/{body['fileId']}/versions")).json()
    urls = [body["thumbnailUrl"], *(version["thumbnail"] for version in versions)]
    sizes = [Image.open(io.BytesIO((await anonymous.get(url)).content)).size for url in urls]

    assert [(300, 150), (300, 150), (60, 30)] == sizes


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


@pytest.mark.parametrize(
    "option", ["%20h-20", "h-20%20", "%00", "%0d%0ax:y", "%F0%9F%98%80", "h-" + "x" * 480 + "%20" * 99, "\u00e9", "%7f"]
)
def test_odd_options(option: str) -> None:
    """Whatever an option that is refused consists of, the header that names it can be sent over a socket."""
    picture = io.BytesIO()
    Image.new("RGB", (2, 2)).save(picture, "PNG")
    with LocalImageKit() as server:
        form = {"fileName": "a.png", "useUniqueFileName": "false"}
        httpx.post(
            f"{server.url}/api/v1/files/upload",
            data=form,
            files={"file": picture.getvalue()},
            auth=(server.private_key, ""),
        )
        response = httpx.get(f"{server.url_endpoint}/a.png?tr=w-10,{option}")

    assert (400, None) == (response.status_code, response.headers.get("x"))
    assert response.headers["ik-error"] == response.headers["ik-error"].strip()


async def test_gone(tmp_path: Path) -> None:
    """A file whose bytes were deleted since it was looked up is not found, whatever is asked of it."""
    server = LocalImageKit(data=tmp_path)
    async with httpx.AsyncClient(transport=server.transport(), auth=(server.private_key, "")) as client:
        form = {"fileName": "a.txt"}
        upload = await client.post(f"{server.url}/api/v1/files/upload", data=form, files={"file": b"text"})
        (blob,) = tmp_path.rglob(upload.json()["fileId"])
        blob.unlink()
        responses = [await client.request(method, upload.json()["url"]) for method in ("GET", "HEAD")]
    server.stop()

    assert [404, 404] == [response.status_code for response in responses]
    assert "ENOENT - no such file" == responses[0].headers["ik-error"]


async def test_private(upload: Upload, anonymous: httpx.AsyncClient) -> None:
    """A private file needs a signed URL, also for its variants."""
    url = (await upload("a.txt", isPrivateFile="true", isPublished="false"))["url"]
    responses = [await anonymous.get(url + query) for query in ("", "?tr=w-1")]

    assert [401, 401] == [response.status_code for response in responses]


async def test_draft(upload: Upload, anonymous: httpx.AsyncClient) -> None:
    """A file that is not published is not delivered."""
    response = await anonymous.get((await upload("a.txt", isPublished="false"))["url"])

    assert (404, "ENOENT - the file is not published") == (response.status_code, response.headers["ik-error"])


@pytest.mark.parametrize("query", ["", "?tr=w-2"])
async def test_unchanged(
    upload: Upload, anonymous: httpx.AsyncClient, picture: Callable[..., bytes], query: str
) -> None:
    """A client that has the file gets the headers alone, and a client that has another version gets the file."""
    url = (await upload("a.png", picture()))["url"] + query
    first = await anonymous.get(url)
    tag = first.headers["etag"]
    same = [
        await anonymous.get(url, headers={"if-none-match": value, "range": "bytes=0-1"})
        for value in (tag, f'"other", W/{tag}', "*")
    ]
    other = await anonymous.get(url, headers={"if-none-match": '"other"'})
    await upload("a.png", picture(size=(9, 3)))
    changed = await anonymous.get(url, headers={"if-none-match": tag})

    assert [(304, b"", tag)] * 3 == [(each.status_code, each.content, each.headers["etag"]) for each in same]
    assert (200, first.content, tag) == (other.status_code, other.content, other.headers["etag"])
    assert (200, True) == (changed.status_code, changed.headers["etag"] != tag)


@pytest.mark.parametrize(
    ("range", "status", "part"),
    [
        ("bytes=0-1", 206, slice(0, 2)),
        ("bytes=3-", 206, slice(3, None)),
        ("bytes=-4", 206, slice(-4, None)),
        ("bytes=2-99999", 206, slice(2, None)),
        ("bytes=99999-", 416, slice(0, 0)),
        ("bytes=-0", 416, slice(0, 0)),
        ("bytes=3-2", 200, slice(None)),
        ("bytes=a-b", 200, slice(None)),
        ("bytes=-", 200, slice(None)),
        ("lines=0-1", 200, slice(None)),
        ("bytes=0-1,3-4", 200, slice(None)),
    ],
)
@pytest.mark.parametrize("query", ["", "?tr=w-2"])
async def test_ranges(
    upload: Upload,
    anonymous: httpx.AsyncClient,
    picture: Callable[..., bytes],
    query: str,
    range: str,
    status: int,
    part: slice,
) -> None:
    """A part is delivered as such, what lies behind the end is refused, and what is not a single range is ignored."""
    url = (await upload("a.png", picture()))["url"] + query
    whole = (await anonymous.get(url)).content
    response = await anonymous.get(url, headers={"range": range})
    length = len(whole)
    start = part.indices(length)[0]
    expected = {
        200: (None, "image/png"),
        206: (f"bytes {start}-{start + len(whole[part]) - 1}/{length}", "image/png"),
        416: (f"bytes */{length}", None),
    }

    assert (status, whole[part]) == (response.status_code, response.content)
    assert str(len(whole[part])) == response.headers["content-length"]
    assert expected[status] == (response.headers.get("content-range"), response.headers.get("content-type"))


@pytest.mark.parametrize("query", ["", "?tr=w-2"])
async def test_range_of_a_known_file(
    upload: Upload, anonymous: httpx.AsyncClient, picture: Callable[..., bytes], query: str
) -> None:
    """The rest of a download is delivered only if the file is still the same, or else all of it."""
    url = (await upload("a.png", picture()))["url"] + query
    tag = (await anonymous.get(url)).headers["etag"]
    statuses = [
        (await anonymous.get(url, headers={"range": "bytes=1-", "if-range": value})).status_code
        for value in (tag, '"other"', f"W/{tag}", "Wed, 02 Jan 2030 03:04:05 GMT")
    ]

    assert [206, 200, 200, 200] == statuses


@pytest.mark.parametrize("query", ["", "?tr=w-2"])
async def test_head(upload: Upload, anonymous: httpx.AsyncClient, picture: Callable[..., bytes], query: str) -> None:
    """HEAD gives the headers that GET would give."""
    url = (await upload("a.png", picture()))["url"] + query
    whole, head = await anonymous.get(url), await anonymous.head(url)

    def without_id(response: httpx.Response) -> dict[str, str]:
        return {name: value for name, value in response.headers.items() if name != "x-ik-requestid"}

    assert (200, b"") == (head.status_code, head.content)
    assert without_id(whole) == without_id(head)


async def test_url_endpoint(
    upload: Upload, client: httpx.AsyncClient, anonymous: httpx.AsyncClient, server: LocalImageKit
) -> None:
    """Every URL endpoint leads to the media library, and signatures leave its prefix out."""
    await upload("a.txt", isPrivateFile="true")
    url = f"{server.url_endpoint}/shop/a.txt"
    digests = [
        hmac.new(server.private_key.encode(), f"{path}9999999999".encode(), hashlib.sha1).hexdigest()
        for path in ("a.txt", "shop/a.txt")
    ]
    before = await anonymous.get(url)
    await client.post("/v1/accounts/url-endpoints", json={"description": "Shop", "urlPrefix": "shop"})

    assert 404 == before.status_code
    assert 401 == (await anonymous.get(url)).status_code
    assert [200, 401] == [(await anonymous.get(f"{url}?ik-s={digest}")).status_code for digest in digests]


async def test_unknown_parameter(upload: Upload, anonymous: httpx.AsyncClient) -> None:
    """A parameter of the service that is not known here is refused by name, never ignored."""
    url = (await upload("a.txt"))["url"]
    response = await anonymous.get(f"{url}?ik-attachment=true&updatedAt=1")

    assert (400, "Bad Image Transformation Request") == (response.status_code, response.text)
    assert "the local ImageKit does not apply ik-attachment yet" == response.headers["ik-error"]


SANDBOXED = {
    "page.html": b"<script>alert(1)</script>",
    "image.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "feed.xml": b'<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>',
    "code.js": b"alert(1)",
    "odd.bin": b"<script>alert(1)</script>",
    "notes.txt": b"<script>alert(1)</script>",
}


@pytest.mark.parametrize("name", SANDBOXED)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_sandbox(client: httpx.AsyncClient, upload: Upload, name: str, method: str) -> None:
    """What might run script when it is opened as a page has an origin of its own, and no browser guesses its type."""
    file = await upload(name, SANDBOXED[name])
    whole = await client.request(method, file["url"])
    part = await client.request(method, file["url"], headers={"range": "bytes=0-3"})
    known = await client.request(method, file["url"], headers={"if-none-match": "*"})

    assert [200, 206, 304] == [response.status_code for response in (whole, part, known)]
    for response in (whole, part, known):
        assert response.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
        assert "nosniff" == response.headers["x-content-type-options"]


async def test_inert(client: httpx.AsyncClient, upload: Upload, picture: Callable[..., bytes]) -> None:
    """Images and documents that run nothing need no sandbox, and PDF viewers do not work in one."""
    files = [await upload("a.png", picture()), await upload("a.pdf", b"%PDF-1.7\n")]
    responses = [await client.get(file["url"]) for file in files]

    assert ["image/png", "application/pdf"] == [response.headers["content-type"] for response in responses]
    assert ["nosniff"] * 2 == [response.headers["x-content-type-options"] for response in responses]
    assert all("content-security-policy" not in response.headers for response in responses)


async def test_api_is_not_sniffed(client: httpx.AsyncClient) -> None:
    """No browser guesses the type of any other response."""
    responses = [await client.get(path) for path in ("/v1/files", "/nowhere", "/local/nothing", "/_imagekit/clock")]

    assert ["nosniff"] * 4 == [response.headers["x-content-type-options"] for response in responses]
