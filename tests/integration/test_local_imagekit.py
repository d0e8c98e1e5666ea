"""
The SDK and the local ImageKit understand each other where no API call is in between: delivery URLs and webhooks.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from PIL import Image

from imagekit_async import AsyncImageKit, webhooks
from imagekit_async.errors import WebhookSignatureError
from imagekit_async.testing import LocalImageKit
from imagekit_async.urls import build_url

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("text", ["plain", "Grüße, Ihr: 50%/2", "a+b = c"])
async def test_built_urls(text: str) -> None:
    """The server applies every step of a signed URL, whatever its overlays hold."""
    image = io.BytesIO()
    Image.new("RGB", (200, 100)).save(image, "PNG")
    server = LocalImageKit()
    async with AsyncImageKit(server.private_key, base_url=server.url, transport=server.transport()) as client:
        for folder, private in (("/", True), ("/marks", False)):
            await client.files.upload(
                file=image.getvalue(),
                file_name="a.png",
                folder=folder,
                is_private_file=private,
                use_unique_file_name=False,
            )
    url = build_url(
        src="/a.png",
        url_endpoint=server.url_endpoint,
        private_key=server.private_key,
        transformation=[
            {"width": 50, "overlay": {"type": "text", "text": text, "position": {"x": 0}}},
            {"overlay": {"type": "image", "input": "marks/a.png", "position": {"focus": "top"}}},
            {"overlay": {"type": "solidColor", "color": "FF0000", "transformation": [{"width": 5}]}},
        ],
        signed=True,
    )
    async with httpx.AsyncClient(transport=server.transport()) as browser:
        unsigned, response = await browser.get(url.partition("&ik-s=")[0]), await browser.get(url)
    server.stop()

    assert [401, 200] == [unsigned.status_code, response.status_code]
    assert (50, 25) == Image.open(io.BytesIO(response.content)).size


@pytest.fixture
def received() -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    """
    Receive webhooks: the URL to send them to, and the list of headers and bodies that have come.
    """
    messages: list[tuple[dict[str, str], bytes]] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            messages.append((dict(self.headers), self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as receiver:
        thread = threading.Thread(target=receiver.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{receiver.server_port}/", messages
        receiver.shutdown()
        thread.join()


async def test_webhooks(received: tuple[str, list[tuple[dict[str, str], bytes]]]) -> None:
    """The SDK verifies the webhooks that the server sends, and finds typed events in them."""
    url, messages = received
    server = LocalImageKit(reachable=[url])
    async with AsyncImageKit(server.private_key, base_url=server.url, transport=server.transport()) as client:
        webhook = await client.accounts.webhooks.create(endpoint=url, events=["file.created", "file.deleted"])
        file = await client.files.upload(file=b"text", file_name="a.txt")
        await client.files.delete(file.file_id)
        await server.deliver_webhooks()
    server.stop()
    events = [webhooks.unwrap(body, headers, webhook.secret) for headers, body in messages]

    assert {"file.created": "FileCreatedEvent", "file.deleted": "FileDeletedEvent"} == {
        event.type: type(event).__name__ for event in events
    }
    with pytest.raises(WebhookSignatureError):
        webhooks.unwrap(messages[0][1] + b" ", messages[0][0], webhook.secret)
