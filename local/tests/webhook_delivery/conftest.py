"""
A receiver of webhooks, and a way to register it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from imagekit_local import LocalImageKit

Subscribe = Callable[..., Awaitable[dict[str, Any]]]


def expected_signature(secret: str, headers: dict[str, str]) -> str:
    """
    Return the signature that the vendor's SDKs expect in the header.
    """
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{headers['raw']}"
    return "v1," + base64.b64encode(hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest()).decode()


class Receiver:
    """
    A web service that webhooks are sent to.
    """

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.bodies: list[Any] = []
        self.headers: list[dict[str, str]] = []
        self.has_some = threading.Event()
        self.may_respond = threading.Event()
        self.may_respond.set()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.bodies.append(json.loads(body))
                receiver.headers.append(
                    {name.lower(): value for name, value in self.headers.items()} | {"raw": body.decode()}
                )
                receiver.has_some.set()
                receiver.may_respond.wait(10)
                self.send_response(receiver.statuses.pop(0) if receiver.statuses else 200)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def types(self) -> list[str]:
        """
        Types of the events so far.
        """
        return [body["type"] for body in self.bodies]

    def close(self) -> None:
        """
        Stop to receive.
        """
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def receiver(server: LocalImageKit) -> Iterator[Receiver]:
    """
    A receiver on loopback that the server may reach.
    """
    receiver = Receiver()
    server.add_reachable(receiver.url)
    yield receiver
    receiver.close()


@pytest.fixture
def subscribe(client: httpx.AsyncClient, receiver: Receiver) -> Subscribe:
    """
    Register a webhook.
    """

    async def subscribed(*events: str, path: str = "/", **fields: Any) -> dict[str, Any]:
        body = {"endpoint": receiver.url + path, "events": list(events), **fields}
        response = await client.post("/v1/accounts/webhooks", json=body)
        response.raise_for_status()
        webhook: dict[str, Any] = response.json()
        return webhook

    return subscribed
