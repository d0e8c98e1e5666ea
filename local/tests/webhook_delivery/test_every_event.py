"""
Every event that the state of a local ImageKit can cause, from the change to a verified body.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from imagekit_local import LocalImageKit
from imagekit_local._accounts.webhooks import EVENT_TYPES
from local.tests.webhook_delivery.conftest import Receiver, Subscribe, expected_signature

pytestmark = pytest.mark.anyio
Upload = Callable[..., Awaitable[dict[str, Any]]]
VIDEO = b"\x00\x00\x00\x18ftypmp42" + bytes(16)
# Nothing here makes videos.
IMPOSSIBLE = {"video.transformation.ready"}


async def change_files(client: httpx.AsyncClient, upload: Upload, image: bytes) -> None:
    """
    Make, update, overwrite and delete files, with transformations that succeed and that fail.
    """
    steps = [{"type": "transformation", "value": "w-2"}, {"type": "transformation", "value": "w-("}]
    file = await upload("a.png", image, folder="one/two", transformation=json.dumps({"pre": "w-3", "post": steps}))
    await client.patch(f"/v1/files/{file['fileId']}/details", json={"tags": ["a"]})
    await upload("a.png", image, folder="one/two")
    await client.delete(f"/v1/files/{file['fileId']}/versions/{file['versionInfo']['id']}")
    await client.delete(f"/v1/files/{file['fileId']}")


async def ask_for_videos(client: httpx.AsyncClient, upload: Upload) -> None:
    """
    Ask for a video before and after it is stored.
    """
    await upload("a.mp4", VIDEO, transformation='{"pre": "w-3"}')
    await upload("a.mp4", VIDEO)
    await client.get("/local/a.mp4?tr=w-2")


async def change_folders(client: httpx.AsyncClient) -> None:
    """
    Rename and delete a folder.
    """
    await client.post("/v1/bulkJobs/renameFolder", json={"folderPath": "/one", "newFolderName": "renamed"})
    await client.request("DELETE", "/v1/folder", json={"folderPath": "/renamed"})


async def test_every_event(
    client: httpx.AsyncClient,
    server: LocalImageKit,
    upload: Upload,
    receiver: Receiver,
    subscribe: Subscribe,
    picture: Callable[..., bytes],
    judge: Any,
) -> None:
    """Each event is sent as documented, and signed with the secret of the webhook."""
    webhook = await subscribe(*sorted(EVENT_TYPES))
    await change_files(client, upload, picture())
    await ask_for_videos(client, upload)
    await change_folders(client)
    deliveries = await server.deliver_webhooks()

    assert EVENT_TYPES - IMPOSSIBLE == set(receiver.types)
    assert [expected_signature(webhook["secret"], headers) for headers in receiver.headers] == [
        headers["webhook-signature"] for headers in receiver.headers
    ]
    assert {(200, 1, True)} == {(delivery.status, delivery.attempt, delivery.is_done) for delivery in deliveries}
    assert [] == [found for body in receiver.bodies for found in judge.event_deviations(body)]
    assert len(receiver.bodies) == len({body["id"] for body in receiver.bodies})


@pytest.mark.parametrize(
    ("name", "path", "kind"),
    [
        ("a.mp4", "a.mp4?tr=w-2", "video-transformation"),
        ("a.mp4", "tr:vc-h264/a.mp4", "video-transformation"),
        ("a.mp4", "a.mp4/ik-video.mp4", "video-transformation"),
        ("a.mp4", "a.mp4/ik-master.m3u8?tr=sr-240", "video-transformation"),
        ("a.mp4", "a.mp4/ik-thumbnail.jpg", "video-thumbnail"),
        ("a.gif", "a.gif/ik-gif-video.mp4", "gif-to-video"),
    ],
)
async def test_videos(
    client: httpx.AsyncClient,
    anonymous: httpx.AsyncClient,
    server: LocalImageKit,
    upload: Upload,
    receiver: Receiver,
    subscribe: Subscribe,
    picture: Callable[..., bytes],
    name: str,
    path: str,
    kind: str,
) -> None:
    """A delivery that needs a video sends that it was accepted and failed, and is refused."""
    await subscribe("video.transformation.accepted", "video.transformation.error")
    await upload(name, VIDEO if name == "a.mp4" else picture("GIF"))
    response = await anonymous.get(f"/local/{path}", headers={"user-agent": "browser"})
    await server.deliver_webhooks()
    accepted, failed = receiver.bodies
    cause = {
        "x_request_id": response.headers["x-ik-requestid"],
        "url": f"{server.url_endpoint}/{path}",
        "user_agent": "browser",
    }
    asset = {"url": f"{server.url_endpoint}/{name}"}

    assert (400, "tr: the local ImageKit does not transform videos") == (
        response.status_code,
        response.headers["ik-error"],
    )
    assert cause == accepted["request"] == failed["request"]
    assert (asset, kind) == (accepted["data"]["asset"], accepted["data"]["transformation"]["type"])
    error = {"error": {"reason": "encoding_failed"}}
    assert {**accepted["data"]["transformation"], **error} == failed["data"]["transformation"]


@pytest.mark.parametrize(
    "path", ["a.mp4", "a.png?tr=w-2", "a.png/ik-thumbnail.jpg", "a.mp4/ik-gif-video.mp4", "draft.mp4?tr=w-2"]
)
async def test_no_video(
    anonymous: httpx.AsyncClient,
    server: LocalImageKit,
    upload: Upload,
    receiver: Receiver,
    subscribe: Subscribe,
    picture: Callable[..., bytes],
    path: str,
) -> None:
    """Delivery that needs no video, or cannot make one, sends no video event."""
    await subscribe("video.transformation.accepted", "video.transformation.error")
    await upload("a.mp4", VIDEO)
    await upload("draft.mp4", VIDEO, isPublished="false")
    await upload("a.png", picture())
    response = await anonymous.get(f"/local/{path}", headers={"user-agent": ""})
    await server.deliver_webhooks()

    assert (400 != response.status_code, []) == (True, receiver.bodies)


@pytest.mark.parametrize(
    ("path", "options"),
    [
        (
            "a.mp4/ik-master.m3u8?tr=sr-240_480,vc-h264",
            {"stream_protocol": "HLS", "variants": ["240", "480"], "video_codec": "h264"},
        ),
        ("a.mp4/ik-master.mpd?tr=sr-360", {"stream_protocol": "DASH", "variants": ["360"]}),
        ("a.mp4/ik-master.mpd", {"stream_protocol": "DASH"}),
        ("tr:w-2:q-50,f-webm,ac-opus/a.mp4", {"quality": 50, "format": "webm", "audio_codec": "opus"}),
        ("a.mp4?tr=q-x,f-tiff,vc-h265", {}),
    ],
)
async def test_video_options(
    anonymous: httpx.AsyncClient,
    server: LocalImageKit,
    upload: Upload,
    receiver: Receiver,
    subscribe: Subscribe,
    path: str,
    options: dict[str, Any],
) -> None:
    """Both events contain the settings in the URL of the video, except unknown ones."""
    await subscribe("video.transformation.accepted", "video.transformation.error")
    await upload("a.mp4", VIDEO)
    await anonymous.get(f"/local/{path}")
    await server.deliver_webhooks()

    assert [options] * 2 == [body["data"]["transformation"].get("options", {}) for body in receiver.bodies]


async def test_video_for_nobody_known(
    anonymous: httpx.AsyncClient, server: LocalImageKit, upload: Upload, receiver: Receiver, subscribe: Subscribe
) -> None:
    """The event of a request without a user agent has none."""
    await subscribe("video.transformation.error")
    await upload("a.mp4", VIDEO)
    del anonymous.headers["user-agent"]
    await anonymous.get("/local/a.mp4?tr=w-2")
    await server.deliver_webhooks()

    assert {"x_request_id", "url"} == receiver.bodies[0]["request"].keys()


def test_video_for_a_strange_url() -> None:
    """Invalid bytes in a URL do not break the event of a request for a video."""
    with LocalImageKit() as server, httpx.Client(base_url=server.url, auth=(server.private_key, "")) as client:
        webhook = {"endpoint": "http://127.0.0.1:9", "events": ["video.transformation.error"]}
        client.post("/v1/accounts/webhooks", json=webhook).raise_for_status()
        form = {"fileName": "a.mp4", "useUniqueFileName": "false"}
        client.post("/api/v1/files/upload", data=form, files={"file": VIDEO}).raise_for_status()
        with socket.create_connection((client.base_url.host, client.base_url.port or 0)) as connection:
            connection.sendall(b"GET /local/a.mp4?tr=w-2&x=\xff HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            status = connection.recv(12)

    assert b"HTTP/1.1 400" == status
