"""
The vendor's clients, in processes of their own, and the local ImageKit that they take for the real one.
"""

from __future__ import annotations

import base64
import io
import json
import queue
import subprocess
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import attrs
import pytest
from PIL import Image

from imagekit_async.testing import LocalImageKit

_HERE = Path(__file__).parent
_PYTHON = _HERE.parents[1] / ".venv-interop" / "bin" / "python"
_COMMANDS = {
    "python-sync": [str(_PYTHON), str(_HERE / "driver.py"), "ImageKit"],
    "python-async": [str(_PYTHON), str(_HERE / "driver.py"), "AsyncImageKit"],
    "node": ["node", str(_HERE / "driver.mjs")],
}
Event = tuple[dict[str, str], str]


Failure = tuple[str, Any, str]


class VendorError(Exception):
    """
    An error that the vendor's client raised: the name of its class, the status and the message.
    """


@attrs.frozen
class Vendor:
    """
    One of the vendor's clients.
    """

    name: str
    process: subprocess.Popen[str]

    def __call__(
        self, method: str, *arguments: Any, anonymous: bool = False, private_key: str | None = None, **keywords: Any
    ) -> Any:
        """
        Call a method, and hand back what it returns as JSON.

        Args:
            method: Its place in the resource tree.
            arguments: What is passed by position.
            anonymous: Whether to send no private key.
            private_key: Key to send instead of the right one.
            keywords: What is passed by name, with the names of the API.

        Raises:
            VendorError: The client raised an error.
        """
        call = {"method": method, "arguments": arguments, "keywords": keywords}
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({**call, "anonymous": anonymous, "private_key": private_key}) + "\n")
        self.process.stdin.flush()
        outcome = json.loads(self.process.stdout.readline())
        if "error" in outcome:
            raise VendorError(outcome["error"], outcome["status"], outcome["body"]["message"])
        return outcome["result"]

    def failure(self, method: str, *arguments: Any, **keywords: Any) -> Failure | None:
        """
        Call a method, and hand back what it raises; None if nothing.
        """
        try:
            self(method, *arguments, **keywords)
        except VendorError as error:
            name, status, message = error.args
            return name, status, message
        return None


@pytest.fixture(scope="session")
def server() -> Iterator[LocalImageKit]:
    """
    A local ImageKit that listens, and whose clock only moves on request.
    """
    with LocalImageKit(purges_per_month=3, job_delay_seconds=10, extension_delay_seconds=10) as server:
        server.clock.set(server.clock())
        yield server


@pytest.fixture(scope="session", params=list(_COMMANDS))
def vendor(request: pytest.FixtureRequest, server: LocalImageKit) -> Iterator[Vendor]:
    """
    A client that is pointed at the local ImageKit by base URL and key alone.
    """
    server.reset()
    server.clock.set(server.clock())
    command = [*_COMMANDS[request.param], server.url, server.private_key]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Vendor(request.param, process)


@pytest.fixture
def received(server: LocalImageKit) -> Iterator[tuple[str, queue.Queue[Event]]]:
    """
    Return the address of a receiver that the server may reach, and the headers and bodies that it was sent.
    """
    events: queue.Queue[Event] = queue.Queue()

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            events.put(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as receiver:
        thread = Thread(target=receiver.serve_forever, args=[0.05])
        thread.start()
        url = f"http://127.0.0.1:{receiver.server_port}/hook"
        server.add_reachable(url)
        yield url, events
        receiver.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def picture() -> bytes:
    """
    The bytes of an image.
    """
    buffer = io.BytesIO()
    Image.new("RGB", (4, 3), "teal").save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture(scope="session")
def content(picture: bytes) -> Callable[..., dict[str, str]]:
    """
    Describe bytes as the file of an upload: the image if none are given.
    """

    def described(data: bytes = picture, **name: str) -> dict[str, str]:
        return {"$bytes": base64.b64encode(data).decode(), **name}

    return described
