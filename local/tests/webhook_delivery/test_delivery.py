"""
Webhooks and callbacks: which events are sent, how they are signed, and what happens when they do not arrive.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from imagekit_local import LocalImageKit
from imagekit_local._extensions.running import EXTENSION_FINISHED
from imagekit_local._store.documents import Collection
from imagekit_local._webhooks.outbox import Message, post_event, settle
from imagekit_local._webhooks.signing import signature_headers
from local.tests.webhook_delivery.conftest import Receiver, expected_signature

pytestmark = pytest.mark.anyio
SECRET = "whsec_dGhpcy1pcy1hLXRlc3Qtc2VjcmV0LTAwMDE="
BODY = b'{"id":"evt_1","type":"file.deleted","created_at":"2026-09-21T14:13:20.000Z","data":{"fileId":"abc"}}'
EVENTS = ["file.created", "file.updated", "file.deleted", "file-version.created", "file-version.deleted"]
Upload = Callable[..., Awaitable[dict[str, Any]]]
Subscribe = Callable[..., Awaitable[dict[str, Any]]]


def test_signature_vectors() -> None:
    """Both schemes sign as documented."""
    sent_at = datetime.fromtimestamp(1790000000, UTC)
    current = signature_headers(SECRET, "msg_0001", sent_at, BODY, "standard-webhooks")
    older = signature_headers(SECRET, "msg_0001", sent_at, BODY, "x-ik-signature")

    assert {
        "webhook-id": "msg_0001",
        "webhook-timestamp": "1790000000",
        "webhook-signature": "v1,SqWI6NwnDT6oVcQoLWGllrSl2zU8ICpb/kx1Mxs/nNM=",
    } == current
    digest = "c2a1c1f60a8b2718887d1af43a3e0559baaf49b3dc06d55d90032549d51e89c5"
    assert {"x-ik-signature": f"t=1790000000000,v1={digest}"} == older


async def test_event(server: LocalImageKit, upload: Upload, receiver: Receiver, subscribe: Subscribe) -> None:
    """An event is sent once, signed with the secret of the webhook, with the details of the file."""
    webhook = await subscribe("file.created")
    file = await upload("a.txt")
    (delivery,) = await server.deliver_webhooks()
    (body,), (headers,) = receiver.bodies, receiver.headers

    assert ("file.created", 1, 200, True) == (delivery.type, delivery.attempt, delivery.status, delivery.is_done)
    assert {"id", "type", "created_at", "data"} == body.keys()
    assert (file["fileId"], "2030-01-02") == (body["data"]["fileId"], body["created_at"][:10])
    assert expected_signature(webhook["secret"], headers) == headers["webhook-signature"]
    assert [] == await server.deliver_webhooks()


async def test_events_of_files(
    server: LocalImageKit, client: httpx.AsyncClient, upload: Upload, receiver: Receiver, subscribe: Subscribe
) -> None:
    """Every change of a file has its event, and what changes nothing has none."""
    await subscribe(*EVENTS)
    file = await upload("a.txt")
    details = f"/v1/files/{file['fileId']}/details"
    await client.patch(details, json={"tags": ["x"]})
    await client.patch(details, json={})
    await client.post("/v1/files/addTags", json={"fileIds": [file["fileId"]], "tags": ["y"]})
    await client.post("/v1/files/addTags", json={"fileIds": [file["fileId"]], "tags": ["y"]})
    await upload("a.txt", b"new")
    await client.delete(f"/v1/files/{file['fileId']}")
    await server.deliver_webhooks()

    assert [
        "file.created",
        "file.updated",
        "file.updated",
        "file-version.created",
        "file-version.deleted",
        "file.deleted",
    ] == receiver.types
    assert {"fileId": file["fileId"]} == receiver.bodies[-1]["data"]


async def test_failed_change(server: LocalImageKit, client: httpx.AsyncClient, subscribe: Subscribe) -> None:
    """A change that is undone sends no event."""
    await subscribe("folder.created", "file.created")
    response = await client.post(
        "/api/v1/files/upload",
        data={"fileName": "a", "folder": "/x", "extensions": '[{"name": "saved-extension", "id": "ext_none"}]'},
        files={"file": b"a"},
    )

    assert (400, []) == (response.status_code, await server.deliver_webhooks())


async def test_subscriptions(
    server: LocalImageKit, client: httpx.AsyncClient, upload: Upload, receiver: Receiver, subscribe: Subscribe
) -> None:
    """Only enabled webhooks that want an event get it; one that is gone gets nothing any more."""
    await subscribe("file.created", path="/other", enabled=False)
    await subscribe("file.deleted", path="/deleted")
    gone = await subscribe("file.created", path="/gone")
    await upload("a.txt")
    await client.delete(f"/v1/accounts/webhooks/{gone['id']}")

    assert ([], []) == (await server.deliver_webhooks(), receiver.bodies)


async def test_retry(server: LocalImageKit, upload: Upload, receiver: Receiver, subscribe: Subscribe) -> None:
    """What is not acknowledged is sent again later, with the same id and a new timestamp."""
    await subscribe("file.created")
    receiver.statuses = [500, 302, 204]
    await upload("a.txt")
    server.clock.set(datetime(2031, 1, 1, tzinfo=UTC))
    attempts = [await server.deliver_webhooks()]
    too_early = await server.deliver_webhooks()
    for seconds in (5, 300, 36_000):
        server.clock.advance(timedelta(seconds=seconds))
        attempts.append(await server.deliver_webhooks())

    assert [] == too_early
    assert [[(500, False)], [(302, False)], [(204, True)], []] == [
        [(delivery.status, delivery.is_done) for delivery in deliveries] for deliveries in attempts
    ]
    assert 1 == len({headers["webhook-id"] for headers in receiver.headers})
    assert 3 == len({headers["webhook-timestamp"] for headers in receiver.headers})
    assert receiver.bodies[0] == receiver.bodies[2]


async def test_giving_up(server: LocalImageKit, upload: Upload, subscribe: Subscribe, receiver: Receiver) -> None:
    """After the seventh attempt a message is dropped; no response at all is a failure as well."""
    await subscribe("file.created")
    await upload("a.txt")
    receiver.close()
    attempts = []
    for _ in range(9):
        attempts += await server.deliver_webhooks()
        server.clock.advance(timedelta(hours=11))

    assert [(number, None) for number in range(1, 8)] == [(delivery.attempt, delivery.status) for delivery in attempts]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://example.com/hook", "reachable=['example.com:443']"),
        ("http://127.0.0.1:9/", "reachable=['127.0.0.1:9']"),
        ("http://[::ffff:127.0.0.1]:9/", "reachable=['127.0.0.1:9']"),
        ("http://[::1", "Invalid port"),
    ],
)
async def test_unlisted_receiver(
    server: LocalImageKit,
    upload: Upload,
    picture: Callable[..., bytes],
    caplog: pytest.LogCaptureFixture,
    url: str,
    reason: str,
) -> None:
    """Nothing is sent to an address that is not listed; it is given up at once, and the log says how to list it."""
    await upload("a.png", picture(), extensions='[{"name": "ai-auto-description"}]', webhookUrl=url)
    deliveries = await server.deliver_webhooks()

    assert [(url, None, True)] == [(delivery.url, delivery.status, delivery.is_done) for delivery in deliveries]
    assert reason in caplog.text


async def test_own_control(upload: Upload, client: httpx.AsyncClient, picture: Callable[..., bytes]) -> None:
    """A callback with credentials cannot reset the server that sends it."""
    async with LocalImageKit() as server, httpx.AsyncClient(base_url=server.url) as outside:
        outside.auth = httpx.BasicAuth(server.private_key, "")
        reset = f"{server.url}/_imagekit/reset".replace("//", f"//{server.private_key}:@")
        extensions = json.dumps([{"name": "ai-auto-description"}])
        form = {"fileName": "a.png", "extensions": extensions}
        path = "/api/v1/files/upload"
        refused = await outside.post(path, data={**form, "webhookUrl": reset}, files={"file": picture()})
        stored = await outside.post(
            path, data={**form, "webhookUrl": f"{server.url}/_imagekit/reset"}, files={"file": picture()}
        )
        await server.deliver_webhooks()
        listed = await outside.get("/v1/files")

    assert (400, 200) == (refused.status_code, stored.status_code)
    assert 1 == len(listed.json())


CREDENTIALS = ["http://user:secret@127.0.0.1:9/", "http://user@127.0.0.1:9/", "https://:secret@example.com"]


@pytest.mark.parametrize("url", CREDENTIALS)
async def test_credentials(client: httpx.AsyncClient, upload: Upload, picture: Callable[..., bytes], url: str) -> None:
    """A URL with credentials is refused for webhooks, and for callbacks of uploads and updates."""
    file = await upload("a.png", picture())
    extensions = [{"name": "ai-auto-description"}]
    responses = [
        await client.post("/v1/accounts/webhooks", json={"endpoint": url, "events": ["file.created"]}),
        await client.post(
            "/api/v1/files/upload",
            data={"fileName": "b.png", "extensions": json.dumps(extensions), "webhookUrl": url},
            files={"file": picture()},
        ),
        await client.patch(f"/v1/files/{file['fileId']}/details", json={"extensions": extensions, "webhookUrl": url}),
    ]

    assert [400] * 3 == [response.status_code for response in responses]
    assert ["endpoint", "webhookUrl", "webhookUrl"] == [
        response.json()["message"].split("for ")[1].split()[0] for response in responses
    ]


async def test_stored_credentials(server: LocalImageKit, receiver: Receiver) -> None:
    """Credentials in a URL that an older release stored are never sent, not even to a listed address."""
    url = receiver.url.replace("//", "//user:secret@")
    data = {"webhookUrl": url, "body": {}}
    await server._account.store.run(post_event, server._account, EXTENSION_FINISHED, data)
    deliveries = await server.deliver_webhooks()

    assert [(None, True)] == [(delivery.status, delivery.is_done) for delivery in deliveries]
    assert [] == receiver.bodies


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:65536/", "http://xn--a/"])
async def test_impossible_address(
    server: LocalImageKit, upload: Upload, receiver: Receiver, subscribe: Subscribe, endpoint: str
) -> None:
    """An address that only looks like a URL keeps no message from other addresses."""
    await subscribe("file.created", endpoint=endpoint)
    await subscribe("file.created")
    await upload("a.txt")
    deliveries = await server.deliver_webhooks()

    assert {(endpoint, None, True), (f"{receiver.url}/", 200, True)} == {
        (delivery.url, delivery.status, delivery.is_done) for delivery in deliveries
    }


async def test_older_signature(receiver: Receiver) -> None:
    """The server signs with the older scheme if asked to."""
    server = LocalImageKit(webhook_signature="x-ik-signature", reachable=[receiver.url])
    async with httpx.AsyncClient(
        transport=server.transport(), base_url=server.url, auth=(server.private_key, "")
    ) as client:
        body = {"endpoint": receiver.url, "events": ["file.created"]}
        secret = (await client.post("/v1/accounts/webhooks", json=body)).json()["secret"]
        await client.post("/api/v1/files/upload", data={"fileName": "a"}, files={"file": b"a"})
    await server.deliver_webhooks()
    server.stop()
    (headers,) = receiver.headers
    time, _, digest = headers["x-ik-signature"].removeprefix("t=").partition(",v1=")

    assert "webhook-id" not in headers
    assert hmac.new(secret.encode(), f"{time}.{headers['raw']}".encode(), hashlib.sha256).hexdigest() == digest


async def test_callback(
    server: LocalImageKit, upload: Upload, receiver: Receiver, picture: Callable[..., bytes]
) -> None:
    """The result of an extension goes to the URL of its upload, unsigned, until the response is 200."""
    receiver.statuses = [204]
    file = await upload(
        "cat.png", picture(), extensions='[{"name": "ai-auto-description"}]', webhookUrl=f"{receiver.url}/done"
    )
    first = await server.deliver_webhooks()
    server.clock.advance(timedelta(seconds=5))
    second = await server.deliver_webhooks()

    assert [(204, False), (200, True)] == [(delivery.status, delivery.is_done) for delivery in first + second]
    assert {"service": "ai-auto-description", "status": "SUCCESS"}.items() <= receiver.bodies[0].items()
    assert file["fileId"] == receiver.bodies[0]["fileObject"]["fileId"]
    assert "webhook-signature" not in receiver.headers[0]


async def test_upload_transformations(
    server: LocalImageKit, upload: Upload, receiver: Receiver, subscribe: Subscribe, picture: Callable[..., bytes]
) -> None:
    """Each transformation of an upload has an outcome: images can be made, videos cannot."""
    await subscribe(
        *(f"upload.{when}-transform.{outcome}" for when in ("pre", "post") for outcome in ("success", "error"))
    )
    items = [
        {"type": "transformation", "value": "w-2"},
        {"type": "transformation", "value": "w-(broken"},
    ]
    transformation = json.dumps({"pre": "w-3", "post": items})
    file = await upload("a.png", picture(), transformation=transformation)
    gif = json.dumps({"post": [{"type": "gif-to-video"}]})
    await upload("a.gif", picture("GIF"), transformation=gif)
    await server.deliver_webhooks()
    pre, made, broken, video = receiver.bodies

    assert ("upload.pre-transform.success", "w-3") == (pre["type"], pre["request"]["transformation"])
    assert (file["fileId"], file["url"]) == (pre["data"]["fileId"], pre["data"]["url"])
    assert ("upload.post-transform.success", items[0]) == (made["type"], made["request"]["transformation"])
    assert {"fileId": file["fileId"], "name": "a.png", "url": f"{server.url_endpoint}/tr:w-2/a.png"} == made["data"]
    assert made["request"]["x_request_id"] == pre["request"]["x_request_id"]
    assert "encoding_failed" == broken["data"]["transformation"]["error"]["reason"]
    assert ("/a.gif", f"{server.url_endpoint}/a.gif/ik-gif-video.mp4") == (video["data"]["path"], video["data"]["url"])


async def test_failed_video(
    server: LocalImageKit, client: httpx.AsyncClient, receiver: Receiver, subscribe: Subscribe
) -> None:
    """A video that is to be transformed first is never stored, and the event says so."""
    await subscribe("upload.pre-transform.error")
    response = await client.post(
        "/api/v1/files/upload",
        data={"fileName": "a.mp4", "transformation": '{"pre": "w-3"}'},
        files={"file": b"\x00\x00\x00\x18ftypmp42"},
    )
    await server.deliver_webhooks()
    (body,) = receiver.bodies

    assert 202 == response.status_code
    assert response.headers["x-ik-requestid"] == body["request"]["x_request_id"]
    assert ("a.mp4", "/a.mp4") == (body["data"]["name"], body["data"]["path"])


async def test_settled_elsewhere(server: LocalImageKit) -> None:
    """A message that a reset has dropped does no harm when it returns."""
    message = Message("msg_1", "file.created", "http://127.0.0.1", None, b"", 1)

    await server._account.store.run(settle, server._account, message, is_done=False)

    assert [] == await server.deliver_webhooks()


def test_listening_server_sends(receiver: Receiver) -> None:
    """A server that listens sends by itself, and stops even while a receiver is still thinking."""
    receiver.may_respond.clear()
    with (
        LocalImageKit(reachable=[receiver.url]) as server,
        httpx.Client(base_url=server.url, auth=(server.private_key, "")) as client,
    ):
        client.post("/v1/accounts/webhooks", json={"endpoint": receiver.url, "events": ["file.created"]})
        client.post("/api/v1/files/upload", data={"fileName": "a"}, files={"file": b"a"})

        assert receiver.has_some.wait(10)
    receiver.may_respond.set()

    assert ["file.created"] == receiver.types


def test_hanging_receiver(receiver: Receiver) -> None:
    """A receiver that does not respond does not delay the events of others."""
    other = Receiver()
    receiver.may_respond.clear()
    with (
        LocalImageKit(reachable=[receiver.url, other.url]) as server,
        httpx.Client(base_url=server.url, auth=(server.private_key, "")) as client,
    ):
        for url in (receiver.url, other.url):
            client.post("/v1/accounts/webhooks", json={"endpoint": url, "events": ["file.created"]})
        arrived = []
        for name in ("a", "b"):
            other.has_some.clear()
            client.post("/api/v1/files/upload", data={"fileName": name}, files={"file": b"a"})
            arrived.append(receiver.has_some.wait(5) and other.has_some.wait(5))
    receiver.may_respond.set()
    other.close()

    assert [True, True] == arrived
    assert (1, 2) == (len(receiver.bodies), len(other.bodies))


@pytest.mark.parametrize("count", [0, 3])
async def test_waiting_messages_are_left_alone(
    server: LocalImageKit, upload: Upload, subscribe: Subscribe, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    """Messages that cannot be delivered are not read again before the first of them is due."""
    server.clock.set(server.clock())
    server.add_reachable("127.0.0.1:1")
    await subscribe("file.created", endpoint="http://127.0.0.1:1")
    for number in range(count):
        await upload(f"{number}.txt")
    failed = await server.deliver_webhooks()
    await server.deliver_webhooks()
    reads: list[str] = []
    read = Collection.all

    def counted(collection: Collection) -> list[dict[str, Any]]:
        reads.append(collection._kind)
        return read(collection)

    monkeypatch.setattr(Collection, "all", counted)
    idle = [await server.deliver_webhooks() for _ in range(100)]
    found = reads.count("message")
    server.clock.advance(timedelta(seconds=5))
    retried = await server.deliver_webhooks()

    assert (0, [[]] * 100) == (found, idle)
    assert [1] * count == [delivery.attempt for delivery in failed]
    assert [2] * count == [delivery.attempt for delivery in retried]


async def test_message_beside_waiting_ones(
    server: LocalImageKit, upload: Upload, receiver: Receiver, subscribe: Subscribe
) -> None:
    """A new message is sent at once, whatever waits for a later time."""
    server.clock.set(server.clock())
    receiver.statuses = [500]
    await subscribe("file.created")
    await upload("a.txt")
    for _ in range(3):
        await server.deliver_webhooks()
    await upload("b.txt")
    (delivery,) = await server.deliver_webhooks()

    assert (1, 200) == (delivery.attempt, delivery.status)


def test_receiver_that_recovers(receiver: Receiver) -> None:
    """What waited for a receiver that did not respond is sent as soon as it does."""
    receiver.may_respond.clear()
    with (
        LocalImageKit(reachable=[receiver.url]) as server,
        httpx.Client(base_url=server.url, auth=(server.private_key, "")) as client,
    ):
        client.post("/v1/accounts/webhooks", json={"endpoint": receiver.url, "events": ["file.created"]})
        upload = {"data": {"fileName": "a"}, "files": {"file": b"a"}}
        client.post("/api/v1/files/upload", **upload)
        arrived = [receiver.has_some.wait(10)]
        client.post("/api/v1/files/upload", **upload)
        # Several ticks find the second message, but no receiver for it.
        while not server._account.agenda.is_idle("message"):
            client.get("/v1/files")
        receiver.has_some.clear()
        receiver.may_respond.set()
        arrived.append(receiver.has_some.wait(10))

    assert [True, True] == arrived
    assert ["file.created"] * 2 == receiver.types
