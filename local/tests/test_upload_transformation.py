"""
The transformation of an upload.
"""

from __future__ import annotations

import io
import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeAlias

import httpx
import pytest
from PIL import Image

from imagekit_local import LocalImageKit

pytestmark = pytest.mark.anyio
Upload: TypeAlias = Callable[..., Awaitable[dict[str, Any]]]
Picture: TypeAlias = Callable[..., bytes]
INVALID = "The file could not be uploaded because the transformation field is invalid."
NO_MEDIA = "The file could not be uploaded because transformations are supported only for image and video files."
INCOMPATIBLE = "The file could not be uploaded because the detected file type & post-transformation are incompatible."
VIDEO = b"\x00\x00\x00\x18ftypmp42"


@pytest.fixture
def halving() -> Iterator[LocalImageKit]:
    """
    A server whose account halves what is uploaded.
    """
    server = LocalImageKit(upload_transformation="w-iw_div_2")
    yield server
    server.stop()


async def respond(client: httpx.AsyncClient, content: bytes, transformation: Any) -> httpx.Response:
    """
    The response to an upload with a transformation.
    """
    data = {"fileName": "a.bin", "transformation": json.dumps(transformation)}
    return await client.post("/api/v1/files/upload", data=data, files={"file": content})


async def refused(client: httpx.AsyncClient, content: bytes, transformation: Any) -> str:
    """
    Return the reason why a transformation is refused; nothing is stored.
    """
    response = await respond(client, content, transformation)
    assert 400 == response.status_code
    assert [] == (await client.get("/v1/files")).json()
    message: str = response.json()["message"]
    return message


async def test_picture(client: httpx.AsyncClient, picture: Picture) -> None:
    """An image is stored after its transformation."""
    response = await respond(client, picture(size=(40, 30)), {"pre": "w-20,f-webp", "post": []})
    body = response.json()
    content = (await client.get(body["url"])).content

    assert (200, 20, 15, len(content)) == (response.status_code, body["width"], body["height"], body["size"])
    assert "WEBP" == Image.open(io.BytesIO(content)).format


async def test_named_and_layered(client: httpx.AsyncClient, upload: Upload, picture: Picture) -> None:
    """Named transformations and stored files can be used, and a missing file is reported."""
    await client.post("/v1/named-transformations", json={"name": "other", "transformation": "tr:h-9"})
    await client.post("/v1/named-transformations", json={"name": "half", "transformation": "tr:w-20"})
    await upload("logo.png", picture())
    named = (await respond(client, picture(size=(40, 30)), {"pre": "tr:n-half"})).json()
    layered = (await respond(client, picture(size=(40, 30)), {"pre": "l-image,i-logo.png,l-end"})).json()
    unnamed = await respond(client, picture(), {"pre": "n-none"})
    missing = await respond(client, picture(), {"pre": "l-image,i-none.png,l-end"})

    assert (20, 40) == (named["width"], layered["width"])
    assert ("n: there is no named transformation 'none'", "ENOENT - i: no such file '/none.png'") == (
        unnamed.json()["errors"]["pre"],
        missing.json()["errors"]["pre"],
    )


async def test_video(client: httpx.AsyncClient) -> None:
    """A video is queued, and nothing is stored."""
    response = await respond(client, VIDEO, {"pre": "w-20"})

    assert 202 == response.status_code
    assert {"message": "The pre-transformation has been queued successfully."} == response.json()
    assert [] == (await client.get("/v1/files")).json()


async def test_post(client: httpx.AsyncClient, picture: Picture) -> None:
    """Transformations to prepare after storing do not change the file."""
    content = picture("GIF")
    gif = await respond(
        client, content, {"post": [{"type": "transformation", "value": "w-1"}, {"type": "gif-to-video"}]}
    )
    streams = [{"type": "abs", "value": "sr-240", "protocol": "hls"}, {"type": "thumbnail", "value": "so-1"}]
    video = await respond(client, VIDEO, {"post": streams})

    assert (200, 200) == (gif.status_code, video.status_code)
    assert [len(content), len(VIDEO)] == [gif.json()["size"], video.json()["size"]]


@pytest.mark.parametrize(
    "transformation",
    [
        [],
        {"pre": "w-1", "other": 1},
        {"pre": ""},
        {"pre": 7},
        {"pre": "zz-1"},
        {"post": {}},
        {"post": [7]},
        {"post": [{"type": "new"}]},
        {"post": [{"type": 7}]},
        {"post": [{"type": "transformation"}]},
        {"post": [{"type": "transformation", "value": ""}]},
        {"post": [{"type": "abs", "value": "sr-240"}]},
        {"post": [{"type": "thumbnail"}] * 6},
    ],
)
async def test_invalid(client: httpx.AsyncClient, picture: Picture, transformation: Any) -> None:
    """Anything but the documented form is refused."""
    assert INVALID == await refused(client, picture(), transformation)


async def test_no_json(client: httpx.AsyncClient) -> None:
    """The field is JSON."""
    response = await client.post(
        "/api/v1/files/upload", data={"fileName": "a", "transformation": "w-1"}, files={"file": b"text"}
    )

    assert (400, INVALID) == (response.status_code, response.json()["message"])


@pytest.mark.parametrize("kind", ["gif-to-video", "thumbnail", "abs"])
async def test_incompatible(client: httpx.AsyncClient, picture: Picture, kind: str) -> None:
    """Each kind of preparation accepts some media only, and no other files."""
    item = {"type": kind, "value": "v", "protocol": "dash"}

    assert INCOMPATIBLE == await refused(client, picture(), {"post": [item]})
    assert NO_MEDIA == await refused(client, b"text", {"post": [item]})


async def test_setting_of_the_account(halving: LocalImageKit, picture: Picture) -> None:
    """The account's transformation applies to images whose upload names none."""
    async with httpx.AsyncClient(transport=halving.transport(), base_url=halving.url) as client:
        client.auth = httpx.BasicAuth(halving.private_key, "")
        data = {"fileName": "a.png"}
        halved = await client.post("/api/v1/files/upload", data=data, files={"file": picture(size=(40, 30))})
        text = await client.post("/api/v1/files/upload", data=data, files={"file": b"text"})
        own = await respond(client, picture(size=(40, 30)), {"pre": "w-10"})

    assert (20, 4, 10) == (halved.json()["width"], text.json()["size"], own.json()["width"])
